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
_LATENCY_S = 0.1
"""What the device holds. It outlasts a busy machine; being late is avoided by `_jump` instead."""
_SLOW_DEVICE_S = 0.03
"""A device that holds less is not worth being emptied."""
_LONGEST_JUMP_S = 0.5
"""A device that took longer to be emptied once is not emptied again: sound servers have been seen to hang there."""


class DeviceSpeaker:
    """A SoundOutput on a sound card. The audio callback copies from a tape, or silence, and does nothing else.

    The device always holds a tenth of a second. Whenever that would be heard as slowness (the first words after
    silence, a flush, a pause), the device is emptied and fed anew from the sample that was being heard.

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
        self._latency_s = 0.0
        self._jumps = False
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
        self._latency_s = _LATENCY_S
        self._stream = sounddevice.OutputStream(
            samplerate=rate_hz,
            device=device,
            channels=1,
            dtype="float32",
            latency=_LATENCY_S,
            callback=self._fill,
            prime_output_buffers_using_stream_callback=True,
        )
        self._latency_s = float(self._stream.latency)
        self._jumps = self._latency_s >= _SLOW_DEVICE_S
        self._watch.start()
        self._stream.start()
        self._resample_from_hz = 0
        self._held = 0.0

    def write(self, samples: Samples, sample_rate_hz: int, *, last: bool = False) -> int:
        """Queue what fits, resampled to the device's rate."""
        import soxr

        tape = self._tape
        now_s = self._clock.now_s()
        idle = tape.heard(now_s) == tape.written and not self._held
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
        if idle and tape.written and len(taken) and not tape.paused:
            self._jump()
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
        """Be silent at once; return how much that was queued will not be heard, seconds."""
        if self._stream is None:
            return 0.0
        tape = self._tape
        self._resample_from_hz = 0
        held, self._held = self._held, 0.0
        tape.paused = True
        heard = self._jump()
        dropped = max(0.0, tape.written + held - heard) / tape.rate_hz
        tape.forget()
        tape.paused = False
        return dropped

    def pause(self) -> None:
        """Be silent at once, and keep what was not heard."""
        self._tape.paused = True
        self._jump()

    def resume(self) -> None:
        """Go on with the sample at which it was paused."""
        self._tape.paused = False
        self._jump()

    def set_gain(self, gain: float) -> None:
        """Play what the device does not hold yet at `gain` (0 to 1), faded over 10 ms.

        The device is not emptied for it: that moves the echo in time, and who hears it would take it for somebody.
        """
        self._tape.gain = gain

    def xruns(self) -> int:
        """Return how often the device had nothing to play because the program was late."""
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

    def _jump(self) -> int:
        """Empty the device and feed it anew from the sample that was being heard; return that sample's position."""
        import sounddevice

        tape = self._tape
        now_s = self._clock.now_s()
        heard = tape.heard(now_s)
        if self._stream is None or not self._jumps:
            return heard
        try:
            begun_s = now_s
            self._stream.abort()
            now_s = (now_s + self._clock.now_s()) / 2
            heard = max(heard, tape.heard(now_s))
            self.played.cut(now_s)
            tape.wind_back(heard)
            self._stream.start()
            self._jumps = self._clock.now_s() - begun_s < _LONGEST_JUMP_S
        except sounddevice.PortAudioError:
            self._watch.end()
        return heard

    def _fill(self, outdata: npt.NDArray[np.float32], _frames: int, time: Any, status: Any) -> None:
        at_s = self._watch.block_at_s(
            time.currentTime, time.outputBufferDacTime, self._latency_s, bool(status.output_underflow)
        )
        block = outdata[:, 0]
        self._tape.feed(block, at_s)
        self.played.write(block, at_s)
