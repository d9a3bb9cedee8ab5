"""Memory under the user's rules: what may be kept, for how long, and what is written down about it."""

import contextlib
import dataclasses
import secrets
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from mia_desktop.core.conversations import ConversationInfo, KeptTurn
from mia_desktop.core.errors import VaultDiskError, VaultLockedError
from mia_desktop.core.memories import Alike, Experience, Forgotten, Hit, Recollection, Selector
from mia_desktop.core.ports import Cursor, Vectors
from mia_desktop.engine.outbox import Outbox, Renewed
from mia_desktop.memory import conversation_files
from mia_desktop.memory.memory import Memory
from mia_desktop.security.consent import KEEPING, Consents
from mia_desktop.security.retention import Retention

if TYPE_CHECKING:
    from mia_desktop.security.vault import Vault

_SWEEP = timedelta(hours=6)
_LOCKED = "The vault is locked. Unlock it first."


class RuledMemory:
    """A LongTermMemory that keeps only what the user allows, for as long as they want, and writes down that it did.

    What is over its time goes when the vault is opened and every six hours while it is open. What forgetting leaves to
    be done outside of the database stands in the vault's `Outbox` until it is done, over crashes and restarts.
    """

    def __init__(self, memory: Memory | None, vault: "Vault", opened: Callable[[], Memory] | None = None) -> None:
        """Take the memory (None: the vault is locked) and what opens it again after the vault was unlocked."""
        self._vault = vault
        self._opened = opened
        self._lock = threading.Lock()
        self._swept_at: datetime | None = None
        self._outbox = Outbox(vault)
        self._unaudited = 0
        self._memory: Memory | None = None
        self._consents: Consents | None = None
        self._retention: Retention | None = None
        if memory is not None:
            self._enter(memory)

    def _enter(self, memory: Memory) -> None:
        self._consents = Consents(self._vault.database, self._vault.audit, self._vault.wall_s)
        self._retention = Retention(self._vault.database, self._vault.audit)
        self._memory = memory
        self._swept_at, self._outbox = None, Outbox(self._vault)
        if not self._vault.doubt:
            with contextlib.suppress(VaultDiskError):  # what cannot go now goes later; the rest can be used
                self._outbox.empty()
                self.sweep()

    @property
    def memory(self) -> Memory:
        """The memory; raises VaultLockedError while it is locked."""
        if self._memory is None:
            raise VaultLockedError(_LOCKED)
        return self._memory

    @property
    def consents(self) -> Consents:
        """What the user allows to be kept; raises VaultLockedError while it is locked."""
        if self._consents is None or self.locked:
            raise VaultLockedError(_LOCKED)
        return self._consents

    @property
    def retention(self) -> Retention:
        """How long it is kept; raises VaultLockedError while it is locked."""
        if self._retention is None or self.locked:
            raise VaultLockedError(_LOCKED)
        return self._retention

    @property
    def locked(self) -> bool:
        """Whether the vault is locked, so that nothing is recalled and nothing kept."""
        return self._memory is None

    @property
    def opens_alone(self) -> bool:
        """Whether the keyring alone opens the vault."""
        return not self._vault.status().passphrase

    def lock(self) -> None:
        """Let everything in memory go and lock the vault."""
        if not self.locked:
            with contextlib.suppress(VaultDiskError):
                self._audit_kept()
        self.close()
        self._vault.lock()

    def unlock(self, passphrase: str | None) -> None:
        """Unlock the vault and open the memory in it; raises as `Vault.unlock`."""
        if self._memory is None and self._opened is not None:
            self._vault.unlock(passphrase)
            self._enter(self._opened())

    def recall(self, question: str, now: datetime, most: int = 10) -> list[Hit]:
        """Return the memories that answer `question`, best first."""
        return self.memory.recall(question, now, most)

    def remember_all(self, experiences: Sequence[Experience]) -> list[int | None]:
        """Keep what is allowed to be kept; None for the rest."""
        allowed = [number for number, one in enumerate(experiences) if self.consents.keeps(one.source)]
        ids: list[int | None] = [None] * len(experiences)
        kept = self.memory.remember_all([self._ruled(experiences[number]) for number in allowed])
        for number, memory in zip(allowed, kept, strict=True):
            ids[number] = memory
        self._unaudited += sum(memory is not None for memory in kept)
        if experiences:
            with contextlib.suppress(VaultDiskError):  # they are kept; what belongs to it follows when there is room
                self._audit_kept()
                self.sweep()
        return ids

    def _audit_kept(self) -> None:
        """Write down how much was kept since this was done last."""
        if self._unaudited:
            self._vault.audit.record(who="mia", action="remembered", object_class="memory", count=self._unaudited)
            self._unaudited = 0

    def learn(self, procedure: Experience) -> int | None:
        """Keep how the user wants things done, in the place of an older wish about the same."""
        number = self.memory.learn(self._ruled(procedure))
        self._vault.audit.record(who="user", action="learnt", object_class="memory")
        return number

    def procedures(self) -> list[Recollection]:
        """Return how the user wants things done, oldest first."""
        return self.memory.procedures()

    def confirm(self, memory: int) -> None:
        """Let a memory that was held back be used."""
        self.memory.confirm(memory)
        self._vault.audit.record(who="user", action="confirmed", object_class="memory")

    def selected(self, selector: Selector) -> list[Recollection]:
        """Return the memories that could be brought back after forgetting them; their sealed files could not."""
        return self.memory.selected(selector)

    def draft(self, conversation: str) -> str:
        """Return what was being typed in a conversation and was not sent; see `Drafts.of`."""
        return self.memory.drafts.of(conversation)

    def keep_draft(self, conversation: str, text: str) -> None:
        """Keep what is being typed in a conversation; it is no memory, and goes when it was sent."""
        self.memory.drafts.keep(conversation, text)

    def conversations(self, words: str = "", most: int = 500) -> list[ConversationInfo]:
        """Return the conversations, those that are pinned first, then the newest; see `Memory.conversations`."""
        return self.memory.conversations(words, most)

    def conversation_info(self, name: str) -> ConversationInfo:
        """Return what the list says of one conversation; raises InputError when there is none of that name."""
        return self.memory.conversation_info(name)

    def conversation(self, name: str) -> list[KeptTurn]:
        """Return the turns of a conversation, oldest first; none when there is no such conversation."""
        return self.memory.conversation(name)

    def name_conversation(self, name: str, title: str) -> None:
        """Give a conversation a title of the user's own; empty: the beginning of what was said first again."""
        self.memory.name_conversation(name, title)

    def pin_conversation(self, name: str, *, on: bool) -> None:
        """Keep a conversation at the top of the list, or do so no longer."""
        self.memory.pin_conversation(name, on=on)

    def import_conversations(self, untrusted_text: str, user: str) -> list[int]:
        """Take in the conversations of a file, as `user` held them; return the ids of what is new.

        Raises InputError when it is none that `conversation_files.read` knows.
        """
        ids: list[int | None] = []
        for told in conversation_files.read(untrusted_text, user):
            there = self.conversation(told.name)
            ids += self.remember_all(conversation_files.missing(told, there))
            if not there and told.own_title:
                self.name_conversation(told.name, told.own_title)
            if not there and told.pinned:
                self.pin_conversation(told.name, on=True)
        return [one for one in ids if one is not None]

    def without_vector(self) -> int:
        """Return how many memories have no vector of the present model."""
        return self.memory.without_vector()

    def embed_some(self, most: int) -> int:
        """Give at most `most` memories a vector of the present model."""
        return self.memory.embed_some(most)

    def keep_picture(self, experience: Experience, vector: Vectors, space: str, image: bytes = b"") -> int | None:
        """Keep that a picture was shown, and the picture itself, sealed, all or nothing; None: it is not allowed.

        A picture of no space (`vector` is empty) is found by the words for it alone.
        """
        if not self.consents.keeps(experience.source, experience.consent):
            return None
        name = secrets.token_hex(16) if image else ""

        def seal(cursor: Cursor) -> None:
            if image:
                self._vault.attachments.add(cursor, [image], name)
            self._vault.audit.add(cursor, who="mia", action="remembered", object_class="memory", count=1)

        kept = dataclasses.replace(self._ruled(experience), attachment=name)
        number = self.memory.remember_picture(kept, vector, space, with_it=seal)
        self.sweep()
        return number

    def pictures_like(self, vector: Vectors, space: str, most: int = 5, least: float = 0.0) -> list[Alike]:
        """Return the memories of pictures that are like `vector`, likest first."""
        return self.memory.collection(space).nearest(vector, most, least)

    def forget(self, selector: Selector) -> Forgotten:
        """Erase memories for good, and the sealed files that belong to them."""
        return self._erased(self.memory.forget(selector), "user", "forgotten")

    def edit(self, memory: int, text: str, now: datetime) -> int:
        """Put `text` in the place of what a memory says; return the new memory's id."""
        changed = self.memory.edit(memory, text, now)
        self._vault.audit.record(who="user", action="edited", object_class="memory")
        return changed

    def retain(self, source: str, name: str) -> Forgotten:
        """Keep what came in one way for as long as a retention class says, and forget what is older at once."""
        length = self.retention.choose(source, name)
        self.memory.retain(source, length)  # type: ignore[arg-type] # `choose` has checked it
        return self._erased(self.memory.expire(self._now()), "mia", "retention over")

    def sweep(self) -> Forgotten | None:
        """Forget what is over its time; None when that was looked after less than six hours ago."""
        now = self._now()
        with self._lock:
            if self._swept_at is not None and abs(now - self._swept_at) < _SWEEP:
                return None
        gone = self._erased(self.memory.expire(now), "mia", "retention over")
        with self._lock:
            self._swept_at = now
        return gone

    def tidy(self) -> None:
        """Forget what is over its time, and renew the backups that hold what was forgotten."""
        if not self._vault.doubt:
            self._audit_kept()
            self.sweep()
            self.renew_backups()

    def renew_backups(self, *, every: bool = False) -> Renewed:
        """Renew the backups that hold what was forgotten since they were made, or every one; see `Outbox`."""
        return self._outbox.renew_backups(every=every)

    def exported(self, lines: int, *, plain: bool) -> None:
        """Write down that memories left the vault."""
        action = "exported readable" if plain else "exported"
        self._vault.audit.record(who="user", action=action, object_class="memory", count=lines)

    def restore(self, untrusted_lines: Sequence[str]) -> int:
        """Take in the lines of an export; return how many memories were new."""
        count = self.memory.restore(untrusted_lines)
        self._vault.audit.record(who="user", action="imported", object_class="memory", count=count)
        return count

    def attachments(self) -> list[str]:
        """Return the ids of the sealed files that memories have."""
        return sorted(
            row[0] for row in self._vault.database.read("SELECT DISTINCT attachment FROM memory WHERE attachment <> ''")
        )

    def attachment(self, name: str) -> bytes:
        """Return a sealed file's content."""
        return b"".join(self._vault.attachments.read(name))

    def take_in(self, untrusted_media: dict[str, bytes]) -> None:
        """Seal the files of an import, under the ids that its memories know; those of no memory stay out."""
        there = {row[0] for row in self._vault.database.read("SELECT id FROM vault_attachment")}
        wanted = set(self.attachments()) - there
        for name in sorted(wanted & untrusted_media.keys()):
            with self._vault.database.write() as cursor:
                self._vault.attachments.add(cursor, [untrusted_media[name]], name)

    def close(self) -> None:
        """Let everything in memory go."""
        memory, self._memory = self._memory, None
        if memory is not None:
            memory.close()

    def _ruled(self, one: Experience) -> Experience:
        expires_at = one.expires_at or self.retention.expires_at(one.source, one.at)
        return dataclasses.replace(one, consent=one.consent or KEEPING.get(one.source, ""), expires_at=expires_at)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._vault.wall_s(), UTC)

    def _erased(self, gone: Forgotten, who: str, action: str) -> Forgotten:
        if not gone.ids:
            return gone
        self._vault.audit.record(who=who, action=action, object_class="memory", count=len(gone.ids))
        self._outbox.empty()
        return gone
