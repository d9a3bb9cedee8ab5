import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.language.output_format import SentenceCutter


def cut(text: str, size: int = 3) -> list[str]:
    cutter = SentenceCutter()
    sentences = [s for i in range(0, len(text), size) for s, _ in cutter.feed(text[i : i + size])]
    return [s.strip() for s in [*sentences, cutter.rest()[0]] if s.strip()]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Who paid 3.50 euros, i.e. a lot. Yes.", ["Dr. Who paid 3.50 euros, i.e. a lot.", "Yes."]),
        ('He said "Go." Then he went.', ['He said "Go."', "Then he went."]),
        ("- first\n- second\n", ["- first", "- second"]),
        ("See:\n```\na. b\nc\n```\nDone.", ["See:", "```\na. b\nc\n```", "Done."]),
        ("1. Take it.\n2. Eat it.", ["1. Take it.", "2. Eat it."]),
        ("no end", ["no end"]),
        ("", []),
    ],
)
def test_a_reply_is_cut_at_its_sentences(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@given(st.text(alphabet="ab.!? \n`1", max_size=80), st.integers(1, 7))
def test_nothing_is_lost_and_places_are_right(text: str, size: int) -> None:
    cutter, got = SentenceCutter(), ""
    for i in range(0, len(text), size):
        for sentence, end in cutter.feed(text[i : i + size]):
            got += sentence
            assert end == len(got)
    rest, end = cutter.rest()
    assert got + rest == text
    assert end == len(text)
