from collections.abc import Callable

import numpy as np
import pytest

from mia_desktop.bench import soak as bench_soak
from mia_desktop.bench.clips import Clip
from mia_desktop.bench.soak import Course, soak
from mia_desktop.bench.voice import Spoken
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError
from mia_desktop.core.items import Hearing
from mia_desktop.monitor.latency import Timings

CLIP = Clip(name="one", samples=np.zeros(1600, dtype=np.float32), words="What is this?")


def answered(text: str, reply: str = "It is red.") -> Spoken:
    return Spoken(clip="one", text=text, reply=reply, release_to_audio_s=0.1, timings=Timings())


class Encoder:
    def transcribe_plainly(self, samples: object, language: str) -> Hearing:
        return Hearing(text="What is this?", language="en", segments=(), audio_s=0.1, compute_s=0.0)


class Models:
    encoder = Encoder()


class Talk:
    """Answers as it is told to; a question more is an interruption."""

    script: tuple[Callable[[], Spoken], ...] = ()

    def __init__(self, *_: object) -> None:
        self.state = "ready"
        self._turns = iter(self.script)

    def __enter__(self) -> "Talk":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def begin(self, *, hands_free: bool) -> None:
        assert not hands_free

    def by_key(self, _clip: Clip) -> Spoken:
        turn = next(self._turns, None)
        if turn is None:
            raise KeyboardInterrupt
        try:
            return turn()
        except ModelError:
            self.state = "thinking"
            raise


def silent() -> Spoken:
    raise ModelError("The engine did not answer for a minute; the measurement was stopped.")


def test_an_interrupted_soak_tells_what_was_lost_and_what_got_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    Talk.script = (
        lambda: answered("What is this?"),
        lambda: answered("is this?"),
        lambda: answered("What is this?", reply=""),
        silent,
    )
    monkeypatch.setattr(bench_soak, "Talk", Talk)
    told: list[str] = []
    result = soak(Settings(), Models(), [CLIP], 30.0, told.append)  # type: ignore[arg-type]
    assert result["interrupted"]
    assert result["minutes"] < 1
    assert (result["turns"], result["lost"], result["edge_words_lost"], result["stuck"]) == (4, 2, 1, 1)
    assert result["state"] == "thinking"
    assert result["threads_grown"] == 0
    assert result["rss_mb_end"] > 10
    assert told[-1].startswith("turn 4, 2 lost, 1 stuck")


def test_memory_is_judged_once_it_has_settled() -> None:
    report = Course(turns=100, state="ready", rss_mb=[500.0 + turn for turn in range(20)] + [600.0] * 80).report()
    assert report["rss_growth"] == 0.0
    assert report["rss_mb_per_100_turns"] == 0.0
    assert Course().report()["turns"] == 0
