"""Whether sound breaks off while every model works, Python is busy and somebody keeps Python's lock to himself.

Nothing can look into callbacks that are C, so what comes of them is looked at: two tones that go out at the speaker and
come back at the microphone, written down by another process and by MIA. Where they are not whole, a callback was late,
or the sound server. So a player without any Python, the server's own, plays two other tones on the same speaker, of the
same latency: where both break off, it was the server.
"""

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

from mia_desktop.bench.sound_card import SoundCard
from mia_desktop.bench.voice import Models, Tell
from mia_desktop.bench.voice_devices import on_card
from mia_desktop.core.config import Settings
from mia_desktop.core.items import Message
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples
from mia_desktop.engine.assembly import devices

_POLL_S = 0.01
_ASKED = "Tell me a long story about a lighthouse."
_SAID = "This is a sentence that takes a while to be spoken."
_SPOKEN_S = 4.0
_RATE_HZ = 22_050
_WARM_S = 3.0
_HELD_S = 0.1
_HELD_EACH_S = 0.5
TONES_HZ = (1013, 3002)
"""Whole waves in a second, which is played again and again. Sound servers lose whole milliseconds, and those are whole
waves of many a tone: of these two together no 10, 11, 12, … ms are, up to 441."""
OTHER_TONES_HZ = (2013, 4002)
"""The same is true of these; 5 ms tell them from those."""
_LEVEL = 0.1
_FRAME_S = 0.005
_BREAK_FRAMES = 2
"""10 ms."""
_APART = 4
_TURNED = 0.1
_SAME_S = 0.2
"""Two players on one server break off together when it is late, but not to the millisecond."""
_PLAIN_MINUTES = 0.5
_LATENCY_S = 0.04
"""What the speaker asks of its device, too."""


def xruns(settings: Settings, models: Models, minutes: float, tell: Tell) -> dict[str, Any]:
    """Return how often microphone or speaker ran over or dry, with both of them open for `minutes`.

    Meanwhile the language model writes, Whisper reads, Piper speaks and a thread of plain Python counts, all without a
    pause, and twice a second a C function keeps Python's lock for 0.1 s, as a badly made extension does. Beside MIA's
    speaker the sound server's own player plays, a process of C. Then the same, more shortly, with a speaker whose
    callback is Python, which is the plain way.
    """
    tell(f"Microphone and speaker for {minutes:g} minutes, with all models at work and Python's lock held")
    with on_card() as (card, folder):
        microphone, speaker = devices(settings)
        microphone.open()
        speaker.open()
        try:
            with _at_work(settings, models), _player(card, folder / "other.wav", minutes):
                tones = _Tones()
                tones.carry(microphone, speaker, _WARM_S)
                with _recorded(card, folder / "played.wav"):
                    before = _counts(microphone, speaker)
                    heard = tones.carry(microphone, speaker, minutes * 60)
                    after = _counts(microphone, speaker)
        finally:
            microphone.close()
            speaker.close()
        played, rate_hz = soundfile.read(folder / "played.wav", dtype="float32")
        tell("The same with a callback in Python")
        with _at_work(settings, models), _python_speaker(), _recorded(card, folder / "plain.wav"):
            time.sleep(min(minutes, _PLAIN_MINUTES) * 60)
        plain, _ = soundfile.read(folder / "plain.wav", dtype="float32")
    ours, servers = breaks(played, rate_hz), breaks(played, rate_hz, OTHER_TONES_HZ)
    return {
        "minutes": minutes,
        **{name: after[name] - before[name] for name in after},
        "lock_held_ms": round(1000 * _HELD_S),
        "recorded_s": round(len(played) / rate_hz, 1),
        "heard_s": round(len(heard) / HEARING_RATE_HZ, 1),
        "breaks_played": len(ours),
        "breaks_heard": len(breaks(heard, HEARING_RATE_HZ)),
        "breaks_of_c_player": len(servers),
        "breaks_not_of_server": len(alone(ours, servers)),
        "breaks_per_minute": round(len(ours) / minutes, 2),
        "breaks_per_minute_in_python": round(len(breaks(plain, rate_hz)) / min(minutes, _PLAIN_MINUTES), 2),
    }


