"""When each sample of a stream is in the air."""

from collections import deque
from typing import Final

import numpy as np

_NOTES: Final = 5


class AirTime:
    """The line between the numbers of a stream's samples and the clock.

    Sound systems are now and then wrong by some milliseconds, so the middle one of the last few notes counts; where the
    stream really jumped, earlier or later, the line is there after three of them. One thread notes, any may ask.

    Args:
        rate_hz: samples per second.
        guess_s: clock time at which sample number 0 is in the air, as long as nothing better is known.
    """

    def __init__(self, rate_hz: int, guess_s: float) -> None:
        self._rate_hz = rate_hz
        self._origin_s = guess_s
        self._notes: deque[float] = deque(maxlen=_NOTES)

    @property
    def settled(self) -> bool:
        """Whether enough is known to be sure."""
        return len(self._notes) == _NOTES

    def note(self, number: int, at_s: float) -> None:
        """Learn that sample `number` is in the air at clock time `at_s`."""
        self._notes.append(at_s - number / self._rate_hz)
        self._origin_s = float(np.median(self._notes))

    def forget(self) -> None:
        """The stream lost its place: what was noted so far counts until the next note only."""
        self._notes.clear()

    def at_s(self, number: float) -> float:
        """Return the clock time at which sample `number` is in the air."""
        return self._origin_s + number / self._rate_hz

    def number(self, at_s: float) -> int:
        """Return the number of the sample that is in the air at clock time `at_s`."""
        return round((at_s - self._origin_s) * self._rate_hz)
