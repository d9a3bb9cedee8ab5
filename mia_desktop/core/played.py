"""What a speaker really put into the air, by time: the reference of an echo canceller."""

from typing import Protocol

import numpy as np

from mia_desktop.core.ring import Samples

_KEPT_S = 2.0
_TOLERANCE_S = 0.01
"""Device times jitter; a block is placed elsewhere than behind the one before only when it is off by more."""


class Played(Protocol):
    """A speaker's output of the last seconds. Any thread may read; what was never played reads as silence.

    Attributes:
        rate_hz: samples per second; 0 before a speaker was opened.
    """

    rate_hz: int

    def read(self, from_s: float, count: int) -> Samples:
        """Return the `count` samples that sound from clock time `from_s` on."""
        ...

    def position(self, at_s: float) -> int:
        """Return the number of the sample that sounds at `at_s`."""
        ...

    def slice(self, start: int, count: int) -> Samples:
        """Return `count` samples from number `start` on."""
        ...


class PlayedSound:
    """The last two seconds of a speaker's output, found by the clock time at which they sound.

    It is given blocks with their times, by whoever plays without a device. One thread writes and one reads, without
    locks: a block becomes visible by moving one number, after its samples. What was never played (before, between or
    after blocks) reads as silence.
    """

    def __init__(self) -> None:
        self.rate_hz = 0
        self._buffer: Samples = np.zeros(1, dtype=np.float32)
        self._origin_s = 0.0
        self._end = 0

    def begin(self, rate_hz: int) -> None:
        """Start over at `rate_hz` samples per second; call it while nobody writes."""
        self._end = 0
        self._buffer = np.zeros(int(rate_hz * _KEPT_S), dtype=np.float32)
        self.rate_hz = rate_hz

    def write(self, samples: Samples, at_s: float) -> None:
        """Copy in `samples` (float32, shape (n,)), the first of which sounds at clock time `at_s`."""
        if not self._end:
            self._origin_s = at_s
        start = self._index(at_s)
        if abs(start - self._end) <= _TOLERANCE_S * self.rate_hz:
            start = self._end
        elif start > self._end:
            self._put(self._end, np.zeros(min(start - self._end, len(self._buffer)), dtype=np.float32))
        self._put(max(0, start), samples)
        self._end = max(0, start) + len(samples)

    def read(self, from_s: float, count: int) -> Samples:
        """Return the `count` samples that sound from clock time `from_s` on."""
        return self.slice(self.position(from_s), count)

    def position(self, at_s: float) -> int:
        """Return the number of the sample that sounds at `at_s`."""
        return self._index(at_s) if self._end else 0

    def slice(self, start: int, count: int) -> Samples:
        """Return `count` samples from number `start` on."""
        out = np.zeros(count, dtype=np.float32)
        end, size = self._end, len(self._buffer)
        first, last = max(start, end - size, 0), min(start + count, end)
        if first < last:
            out[first - start : last - start] = self._buffer[np.arange(first, last) % size]
        return out

    def _index(self, at_s: float) -> int:
        return round((at_s - self._origin_s) * self.rate_hz)

    def _put(self, start: int, samples: Samples) -> None:
        size = len(self._buffer)
        samples = samples[-size:]
        begin = start % size
        first = min(len(samples), size - begin)
        self._buffer[begin : begin + first] = samples[:first]
        self._buffer[: len(samples) - first] = samples[first:]
