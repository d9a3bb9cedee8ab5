"""Learns how a room carries sound from the speaker to the microphone, and subtracts it.

A frequency-domain adaptive Kalman filter in partitions (Enzner and Vary 2006, "Frequency-domain adaptive Kalman filter
for acoustic echo control in hands-free telephones"; Kuech, Mabande and Enzner 2014 for the partitions). Its step size
follows from how sure it is of the room and how much else is to be heard, so a voice beside the echo does not disturb
it, and it leaves that voice as it is: unlike a suppressor it only subtracts.
"""

import numpy as np
import numpy.typing as npt

from mia_desktop.core.ring import Samples

_PARTITIONS = 40
_STAYS = 0.9998
"""How much of the room is the same a block later."""
_SMOOTH = 0.9
_FIRST_VARIANCE = 0.02
_FIRST_NOISE = 1e-2
_TINY = 1e-10

Spectra = npt.NDArray[np.complex128]


class AdaptiveFilter:
    """Subtracts the echo of up to `_PARTITIONS` blocks (0.4 s with blocks of 10 ms)."""

    def __init__(self, block: int) -> None:
        self._block = block
        bins = block + 1
        self._room: Spectra = np.zeros((_PARTITIONS, bins), dtype=np.complex128)
        self._played: Spectra = np.zeros((_PARTITIONS, bins), dtype=np.complex128)
        # A room's response decays: late partitions are likely small.
        decay = np.exp(-4.0 * np.arange(_PARTITIONS) / _PARTITIONS)[:, np.newaxis]
        self._variance = np.full((_PARTITIONS, bins), _FIRST_VARIANCE) * decay
        self._noise = np.full(bins, _FIRST_NOISE)
        self._before: Samples = np.zeros(block, dtype=np.float32)
        self._in_power = self._out_power = 0.0

    def subtract(self, captured: Samples, played: Samples) -> Samples:
        """Return a block of `captured` (float32, in [-1, 1]) without the echo of all `played` up to this block."""
        size = self._block
        self._played[1:] = self._played[:-1]
        self._played[0] = np.fft.rfft(np.concatenate((self._before, played)))
        self._before = played
        power = np.square(np.abs(self._played))
        if power.max() < _TINY:
            return captured
        error = captured - np.fft.irfft((self._played * self._room).sum(axis=0))[size:]
        spectrum = np.fft.rfft(np.concatenate((np.zeros(size), error)))
        self._noise = _SMOOTH * self._noise + (1 - _SMOOTH) * np.square(np.abs(spectrum))
        step = self._variance / (0.5 * (power * self._variance).sum(axis=0) + self._noise + _TINY)
        change = np.fft.irfft(step * np.conj(self._played) * spectrum, axis=1)
        change[:, size:] = 0.0  # a response is causal and no longer than its partition
        self._room += np.fft.rfft(change, axis=1)
        self._variance *= _STAYS**2 * (1 - 0.5 * step * power)
        self._variance += (1 - _STAYS**2) * np.square(np.abs(self._room))
        return self._better(captured, error.astype(np.float32))

    def _better(self, captured: Samples, error: Samples) -> Samples:
        """Return `error` unless it has been louder than `captured` lately: while the filter is wrong it does harm."""
        self._in_power = _SMOOTH * self._in_power + float(np.dot(captured, captured))
        self._out_power = _SMOOTH * self._out_power + float(np.dot(error, error))
        return error if self._out_power <= self._in_power else captured
