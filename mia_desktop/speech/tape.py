"""Samples on their way to a speaker, which can be changed until shortly before it takes them."""

import math
from collections import deque
from typing import Final, Protocol

import numpy as np

from mia_desktop.core.ring import Samples

_FADE_S: Final = 0.01
_GUARD_S: Final = 0.003
_AHEAD_S: Final = 2.0
_QUEUE_S: Final = 2.0
_SIZE_S: Final = 5.0
_NOTHING: Final[Samples] = np.zeros(0, dtype=np.float32)


def ring_size(rate_hz: int) -> int:
    """Return how many samples the ring of a tape holds, a power of two: what is queued, and some seconds before it."""
    return 1 << (int(rate_hz * _SIZE_S) - 1).bit_length()


class TapeRing(Protocol):
    """The memory that a device plays from. Numbers count samples since it was made; the ring holds the newest.

    Attributes:
        samples: float32, shape (n,), n a power of two; sample number k is at ``k % n``.
    """

    samples: Samples

    def consumed(self) -> int:
        """Return how many samples the device has taken."""
        ...

    def extend(self, count: int) -> None:
        """Let the device have `count` more samples, which are in place."""
        ...


class Tape:
    """A queue that a device plays from, always filled ahead: with speech, and behind it with silence.

    The device never finds it empty, so it matters to nobody when Python is late. Speech is laid over silence that is
    queued already, and a pause, a flush or a new gain changes samples in place: whatever lies further ahead than the
    guard, since the device may be taking the block before. What was laid stays beside as it was, so that it can be
    laid anew at another loudness or later.

    Args:
        rate_hz: samples per second.
        ring: what the device plays from.
        block: how many samples the device takes at once.

    Attributes:
        block: the same; it may become known later.
        end: number of the sample behind the last one in the ring.
    """

    def __init__(self, rate_hz: int, ring: TapeRing, block: int) -> None:
        self.rate_hz = rate_hz
        self.block = block
        self.end = 0
        self._ring = ring
        self._size = len(ring.samples)
        self._ahead = int(_AHEAD_S * rate_hz)
        self._most = int(_QUEUE_S * rate_hz)
        self._clean: Samples = np.zeros(self._size, dtype=np.float32)
        self._gains: Samples = np.zeros(self._size, dtype=np.float32)
        self._runs: deque[tuple[int, int]] = deque()  # speech without a gap: from, to
        self._fixed = 0  # up to here nothing is changed any more
        self._rest: Samples = _NOTHING
        self._paused = False
        self._gain = 1.0
        self._last_gain = 0.0
        self._step = 1.0 / (_FADE_S * rate_hz)
        self.fill()

    def fill(self) -> None:
        """Keep silence queued behind whatever is there."""
        missing = self._ring.consumed() + self._ahead - self.end
        if missing > 0:
            self._put(self._ring.samples, self.end, np.zeros(missing, dtype=np.float32))
            self._extend(self.end + missing)

    def room(self) -> int:
        """Return how many samples can be written."""
        return max(0, self._most - len(self._rest) - max(0, self._laid - self._ring.consumed()))

    def write(self, samples: Samples) -> None:
        """Queue `samples` (float32, shape (n,)), no more than there is room for."""
        if self._paused:
            self._rest = np.concatenate((self._rest, samples))
        else:
            self._lay(samples)

    def pause(self) -> None:
        """Fade out within 10 ms and keep the rest."""
        self._paused = True
        self._rest = np.concatenate((self._fade_out(), self._rest))

    def resume(self) -> None:
        """Go on with the sample at which it was paused."""
        self._paused = False
        rest, self._rest = self._rest, _NOTHING
        self._lay(rest)

    def forget(self) -> int:
        """Fade out and drop the rest; return how many samples that are. Nothing is unheard from then on."""
        dropped = len(self._fade_out()) + len(self._rest)
        self._rest, self._paused = _NOTHING, False
        self._runs = deque([(self._laid, self._laid)])
        return dropped

    def set_gain(self, gain: float) -> None:
        """Play what the device has not taken yet at `gain` (0 to 1), faded over 10 ms."""
        self._gain = gain
        start = self._editable()
        if start < self._laid:
            self._last_gain = float(self._gains[(start - 1) % self._size])
            self._play(self._take(self._clean, start, self._laid), start)

    def unheard(self, number: float) -> float:
        """Return how many samples of speech are in the air later than sample `number`, those that are kept included.

        What the device has not taken is not heard, whatever its times say.
        """
        number = min(number, self._ring.consumed())
        while self._runs and self._runs[0][1] <= number:
            self._runs.popleft()
        return len(self._rest) + sum(end - max(start, number) for start, end in self._runs)

    def slice(self, start: int, count: int) -> Samples:
        """Return `count` samples from number `start` on, as the device plays them; silence where they are not there."""
        out = np.zeros(count, dtype=np.float32)
        end = self.end
        first, last = max(start, end - self._size, 0), min(start + count, end)
        if first < last:
            out[first - start : last - start] = self._take(self._ring.samples, first, last)
        return out

    @property
    def _laid(self) -> int:
        """Where the last speech ends."""
        return self._runs[-1][1] if self._runs else 0

    def _editable(self) -> int:
        """Return the number of the first sample of the last speech that the device cannot be at yet."""
        return max(self._soonest(), self._fixed, self._runs[-1][0] if self._runs else 0)

    def _soonest(self) -> int:
        return self._ring.consumed() + self.block + int(_GUARD_S * self.rate_hz)

    def _lay(self, samples: Samples) -> None:
        """Put `samples` behind the last speech, or as early as can be.

        Where the device was quicker than the guard, it may have missed the beginning: then all comes once more.
        """
        while len(samples):
            self.fill()
            start = max(self._laid, self._soonest())
            begins = start > self._laid or not self._runs
            before = self._last_gain
            self._put(self._gains, start - 1, np.full(1, before, dtype=np.float32))
            self._play(samples, start)
            self._put(self._clean, start, samples)
            end = start + len(samples)
            if begins:
                self._runs.append((start, end))
            else:
                self._runs[-1] = (self._runs[-1][0], end)
            self._extend(end)
            if self._ring.consumed() <= start:
                return
            self._cut(start)
            self._last_gain = before

    def _fade_out(self) -> Samples:
        """Let the speech end as soon as it can; return what is not heard of it."""
        start, end = self._editable(), self._laid
        if start >= end:
            return _NOTHING
        last = float(self._gains[(start - 1) % self._size])
        stop = min(end, start + math.ceil(last / self._step - 1e-6))
        way = np.clip(last - self._step * np.arange(1, stop - start + 1), 0.0, 1.0).astype(np.float32)
        faded = np.zeros(end - start, dtype=np.float32)
        faded[: stop - start] = self._take(self._clean, start, stop) * way
        self._put(self._ring.samples, start, faded)
        stop = min(end, max(stop, self._ring.consumed()))  # the device may have been quicker than the guard
        self._runs[-1] = (self._runs[-1][0], stop)
        self._fixed, self._last_gain = stop, 0.0
        return self._take(self._clean, stop, end)

    def _cut(self, start: int) -> None:
        """Leave silence from `start` on."""
        self._put(self._ring.samples, start, np.zeros(self._laid - start, dtype=np.float32))
        self._runs[-1] = (self._runs[-1][0], start)

    def _play(self, samples: Samples, start: int) -> None:
        """Put `samples` where the device plays them, at the gain that is wanted, reached within 10 ms."""
        gain, last = self._gain, self._last_gain
        gains = np.full(len(samples), gain, dtype=np.float32)
        if gain != last:
            way = np.arange(1, min(len(samples), math.ceil(1 / self._step)) + 1, dtype=np.float32)
            way = way * np.float32(self._step if gain > last else -self._step) + np.float32(last)
            gains[: len(way)] = np.clip(way, min(gain, last), max(gain, last))
        self._put(self._ring.samples, start, samples * gains)
        self._put(self._gains, start, gains)
        self._last_gain = float(gains[-1])

    def _extend(self, end: int) -> None:
        if end > self.end:
            self._ring.extend(end - self.end)
            self.end = end

    def _put(self, where: Samples, start: int, samples: Samples) -> None:
        begin = start % self._size
        first = min(len(samples), self._size - begin)
        where[begin : begin + first] = samples[:first]
        where[: len(samples) - first] = samples[first:]

    def _take(self, where: Samples, start: int, end: int) -> Samples:
        begin, count = start % self._size, end - start
        first = min(count, self._size - begin)
        return np.concatenate((where[begin : begin + first], where[: count - first]))
