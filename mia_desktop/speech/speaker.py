"""A real speaker through PortAudio."""

from typing import Any

import numpy as np
import numpy.typing as npt

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.ring import SampleRing, Samples

_RING_S = 2
_SILENT_DEVICE_S = 2.0
_WAKING_DEVICE_S = 6.0
_LATENCY_S = 0.1
"""With less, ALSA over PulseAudio or PipeWire stands still on some machines."""


class DeviceSpeaker:
    """A SoundOutput on a sound card. The audio callback copies from a ring, or silence, and does nothing else."""

    def __init__(self, device: str = "", clock: Clock | None = None) -> None:
        self.name = device or "default speaker"
        self._device = device or None
        self._clock = clock or SystemClock()
        self._stream: Any = None
        self._calls = 0
        self._dry_since_s: float | None = 0.0

    def open(self) -> None:
        """Open the stream at the device's own rate and let silence flow."""
        import sounddevice

        try:
            self._rate_hz = int(sounddevice.query_devices(self._device, "output")["default_samplerate"])
            self._ring = SampleRing(self._rate_hz * _RING_S)
            self._calls = 0
            stream = sounddevice.OutputStream(
                samplerate=self._rate_hz,
                device=self._device,
                channels=1,
                dtype="float32",
                latency=_LATENCY_S,
                callback=self._fill,
            )
            stream.start()
        except (sounddevice.PortAudioError, ValueError):
            raise DeviceError(
                f"The {self.name} cannot be used. Plug one in or choose another; `mia devices` lists them."
            ) from None
        self._stream = stream
        self._latency_s = float(stream.latency)
        self._idle_since_s = self._clock.now_s()
        self._seen_calls = 0
        self._resample: Any = None
        self._resample_from_hz = 0

    def write(self, samples: Samples, sample_rate_hz: int) -> int:
        """Queue what fits, resampled to the device's rate."""
        import soxr

        self._dry_since_s = None

        if sample_rate_hz == self._rate_hz:
            taken = samples[: self._ring.room]
            self._ring.write(taken)
            return len(taken)
        if self._resample_from_hz != sample_rate_hz:
            self._resample = soxr.ResampleStream(sample_rate_hz, self._rate_hz, 1, dtype="float32", quality="HQ")
            self._resample_from_hz = sample_rate_hz
        fits = int(max(0, self._ring.room - self._rate_hz // 10) * sample_rate_hz / self._rate_hz)
        taken = samples[:fits]
        if len(taken):
            self._ring.write(self._resample.resample_chunk(np.ascontiguousarray(taken)))
        return len(taken)

    def pending_s(self) -> float:
        """Return what is queued, and while there is any, what the device still holds."""
        now_s = self._clock.now_s()
        if self._calls != self._seen_calls:
            self._seen_calls = self._calls
            self._idle_since_s = now_s
        elif now_s - self._idle_since_s > (_SILENT_DEVICE_S if self._calls else _WAKING_DEVICE_S):
            raise DeviceError(f"The {self.name} stopped playing. Check that it is plugged in.")
        dry_since_s = self._dry_since_s
        if dry_since_s is not None and not self._ring.waiting:
            return max(0.0, self._latency_s - (now_s - dry_since_s))
        return self._ring.waiting / self._rate_hz + self._latency_s

    def flush(self) -> None:
        """Drop what is queued."""
        if self._stream is not None:
            self._ring.clear()
            self._resample_from_hz = 0
            self._dry_since_s = 0.0

    def close(self) -> None:
        """Close the stream."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _fill(self, outdata: npt.NDArray[np.float32], frames: int, _time: object, _status: object) -> None:
        samples = self._ring.read(frames)
        outdata[: len(samples), 0] = samples
        outdata[len(samples) :, 0] = 0.0
        if len(samples) == frames:
            self._dry_since_s = None
        elif self._dry_since_s is None:
            self._dry_since_s = self._clock.now_s()
        self._calls += 1
