"""A real microphone through PortAudio."""

from typing import Any

import numpy as np

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.device_watch import DeviceWatch, open_first
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples
from mia_desktop.senses import devices

_DEFAULT = "default microphone"
_RING_S = 4
_LATENCIES_S = (0.04, 0.1)
"""Asked of the device: the first one, and the second after it stood still with the first."""


class Microphone:
    """A SoundInput on a sound card. The audio callback is C, copies samples into a ring and never waits for Python."""

    def __init__(self, device: str = "", clock: Clock | None = None) -> None:
        self.name = device or _DEFAULT
        self._wanted = device
        self._lost_device = False
        self._clock = clock or SystemClock()
        self._watch = DeviceWatch(self._clock)
        self._stream: Any = None
        self._ring: Any = None
        self._recording: Any = None
        self._latency_s = _LATENCIES_S[0]
        self._rate_hz = HEARING_RATE_HZ
        self._resample: Any = None
        self._read = 0
        self._lost = 0
        self._until_s = 0.0

    def open(self) -> None:
        """Open the wanted device, or the system's default one where that is missing; `name` tells which."""
        import sounddevice

        self.close()
        if self._lost_device:
            devices.refresh()
        self.name = open_first(
            self._wanted, _DEFAULT, self._start, self.close, (sounddevice.PortAudioError, ValueError)
        )

    def _start(self, device: str | None) -> None:
        """Start the stream at 16 kHz, or at the device's own rate when it refuses that."""
        import rtmixer
        import sounddevice
        import soxr

        rate_hz = HEARING_RATE_HZ
        try:
            sounddevice.check_input_settings(device, channels=1, dtype="float32", samplerate=rate_hz)
        except sounddevice.PortAudioError:
            rate_hz = int(sounddevice.query_devices(device, "input")["default_samplerate"])
        self._rate_hz, self._read = rate_hz, 0
        self._resample = None
        if rate_hz != HEARING_RATE_HZ:
            self._resample = soxr.ResampleStream(rate_hz, HEARING_RATE_HZ, 1, dtype="float32", quality="HQ")
        stream = rtmixer.Recorder(samplerate=rate_hz, device=device, channels=1, latency=self._latency_s)
        self._stream = stream
        self._ring = rtmixer.RingBuffer(4, 1 << (rate_hz * _RING_S - 1).bit_length())
        self._recording = stream.record_ringbuffer(self._ring)
        one = np.zeros(1, dtype=np.float32)
        self._watch.start(stream, rate_hz, -self._latency_s, lambda: stream.record_buffer(one, channels=1))
        stream.start()

    def read(self) -> Samples:
        """Return what came since the last call, at 16 kHz; a device that stands still is dead."""
        if self._stream is None:
            return np.zeros(0, dtype=np.float32)
        self._watch.look(self._recorded)
        if not self._watch.alive():
            if not self._watch.moved:
                self._latency_s = _LATENCIES_S[1]
            self.close()
            self._lost_device = True
            raise DeviceError(f"The {self.name} stopped sending sound. Check that it is plugged in.")
        full = self._recording not in self._stream.actions
        samples: Samples = np.empty(self._ring.read_available, dtype=np.float32)
        self._ring.readinto(samples)
        self._read += len(samples)
        self._until_s = self._watch.air.at_s(self._read)
        if full:
            self._go_on()
        if self._resample is None or not len(samples):
            return samples
        resampled: Samples = self._resample.resample_chunk(samples)
        self._until_s -= self._resample.delay() / HEARING_RATE_HZ
        return resampled

    def heard_until_s(self) -> float:
        """Return the clock time at which the last sample that `read` returned was in the air."""
        return self._until_s

    def lost(self) -> int:
        """Return the samples for which there was no room, because nobody read for seconds."""
        return self._lost

    def xruns(self) -> int:
        """Return how often the device dropped samples because the program was late."""
        return self._watch.xruns

    def close(self) -> None:
        """Close the stream."""
        self._watch.stop()
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _recorded(self) -> int:
        return self._read + int(self._ring.read_available)

    def _go_on(self) -> None:
        """Record again after the ring was full, and count what is missing since then."""
        now_s = self._clock.now_s()
        self._lost += max(1, self._watch.air.number(now_s) - self._read)
        self._watch.broke_off()
        self._recording = self._stream.record_ringbuffer(self._ring)
