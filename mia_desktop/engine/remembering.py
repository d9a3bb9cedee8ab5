"""Puts memory together: the vault that it lies in, the model that gives its words meaning, the user's rules for it."""

import dataclasses
import secrets
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelMissingError
from mia_desktop.core.libraries import share_processor, stay_offline
from mia_desktop.core.memories import Alike, Experience, Forgotten, Hit, Selector
from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import Cursor, Database, Embedder, Vectors
from mia_desktop.library.store import Store
from mia_desktop.memory.memory import Memory
from mia_desktop.security.consent import KEEPING, Consents
from mia_desktop.security.retention import Retention

if TYPE_CHECKING:
    from mia_desktop.security.vault import Vault

EMBEDDING_MODEL = "minilm-l6-v2-int8"
_SWEEP = timedelta(hours=6)


def open_memory(database: Database, paths: Paths, settings: Settings) -> Memory:
    """Return the memory in an open database. Without the embedding model memories are found by their words alone."""
    stay_offline()
    share_processor()
    try:
        return Memory(database, load_embedder(paths, settings))
    except ModelMissingError:
        return Memory(database)


def open_ruled_memory(vault: "Vault", paths: Paths, settings: Settings) -> "RuledMemory":
    """Return the memory in an unlocked vault, under the user's consents and retention classes."""
    return RuledMemory(open_memory(vault.database, paths, settings), vault)


def load_embedder(paths: Paths, settings: Settings) -> Embedder:
    """Load the embedding model; raises ModelMissingError when it is not on this machine."""
    located = Store(paths).located(EMBEDDING_MODEL)
    if located.model.format == "onnx":
        from mia_desktop.memory.minilm import MiniLmOnnx

        return MiniLmOnnx(located.folder, located.model.name, settings.threads)
    from mia_desktop.memory.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(located.folder, located.model.name)


class RuledMemory:
    """A LongTermMemory that keeps only what the user allows, for as long as they want, and writes down that it did.

    What is over its time is forgotten with the first thing that is kept after it, at most every six hours.
    """

    def __init__(self, memory: Memory, vault: "Vault") -> None:
        self.memory = memory
        self.consents = Consents(vault.database, vault.audit, vault.wall_s)
        self.retention = Retention(vault.database, vault.audit)
        self._vault = vault
        self._lock = threading.Lock()
        self._swept_at: datetime | None = None

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
        if any(kept):
            count = sum(memory is not None for memory in kept)
            self._vault.audit.record(who="mia", action="remembered", object_class="memory", count=count)
        if experiences:
            self.sweep(max(one.at for one in experiences))
        return ids

    def keep_picture(self, experience: Experience, vector: Vectors, space: str, image: bytes = b"") -> int | None:
        """Keep that a picture was shown, and the picture itself, sealed, all or nothing; None: it is not allowed."""
        if not self.consents.keeps(experience.source):
            return None
        name = secrets.token_hex(16) if image else ""

        def seal(cursor: Cursor) -> None:
            if image:
                self._vault.attachments.add(cursor, [image], name)
            self._vault.audit.add(cursor, who="mia", action="remembered", object_class="memory", count=1)

        kept = dataclasses.replace(self._ruled(experience), attachment=name)
        number = self.memory.remember_picture(kept, vector, space, with_it=seal)
        self.sweep(experience.at)
        return number

    def pictures_like(self, vector: Vectors, space: str, most: int = 5, least: float = 0.0) -> list[Alike]:
        """Return the memories of pictures that are like `vector`, likest first."""
        return self.memory.collection(space).nearest(vector, most, least)

    def forget(self, selector: Selector) -> Forgotten:
        """Erase memories for good, and the sealed files that belong to them."""
        return self._erased(self.memory.forget(selector), "user", "forgotten")

    def sweep(self, now: datetime) -> Forgotten | None:
        """Forget what is over its time; None when that was looked after less than six hours ago."""
        with self._lock:
            if self._swept_at is not None and now - self._swept_at < _SWEEP:
                return None
            self._swept_at = now
        return self._erased(self.memory.expire(now), "mia", "retention over")

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
        self.memory.close()

    def _ruled(self, one: Experience) -> Experience:
        expires_at = one.expires_at or self.retention.expires_at(one.source, one.at)
        return dataclasses.replace(one, consent=one.consent or KEEPING.get(one.source, ""), expires_at=expires_at)

    def _erased(self, gone: Forgotten, who: str, action: str) -> Forgotten:
        if not gone.ids:
            return gone
        with self._vault.database.write() as cursor:
            for name in gone.attachments:
                self._vault.attachments.erase(cursor, name)
            cursor.execute("DELETE FROM outbox WHERE task = 'destroy'")
            self._vault.audit.add(cursor, who=who, action=action, object_class="memory", count=len(gone.ids))
        if gone.attachments:
            self._vault.attachments.sweep()
        return gone