def breaks(samples: Samples, rate_hz: int, tones_hz: tuple[int, ...] = TONES_HZ) -> list[float]:
    """Return where the tones in `samples`, shape (n,) or (n, channels), are not whole, seconds.

    Their level and phase are measured in frames of 5 ms. A break is where they are softer than half their usual level
    for 10 ms or more, or where the phase of one turns by more than a tenth of a wave within 20 ms: samples are missing
    there, or came twice.
    """
    if samples.ndim > 1:
        samples = samples[:, 0]
    size = int(_FRAME_S * rate_hz)
    whole = samples[: len(samples) // size * size].reshape(-1, size)
    tones = np.stack([_followed(whole, tone_hz / rate_hz) for tone_hz in tones_hz])
    levels = np.abs(tones).sum(axis=0)
    there = levels > 0.5 * float(np.median(levels))
    silences = np.flatnonzero(np.diff(np.concatenate(([True], there, [True])).astype(int))).reshape(-1, 2)
    silent = silences[silences[:, 1] - silences[:, 0] >= _BREAK_FRAMES, 0]
    phases = np.angle(tones) / (2 * np.pi)
    turned = (np.abs((phases[:, _APART:] - phases[:, :-_APART] + 0.5) % 1.0 - 0.5) > _TURNED).any(axis=0)
    unbroken = np.lib.stride_tricks.sliding_window_view(there, _APART + 1).all(axis=1)
    jumps = np.flatnonzero(np.diff(np.concatenate(([False], turned & unbroken)).astype(int)) == 1)
    return sorted(float(frame) * size / rate_hz for frame in (*silent, *jumps))


def alone(ours: list[float], others: list[float]) -> list[float]:
    """Return those of `ours` with which none of `others` goes together, seconds."""
    return [at_s for at_s in ours if all(abs(at_s - other_s) > _SAME_S for other_s in others)]


def _followed(frames: Samples, waves: float) -> npt.NDArray[np.complex128]:
    """Return level and phase of a tone of so many waves a sample in each of `frames`, shape (n, size)."""
    count, size = frames.shape
    turn = -2j * np.pi * waves
    found: npt.NDArray[np.complex128] = frames @ (np.hanning(size) * np.exp(turn * np.arange(size)))
    found *= np.exp(turn * size * np.arange(count))
    return found


@contextmanager
def _recorded(card: SoundCard, wav: Path) -> Iterator[None]:
    recorder = card.record(wav)
    try:
        yield
    finally:
        recorder.terminate()
        recorder.wait(10)


@contextmanager
def _player(card: SoundCard, wav: Path, minutes: float) -> Iterator[None]:
    """Play the other tones without Python, as late as MIA's speaker is."""
    soundfile.write(wav, np.tile(_tones(OTHER_TONES_HZ), round(60 * minutes) + 60), _RATE_HZ)
    player = card.start(wav, "speaker")
    try:
        yield
    finally:
        player.terminate()
        player.wait(10)


@contextmanager
def _python_speaker() -> Iterator[None]:
    import sounddevice

    tones, at = _tones(), 0

    def play(out: Samples, frames: int, _time: object, _status: object) -> None:
        nonlocal at
        out[:, 0] = np.take(tones, np.arange(at, at + frames), mode="wrap")
        at += frames

    with sounddevice.OutputStream(samplerate=_RATE_HZ, channels=1, dtype="float32", latency=_LATENCY_S, callback=play):
        yield


@contextmanager
def _at_work(settings: Settings, models: Models) -> Iterator[None]:
    stop = threading.Event()
    loads = [threading.Thread(target=_again, args=(one, stop), daemon=True) for one in _loads(settings, models)]
    for load in loads:
        load.start()
    try:
        yield
    finally:
        stop.set()
        for load in loads:
            load.join(60)


def _loads(settings: Settings, models: Models) -> list[Callable[[], object]]:
    noise: Samples = np.random.default_rng(1).normal(0, 0.05, int(_SPOKEN_S * HEARING_RATE_HZ)).astype(np.float32)
    asked = [Message(role="user", text=_ASKED)]
    return [
        lambda: list(models.language.reply(asked, settings.reply_tokens)),
        lambda: models.encoder.transcribe(noise, "en"),
        lambda: list(models.synthesizer.synthesize(_SAID)),
        lambda: sum(number * number for number in range(10_000)),
        _hold_the_lock,
    ]


def _hold_the_lock() -> None:
    """Sleep without letting other threads run Python."""
    ctypes.PyDLL(None).usleep(round(1e6 * _HELD_S))  # a CDLL lets go of the lock, a PyDLL does not
    time.sleep(_HELD_EACH_S - _HELD_S)


def _tones(tones_hz: tuple[int, ...] = TONES_HZ) -> Samples:
    """Return a second of the tones."""
    at_s = np.arange(_RATE_HZ) / _RATE_HZ
    waves = np.outer(tones_hz, at_s)
    tones: Samples = (_LEVEL * np.sin(2 * np.pi * waves).sum(axis=0)).astype(np.float32)
    return tones


def _again(work: Callable[[], object], stop: threading.Event) -> None:
    while not stop.is_set():
        work()


class _Tones:
    """Plays the tones without an end."""

    def __init__(self) -> None:
        self._tones = _tones()
        self._at = 0

    def carry(self, microphone: Any, speaker: Any, seconds: float) -> Samples:
        """Use both devices as the engine does; return what the microphone heard."""
        heard: list[Samples] = []
        end_s = time.monotonic() + seconds
        while time.monotonic() < end_s:
            heard.append(microphone.read())
            if speaker.pending_s() < 1.0:
                piece = np.take(self._tones, np.arange(self._at, self._at + _RATE_HZ // 10), mode="wrap")
                self._at += speaker.write(piece, _RATE_HZ)
            time.sleep(_POLL_S)
        return np.concatenate(heard)


def _counts(microphone: Any, speaker: Any) -> dict[str, int]:
    return {
        "xruns": microphone.xruns() + speaker.xruns(),
        "samples_lost": microphone.lost(),
    }
