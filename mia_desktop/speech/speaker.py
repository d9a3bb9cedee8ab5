"""A real speaker through PortAudio."""

from typing import Any

import numpy as np
import numpy.typing as npt

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.device_watch import DeviceWatch, open_first
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.played import PlayedSound
from mia_desktop.core.ring import Samples
from mia_desktop.speech.tape import Tape

_DEFAULT = "default speaker"
_TAPE_S = 2.0
_LATENCIES_S = (0.04, 0.1)
"""Asked of the device: the first one, and the second once it ran dry too often. Whatever a device holds is heard as
slowness, at the first word as at a stop; where it runs dry there is a gap in a word."""
_TOO_OFTEN = 3


class DeviceSpeaker:
    """A SoundOutput on a sound card. The audio callback copies from a tape, or silence, and does nothing else.

    The stream is never restarted, for whatever reason she falls silent or begins: it would move her echo by some
    milliseconds, and an echo canceller that has learned the old place lets half a second of her voice through. The one
    exception: a device that ran dry a few times is opened anew, before her next words, and holds more from then on.

    How far it got follows from the time that PortAudio gives for the first sample of each block
    (``outputBufferDacTime``), so it includes what device and sound server hold.
    """

    def __init__(self, device: str = "", clock: Clock | None = None) -> None:
        self.name = device or _DEFAULT
        self.played = PlayedSound()
        self._wanted = device
        self._clock = clock or SystemClock()
        self._watch = DeviceWatch(self._clock)
        self._stream: Any = None
        self._tape = Tape(1, 1.0)
        self._latency_s = _LATENCIES_S[0]
        self._dry_before = 0
        self._runs_dry = False
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
        import sounddevice

        rate_hz = int(sounddevice.query_devices(device, "output")["default_samplerate"])
        self._tape = Tape(rate_hz, _TAPE_S)
        self.played.begin(rate_hz)
        self._dry_before = self._watch.xruns
        self._stream = sounddevice.OutputStream(
            samplerate=rate_hz,
            device=device,
            channels=1,
            dtype="float32",
            latency=_LATENCIES_S[self._runs_dry],
            callback=self._fill,
            prime_output_buffers_using_stream_callback=True,
        )
        self._latency_s = float(self._stream.latency)
        self._watch.start()
        self._stream.start()
        self._resample_from_hz = 0
        self._held = 0.0

    def write(self, samples: Samples, sample_rate_hz: int, *, last: bool = False) -> int:
        """Queue what fits, resampled to the device's rate."""
        import soxr

        if self._watch.xruns - self._dry_before >= _TOO_OFTEN and not self._runs_dry and not self.pending_s():
            self._runs_dry = True
            self.open()
        tape = self._tape
        now_s = self._clock.now_s()
        if self._resample_from_hz != sample_rate_hz:
            self._resample = soxr.ResampleStream(sample_rate_hz, tape.rate_hz, 1, dtype="float32", quality="HQ")
            self._resample_from_hz = sample_rate_hz
        # A resampler keeps some samples back and gives them later: as much as that must fit, too.
        spare = tape.room(now_s) - self._held - tape.rate_hz // 20
        taken = samples[: max(0, int(spare * sample_rate_hz / tape.rate_hz))]
        ends = last and len(taken) == len(samples)
        if len(taken) or ends:
            out = self._resample.resample_chunk(np.ascontiguousarray(taken), last=ends)
            self._held = 0.0 if ends else self._held + len(taken) * tape.rate_hz / sample_rate_hz - len(out)
            tape.write(out[: max(0, tape.room(now_s))])
        if ends:
            self._resample_from_hz = 0
        return len(taken)

    def pending_s(self) -> float:
        """Return what was queued and is not yet in the air."""
        if self._stream is None:
            return 0.0
        if not self._watch.alive():
            raise DeviceError(f"The {self.name} stopped playing. Check that it is plugged in.")
        tape = self._tape
        return max(0.0, tape.written + self._held - tape.heard(self._clock.now_s())) / tape.rate_hz

    def flush(self) -> float:
        """Drop what the device does not hold yet; return how much of it will not be heard, seconds."""
        if self._stream is None:
            return 0.0
        tape = self._tape
        self._resample_from_hz = 0
        held, self._held = self._held, 0.0
        dropped_s = (tape.forget() + held) / tape.rate_hz
        tape.paused = False
        return dropped_s

    def pause(self) -> None:
        """Fall silent as soon as the device has played what it holds, and keep the rest."""
        self._tape.paused = True

    def resume(self) -> None:
        """Go on with the sample at which it was paused."""
        self._tape.paused = False

    def set_gain(self, gain: float) -> None:
        """Play what the device does not hold yet at `gain` (0 to 1), faded over 10 ms."""
        self._tape.gain = gain

    def xruns(self) -> int:
        """Return how often the device had nothing to play because the program was late, or was opened anew for it."""
        return self._watch.xruns + self._runs_dry

    def stalls(self) -> int:
        """Return how often the audio callback had to wait for Python for more than 10 ms."""
        return self._watch.stalls

    def close(self) -> None:
        """Close the stream."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()
        self._watch.stop()

    def _fill(self, outdata: npt.NDArray[np.float32], _frames: int, time: Any, status: Any) -> None:
        at_s = self._watch.block_at_s(
            time.currentTime, time.outputBufferDacTime, self._latency_s, bool(status.output_underflow)
        )
        block = outdata[:, 0]
        self._tape.feed(block, at_s)
        self.played.write(block, at_s)
