"""Recorded sound that plays the microphone."""

import threading

import numpy as np

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples

_BLOCK = HEARING_RATE_HZ // 50


class ReplayInput:
    """A SoundInput that gives recorded samples, in real time or as fast as they are read.

    Before and after a recording it is silent: in real time silence flows, else nothing comes.
    """

    name = "recording"

    def __init__(self, *, real_time: bool = False, clock: Clock | None = None) -> None:
        self._real_time = real_time
        self._clock = clock or SystemClock()
        self._lock = threading.Lock()
        self._samples: Samples = np.zeros(0, dtype=np.float32)
        self._position = 0
        self._due_from_s = self._clock.now_s()
        self._finished = threading.Event()
        self._finished.set()

    def play(self, samples: Samples) -> None:
        """Begin a recording (float32, 16 kHz, mono); what was left of an earlier one is dropped."""
        with self._lock:
            self._samples = samples
            self._position = 0
            self._due_from_s = self._clock.now_s()
            self._finished.clear()

    def wait_until_heard(self, timeout_s: float | None = None) -> bool:
        """Wait until the last sample was read; tell whether it was."""
        return self._finished.wait(timeout_s)

    def open(self) -> None:
        """Begin; a recording is always there."""

    def read(self) -> Samples:
        """Return the samples that are due."""
        with self._lock:
            left = self._samples[self._position :]
            most = _BLOCK
            if self._real_time:
                most = int((self._clock.now_s() - self._due_from_s) * HEARING_RATE_HZ) - self._position
            out = left[: max(0, most)]
            self._position += len(out)
            if self._position >= len(self._samples):
                self._finished.set()
            return out

    def heard_until_s(self) -> float:
        """Return when the last sample that was read was due."""
        with self._lock:
            if self._real_time:
                return self._due_from_s + self._position / HEARING_RATE_HZ
            return self._clock.now_s()

    def xruns(self) -> int:
        """Return 0."""
        return 0

    def lost(self) -> int:
        """Return 0: a recording waits for its reader."""
        return 0

    def close(self) -> None:
        """End."""
