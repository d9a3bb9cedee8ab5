import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.perception.completeness import completeness, unfinished

CHANCE = st.floats(0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of",
        "I'd like to go to Paris, and",
        "So, um",
        "Turn off the",
        "If it rains,",
        "Can you",
        "And then...",
        "Because",
        "my brother’s friend says they're",
    ],
)
def test_words_that_break_off_are_known(text: str) -> None:
    assert unfinished(text)
    assert completeness(0.99, text, 0.99) == 0.0


@pytest.mark.parametrize(
    "text",
    ["", "Yes.", "What is it?", "Turn it on", "I think so", "Where are you from?", "Stop!", "Can you?", "No thanks"],
)
def test_words_that_may_be_the_last_are_left_to_the_models(text: str) -> None:
    assert not unfinished(text)


def test_words_outweigh_a_doubtful_sound() -> None:
    assert completeness(0.5, "How old is the Brooklyn", 0.001) < 0.2 < 0.75 < completeness(0.5, "How old are you?", 0.6)


@given(CHANCE, CHANCE, CHANCE)
def test_more_evidence_never_means_less_certainty(low: float, high: float, words: float) -> None:
    low, high = sorted((low, high))
    assert 0 <= completeness(low) <= completeness(high) <= 1
    assert completeness(low, "", words) <= completeness(high, "", words)
    assert completeness(words, "", low) <= completeness(words, "", high)
