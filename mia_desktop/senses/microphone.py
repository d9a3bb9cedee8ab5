"""A real microphone through PortAudio."""

from typing import Any

import numpy as np
import numpy.typing as npt

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import SampleRing, Samples

_RING_S = 4
_SILENT_DEVICE_S = 2.0
_WAKING_DEVICE_S = 6.0
_LATENCY_S = 0.1
"""With less, ALSA over PulseAudio or PipeWire stands still on some machines."""


class Microphone:
    """A SoundInput on a sound card. The audio callback copies samples into a ring and does nothing else."""

    def __init__(self, device: str = "", clock: Clock | None = None) -> None:
        self.name = device or "default microphone"
        self._device = device or None
        self._clock = clock or SystemClock()
        self._ring = SampleRing(1)
        self._stream: Any = None
        self._last_written = 0
        self._last_change_s = 0.0

    def open(self) -> None:
        """Open the stream at 16 kHz, or at the device's own rate when it refuses that."""
        import sounddevice
        import soxr

        try:
            rate_hz = HEARING_RATE_HZ
            try:
                sounddevice.check_input_settings(self._device, channels=1, dtype="float32", samplerate=rate_hz)
            except sounddevice.PortAudioError:
                rate_hz = int(sounddevice.query_devices(self._device, "input")["default_samplerate"])
            self._ring = SampleRing(rate_hz * _RING_S)
            self._resample = soxr.ResampleStream(rate_hz, HEARING_RATE_HZ, 1, dtype="float32", quality="HQ")
            self._same_rate = rate_hz == HEARING_RATE_HZ
            self._stream = sounddevice.InputStream(
                samplerate=rate_hz,
                device=self._device,
                channels=1,
                dtype="float32",
                latency=_LATENCY_S,
                callback=self._copy,
            )
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError):
            self.close()
            raise DeviceError(
                f"The {self.name} cannot be used. Plug one in or choose another; `mia devices` lists them."
            ) from None
        self._last_written = 0
        self._last_change_s = self._clock.now_s()

    def read(self) -> Samples:
        """Return what came since the last call, at 16 kHz; without anything for 2 s (at first 6 s) it is dead."""
        now_s = self._clock.now_s()
        if self._ring.written != self._last_written:
            self._last_written = self._ring.written
            self._last_change_s = now_s
        elif self._stream is not None and now_s - self._last_change_s > (
            _SILENT_DEVICE_S if self._last_written else _WAKING_DEVICE_S
        ):
            self.close()
            raise DeviceError(f"The {self.name} stopped sending sound. Check that it is plugged in.")
        samples = self._ring.read(self._ring.capacity)
        if self._same_rate or not len(samples):
            return samples
        resampled: Samples = self._resample.resample_chunk(samples)
        return resampled

    def lost(self) -> int:
        """Return the samples that were overwritten unread."""
        return self._ring.lost

    def close(self) -> None:
        """Close the stream."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _copy(self, indata: npt.NDArray[np.float32], _frames: int, _time: object, _status: object) -> None:
        self._ring.write(indata[:, 0])
