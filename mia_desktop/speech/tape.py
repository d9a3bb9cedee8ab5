"""Samples on their way to a speaker, counted until they were heard."""

import math
from collections import deque

import numpy as np

from mia_desktop.core.ring import Samples

_FADE_S = 0.01
_MARKS = 256


class Tape:
    """A queue of samples that knows how far it was heard.

    The audio callback only calls `feed`; one other thread does the rest. There are no locks: each side moves its own
    numbers after the samples are in place. Positions count samples since the tape was made.
    """

    def __init__(self, rate_hz: int, capacity_s: float) -> None:
        self.rate_hz = rate_hz
        self.paused = False
        self.gain = 1.0
        self.written = 0
        self._fed = 0
        self._forgotten = 0
        self._last_gain = 0.0
        self._step = 1.0 / (_FADE_S * rate_hz)
        self._buffer: Samples = np.zeros(int(rate_hz * capacity_s), dtype=np.float32)
        self._ramp: Samples = np.arange(1, len(self._buffer) + 1, dtype=np.float32)
        self._marks: deque[tuple[int, int, float]] = deque(maxlen=_MARKS)

    def room(self, now_s: float) -> int:
        """Return how many samples can be written."""
        return len(self._buffer) - (self.written - self.heard(now_s))

    def write(self, samples: Samples) -> None:
        """Queue `samples` (float32, shape (n,)), no more than there is room for."""
        size = len(self._buffer)
        start = self.written % size
        first = min(len(samples), size - start)
        self._buffer[start : start + first] = samples[:first]
        self._buffer[: len(samples) - first] = samples[first:]
        self.written += len(samples)

    def feed(self, out: Samples, at_s: float) -> None:
        """Fill `out` (float32, shape (n,)), which sounds at `at_s`, with what comes next, or else with silence.

        While the tape is paused it fades out within 10 ms and stays where it is.
        """
        fed = max(self._fed, self._forgotten)
        count = min(len(out), self.written - fed)
        if self.paused:
            count = min(count, math.ceil(self._last_gain / self._step - 1e-6))
        size = len(self._buffer)
        start = fed % size
        first = min(count, size - start)
        out[:first] = self._buffer[start : start + first]
        out[first:count] = self._buffer[: count - first]
        out[count:] = 0.0
        self._apply_gain(out[:count], 0.0 if self.paused else self.gain)
        if count:
            self._marks.append((fed, count, at_s))
            self._fed = fed + count

    def heard(self, now_s: float) -> int:
        """Return the position up to which the tape has been heard at clock time `now_s`."""
        for start, count, at_s in reversed(tuple(self._marks)):
            if at_s <= now_s:
                return max(self._forgotten, start + min(count, int((now_s - at_s) * self.rate_hz)))
        return max(self._forgotten, self._marks[0][0] if self._marks else self._fed)

    def forget(self) -> int:
        """Drop what was not fed; return how many samples that are."""
        dropped = self.written - max(self._fed, self._forgotten)
        self._forgotten = self.written
        return dropped

    def _apply_gain(self, out: Samples, gain: float) -> None:
        last = self._last_gain
        if gain == last == 1.0 or not len(out):
            return
        if gain == last:
            out *= gain
            return
        way = self._ramp[: len(out)] * (self._step if gain > last else -self._step) + last
        np.clip(way, min(gain, last), max(gain, last), out=way)
        out *= way
        self._last_gain = float(way[-1])
