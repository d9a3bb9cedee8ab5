from pathlib import Path

import numpy as np
import pytest

from mia_desktop.bench import clips
from mia_desktop.core.errors import InputError
from tests.conftest import SAMPLES
from tests.fakes import FakeSynthesizer


def test_there_are_questions_enough_and_no_two_are_alike() -> None:
    assert len(set(clips.QUESTIONS)) == len(clips.QUESTIONS) >= 30


def test_questions_are_spoken_at_the_rate_of_hearing() -> None:
    (clip,) = clips.spoken(["How are you?"], FakeSynthesizer())
    assert clip.words == "How are you?"
    assert clip.samples.dtype == np.float32
    assert len(clip.samples) == 160 * len("How are you?")


def test_a_folder_gives_its_clips_with_their_words(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.wav").write_bytes((SAMPLES / "capital-of-france.wav").read_bytes())
    (tmp_path / "a.txt").write_text("What is the capital of France?\n")
    (tmp_path / "note.md").write_text("no clip")
    found = clips.in_folder(tmp_path)
    assert [(one.name, one.words) for one in found] == [("a", "What is the capital of France?"), ("b", None)]


def test_a_broken_clip_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("no sound")
    with pytest.raises(InputError, match=r"a\.wav"):
        clips.in_folder(tmp_path)


def test_sounds_without_speech_come_from_their_seed_and_stay_in_range() -> None:
    speech = [np.sin(np.arange(9_000) / 9).astype(np.float32)]
    once, again, other = (clips.without_speech(seed, 2.0, speech) for seed in (1, 1, 2))
    assert [one.name for one in once][-1] == "babble"
    for one, same, different in zip(once, again, other, strict=True):
        assert one.words == ""
        assert one.samples.shape == (32_000,)
        assert np.abs(one.samples).max() <= 1
        assert np.array_equal(one.samples, same.samples)
        assert one.name == "silence" or not np.array_equal(one.samples, different.samples)
