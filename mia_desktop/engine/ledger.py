"""Turns under way: made, revised, cancelled and finished in one place, each finished once."""

import threading
from dataclasses import dataclass, field

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.events import Event, Outcome, TurnFinished
from mia_desktop.core.turn import CancelScope, TurnId


@dataclass(slots=True)
class _Entry:
    """An open turn: the revision that counts, whether the user has finished, and what waits to be told until then."""

    revision: int = 0
    certain: bool = False
    untold: list[Event] = field(default_factory=list)


class Ledger:
    """Opens turns and tells the bus, exactly once each, how they ended.

    Work carries the turn and the revision of the user's words that it is for. It is void when the turn is over or the
    user has spoken on, and may be told to the user only once it is certain that they have finished.
    """

    def __init__(self, bus: Bus, clock: Clock) -> None:
        self._bus = bus
        self._clock = clock
        self._scope = CancelScope()
        self._lock = threading.Lock()
        self._open: dict[TurnId, _Entry] = {}
        self._read_again: dict[TurnId, TurnId] = {}

    def open(self) -> TurnId:
        """Cancel what is under way and return a new turn."""
        self.cancel()
        return self.open_over()

    def open_over(self) -> TurnId:
        """Return a new turn beside what is under way."""
        turn = self._scope.new_turn()
        with self._lock:
            self._open[turn] = _Entry()
        return turn

    def open_reading(self, of: TurnId) -> TurnId:
        """Cancel what is under way and return a new turn, by which the reply of a turn that is over is read again."""
        turn = self.open()
        with self._lock:
            self._read_again[turn] = of
        return turn

    def numbers(self, count: int) -> list[TurnId]:
        """Return ids for turns of before; they are over."""
        return [self._scope.new_turn() for _ in range(count)]

    def reply_of(self, turn: TurnId) -> TurnId:
        """Return whose reply is heard in `turn`: its own, but for a reading."""
        return self._read_again.get(turn, turn)

    def revise(self, turn: TurnId, revision: int) -> None:
        """Void what was done for earlier revisions of `turn`; an earlier one than the present changes nothing."""
        with self._lock:
            entry = self._open.get(turn)
            if entry is not None and revision > entry.revision:
                entry.revision = revision
                entry.untold.clear()

    def settle(self, turn: TurnId) -> None:
        """Say that the user has finished: what waits to be told is told, in order, before anything is certain."""
        while True:
            with self._lock:
                entry = self._open.get(turn)
                if entry is None:
                    return
                untold, entry.untold = entry.untold, []
                entry.certain = not untold
            if entry.certain:
                return
            for event in untold:
                self._bus.publish(event)

    def tell(self, turn: TurnId, revision: int, event: Event) -> None:
        """Publish what this revision of a turn brought: at once, or as soon as the user has finished."""
        with self._lock:
            entry = self._open.get(turn)
            if entry is None or entry.revision != revision:
                return
            if not entry.certain:
                entry.untold.append(event)
                return
        self._bus.publish(event)

    def cancel(self) -> None:
        """Void everything under way."""
        self._scope.cancel()
        with self._lock:
            turns = sorted(self._open)
        for turn in turns:
            self.finish(turn, "cancelled")

    def finish(self, turn: TurnId, outcome: Outcome, why: str = "") -> None:
        """End `turn`; later endings of the same turn are ignored."""
        with self._lock:
            if self._open.pop(turn, None) is None:
                return
            self._read_again.pop(turn, None)
        self._bus.publish(TurnFinished(turn=turn, at_s=self._clock.now_s(), outcome=outcome, why=why))

    def is_void(self, turn: TurnId, revision: int | None = None) -> bool:
        """Tell whether work for `turn`, or for one revision of it, is to be dropped."""
        if self._scope.is_cancelled(turn):
            return True
        entry = self._open.get(turn)
        return entry is None or revision not in (None, entry.revision)

    def is_certain(self, turn: TurnId, revision: int) -> bool:
        """Tell whether work for this revision may be told to the user."""
        entry = self._open.get(turn)
        return entry is not None and entry.certain and entry.revision == revision
