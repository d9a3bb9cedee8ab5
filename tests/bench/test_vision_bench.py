from pathlib import Path

import numpy as np
import pytest

from mia_desktop.bench import plot, vision, written
from mia_desktop.core.errors import InputError
from mia_desktop.core.sights import Box, Look, Picture, Pixels, Sight, TextLine
from tests.fakes import FakeVisionEncoder


class FakeEyes:
    def look(self, picture: Picture) -> Sight:
        shown = Look(width_px=1, height_px=1, brightness=0.5, sharpness=0.5, colours=())
        return Sight(
            picture=picture,
            labels=(),
            lines=(),
            faces=(),
            codes=(),
            look=shown,
            vector=None,
            space="",
            description="It shows a cat.",
            timings_ms=(("text", 2.0), ("labels", 1.0), ("all", 3.0)),
        )


class FakeReader:
    model = "fake-reader"

    def read(self, pixels: Pixels) -> tuple[TextLine, ...]:
        return (TextLine(text="Opening hours", box=Box(x=0, y=0, width=9, height=9), confidence=0.9),)


@pytest.mark.parametrize(
    ("text", "read", "rate"),
    [
        ("abcd", "abcd", 0),
        ("ab cd", "A B C D", 0),
        ("abcd", "abxd", 0.25),
        ("abcd", "abd", 0.25),
        ("abcd", "", 1),
        ("", "", 0),
        ("ab", "abab", 1),
    ],
)
def test_wrong_letters_are_counted(text: str, read: str, rate: float) -> None:
    assert written.letters_wrong(text, read) == rate


def test_a_photograph_of_a_page_is_askew_darker_and_noisy() -> None:
    page = written.rendered(written.PAGES[0], 24)
    assert page.dtype == np.uint8
    assert (page < 80).any(), "there is ink on it"
    photo = written.photographed(page, np.random.default_rng(1))
    assert photo.shape[0] > page.shape[0]
    assert photo.mean() < page.mean()
    assert photo[:4].std() > 1, "a table with noise, not paper"


def test_every_figure_is_there(tmp_path: Path) -> None:
    said: list[str] = []
    result = vision.measure(
        FakeEyes(), FakeVisionEncoder(), FakeReader(), said.append, rounds=1, more={"fusion_ms": lambda: 1.5}
    )
    assert set(result["stages_ms"]) == {"320x240", "640x480", "1280x960", "2560x1920"}
    assert result["stages_ms"]["320x240"]["text"] == 2.0
    assert result["stages_ms"]["320x240"]["processor"] >= 0
    assert 0.5 < result["letters_wrong_rendered"]["24 px"] < 1
    assert result["samples"]["cat.jpg"]["right"]
    assert result["samples_right"] == 1
    assert result["sure_of_nothing"]["share"] == 1, "this encoder always takes a side"
    assert result["retrieval"]["distractors"] == 200
    assert len(result["retrieval"]["ranks"]) == 6
    assert result["fusion_ms"] == 1.5
    assert said[-1] == "fusion_ms ..."
    turns = [{"camera": "no camera", "each_s": [0.8, 0.9]}, {"camera": "held before", "each_s": [0.9, 1.0]}]
    plot.seeing(tmp_path / "stages.png", *vision.plotted(result), turns)
    assert (tmp_path / "stages.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InputError, match="cannot be written"):
        plot.seeing(tmp_path / "no" / "x.png", *vision.plotted(result), [])


def test_pictures_of_nothing_differ_and_are_the_same_each_time() -> None:
    first, again = vision.nothings(8), vision.nothings(8)
    assert all((one == other).all() for one, other in zip(first, again, strict=True))
    assert all(one.shape == (240, 320, 3) for one in first)
    assert len({one.tobytes() for one in first}) == 8
