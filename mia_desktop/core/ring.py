"""A ring of audio samples between one writer and one reader."""

import threading

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]


class SampleRing:
    """The newest `capacity` samples of a stream, float32, mono, in [-1, 1].

    The writer never waits: what is too old is overwritten and counted. Positions are absolute counts of samples since
    the ring was made, so a reader can say "up to here" about samples that have not been read yet.
    """

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError("capacity must be at least one sample")
        self._buffer: Samples = np.zeros(capacity, dtype=np.float32)
        self._lock = threading.Lock()
        self._written = 0
        self._read = 0
        self._lost = 0

    @property
    def capacity(self) -> int:
        """Samples that fit."""
        return len(self._buffer)

    @property
    def written(self) -> int:
        """Samples ever written."""
        return self._written

    @property
    def lost(self) -> int:
        """Samples overwritten before they were read."""
        return self._lost

    @property
    def waiting(self) -> int:
        """Samples written and not yet read."""
        with self._lock:
            return self._written - self._read

    @property
    def room(self) -> int:
        """Samples that can be written without losing any."""
        return self.capacity - self.waiting

    def write(self, samples: Samples) -> None:
        """Copy `samples` (float32, shape (n,)) in, over the oldest ones where there is no room."""
        with self._lock:
            newest = samples[-self.capacity :]
            start = (self._written + len(samples) - len(newest)) % self.capacity
            first = min(len(newest), self.capacity - start)
            self._buffer[start : start + first] = newest[:first]
            self._buffer[: len(newest) - first] = newest[first:]
            self._written += len(samples)
            oldest = self._written - self.capacity
            if self._read < oldest:
                self._lost += oldest - self._read
                self._read = oldest

    def read(self, most: int) -> Samples:
        """Return a copy of the oldest unread samples, at most `most` of them; shape (0,) when there are none."""
        with self._lock:
            count = min(most, self._written - self._read)
            start = self._read % self.capacity
            first = min(count, self.capacity - start)
            out = np.concatenate((self._buffer[start : start + first], self._buffer[: count - first]))
            self._read += count
            return out

    def clear(self) -> int:
        """Forget all unread samples and return how many there were; they do not count as lost."""
        with self._lock:
            count = self._written - self._read
            self._read = self._written
            return count
