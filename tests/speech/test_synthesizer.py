from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from mia_desktop.core.errors import ModelDamagedError
from mia_desktop.core.frames import Speech
from mia_desktop.speech.spoken_text import spoken
from mia_desktop.speech.synthesizer import PiperSynthesizer
from mia_desktop.speech.vits import VitsNetwork

pytestmark = pytest.mark.models

FILE = "en_US-joe-medium.onnx"


@pytest.fixture(scope="module")
def folder(models: Path) -> Path:
    return models / "piper-en-us-joe"


@pytest.fixture(scope="module")
def piper(folder: Path) -> PiperSynthesizer:
    return PiperSynthesizer(folder / FILE, "joe", speed=1.0, volume=1.0)


def length(speech: list[Speech]) -> int:
    return sum(len(one.samples) for one in speech)


def test_a_short_phrase_is_made_once_and_a_long_one_each_time(piper: PiperSynthesizer) -> None:
    (first,), (again,) = piper.synthesize("Good morning."), piper.synthesize("Good morning.")
    np.testing.assert_array_equal(first.samples, again.samples)
    long = "Good morning to everybody who is here today."
    (first,), (again,) = piper.synthesize(long), piper.synthesize(long)
    assert len(first.samples) != len(again.samples) or np.any(first.samples != again.samples)


def test_a_new_speed_holds_from_the_next_piece_on(piper: PiperSynthesizer) -> None:
    text = "How fast is it?"
    slow = list(piper.synthesize(text))
    piper.speed = 2.0
    fast = list(piper.synthesize(text))
    piper.speed = 1.0
    assert 0.4 < length(fast) / length(slow) < 0.75
    assert length(list(piper.synthesize(text))) == length(slow)


def test_a_word_ends_where_its_phonemes_end(piper: PiperSynthesizer) -> None:
    (speech,) = piper.synthesize("Stop, please.")
    assert [round(share, 1) for _, share in speech.words] == [0.4, 1.0]
    end = speech.words[0][0]
    level = np.abs(speech.samples)
    before, pause = level[:end], level[end + 1000 : end + 2000]
    assert before.max() > 10 * pause.max(), "the comma is quiet"


def test_sentences_come_one_by_one(piper: PiperSynthesizer) -> None:
    speech = list(piper.synthesize(spoken("It is over. Dr. Smith has left.")))
    assert len(speech) == 2
    assert 0 < speech[0].words[-1][1] < speech[1].words[-1][1] == 1.0


def test_a_voice_that_does_not_tell_its_lengths_is_taken_to_speak_evenly(folder: Path, tmp_path: Path) -> None:
    for name in (FILE, f"{FILE}.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes().replace(b"/Ceil_output_0", b"/Ceil_outputs0"))
    (speech,) = PiperSynthesizer(tmp_path / FILE, "joe", speed=1.0, volume=1.0).synthesize("One two three.")
    assert len(speech.words) == 3
    ends = [end / len(speech.samples) for end, _ in speech.words]
    assert ends == sorted(ends)
    assert ends[-1] == 1.0


def test_soon_means_in_stretches_that_make_the_same_sentence(piper: PiperSynthesizer) -> None:
    text = "The train to the north leaves at nine from platform three."
    parts = list(piper.synthesize(text, soon=True))
    assert len(parts) > 2
    assert [one.ends for one in parts] == [*[False] * (len(parts) - 1), True]
    assert 0.15 < len(parts[0].samples) / piper.sample_rate_hz < 0.45
    assert length(parts) == pytest.approx(length(list(piper.synthesize(text))), rel=0.15)
    for before, after in pairwise(parts):
        step = abs(float(after.samples[0]) - float(before.samples[-1]))
        assert step <= max(np.abs(np.diff(before.samples)).max(), np.abs(np.diff(after.samples)).max()), "no click"


def test_a_stretch_of_a_plan_sounds_as_it_does_in_the_whole(folder: Path) -> None:
    network = VitsNetwork(folder / FILE, 256)
    plan = network.plan([1, 0, *[20, 0, 18, 0, 24, 0] * 6, 2], (0.667, 1.0, 0.8), None)
    once = network.sound(plan, 0, plan.frames)
    assert len(once) == 256 * plan.frames
    for start, stop in ((0, 20), (20, 45), (45, plan.frames)):
        np.testing.assert_allclose(network.sound(plan, start, stop), once[256 * start : 256 * stop], atol=1e-5)


def test_a_voice_that_is_in_one_piece_speaks_as_well(folder: Path, tmp_path: Path) -> None:
    for name in (FILE, f"{FILE}.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes().replace(b"/dec/", b"/dec_"))
    (speech,) = PiperSynthesizer(tmp_path / FILE, "joe", speed=1.0, volume=1.0).synthesize("One two three.")
    assert len(speech.words) == 3
    assert 0.5 < length([speech]) / 22_050 < 2.0


def test_a_damaged_voice_is_told_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes((folder / FILE).read_bytes()[:100_000])
    (tmp_path / f"{FILE}.json").write_bytes((folder / f"{FILE}.json").read_bytes())
    with pytest.raises(ModelDamagedError, match="mia models pull joe"):
        PiperSynthesizer(tmp_path / FILE, "joe", speed=1.0, volume=1.0)
