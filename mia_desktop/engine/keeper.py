"""Keeps: from finished turns to memories. The only writer of the vault; it works for the next turn."""

import logging
from collections import deque
from typing import Final

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.commands import Forget, Lock
from mia_desktop.core.errors import MiaError, VaultLockedError
from mia_desktop.core.events import (
    Event,
    KeepingFailed,
    KeepingResumed,
    MemoryChanged,
    MemoryKept,
    ReplyWritten,
    SpeechReady,
    SpeechStarted,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.items import Exchanged, MemoryRequest, Reopened
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.engine.chores import Chores
from mia_desktop.engine.chronicle import Chronicle
from mia_desktop.engine.deeds import Deeds
from mia_desktop.engine.part import Part
from mia_desktop.engine.undo import Undo

log = logging.getLogger(__name__)

_RETRY_S: Final = 5.0
_REST_S: Final = 5.0
_POLL_S: Final = 0.01
_SOON_S: Final = 0.1
_LOOK_S: Final = 0.5  # at the end its inbox stays open, so that nothing is lost
_LONGEST_WAIT_S: Final = 10.0
"""So long at most a turn that is over waits for the first sound of the next answer, which has the processor first."""

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
        self._owed: deque[KeeperItem] = deque()
        self._failed: MiaError | None = None
        self._retry_at_s = 0.0
        self._active_s = clock.now_s()
        self._answering_until_s = 0.0
        self._chronicle = Chronicle()
        self._chores = Chores(bus)
        self._undo = Undo(clock)
        self._deeds = Deeds(self._chronicle, self._chores, self._undo, user)

    def step(self) -> None:
        """Keep the next turn or do the next thing asked; a turn that could not be written is tried again."""
        self._undo.expire()
        if self._failed is not None and self._owed and self._clock.now_s() < self._retry_at_s:
            self._bear(self._failed)
            return
        look_s = _SOON_S if self._chores.embedding else _LOOK_S
        if not self._owed and (item := self._inbox.get(timeout_s=look_s)) is not None:
            self._owed.append(item)
        if self._holds_back():
            self._clock.wait(_POLL_S)
        elif self._owed:
            self._take_next()
        elif self._clock.now_s() - self._active_s > _REST_S and self._chores.due(self._clock.now_s()):
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
        self._undo.let_go()
        while (item := self._inbox.get(timeout_s=0.0)) is not None:
            self._owed.append(item)
        self._take_all()
        if self._owed:
            log.error("%d turns could not be written", len(self._waiting()))

    def unsaved(self) -> int:
        """Return how many turns wait because the disk takes nothing; any thread may ask."""
        return 0 if self._failed is None else len(self._waiting())

    def _holds_back(self) -> bool:
        """Tell whether what was said waits for the first sound of the next answer."""
        return (
            len(self._owed) == 1
            and isinstance(self._owed[0], Exchanged)
            and not len(self._inbox)
            and self._clock.now_s() < self._answering_until_s
        )

    def _take_next(self) -> None:
        """Do the next thing; a turn that cannot be written stays the next one."""
        match self._owed[0]:
            case Exchanged() as one:
                self._keep(one)
            case Reopened(turns=turns):
                self._owed.popleft()
                self._chronicle.note(turns)
            case MemoryRequest() as asked:
                self._owed.popleft()
                self._answer(asked)

    def _take_all(self) -> None:
        """Do all that is owed, up to a turn that cannot be written."""
        while (before := len(self._owed)) > 0:
            self._take_next()
            if len(self._owed) == before:
                return

    def _keep(self, one: Exchanged) -> None:
        """Write a turn; one that cannot be written is tried again."""
        try:
            ids = self._chronicle.write(one, self._memory.get())
        except VaultLockedError:
            self._owed.popleft()
            return
        except MiaError as error:
            self._fail(error)
            return
        self._owed.popleft()
        self._bus.publish(MemoryKept(turn=one.turn, ids=ids, conversation=one.conversation))
        self._resume()

    def _answer(self, asked: MemoryRequest) -> None:
        """Do what is asked of memory, and tell what became of it."""
        try:
            self._bus.publish(self._deeds.do(asked, self._memory.get()))
        except MiaError as error:
            self._bus.publish(MemoryChanged(turn=asked.turn, did="refused", why=str(error)))

    def _rest(self) -> None:
        """Do what can wait, while nobody talks with MIA."""
        if not self._memory.loaded or self._memory.get().locked:
            return
        try:
            self._chores.do(self._memory.get(), self._clock.now_s(), tidy=not self._undo.possible)
            self._resume()
        except VaultLockedError:
            return
        except MiaError as error:
            self._fail(error)

    # When the disk takes nothing.

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

    def _bear(self, error: MiaError) -> None:
        """Go on while the disk takes nothing: what is said waits, what is asked is refused or needs no room."""
        match self._inbox.get(timeout_s=0.0):
            case None:
                self._clock.wait(_SOON_S)
            case Exchanged() as one:
                self._owed.append(one)
            case Reopened(turns=turns):
                self._chronicle.note(turns)
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

    def _waiting(self) -> list[Exchanged]:
        return [one for one in tuple(self._owed) if isinstance(one, Exchanged)]  # at once: other threads ask as well
