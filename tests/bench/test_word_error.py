import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.bench.word_error import normal_words, total_word_errors, word_errors

WORDS = st.lists(st.sampled_from(["yes", "no", "two", "it's"]), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Hello, World!", "hello world"),
        ("Mr. Smith's 2 dogs", "mister smith's two dogs"),
        ("Meet me at 2:30, or at 3:00.", "meet me at two thirty or at three"),
        ("In 1813 it cost $5.", "in eighteen thirteen it cost five dollars"),
        ("the 21st of May", "the twenty first of may"),
        ("12,500 and 3.5 %", "twelve thousand five hundred and three point five percent"),
        ("It’s well-known [Music] ♪", "it's well known"),
    ],
)
def test_one_text_has_one_spelling(written: str, same: str) -> None:
    assert normal_words(written) == normal_words(same)


def test_errors_are_told_apart() -> None:
    errors = word_errors("the cat sat on the mat", "a cat sat the mat today")
    assert (errors.words, errors.substituted, errors.deleted, errors.inserted) == (6, 1, 1, 1)
    assert errors.rate == 0.5


def test_words_out_of_silence_are_all_inserted() -> None:
    errors = word_errors("", "Thank you.")
    assert (errors.inserted, errors.rate) == (2, 2.0)


def test_a_total_weighs_by_words_and_not_by_clips() -> None:
    assert total_word_errors([("one two three", "one two three"), ("yes", "no")]).rate == 0.25


@given(WORDS, WORDS)
def test_errors_bound_the_lengths_and_vanish_only_for_equals(said: str, heard: str) -> None:
    errors = word_errors(said, heard)
    assert errors.words - errors.deleted + errors.inserted == len(heard.split())
    assert (errors.rate == 0) == (said == heard)
    assert errors.substituted + errors.deleted + errors.inserted <= max(len(said.split()), len(heard.split()))
