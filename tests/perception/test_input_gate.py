from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.items import Hearing, Segment
from mia_desktop.perception.input_gate import admits, gated, loops

GOOD = Segment(
    start_s=0, end_s=1, text="Hello.", no_speech_probability=0.1, mean_log_probability=-0.3, compression_ratio=1.0
)


def hearing(*segments: Segment) -> Hearing:
    text = " ".join(one.text for one in segments)
    return Hearing(text=text, language="en", segments=segments, audio_s=2, compute_s=0)


@pytest.mark.parametrize(
    "bad",
    [
        replace(GOOD, no_speech_probability=0.9, mean_log_probability=-1.5),
        replace(GOOD, compression_ratio=3.0),
        replace(GOOD, text=" ... "),
        replace(GOOD, text="[Music]"),
        replace(GOOD, text="(upbeat music)"),
        replace(GOOD, text="♪ la la ♪"),
        replace(GOOD, text="I don't know. " * 4),
        replace(GOOD, text="You", no_speech_probability=0.55, mean_log_probability=-0.97),
        replace(GOOD, text="Thanks for watching!", no_speech_probability=0.5, mean_log_probability=-0.9),
    ],
)
def test_words_that_nobody_said_are_kept_out(bad: Segment) -> None:
    assert not admits(bad)
    assert gated(hearing(GOOD, bad)).text == "Hello."


def test_sure_words_in_a_quiet_recording_pass() -> None:
    assert admits(replace(GOOD, no_speech_probability=0.9, mean_log_probability=-0.2))


@pytest.mark.parametrize("text", ["Thank you.", "Bye.", "You.", "Okay.", "Yes.", "No.", "Stop."])
def test_short_answers_that_were_spoken_pass(text: str) -> None:
    spoken = hearing(replace(GOOD, text=text, no_speech_probability=0.35, mean_log_probability=-0.7))
    assert gated(spoken, voiced_s=0.4).text == text


@pytest.mark.parametrize("text", ["Thank you.", "Hello, this is a long invention."])
def test_without_a_voice_there_are_no_words(text: str) -> None:
    assert gated(hearing(replace(GOOD, text=text)), voiced_s=0.0).text == ""


def test_nobody_says_a_sentence_in_a_blink() -> None:
    text = "We'll be back in a few days after the war."
    assert gated(hearing(replace(GOOD, text=text)), voiced_s=0.2).text == ""
    assert gated(hearing(replace(GOOD, text=text)), voiced_s=1.5).text == text


def test_unsure_words_out_of_a_babble_of_voices_are_kept_out() -> None:
    babble = replace(GOOD, text="I really am.", no_speech_probability=0.45, mean_log_probability=-1.04)
    assert gated(hearing(babble), voiced_s=2.9).text == ""


def test_a_loop_over_segments_is_seen() -> None:
    assert gated(hearing(*[replace(GOOD, text="What are you going to do?")] * 3), voiced_s=9.0).text == ""


@pytest.mark.parametrize(
    ("text", "circle"),
    [
        ("No, no, no, no!", False),
        ("Try again. Fail again. Fail better.", False),
        ("You can, you can, you can", False),
        ("in the house in the house in the house", True),
        ("and so on " + "no " * 9, True),
        ("", False),
    ],
)
def test_a_circle_is_told_from_emphasis(text: str, circle: bool) -> None:
    assert loops(text) == circle


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=3, max_size=6), st.integers(3, 5))
def test_three_turns_of_three_words_are_a_circle(words: list[str], turns: int) -> None:
    assert loops(" ".join(words * turns))


@given(st.lists(st.integers(0, 10_000).map(str), max_size=60, unique=True))
def test_words_that_differ_are_no_circle(words: list[str]) -> None:
    assert not loops(" ".join(words))
