"""A real microphone through PortAudio."""

from typing import Any

import numpy as np
import numpy.typing as npt

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.device_watch import DeviceWatch, open_first
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import SampleRing, Samples
from mia_desktop.senses import devices

_DEFAULT = "default microphone"
_RING_S = 4
_LATENCIES_S = (0.04, 0.1)
"""Asked of the device: the first one, and the second after it stood still with the first."""


class Microphone:
    """A SoundInput on a sound card. The audio callback copies samples into a ring and does nothing else."""

    def __init__(self, device: str = "", clock: Clock | None = None) -> None:
        self.name = device or _DEFAULT
        self._wanted = device
        self._lost = False
        self._clock = clock or SystemClock()
        self._watch = DeviceWatch(self._clock)
        self._ring = SampleRing(1)
        self._stream: Any = None
        self._latency_s = _LATENCIES_S[0]
        self._rate_hz = HEARING_RATE_HZ
        self._newest: tuple[int, float] = (0, 0.0)
        self._resample: Any = None
        self._read = 0
        self._until_s = 0.0

    def open(self) -> None:
        """Open the wanted device, or the system's default one where that is missing; `name` tells which."""
        import sounddevice

        self.close()
        if self._lost:
            devices.refresh()
        self.name = open_first(
            self._wanted, _DEFAULT, self._start, self.close, (sounddevice.PortAudioError, ValueError)
        )

    def _start(self, device: str | None) -> None:
        """Start the stream at 16 kHz, or at the device's own rate when it refuses that."""
        import sounddevice
        import soxr

        rate_hz = HEARING_RATE_HZ
        try:
            sounddevice.check_input_settings(device, channels=1, dtype="float32", samplerate=rate_hz)
        except sounddevice.PortAudioError:
            rate_hz = int(sounddevice.query_devices(device, "input")["default_samplerate"])
        self._rate_hz = rate_hz
        self._ring = SampleRing(rate_hz * _RING_S)
        self._newest, self._read = (0, 0.0), 0
        self._resample = None
        if rate_hz != HEARING_RATE_HZ:
            self._resample = soxr.ResampleStream(rate_hz, HEARING_RATE_HZ, 1, dtype="float32", quality="HQ")
        self._stream = sounddevice.InputStream(
            samplerate=rate_hz,
            device=device,
            channels=1,
            dtype="float32",
            latency=self._latency_s,
            callback=self._copy,
        )
        self._watch.start()
        self._stream.start()

    def read(self) -> Samples:
        """Return what came since the last call, at 16 kHz; a device that stands still is dead."""
        if self._stream is not None and not self._watch.alive():
            if not self._watch.blocks:
                self._latency_s = _LATENCIES_S[1]
            self.close()
            self._lost = True
            raise DeviceError(f"The {self.name} stopped sending sound. Check that it is plugged in.")
        samples = self._ring.read(self._ring.capacity)
        written, end_s = self._newest
        self._read = self._ring.written - self._ring.waiting
        self._until_s = end_s + (self._read - written) / self._rate_hz
        if self._resample is None or not len(samples):
            return samples
        resampled: Samples = self._resample.resample_chunk(samples)
        self._until_s -= self._resample.delay() / HEARING_RATE_HZ
        return resampled

    def heard_until_s(self) -> float:
        """Return the clock time at which the last sample that `read` returned was in the air."""
        return self._until_s

    def lost(self) -> int:
        """Return the samples that were overwritten unread."""
        return self._ring.lost

    def xruns(self) -> int:
        """Return how often the device dropped samples because the program was late."""
        return self._watch.xruns

    def stalls(self) -> int:
        """Return how often the audio callback had to wait for Python for more than 10 ms."""
        return self._watch.stalls

    def close(self) -> None:
        """Close the stream."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()
        self._watch.stop()

    def _copy(self, indata: npt.NDArray[np.float32], frames: int, time: Any, status: Any) -> None:
        usual_s = -self._latency_s
        at_s = self._watch.block_at_s(time.currentTime, time.inputBufferAdcTime, usual_s, bool(status.input_overflow))
        self._ring.write(indata[:, 0])
        self._newest = (self._ring.written, at_s + frames / self._rate_hz)
