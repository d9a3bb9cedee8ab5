"""When each sample of a stream is in the air."""

import math
from collections import deque
from typing import Final, NamedTuple

import numpy as np

_NOTES: Final = 5
_WRONG_S: Final = 0.008
"""Sound systems are wrong by some milliseconds, for seconds on end; only what is further off has really moved."""
_LOOKS_S: Final = 1.0
_KEPT: Final = 20
_ENOUGH: Final = 10
_JUMP_S: Final = 0.005


class _Line(NamedTuple):
    """Sample `number` at clock time `at_s`, and seconds from a sample to the next."""

    number: float
    at_s: float
    step_s: float


class AirTime:
    """The line between the numbers of a stream's samples and the clock.

    Two things are known of it. The sound system tells now and then when a sample is in the air, more or less. And
    whoever looks sees how many samples have passed: of many looks, the soonest came right after a block. No two clocks
    run alike, and the echo canceller has to know by how much, so the soonest looks of the last twenty seconds give the
    slope (their median one; Theil 1950, Sen 1968), and what the sound system tells only the distance from there to the
    air. One thread looks and notes, any may ask.

    Args:
        rate_hz: samples per second.
        guess_s: clock time at which sample number 0 is in the air, as long as nothing better is known.
    """

    def __init__(self, rate_hz: int, guess_s: float) -> None:
        self._step_s = 1 / rate_hz
        self._passed = _Line(0, guess_s, self._step_s)
        self._distance_s = 0.0
        self._line = self._passed
        self._soonest: deque[tuple[int, float]] = deque(maxlen=_KEPT)  # of each second; the last one may not be over
        self._second_ends_s = -math.inf
        self._notes: deque[float] = deque(maxlen=_NOTES)

    @property
    def settled(self) -> bool:
        """Whether enough is known to be sure."""
        return len(self._notes) == _NOTES

    def look(self, number: int, now_s: float) -> None:
        """Learn that `number` samples have passed by the clock time `now_s`."""
        late_s = now_s - number * self._step_s
        if now_s >= self._second_ends_s:
            if self._soonest and number == self._soonest[-1][0]:
                self._soonest.clear()  # it stands still, and will go on at a place of its own
            if self._soonest:
                self._draw()
            self._soonest.append((number, late_s))
            self._second_ends_s = now_s + _LOOKS_S
        elif late_s < self._soonest[-1][1]:
            self._soonest[-1] = (number, late_s)
        if len(self._soonest) == 1:
            self._draw()

    def note(self, number: int, at_s: float) -> None:
        """Learn that sample `number` is in the air at clock time `at_s`, as the sound system says."""
        self._notes.append(at_s - _at_s(self._passed, number))
        middle_s = float(np.median(self._notes))
        if not self.settled or abs(middle_s - self._distance_s) > _WRONG_S:
            self._distance_s = middle_s
            self._publish()

    def forget(self) -> None:
        """The stream lost its place: what was noted so far counts until the next note only."""
        self._notes.clear()
        self._soonest.clear()
        self._second_ends_s = -math.inf

    def at_s(self, number: float) -> float:
        """Return the clock time at which sample `number` is in the air."""
        return _at_s(self._line, number)

    def number(self, at_s: float) -> int:
        """Return the number of the sample that is in the air at clock time `at_s`."""
        line = self._line
        return round(line.number + (at_s - line.at_s) / line.step_s)

    def _draw(self) -> None:
        """Lay the line along the soonest looks; where the last two have left it, only they count."""
        numbers, late_s = np.array(self._soonest, dtype=float).T
        slope_s = self._passed.step_s - self._step_s
        if len(numbers) >= _ENOUGH:
            expected_s = self._passed.at_s + (numbers - self._passed.number) * self._passed.step_s
            if np.all(np.abs(late_s + numbers * self._step_s - expected_s)[-2:] > _JUMP_S):
                numbers, late_s = numbers[-2:], late_s[-2:]
                self._soonest = deque(list(self._soonest)[-2:], maxlen=_KEPT)
            else:
                one, other = np.triu_indices(len(numbers), 1)
                slope_s = float(np.median((late_s[other] - late_s[one]) / (numbers[other] - numbers[one])))
        newest = float(numbers[-1])
        at_s = float(np.median(late_s + slope_s * (newest - numbers))) + newest * self._step_s
        self._passed = _Line(newest, at_s, self._step_s + slope_s)
        self._publish()

    def _publish(self) -> None:
        number, at_s, step_s = self._passed
        self._line = _Line(number, at_s + self._distance_s, step_s)


def _at_s(line: _Line, number: float) -> float:
    return line.at_s + (number - line.number) * line.step_s
