from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from mia_desktop.bench import soak as bench_soak
from mia_desktop.bench.clips import Clip
from mia_desktop.bench.soak import Course, ends, has, soak
from mia_desktop.bench.voice import Spoken
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError
from mia_desktop.core.items import Hearing
from mia_desktop.core.ports import EchoCanceller
from mia_desktop.monitor.latency import Timings
from mia_desktop.senses.echo import PassThrough, WebRtcCanceller
from mia_desktop.speech.recorder import Recorder

SPEECH = np.random.default_rng(0).normal(0, 0.1, 16_000).astype(np.float32)
CLIP = Clip(name="one", samples=np.pad(SPEECH, 4800), words="What is this?")


def answered(text: str, reply: str = "It is red.") -> Spoken:
    return Spoken(clip="one", text=text, reply=reply, release_to_audio_s=0.1, timings=Timings())


class Encoder:
    model = "fake"

    def transcribe(self, samples: object, language: str | None, *, quick: bool = False) -> Hearing:
        return self.transcribe_plainly(samples, "en")

    def transcribe_plainly(self, samples: object, language: str) -> Hearing:
        return Hearing(text="What is this?", language="en", segments=(), audio_s=0.1, compute_s=0.0)


@dataclass
class Makers:
    encoder: Callable[[], Encoder] = Encoder


@dataclass
class Models:
    encoder: Encoder = field(default_factory=Encoder)
    makers: Makers = field(default_factory=Makers)


class Talk:
    """Answers as it is told to; a question more is an interruption."""

    script: tuple[Callable[[], Spoken], ...] = ()

    def __init__(self, _settings: Settings, models: Models) -> None:
        self.state = "ready"
        self._encoder = models.makers.encoder()
        self._turns = iter(self.script)

    def __enter__(self) -> "Talk":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def begin(self, *, hands_free: bool) -> None:
        assert not hands_free

    def by_key(self, clip: Clip) -> Spoken:
        turn = next(self._turns, None)
        self._encoder.transcribe(clip.samples[5600 if turn is too_late else 4000 :] * 0.5, "en")
        if turn is None:
            raise KeyboardInterrupt
        try:
            return turn()
        except ModelError:
            self.state = "thinking"
            raise


def silent() -> Spoken:
    raise ModelError("The engine did not answer for a minute; the measurement was stopped.")


def too_late() -> Spoken:
    return answered("What is this?")


def test_an_interrupted_soak_tells_what_was_lost_and_what_got_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    Talk.script = (
        lambda: answered("What is this?"),
        lambda: answered("is this?"),
        lambda: answered("What is this?", reply=""),
        silent,
        too_late,
    )
    monkeypatch.setattr(bench_soak, "Talk", Talk)
    told: list[str] = []
    result = soak(Settings(echo_canceller=False), Models(), [CLIP], 30.0, told.append)  # type: ignore[arg-type]
    assert result["interrupted"]
    assert result["minutes"] < 1
    assert (result["turns"], result["lost"], result["edge_words_lost"], result["stuck"]) == (5, 2, 1, 2)
    assert (result["edge_sounds_lost"], result["edge_words_lost_plain"]) == (1, 0)
    assert result["state"] == "thinking"
    assert result["threads_grown"] == 0
    assert result["rss_mb_end"] > 10
    assert told[-1].startswith("turn 5, 2 lost, 2 stuck")


def test_memory_is_judged_once_it_has_settled() -> None:
    report = Course(turns=100, state="ready", rss_mb=[500.0 + turn for turn in range(20)] + [600.0] * 80).report()
    assert report["rss_growth"] == 0.0
    assert report["rss_mb_per_100_turns"] == 0.0
    assert Course().report()["turns"] == 0


def cancellers() -> list[EchoCanceller]:
    played = Recorder().played
    return [PassThrough(played), WebRtcCanceller(played)]


@pytest.mark.parametrize("canceller", cancellers())
def test_the_ends_of_speech_are_found_in_what_was_listened_to(canceller: EchoCanceller) -> None:
    first, last = ends(CLIP.samples, canceller)
    canceller.reset()
    heard = canceller.clean(CLIP.samples, 0.0).samples
    assert len(first) == len(last) == 2400
    assert has(heard, first)
    assert has(heard, last)
    assert not has(heard[4800 + 400 :], first), "17 ms of it are missing"
    assert not has(heard[: 4800 + 16_000 - 400], last)


def test_a_sound_of_which_some_is_missing_was_not_listened_to() -> None:
    first, last = SPEECH[:2400], SPEECH[-2400:]
    assert has(CLIP.samples, first)
    assert has(CLIP.samples, last)
    assert not has(CLIP.samples[4800 + 800 :], first), "50 ms of it are missing"
    assert not has(CLIP.samples[: 4800 + 16_000 - 800], last)
    assert not has(np.zeros(16_000, dtype=np.float32), first)
    assert not has(first[:100], first)
