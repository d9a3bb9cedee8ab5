from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.speech.alignment import places, reached, word_ends
from mia_desktop.speech.spoken_text import spoken


def test_words_end_before_spaces_and_punctuation() -> None:
    assert word_ends(list("ab cd, e."), [10] * 9) == [(2, 20), (5, 50), (8, 80)]
    assert word_ends(list("ab"), [3, 4]) == [(2, 7)]
    assert word_ends([], []) == []


def test_a_written_amount_takes_as_long_as_it_is_spoken() -> None:
    written = "It is $5 now"
    found = dict(places(written, spoken))
    assert [written[:end] for end in found] == ["It", "It is", "It is $5", "It is $5 now"]
    assert found[5] < 0.4 < 0.7 < found[8]
    assert found[12] == 1.0


def test_a_word_is_reached_when_most_of_it_is_spoken_and_none_before() -> None:
    words = [(3, 0.3), (7, 0.7), (10, 1.0)]
    assert [reached(share, words) for share in (0, 0.22, 0.23, 0.3, 0.5, 0.61, 0.95, 1.0)] == [0, 0, 3, 3, 3, 7, 10, 10]


@given(st.text(alphabet="ab ,.*$5", max_size=60), st.lists(st.floats(0, 1), max_size=20))
def test_places_grow_and_the_whole_is_reached_at_the_end(written: str, shares: list[float]) -> None:
    words = places(written, spoken)
    assert words == sorted(words)
    heard = [reached(share, words) for share in sorted(shares)]
    assert heard == sorted(heard)
    assert reached(1.0, words) == (len(written.rstrip()) if written.strip() else 0)
