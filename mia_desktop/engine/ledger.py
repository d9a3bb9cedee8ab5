"""Turns under way: made, cancelled and finished in one place, each finished once."""

import threading

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.events import Outcome, TurnFinished
from mia_desktop.core.turn import CancelScope, TurnId


class Ledger:
    """Opens turns and tells the bus, exactly once each, how they ended.

    A new turn voids the ones before it: MIA never answers two at a time.
    """

    def __init__(self, bus: Bus, clock: Clock) -> None:
        self._bus = bus
        self._clock = clock
        self._scope = CancelScope()
        self._lock = threading.Lock()
        self._open: set[TurnId] = set()

    def open(self) -> TurnId:
        """Cancel what is under way and return a new turn."""
        self.cancel()
        turn = self._scope.new_turn()
        with self._lock:
            self._open.add(turn)
        return turn

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
            if turn not in self._open:
                return
            self._open.remove(turn)
        self._bus.publish(TurnFinished(turn=turn, at_s=self._clock.now_s(), outcome=outcome, why=why))

    def is_void(self, turn: TurnId) -> bool:
        """Tell whether work for `turn` is to be dropped."""
        return self._scope.is_cancelled(turn) or turn not in self._open
