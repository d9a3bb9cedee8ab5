"""A real speaker through PortAudio."""

from typing import Any, Final

import numpy as np

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.device_watch import DeviceWatch, open_first
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.ring import Samples
from mia_desktop.speech.tape import Tape, ring_size

_DEFAULT = "default speaker"
_LATENCY_S: Final = 0.04
"""Asked of the device. Whatever it holds is heard as slowness, at the first word as at a stop."""
_BLOCKS: Final = 4
"""Parts in which a device usually asks for what it holds."""


class DeviceSpeaker:
    """A SoundOutput on a sound card. The audio callback is C, plays from a tape and never waits for Python.

    The stream is never restarted, for whatever reason she falls silent or begins: it would move her echo by some
    milliseconds, and an echo canceller that has learned the old place lets half a second of her voice through.

    How far it got follows from the times that PortAudio gives for the first samples of blocks
    (``outputBufferDacTime``), so it includes what device and sound server hold.
    """

    def __init__(self, device: str = "", clock: Clock | None = None) -> None:
        self.name = device or _DEFAULT
        self._wanted = device
        self._clock = clock or SystemClock()
        self._watch = DeviceWatch(self._clock)
        self._stream: Any = None
        self._ring: _Ring | None = None
        self._tape: Tape | None = None
        self.played = _PlayedTape()
        self._playing: Any = None
        self._resample: Any = None
        self._resample_from_hz = 0
        self._held = 0.0

    def open(self) -> None:
        """Open the wanted device, or the system's default one where that is missing; `name` tells which."""
        import sounddevice

        self.close()
        self.name = open_first(
            self._wanted, _DEFAULT, self._start, self.close, (sounddevice.PortAudioError, ValueError)
        )

    def _start(self, device: str | None) -> None:
        """Start the stream at the device's own rate and let silence flow."""
        import rtmixer
        import sounddevice

        rate_hz = int(sounddevice.query_devices(device, "output")["default_samplerate"])
        stream = rtmixer.Mixer(
            samplerate=rate_hz,
            device=device,
            channels=1,
            latency=_LATENCY_S,
            prime_output_buffers_using_stream_callback=True,
        )
        self._stream = stream
        latency_s = float(stream.latency)
        self._ring = ring = _Ring(ring_size(rate_hz))
        self._tape = Tape(rate_hz, ring, int(latency_s * rate_hz / _BLOCKS))
        self._playing = stream.play_ringbuffer(ring.memory)
        one = np.zeros(1, dtype=np.float32)
        self._watch.start(stream, rate_hz, latency_s, lambda: stream.play_buffer(one, channels=1))
        self.played.begin(self._tape, self._watch)
        stream.start()
        self._resample_from_hz = 0
        self._held = 0.0

    def write(self, samples: Samples, sample_rate_hz: int, *, last: bool = False) -> int:
        """Queue what fits, resampled to the device's rate."""
        import soxr

        tape = self._keep_on()
        if tape is None:
            return 0
        if self._resample_from_hz != sample_rate_hz:
            self._resample = soxr.ResampleStream(sample_rate_hz, tape.rate_hz, 1, dtype="float32", quality="HQ")
            self._resample_from_hz = sample_rate_hz
        # A resampler keeps some samples back and gives them later: as much as that must fit, too.
        spare = tape.room() - self._held - tape.rate_hz // 20
        taken = samples[: max(0, int(spare * sample_rate_hz / tape.rate_hz))]
        ends = last and len(taken) == len(samples)
        if len(taken) or ends:
            out = self._resample.resample_chunk(np.ascontiguousarray(taken), last=ends)
            self._held = 0.0 if ends else self._held + len(taken) * tape.rate_hz / sample_rate_hz - len(out)
            tape.write(out)
        if ends:
            self._resample_from_hz = 0
        return len(taken)

    def pending_s(self) -> float:
        """Return what was queued and is not yet in the air."""
        tape = self._keep_on()
        if tape is None:
            return 0.0
        if not self._watch.alive():
            raise DeviceError(f"The {self.name} stopped playing. Check that it is plugged in.")
        return (tape.unheard(self._watch.air.number(self._clock.now_s())) + self._held) / tape.rate_hz

    def flush(self) -> float:
        """Drop what the device has not taken yet; return how much of it will not be heard, seconds."""
        if self._tape is None:
            return 0.0
        self._resample_from_hz = 0
        held, self._held = self._held, 0.0
        return (self._tape.forget() + held) / self._tape.rate_hz

    def pause(self) -> None:
        """Fall silent as soon as the device has played what it holds, and keep the rest."""
        if self._tape is not None:
            self._tape.pause()

    def resume(self) -> None:
        """Go on with the sample at which it was paused."""
        if self._tape is not None:
            self._tape.resume()

    def set_gain(self, gain: float) -> None:
        """Play what the device has not taken yet at `gain` (0 to 1), faded over 10 ms."""
        if self._tape is not None:
            self._tape.set_gain(gain)

    def xruns(self) -> int:
        """Return how often the device had nothing to play because the program was late."""
        return self._watch.xruns

    def close(self) -> None:
        """Close the stream."""
        self._watch.stop()
        stream, self._stream = self._stream, None
        self._tape = self._ring = None
        if stream is not None:
            stream.close()

    def _keep_on(self) -> Tape | None:
        """Keep the tape filled ahead, and playing where Python was away until it was empty; return it while open."""
        tape, ring = self._tape, self._ring
        if tape is None or ring is None:
            return None
        self._watch.look(ring.consumed)
        tape.block = self._watch.block or tape.block
        tape.fill()
        if self._playing not in self._stream.actions:
            self._playing = self._stream.play_ringbuffer(ring.memory)
            self._watch.broke_off()
        return tape


class _Ring:
    """A TapeRing from which C code plays."""

    def __init__(self, size: int) -> None:
        import rtmixer

        self.samples: Samples = np.zeros(size, dtype=np.float32)
        self.memory = rtmixer.RingBuffer(4, buffer=self.samples)
        self._extended = 0

    def consumed(self) -> int:
        """Return how many samples the device has taken."""
        return self._extended - int(self.memory.read_available)

    def extend(self, count: int) -> None:
        """Let the device have `count` more samples, which are in place."""
        self.memory.advance_write_index(count)
        self._extended += count


class _PlayedTape:
    """What a speaker plays, read straight from its tape, where it is before it is in the air."""

    def __init__(self) -> None:
        self.rate_hz = 0
        self._tape: Tape
        self._watch: DeviceWatch

    def begin(self, tape: Tape, watch: DeviceWatch) -> None:
        """Read from another tape from now on."""
        self._tape, self._watch, self.rate_hz = tape, watch, tape.rate_hz

    def read(self, from_s: float, count: int) -> Samples:
        """Return the `count` samples that sound from clock time `from_s` on."""
        if not self.rate_hz:
            return np.zeros(count, dtype=np.float32)
        return self.slice(self.position(from_s), count)

    def position(self, at_s: float) -> int:
        """Return the number of the sample that sounds at `at_s`."""
        return self._watch.air.number(at_s)

    def slice(self, start: int, count: int) -> Samples:
        """Return `count` samples from number `start` on."""
        return self._tape.slice(start, count)
