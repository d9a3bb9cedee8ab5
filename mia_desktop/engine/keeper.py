"""Keeps: from finished turns to memories. The only writer of the vault; it works for the next turn."""

import dataclasses
import logging
from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.commands import (
    ConfirmMemory,
    EditMemory,
    Forget,
    ForgetConversation,
    ImportConversations,
    Lock,
    NameConversation,
    PinConversation,
    Remember,
    UndoMemory,
    Unlock,
)
from mia_desktop.core.errors import InputError, MiaError, VaultLockedError
from mia_desktop.core.events import (
    Event,
    KeepingFailed,
    KeepingResumed,
    MemoryChanged,
    MemoryEmbedded,
    MemoryKept,
    ReplyWritten,
    SpeechReady,
    SpeechStarted,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.items import Exchanged, MemoryRequest, Reopened
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.memories import ById, Experience, OfConversation, Recollection
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.experiences import experiences, picture
from mia_desktop.engine.part import Part
from mia_desktop.memory.memory import as_experience

log = logging.getLogger(__name__)

_RETRY_S: Final = 5.0
_REST_S: Final = 5.0
_EMBEDDED_AT_ONCE: Final = 32
_TIDY_S: Final = 60.0
_POLL_S: Final = 0.01
_SOON_S: Final = 0.1
_LOOK_S: Final = 0.5  # at the end its inbox stays open, so that nothing is lost
_LONGEST_WAIT_S: Final = 10.0
"""So long at most a turn that is over waits for the first sound of the next answer, which has the processor first."""
_MOST_UNDOABLE: Final = 1000
"""So many memories of a conversation are held for an undo; more would take minutes to embed again."""
UNDO_S: Final = 60.0
"""So long what was forgotten is held in memory, and only there, in case it was a mistake."""

KeeperItem = Exchanged | Reopened | MemoryRequest


class Keeper:
    """Writes what was said and what of the answer was heard, and tells when it is durable.

    It also carries out what is asked of memory, after all that was said before it. A locked memory keeps nothing. While
    an answer is looked for, what was said before waits, unless something is asked of memory.

    When the disk takes nothing, that is told once; what was said waits in memory and is tried again, in its order, and
    whatever else is asked of memory is refused at once. Only locking does not wait.
    """

    def __init__(
        self,
        inbox: Mailbox[KeeperItem],
        memory: Part[LongTermMemory],
        bus: Bus,
        clock: Clock,
        user: str = "the user",
    ) -> None:
        self._inbox = inbox
        self._memory = memory
        self._bus = bus
        self._clock = clock
        self._user = user
        self._owed: deque[KeeperItem] = deque()
        self._failed: MiaError | None = None
        self._retry_at_s = self._rest_at_s = 0.0
        self._kept: dict[TurnId, tuple[int, ...]] = {}
        self._shown: set[tuple[str, str]] = set()
        self._undo: Callable[[], tuple[int, ...]] | None = None
        self._undo_until_s = 0.0
        self._active_s = clock.now_s()
        self._to_embed: int | None = None
        self._embedded = 0
        self._tidy_at_s = 0.0
        self._answering_until_s = 0.0

    def step(self) -> None:
        """Keep the next turn or do the next thing asked; a turn that could not be written is tried again."""
        if self._clock.now_s() > self._undo_until_s:
            self._undo = None
        if self._failed is not None and self._owed and self._clock.now_s() < self._retry_at_s:
            self._bear(self._failed)
            return
        if not self._owed and (item := self._inbox.get(timeout_s=_SOON_S if self._to_embed else _LOOK_S)) is not None:
            self._owed.append(item)
        if self._holds_back():
            self._clock.wait(_POLL_S)
        elif self._owed:
            self._take_next()
        elif self._clock.now_s() - self._active_s > _REST_S and self._clock.now_s() >= self._rest_at_s:
            self._rest()

    def note(self, event: Event) -> None:
        """Listen to the bus for signs that somebody talks with MIA, and that she looks for an answer."""
        if getattr(event, "turn", None) is None:
            return
        self._active_s = self._clock.now_s()
        if isinstance(event, SpeechStarted | TranscriptReady):
            self._answering_until_s = self._active_s + _LONGEST_WAIT_S
        elif isinstance(event, SpeechReady | ReplyWritten | TurnFinished):
            self._answering_until_s = 0.0

    def finish(self) -> None:
        """Write what is still waiting, as far as that goes at once."""
        self._undo = None
        while (item := self._inbox.get(timeout_s=0.0)) is not None:
            self._owed.append(item)
        self._take_all()
        if self._owed:
            log.error("%d turns could not be written", len(self._waiting()))

    def _holds_back(self) -> bool:
        """Tell whether what was said waits for the first sound of the next answer."""
        return (
            len(self._owed) == 1
            and isinstance(self._owed[0], Exchanged)
            and not len(self._inbox)
            and self._clock.now_s() < self._answering_until_s
        )

    def _waiting(self) -> list[Exchanged]:
        return [one for one in self._owed if isinstance(one, Exchanged)]

    def _bear(self, error: MiaError) -> None:
        """Go on while the disk takes nothing: what is said waits, what is asked is refused or needs no room."""
        match self._inbox.get(timeout_s=0.0):
            case None:
                self._clock.wait(_SOON_S)
            case Exchanged() as one:
                self._owed.append(one)
            case Reopened(turns=turns):
                self._kept.update(turns)
            case MemoryRequest(command=Lock()) as asked:
                self._lock_at_once(asked)
            case MemoryRequest(command=Forget(), turns=turns) as asked if turns:
                self._owed = deque(one for one in self._owed if not isinstance(one, Exchanged) or one.turn not in turns)
                self._answer(asked)
            case MemoryRequest() as asked:
                self._bus.publish(MemoryChanged(turn=asked.turn, did="refused", why=str(error)))

    def _lock_at_once(self, asked: MemoryRequest) -> None:
        """Try a last time to write what waits, then lock, whatever became of it."""
        self._take_all()
        lost = len(self._waiting())
        self._owed.clear()
        self._answer(asked)
        self._resume(lost)

    def _fail(self, error: MiaError) -> None:
        """Tell of a failure, once for all that follow from it."""
        self._retry_at_s = self._clock.now_s() + _RETRY_S
        if self._failed is None:
            self._bus.publish(KeepingFailed(error=error))
        self._failed = error

    def _resume(self, lost: int = 0) -> None:
        """Tell that what failed before goes again."""
        if self._failed is not None and not self._owed:
            self._failed = None
            self._bus.publish(KeepingResumed(lost=lost))

    def _rest(self) -> None:
        """Do what can wait, while nobody talks with MIA."""
        if not self._memory.loaded or self._memory.get().locked:
            return
        memory, now_s = self._memory.get(), self._clock.now_s()
        try:
            if self._undo is None and now_s >= self._tidy_at_s:
                self._tidy_at_s = now_s + _TIDY_S
                memory.tidy()
            if self._to_embed != 0:
                self._catch_up(memory)
            self._resume()
        except VaultLockedError:
            return
        except MiaError as error:
            self._rest_at_s, self._tidy_at_s = now_s + _TIDY_S, 0.0
            if error.permanent:
                self._to_embed = 0  # until the next start: a conversation never depends on it
            self._fail(error)

    def _catch_up(self, memory: LongTermMemory) -> None:
        """Embed some of what has no vector of the present model."""
        if self._to_embed is None:
            self._to_embed = memory.without_vector()
        if self._to_embed:
            done = memory.embed_some(_EMBEDDED_AT_ONCE)
            self._embedded += done
            self._to_embed = max(0, self._to_embed - done) if done else 0
            self._bus.publish(MemoryEmbedded(done=self._embedded, of=self._embedded + self._to_embed))

    def _take_next(self) -> None:
        """Do the next thing; a turn that cannot be written stays the next one."""
        match self._owed[0]:
            case Exchanged() as one:
                self._keep(one)
            case Reopened(turns=turns):
                self._owed.popleft()
                self._kept.update(turns)
            case MemoryRequest() as asked:
                self._owed.popleft()
                self._answer(asked)

    def _take_all(self) -> None:
        """Do all that is owed, up to a turn that cannot be written."""
        while (before := len(self._owed)) > 0:
            self._take_next()
            if len(self._owed) == before:
                return

    def _answer(self, asked: MemoryRequest) -> None:
        """Do what is asked of memory, and tell what became of it."""
        try:
            self._bus.publish(self._carry_out(asked, self._memory.get()))
        except MiaError as error:
            self._bus.publish(MemoryChanged(turn=asked.turn, did="refused", why=str(error)))

    def _keep(self, one: Exchanged) -> None:
        try:
            memory = self._memory.get()
            ids = [*self._keep_pictures(one, memory), *memory.remember_all(experiences(one))]
        except VaultLockedError:
            self._owed.popleft()
            return
        except MiaError as error:
            self._fail(error)
            return
        self._owed.popleft()
        self._kept[one.turn] = tuple(number for number in ids if number is not None)
        self._bus.publish(MemoryKept(turn=one.turn, ids=self._kept[one.turn], conversation=one.conversation))
        self._resume()

    def _keep_pictures(self, one: Exchanged, memory: LongTermMemory) -> list[int | None]:
        """Keep what was found in the pictures that a turn was about, each once in a conversation."""
        ids: list[int | None] = []
        for percept in one.seen:
            shown = (one.conversation, percept.key)
            if shown not in self._shown:
                vector = np.zeros(0, dtype=np.float32) if percept.sight.vector is None else percept.sight.vector
                ids.append(memory.keep_picture(picture(percept.sight, one), vector, percept.sight.space))
                self._shown.add(shown)
        return ids

    def _carry_out(self, asked: MemoryRequest, memory: LongTermMemory) -> MemoryChanged:
        match asked.command:
            case Remember() as command:
                return self._remember(asked, command, memory)
            case Forget() as command:
                return self._forget(asked, command, memory)
            case EditMemory() as command:
                return self._edit(asked, command, memory)
            case UndoMemory():
                return self._take_back(asked)
            case ConfirmMemory(memory=number):
                memory.confirm(number)
                return MemoryChanged(turn=asked.turn, did="confirmed", ids=(number,))
            case Lock():
                self._undo, self._kept, self._shown = None, {}, set()
                memory.lock()
                return MemoryChanged(turn=asked.turn, did="locked")
            case Unlock(passphrase=passphrase):
                memory.unlock(passphrase)
                self._to_embed, self._embedded, self._tidy_at_s = None, 0, 0.0
                return MemoryChanged(turn=asked.turn, did="unlocked")
            case NameConversation(name=name, title=title):
                memory.name_conversation(name, title)
                return MemoryChanged(turn=asked.turn, did="named", conversation=name)
            case PinConversation(name=name, on=on):
                memory.pin_conversation(name, on=on)
                return MemoryChanged(turn=asked.turn, did="pinned", conversation=name)
            case ForgetConversation(name=name):
                return self._forget_conversation(asked, name, memory)
            case ImportConversations(untrusted_text=untrusted):
                ids = memory.import_conversations(untrusted, self._user)
                return MemoryChanged(turn=asked.turn, did="taken in", ids=tuple(ids))

    def _remember(self, asked: MemoryRequest, command: Remember, memory: LongTermMemory) -> MemoryChanged:
        source = "voice" if asked.spoken else "typed"
        new = Experience(text=command.text, at=asked.at, speaker=self._user, kind=command.kind, source=source)  # type: ignore[arg-type]
        before = memory.procedures()
        number = memory.learn(new) if command.kind == "procedure" else memory.remember_all([new])[0]
        if number is None:
            raise InputError("That is not kept: there is nothing in it, or you do not allow it to be kept.")
        if asked.turn is not None:
            self._kept[asked.turn] = (number,)
        (kept,) = memory.selected(ById(ids=(number,)))
        if undoable := kept.seen == 1 and kept not in before:

            def undo() -> tuple[int, ...]:
                memory.forget(ById(ids=(number,)))
                return _brought_back(memory, [one for one in before if one not in memory.procedures()])

            self._can_undo(undo)
        return MemoryChanged(turn=asked.turn, did="remembered", ids=(number,), undoable=undoable)

    def _edit(self, asked: MemoryRequest, command: EditMemory, memory: LongTermMemory) -> MemoryChanged:
        old = memory.selected(ById(ids=(command.memory,)))
        number = memory.edit(command.memory, command.text, asked.at)
        self._can_undo(lambda: (memory.edit(number, old[0].text, asked.at),))
        return MemoryChanged(turn=asked.turn, did="edited", ids=(command.memory, number), undoable=True)

    def _forget(self, asked: MemoryRequest, command: Forget, memory: LongTermMemory) -> MemoryChanged:
        kept = tuple(number for turn in asked.turns for number in self._kept.get(turn, ()))
        gone: set[int] = set()
        held: dict[int, Recollection] = {}
        for what in (command.what, ById(ids=kept)):
            if what != ById(ids=()):
                held.update((one.id, one) for one in memory.selected(what))
                gone.update(memory.forget(what).ids)
        if undoable := bool(held):
            self._can_undo(lambda: _brought_back(memory, list(held.values())))
        return MemoryChanged(
            turn=asked.turn,
            did="forgotten",
            ids=tuple(sorted(gone)),
            turns=tuple(sorted(self._over(gone) | set(asked.turns))),
            undoable=undoable,
        )

    def _forget_conversation(self, asked: MemoryRequest, name: str, memory: LongTermMemory) -> MemoryChanged:
        before, held = memory.conversation_info(name), memory.selected(OfConversation(name=name))
        gone = memory.forget(OfConversation(name=name)).ids
        if undoable := len(held) <= _MOST_UNDOABLE:

            def undo() -> tuple[int, ...]:
                if not (ids := _brought_back(memory, held)):
                    return ()
                memory.name_conversation(name, before.title)
                memory.pin_conversation(name, on=before.pinned)
                return ids

            self._can_undo(undo)
        return MemoryChanged(
            turn=asked.turn,
            did="forgotten",
            ids=gone,
            turns=tuple(sorted(self._over(set(gone)))),
            conversation=name,
            undoable=undoable,
        )

    def _over(self, gone: set[int]) -> set[TurnId]:
        """Return the turns of which nothing is remembered any more, now that `gone` is."""
        return {turn for turn, ids in self._kept.items() if ids and gone.issuperset(ids)}

    def _take_back(self, asked: MemoryRequest) -> MemoryChanged:
        undo, self._undo = self._undo, None
        if undo is None:
            raise InputError("There is nothing to undo: a change of memory can be taken back for a minute.")
        return MemoryChanged(turn=asked.turn, did="taken back", ids=undo())

    def _can_undo(self, undo: Callable[[], tuple[int, ...]]) -> None:
        self._undo, self._undo_until_s = undo, self._clock.now_s() + UNDO_S


def _brought_back(memory: LongTermMemory, gone: list[Recollection]) -> tuple[int, ...]:
    """Keep memories again, without their sealed files, which are destroyed; older versions stay gone."""
    held = [one for one in gone if one.valid_to in (None, one.valid_from)]
    ids: list[int | None] = []
    for one in held:
        again = dataclasses.replace(as_experience(one), attachment="")
        confirmed = one.kind == "procedure" and not one.quarantined
        ids += [memory.learn(again)] if confirmed else memory.remember_all([again])
    return tuple(number for number in ids if number is not None)
