"""A speaker that keeps what it is given instead of playing it."""

import threading
from pathlib import Path

import numpy as np

from mia_desktop.core.errors import InputError
from mia_desktop.core.played import PlayedSound
from mia_desktop.core.ring import Samples

_MARGIN_S = 0.25
_EMPTY: Samples = np.zeros(0, dtype=np.float32)


class Recorder:
    """A SoundOutput that plays at once and remembers the samples."""

    name = "recording"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pieces: list[Samples] = []
        self.sample_rate_hz = 0
        self.played = PlayedSound()

    def open(self) -> None:
        """Begin."""

    def write(self, samples: Samples, sample_rate_hz: int, *, last: bool = False) -> int:
        """Keep all of it."""
        with self._lock:
            self.sample_rate_hz = sample_rate_hz
            self._pieces.append(samples)
        return len(samples)

    def pending_s(self) -> float:
        """Return 0: everything is played at once."""
        return 0.0

    def flush(self) -> float:
        """Return 0: nothing waits."""
        return 0.0

    def pause(self) -> None:
        """Do nothing: nothing waits."""

    def resume(self) -> None:
        """Do nothing: nothing waits."""

    def set_gain(self, gain: float) -> None:
        """Do nothing: the recording stays as loud as it is."""

    def xruns(self) -> int:
        """Return 0."""
        return 0

    def close(self) -> None:
        """End."""

    def take(self) -> Samples:
        """Return what came since the last call."""
        with self._lock:
            pieces, self._pieces = self._pieces, []
        return np.concatenate(pieces) if pieces else _EMPTY


def save_wav(path: Path, samples: Samples, sample_rate_hz: int) -> None:
    """Write a 16-bit mono WAV with a moment of silence around; raises InputError when the place cannot be written."""
    import soundfile

    try:
        soundfile.write(
            path, np.pad(samples, int(_MARGIN_S * sample_rate_hz)), sample_rate_hz, subtype="PCM_16", format="WAV"
        )
    except (OSError, soundfile.LibsndfileError):
        raise InputError(f"{path} cannot be written. Choose another place with --out.") from None
