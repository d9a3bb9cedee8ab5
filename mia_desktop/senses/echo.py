"""Takes MIA's own voice out of what the microphone hears."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mia_desktop.core.errors import DeviceError
from mia_desktop.core.frames import CleanFrame
from mia_desktop.core.played import Played
from mia_desktop.core.ports import HEARING_RATE_HZ, EchoCanceller
from mia_desktop.core.ring import Samples
from mia_desktop.senses.adaptive import AdaptiveFilter

BLOCK: Final = HEARING_RATE_HZ // 100
"""Samples that are cleaned at once: 10 ms."""
_LEAD_S = 0.02
"""How much earlier than the air the canceller is told of what is played: it can wait for an echo, not foresee one."""
_TOLERANCE_S = 0.03
"""Times of devices jitter, and blocks do not: what differs by less than this is followed a sample at a time. A jump
costs the canceller half a second, in which it lets her voice through."""
_SLACK_S = 0.002
_SLOW = 0.02
_NOTHING: Samples = np.zeros(0, dtype=np.float32)


def echo_canceller(*, on: bool, played: Played) -> EchoCanceller:
    """Return WebRTC's echo canceller, or a pass-through when it is switched off or not installed.

    Args:
        on: whether it is wanted.
        played: the speaker's record of what it put into the air.
    """
    if on:
        try:
            return WebRtcCanceller(played)
        except (ImportError, OSError):  # no wheel for this machine, or one whose library cannot be loaded
            pass
    return PassThrough(played)


class PassThrough:
    """An EchoCanceller that leaves the sound as it is, beside what was played meanwhile."""

    active = False

    def __init__(self, played: Played) -> None:
        self._reference = _Reference(played)
        self._left: Samples = _NOTHING

    def clean(self, captured: Samples, until_s: float) -> CleanFrame:
        """Return `captured` in whole blocks."""
        captured, until_s = self._whole(captured, until_s)
        played = self._reference.read(_told_from_s(captured, until_s), len(captured))
        samples, residue = self._process(captured, played)
        return CleanFrame(samples=samples, residue=residue, captured=captured, played=played, until_s=until_s)

    def let_pass(self, captured: Samples, until_s: float) -> Samples:
        """Return `captured` in whole blocks; the reference keeps its place beside them."""
        captured, until_s = self._whole(captured, until_s)
        self._reference.skip(_told_from_s(captured, until_s), len(captured))
        return captured

    def reset(self) -> None:
        """Forget what is left over."""
        self._left = _NOTHING

    def _whole(self, captured: Samples, until_s: float) -> tuple[Samples, float]:
        """Return the whole blocks that are there, and when the last of them was in the air; keep the rest."""
        waiting = np.concatenate((self._left, captured))
        count = len(waiting) // BLOCK * BLOCK
        self._left = waiting[count:]
        return waiting[:count], until_s - len(self._left) / HEARING_RATE_HZ

    def _process(self, captured: Samples, _played: Samples) -> tuple[Samples, Samples]:
        return captured, captured


class WebRtcCanceller(PassThrough):
    """Two looks at the same sound through WebRTC's echo canceller (AEC3, from the ``livekit`` package, no server).

    Alone it removes every echo, and most of a voice that speaks at the same time. Behind a filter that has learned the
    room and subtracts, it removes the echo less surely and leaves the voice. The first look is the `residue` that tells
    whether anybody speaks at all, the second gives the `samples`. Noise suppression and gain control stay off.
    """

    active = True

    def __init__(self, played: Played) -> None:
        super().__init__(played)
        self._begin()

    def reset(self) -> None:
        """Forget the room and what is left over."""
        super().reset()
        self._begin()

    def _begin(self) -> None:
        self._filter = AdaptiveFilter(BLOCK)
        self._first, self._second = _Module(), _Module()

    def _process(self, captured: Samples, played: Samples) -> tuple[Samples, Samples]:
        samples, residue = np.empty_like(captured), np.empty_like(captured)
        for start in range(0, len(captured), BLOCK):
            block = slice(start, start + BLOCK)
            residue[block] = self._first.clean(captured[block], played[block])
            subtracted = self._filter.subtract(captured[block], played[block])
            samples[block] = self._second.clean(subtracted, played[block])
        return samples, residue


class _Module:
    """One audio processing module: echo canceller and high-pass filter. It is late by 8 ms."""

    def __init__(self) -> None:
        from livekit.rtc.apm import AudioProcessingModule
        from livekit.rtc.audio_frame import AudioFrame

        self._module = AudioProcessingModule(echo_cancellation=True, high_pass_filter=True)
        self._near = AudioFrame(bytearray(2 * BLOCK), HEARING_RATE_HZ, 1, BLOCK)
        self._far = AudioFrame(bytearray(2 * BLOCK), HEARING_RATE_HZ, 1, BLOCK)
        self._in_near = np.frombuffer(self._near.data, dtype=np.int16)
        self._in_far = np.frombuffer(self._far.data, dtype=np.int16)

    def clean(self, captured: Samples, played: Samples) -> Samples:
        """Return a block without echo."""
        self._in_far[:] = _int16(played)
        self._in_near[:] = _int16(captured)
        try:
            self._module.process_reverse_stream(self._far)
            self._module.process_stream(self._near)  # in place
        except RuntimeError as error:
            raise DeviceError(f"The echo canceller failed ({error}). Switch hearing.echo_canceller off.") from None
        out: Samples = self._in_near.astype(np.float32) / np.float32(32768)
        return out


class _Reference:
    """Reads what was played at 16 kHz, without gaps; where the clocks of the devices part it drifts along with them."""

    def __init__(self, played: Played) -> None:
        self._played = played
        self._rate_hz = 0
        self._resample: Any = None
        self._ready: Samples = _NOTHING
        self._next = 0
        self._position = 0.0
        self._behind = 0.0
        self._part = 0.0  # of a sample, that skipping has still to go

    def read(self, from_s: float, count: int) -> Samples:
        """Return `count` samples at 16 kHz, about those that sound from clock time `from_s` on."""
        if not self._follow(from_s):
            return np.zeros(count, dtype=np.float32)
        rate_hz = self._rate_hz
        while len(self._ready) <= count:
            missing = (count + 1 - len(self._ready)) * rate_hz // HEARING_RATE_HZ + 1
            chunk = self._played.slice(self._next, missing)
            self._next += missing
            self._ready = np.concatenate((self._ready, self._resample.resample_chunk(chunk)))
        if count and abs(self._behind) > _SLACK_S * rate_hz:
            self._shift(1 if self._behind > 0 else -1)
        out, self._ready = self._ready[:count], self._ready[count:]
        self._position += count * rate_hz / HEARING_RATE_HZ
        return out

    def skip(self, from_s: float, count: int) -> None:
        """Go on by `count` samples at 16 kHz in which nothing sounds; what was read ahead is silent too."""
        if not self._follow(from_s):
            return
        exact = count * self._rate_hz / HEARING_RATE_HZ
        self._position += exact
        if count and abs(self._behind) > _SLACK_S * self._rate_hz:
            exact += self._behind
            self._position += self._behind
            self._behind = 0.0
        self._part += exact
        whole = int(self._part)
        self._next += whole
        self._part -= whole

    def _follow(self, from_s: float) -> bool:
        """Note how far the clocks are apart, and start over where that is too far; tell whether there is a speaker."""
        rate_hz = self._played.rate_hz
        if not rate_hz:
            return False
        wanted = self._played.position(from_s)
        if rate_hz != self._rate_hz or abs(wanted - self._position) > _TOLERANCE_S * rate_hz:
            self._restart(rate_hz, wanted)
        self._behind += _SLOW * (wanted - self._position - self._behind)
        return True

    def _shift(self, samples: int) -> None:
        """Leave a sample out (1), or give one twice (-1)."""
        self._ready = self._ready[1:] if samples > 0 else np.concatenate((self._ready[:1], self._ready))
        self._position += samples * self._rate_hz / HEARING_RATE_HZ
        self._behind -= samples * self._rate_hz / HEARING_RATE_HZ

    def _restart(self, rate_hz: int, position: int) -> None:
        import soxr

        self._rate_hz = rate_hz
        # The shortest filter that keeps speech: a longer one would have to look further ahead.
        self._resample = soxr.ResampleStream(rate_hz, HEARING_RATE_HZ, 1, dtype="float32", quality="LQ")
        self._ready = _NOTHING
        self._next = position
        self._position = float(position)
        self._behind = self._part = 0.0


def _told_from_s(captured: Samples, until_s: float) -> float:
    return until_s - len(captured) / HEARING_RATE_HZ + _LEAD_S


def _int16(samples: Samples) -> npt.NDArray[np.int16]:
    out: npt.NDArray[np.int16] = np.clip(np.rint(samples * np.float32(32768)), -32768, 32767).astype(np.int16)
    return out
