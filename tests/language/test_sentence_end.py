import numpy as np
import pytest

from mia_desktop.language.sentence_end import SentenceEnd, words_only

PIECES = ["a", ".", " ?", "\n", ",", "<end>", "b."]


def test_full_stops_questions_lines_and_the_end_of_the_message_are_ends() -> None:
    ends = SentenceEnd(len(PIECES), PIECES.__getitem__, [5])
    assert ends.probability(np.zeros(len(PIECES), dtype=np.float32)) == pytest.approx(4 / 7)


def test_large_logits_do_not_overflow() -> None:
    ends = SentenceEnd(len(PIECES), PIECES.__getitem__, [5])
    logits = np.full(len(PIECES), 1e4, dtype=np.float32)
    logits[0] = 2e4
    assert ends.probability(logits) == 0.0


@pytest.mark.parametrize(("text", "words"), [(" Who is it? ", "Who is it"), ("So...", "So"), ("", "")])
def test_marks_at_the_end_are_no_words(text: str, words: str) -> None:
    assert words_only(text) == words
