"""Where time comes from."""

import time
from typing import Protocol


class Clock(Protocol):
    """A monotonic source of seconds."""

    def now_s(self) -> float:
        """Return seconds since an arbitrary origin; never goes back."""
        ...

    def wait(self, seconds: float) -> None:
        """Return `seconds` later."""
        ...


class SystemClock:
    """The machine's monotonic clock."""

    def now_s(self) -> float:
        """Return ``time.monotonic()``."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


class ManualClock:
    """A clock that moves only when told to."""

    def __init__(self, start_s: float = 0.0) -> None:
        self._now_s = start_s

    def now_s(self) -> float:
        """Return the time last set."""
        return self._now_s

    def wait(self, seconds: float) -> None:
        """Move forward by `seconds` at once."""
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        """Move forward by `seconds` (>= 0)."""
        if seconds < 0:
            raise ValueError("a clock does not go back")
        self._now_s += seconds
