"""Takes MIA's own voice out of what the microphone hears."""

import functools
from typing import Final

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
_LATE: Final = HEARING_RATE_HZ // 125
"""Samples that WebRTC's module holds back: 8 ms."""
_LEAD_S = 0.02
"""How much earlier than the air the canceller is told of what is played: it can wait for an echo, not foresee one."""
_TOLERANCE_S = 0.03
"""What is further off than this is jumped to. A jump costs the canceller half a second, in which it lets her voice
through."""
_SETTLING_S = 3.0
_SLACK_S = 0.002
"""The times of devices that were just opened are not sure for some seconds; until then less is jumped to as well."""
_PULL = 0.1
_FIRST_PULL = 1.0
"""How fast the pace follows, radians per second: once the clocks are known, and when nothing is known yet."""
_MOST_DRIFT = 0.0005
_TAPS, _PHASES, _BETA = 48, 512, 8.0
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

    def held_back(self) -> Samples:
        """Return what was captured and has not come out of `clean` yet, as it came."""
        return self._left

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

    def held_back(self) -> Samples:
        """Return what was captured and has not come out of `clean` yet, as it came."""
        return np.concatenate((self._inside, self._left))

    def _begin(self) -> None:
        self._inside = _NOTHING
        self._filter = AdaptiveFilter(BLOCK)
        self._first, self._second = _Module(), _Module()

    def _process(self, captured: Samples, played: Samples) -> tuple[Samples, Samples]:
        samples, residue = np.empty_like(captured), np.empty_like(captured)
        for start in range(0, len(captured), BLOCK):
            block = slice(start, start + BLOCK)
            residue[block] = self._first.clean(captured[block], played[block])
            subtracted = self._filter.subtract(captured[block], played[block])
            samples[block] = self._second.clean(subtracted, played[block])
        self._inside = np.concatenate((self._inside, captured))[-_LATE:]
        return samples, residue


class _Module:
    """One audio processing module: echo canceller and high-pass filter. It is late by `_LATE` samples."""

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
    """Reads what was played at 16 kHz, at the pace of the microphone's clock and without a jump.

    Two devices have two clocks, some 100 ppm apart. A canceller that has learned the room would see its echo wander, so
    the pace of reading follows the place where the times of both devices say it should be (a phase-locked loop of
    second order, quick at first). What lies between two samples is interpolated (Smith and Gossett 1984).
    """

    def __init__(self, played: Played) -> None:
        self._played = played
        self._rate_hz = 0
        self._position = 0.0
        self._drift = 0.0
        self._followed_s = 0.0

    def read(self, from_s: float, count: int) -> Samples:
        """Return `count` samples at 16 kHz, about those that sound from clock time `from_s` on."""
        step = self._step(from_s, count)
        if not step or not count:
            return np.zeros(count, dtype=np.float32)
        places = self._position + step * np.arange(count)
        self._position += step * count
        whole = np.floor(places).astype(np.int64)
        phases = ((places - whole) * _PHASES).astype(np.int64)
        chunk = self._played.slice(int(whole[0]) - _TAPS // 2 + 1, int(whole[-1] - whole[0]) + _TAPS)
        near = np.lib.stride_tricks.sliding_window_view(chunk, _TAPS)[whole - whole[0]]
        out: Samples = np.einsum("ij,ij->i", near, _kernel(self._rate_hz)[phases])
        return out

    def skip(self, from_s: float, count: int) -> None:
        """Go on by `count` samples at 16 kHz in which nothing sounds."""
        self._position += self._step(from_s, count) * count

    def _step(self, from_s: float, count: int) -> float:
        """Return how many of the speaker's samples a sample at 16 kHz is long now; 0 without a speaker."""
        rate_hz = self._played.rate_hz
        if not rate_hz:
            return 0.0
        wanted = self._played.position(from_s)
        behind_s = (wanted - self._position) / rate_hz
        passed_s = count / HEARING_RATE_HZ
        if rate_hz != self._rate_hz or abs(behind_s) > _TOLERANCE_S:
            self._rate_hz = rate_hz
            self._drift = self._followed_s = 0.0
        if not self._followed_s or (self._followed_s < _SETTLING_S and abs(behind_s) > _SLACK_S):
            self._position, behind_s = float(wanted), 0.0
        self._followed_s += passed_s
        pull = max(_PULL, _FIRST_PULL / (1.0 + self._followed_s))
        self._drift = _within(self._drift + pull * pull * behind_s * passed_s, _MOST_DRIFT)
        return rate_hz / HEARING_RATE_HZ * (1.0 + _within(self._drift + 2.0 * pull * behind_s, 2 * _MOST_DRIFT))


def _within(drift: float, most: float) -> float:
    return min(max(drift, -most), most)


@functools.cache
def _kernel(rate_hz: int) -> Samples:
    """Return a low pass of just under 8 kHz for each part of a sample, float32, shape (phases, taps)."""
    far = np.arange(_TAPS) - (_TAPS // 2 - 1) - (np.arange(_PHASES)[:, None] + 0.5) / _PHASES
    share = min(1.0, HEARING_RATE_HZ / rate_hz) * 0.95
    window = np.i0(_BETA * np.sqrt(np.maximum(0.0, 1 - (2 * far / _TAPS) ** 2))) / np.i0(_BETA)
    kernel: Samples = (share * np.sinc(share * far) * window).astype(np.float32)
    return kernel


def _told_from_s(captured: Samples, until_s: float) -> float:
    return until_s - len(captured) / HEARING_RATE_HZ + _LEAD_S


def _int16(samples: Samples) -> npt.NDArray[np.int16]:
    out: npt.NDArray[np.int16] = np.clip(np.rint(samples * np.float32(32768)), -32768, 32767).astype(np.int16)
    return out
