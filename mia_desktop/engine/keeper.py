"""Keeps: from finished turns to memories. The only writer of the vault; it works for the next turn."""

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import MemoryKept, WorkerFailed
from mia_desktop.core.items import Exchanged
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.memories import Experience
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.engine.part import Part

_RETRY_S = 5.0


class Keeper:
    """Writes what was said and what of the answer was heard, and tells when it is durable."""

    def __init__(self, inbox: Mailbox[Exchanged], memory: Part[LongTermMemory], bus: Bus, clock: Clock) -> None:
        self._inbox = inbox
        self._memory = memory
        self._bus = bus
        self._clock = clock
        self._owed: Exchanged | None = None
        self._retry_at_s = 0.0

    def step(self) -> None:
        """Keep the next turn; one that could not be written is tried again."""
        if self._owed is None:
            self._owed = self._inbox.get(timeout_s=0.1)
        elif self._clock.now_s() < self._retry_at_s:
            self._clock.wait(0.1)
            return
        if self._owed is not None:
            self._keep(self._owed)

    def finish(self) -> None:
        """Write what is still waiting, as far as that goes at once."""
        while (waiting := self._owed or self._inbox.get(timeout_s=0.0)) is not None:
            self._keep(waiting)
            if self._owed is not None:
                return

    def _keep(self, one: Exchanged) -> None:
        self._owed = one
        try:
            ids = self._memory.get().remember_all(_experiences(one))
        except MiaError as error:
            self._retry_at_s = self._clock.now_s() + _RETRY_S
            self._bus.publish(WorkerFailed(worker="keeper", error=error, gave_up=False))
            return
        self._owed = None
        self._bus.publish(MemoryKept(turn=one.turn, ids=tuple(number for number in ids if number is not None)))


def _experiences(one: Exchanged) -> list[Experience]:
    source = "voice" if one.spoken else "typed"
    said = Experience(text=one.said, at=one.at, speaker=one.user, source=source, recalled=one.recalled)  # type: ignore[arg-type]
    if not one.answered:
        return [said]
    return [
        said,
        Experience(text=one.answered, at=one.at, speaker="MIA", source="mia", trust="mia", recalled=one.recalled),
    ]
