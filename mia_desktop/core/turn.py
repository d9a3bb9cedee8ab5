"""Turns of a conversation and how they are cancelled."""

import itertools
import threading
from typing import NewType

TurnId = NewType("TurnId", int)


class CancelScope:
    """Gives out turn ids and remembers the generation below which work is void.

    Cancelling is a flag that every stage reads, never a queued message, so it overtakes all work in flight.
    """

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._latest = 0
        self._void_up_to = 0

    def new_turn(self) -> TurnId:
        """Return the next id; ids grow by one from 1."""
        with self._lock:
            self._latest = next(self._ids)
            return TurnId(self._latest)

    def cancel(self) -> TurnId | None:
        """Void all turns given out so far; return the newest, or None when it was void already."""
        with self._lock:
            if self._void_up_to == self._latest:
                return None
            self._void_up_to = self._latest
            return TurnId(self._latest)

    def is_cancelled(self, turn: TurnId) -> bool:
        """Tell whether work for `turn` is to be dropped."""
        return turn <= self._void_up_to
