"""Whether sound breaks off while every model works, Python is busy and somebody keeps Python's lock to himself.

Nothing can look into callbacks that are C, so what comes of them is looked at: a tone that goes out at the speaker and
comes back at the microphone, written down by another process and by MIA. Where it is not whole, a callback was late.
"""

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
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
_TONE_HZ = 1000.0
"""Whole waves in 0.1 s: such a piece can be played again and again."""
_LEVEL = 0.2
_FRAME_S = 0.005
_BREAK_FRAMES = 2
"""10 ms."""
_APART = 4
_TURNED = 0.1
_PLAIN_MINUTES = 0.5


def xruns(settings: Settings, models: Models, minutes: float, tell: Tell) -> dict[str, Any]:
    """Return how often microphone or speaker ran over or dry, with both of them open for `minutes`.

    Meanwhile the language model writes, Whisper reads, Piper speaks and a thread of plain Python counts, all without a
    pause, and twice a second a C function keeps Python's lock for 0.1 s, as a badly made extension does. Then the same,
    more shortly, with a speaker whose callback is Python, which is the plain way.
    """
    tell(f"Microphone and speaker for {minutes:g} minutes, with all models at work and Python's lock held")
    heard: list[Samples] = []
    with on_card() as (card, folder):
        microphone, speaker = devices(settings)
        microphone.open()
        speaker.open()
        try:
            with _at_work(settings, models):
                _pass(microphone, speaker, _WARM_S, heard)
                heard.clear()
                before = _counts(microphone, speaker)
                with _recorded(card, folder / "played.wav"):
                    _pass(microphone, speaker, minutes * 60, heard)
                after = _counts(microphone, speaker)
        finally:
            microphone.close()
            speaker.close()
        played, rate_hz = soundfile.read(folder / "played.wav", dtype="float32")
        tell("The same with a callback in Python")
        with _at_work(settings, models), _python_speaker(), _recorded(card, folder / "plain.wav"):
            time.sleep(min(minutes, _PLAIN_MINUTES) * 60)
        plain, _ = soundfile.read(folder / "plain.wav", dtype="float32")
    return {
        "minutes": minutes,
        **{name: after[name] - before[name] for name in after},
        "lock_held_ms": round(1000 * _HELD_S),
        "breaks_played": breaks(played, rate_hz),
        "breaks_heard": breaks(np.concatenate(heard), HEARING_RATE_HZ),
        "breaks_per_minute": round(breaks(played, rate_hz) / minutes, 2),
        "breaks_per_minute_in_python": round(breaks(plain, rate_hz) / min(minutes, _PLAIN_MINUTES), 2),
    }


def breaks(samples: Samples, rate_hz: int) -> int:
    """Return how often the tone in `samples`, shape (n,) or (n, channels), is not whole.

    Its level and phase are measured in frames of 5 ms. A break is where it is softer than half its usual level for
    10 ms or more, or where its phase turns by more than a tenth of a wave within 20 ms: samples are missing there, or
    came twice. What lasts a whole number of waves goes unseen.
    """
    if samples.ndim > 1:
        samples = samples[:, 0]
    size = int(_FRAME_S * rate_hz)
    turn = -2j * np.pi * _TONE_HZ / rate_hz
    frames = samples[: len(samples) // size * size].reshape(-1, size) @ (
        np.hanning(size) * np.exp(turn * np.arange(size))
    )
    frames = frames * np.exp(turn * size * np.arange(len(frames)))
    there = np.abs(frames) > 0.5 * float(np.median(np.abs(frames)))
    silences = np.flatnonzero(np.diff(np.concatenate(([True], there, [True])).astype(int))).reshape(-1, 2)
    silent = int((silences[:, 1] - silences[:, 0] >= _BREAK_FRAMES).sum())
    phase = np.angle(frames) / (2 * np.pi)
    turned = np.abs((phase[_APART:] - phase[:-_APART] + 0.5) % 1.0 - 0.5) > _TURNED
    whole = np.lib.stride_tricks.sliding_window_view(there, _APART + 1).all(axis=1)
    jumps = np.diff(np.concatenate(([False], turned & whole)).astype(int)) == 1
    return silent + int(jumps.sum())


@contextmanager
def _recorded(card: SoundCard, wav: Path) -> Iterator[None]:
    recorder = card.record(wav)
    time.sleep(1.0)
    try:
        yield
    finally:
        recorder.terminate()
        recorder.wait(10)


@contextmanager
def _python_speaker() -> Iterator[None]:
    import sounddevice

    tone, at = _tone(), 0

    def play(out: Samples, frames: int, _time: object, _status: object) -> None:
        nonlocal at
        out[:, 0] = np.take(tone, np.arange(at, at + frames), mode="wrap")
        at += frames

    with sounddevice.OutputStream(samplerate=_RATE_HZ, channels=1, dtype="float32", latency="low", callback=play):
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


def _tone() -> Samples:
    """Return 0.1 s of a tone that can be played again and again."""
    tone: Samples = _LEVEL * np.sin(2 * np.pi * _TONE_HZ / _RATE_HZ * np.arange(_RATE_HZ // 10)).astype(np.float32)
    return tone


def _again(work: Callable[[], object], stop: threading.Event) -> None:
    while not stop.is_set():
        work()


def _pass(microphone: Any, speaker: Any, seconds: float, heard: list[Samples]) -> None:
    """Use both devices as the engine does."""
    tone = _tone()
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        heard.append(microphone.read())
        if speaker.pending_s() < 1.0:
            speaker.write(tone, _RATE_HZ)
        time.sleep(_POLL_S)


def _counts(microphone: Any, speaker: Any) -> dict[str, int]:
    return {
        "xruns": microphone.xruns() + speaker.xruns(),
        "samples_lost": microphone.lost(),
    }
