from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.ring import Samples
from mia_desktop.speech import joints
from mia_desktop.speech.synthesizer import PiperSynthesizer

RATE_HZ = 22_050


def tone(length: int) -> Samples:
    return np.sin(np.arange(length) / 5).astype(np.float32)


@given(st.integers(0, 4000), st.integers(300, 4000), st.integers(0, 4000))
def test_silence_goes_and_a_margin_stays(before: int, length: int, after: int) -> None:
    samples = np.concatenate((np.zeros(before), tone(length), np.zeros(after))).astype(np.float32)
    start, stop = joints.edges(samples, RATE_HZ)
    assert 0 <= start <= before + 1
    assert before + 1 - start <= 0.010 * RATE_HZ + 1
    assert before + length - 3 <= stop <= min(len(samples), before + length + 0.020 * RATE_HZ + 1)


@pytest.mark.parametrize("length", [0, 1, 500])
def test_there_is_no_speech_in_silence(length: int) -> None:
    assert joints.edges(np.zeros(length, dtype=np.float32), RATE_HZ) == (0, 0)


@given(st.integers(0, 500))
def test_a_piece_begins_and_ends_at_zero_and_is_itself_between(length: int) -> None:
    samples = np.ones(length, dtype=np.float32)
    out = joints.faded(samples, RATE_HZ)
    assert len(out) == length
    assert out.dtype == np.float32
    if length > 2:
        assert out[0] == out[-1] == 0
        assert np.abs(np.diff(out)).max() < (0.03 if length > 140 else 1.01)
    assert np.all(out[70 : length - 70] == 1)
    assert np.all(samples == 1), "the original is not touched"


@pytest.mark.parametrize(
    ("said", "shortest_s", "longest_s"),
    [
        ("It is over.", 0.2, 0.3),
        ('He said "no."', 0.2, 0.3),
        ("**Really?**", 0.2, 0.3),
        ("Well,", 0.08, 0.12),
        ("The quick brown fox jumps", 0.02, 0.06),
    ],
)
def test_a_pause_is_as_long_as_what_was_said_asks_for(said: str, shortest_s: float, longest_s: float) -> None:
    pause = joints.pause_after(said, 1.0, RATE_HZ)
    assert shortest_s <= len(pause) / RATE_HZ <= longest_s
    assert len(joints.pause_after(said, 2.0, RATE_HZ)) < len(pause)
    assert not pause.any()


@pytest.mark.parametrize(
    ("said", "continued"),
    [("One and two", "One and two,"), ("One,", "One,"), ("One.", "One."), ("(one)", "(one)"), ("", "")],
)
def test_what_stops_between_words_is_said_as_if_it_went_on(said: str, continued: str) -> None:
    assert joints.continued(said) == continued


@pytest.fixture(scope="module")
def piper(models: Path) -> PiperSynthesizer:
    return PiperSynthesizer(models / "piper-en-us-joe" / "en_US-joe-medium.onnx", "joe", speed=1.0, volume=1.0)


PIECES = ["She sells sea shells", "for four, or five,", "that he has had.", "Hello there!", "The capital of France is"]


@pytest.mark.models
def test_joined_pieces_have_no_click_and_no_gap_that_is_not_meant(piper: PiperSynthesizer) -> None:
    for first in PIECES:
        for second in PIECES:
            (a,), (b,) = piper.synthesize(first), piper.synthesize(second)
            pause = joints.pause_after(first, 1.0, RATE_HZ)
            joined = np.concatenate((a.samples, pause, b.samples))
            steps = np.abs(np.diff(joined))
            at = len(a.samples)
            around = slice(at - 100, at + len(pause) + 100)
            assert steps[around].max() <= max(np.abs(np.diff(a.samples)).max(), np.abs(np.diff(b.samples)).max())
            assert steps[at - 2 : at + len(pause) + 2].max() < 0.01
            quiet = np.abs(joined) < 0.005 * np.abs(joined).max()
            gap_s = (len(pause) + np.argmin(quiet[at::-1]) + np.argmin(quiet[at + len(pause) :])) / RATE_HZ
            low, high = (0.2, 0.3) if first[-1] in ".!" else (0.03, 0.15)
            assert low <= gap_s <= high, (first, second, gap_s)


@pytest.mark.models
def test_trimming_takes_nothing_that_can_be_heard(piper: PiperSynthesizer) -> None:
    for text in [*PIECES, "Who is he?", "Three thin thieves thought.", "Five foxes.", "Hush!"]:
        for phonemes in piper._voice.phonemize(text):
            plan = piper._planned(phonemes)
            whole = piper._network.sound(plan, 0, plan.frames)
            start, stop = joints.edges(whole, RATE_HZ)
            gone = np.concatenate((whole[:start], whole[stop:]))
            assert np.abs(gone).max(initial=0) <= 0.005 * np.abs(whole).max()
            assert np.sum(gone**2) < 1e-4 * np.sum(whole**2), "40 dB below what stays"
