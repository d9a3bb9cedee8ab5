"""Whether a sound card runs dry or over while every model works and Python is busy."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np

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


def xruns(settings: Settings, models: Models, minutes: float, tell: Tell) -> dict[str, Any]:
    """Return how often microphone or speaker ran over or dry, with both of them open for `minutes`.

    Meanwhile the language model writes, Whisper reads, Piper speaks and a thread of plain Python counts, all without a
    pause; the speaker is fed with noise, the microphone is read.
    """
    tell(f"Microphone and speaker for {minutes:g} minutes, with all models at work")
    with on_card():
        microphone, speaker = devices(settings)
        microphone.open()
        speaker.open()
        stop = threading.Event()
        loads = [threading.Thread(target=_again, args=(one, stop), daemon=True) for one in _loads(settings, models)]
        for load in loads:
            load.start()
        try:
            _pass(microphone, speaker, _WARM_S)
            before = _counts(microphone, speaker)
            _pass(microphone, speaker, minutes * 60)
            after = _counts(microphone, speaker)
        finally:
            stop.set()
            for load in loads:
                load.join(60)
            microphone.close()
            speaker.close()
    return {"minutes": minutes, **{name: after[name] - before[name] for name in after}}


def _loads(settings: Settings, models: Models) -> list[Callable[[], object]]:
    noise: Samples = np.random.default_rng(1).normal(0, 0.05, int(_SPOKEN_S * HEARING_RATE_HZ)).astype(np.float32)
    asked = [Message(role="user", text=_ASKED)]
    return [
        lambda: list(models.language.reply(asked, settings.reply_tokens)),
        lambda: models.encoder.transcribe(noise, "en"),
        lambda: list(models.synthesizer.synthesize(_SAID)),
        lambda: sum(number * number for number in range(10_000)),
    ]


def _again(work: Callable[[], object], stop: threading.Event) -> None:
    while not stop.is_set():
        work()


def _pass(microphone: Any, speaker: Any, seconds: float) -> None:
    """Use both devices as the engine does."""
    noise: Samples = np.random.default_rng(2).normal(0, 0.01, _RATE_HZ // 10).astype(np.float32)
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        microphone.read()
        if speaker.pending_s() < 1.0:
            speaker.write(noise, _RATE_HZ)
        time.sleep(_POLL_S)


def _counts(microphone: Any, speaker: Any) -> dict[str, int]:
    return {
        "xruns": microphone.xruns() + speaker.xruns(),
        "samples_lost": microphone.lost(),
    }
