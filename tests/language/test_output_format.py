import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.language.output_format import SentenceCutter


def cut(text: str, size: int = 3) -> list[str]:
    cutter = SentenceCutter()
    pieces = [s for i in range(0, len(text), size) for s, _ in cutter.feed(text[i : i + size])]
    return [s.strip() for s in [*pieces, cutter.rest()[0]] if s.strip()]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # A clause or sentence of ten letters or more.
        ("Certainly, my dear.", "Certainly, my dear."),
        ("Photosynthesis, in short, is how plants eat.", "Photosynthesis,"),
        ("Good question! It is red.", "Good question!"),
        ("Of course not: it is red.", "Of course not:"),
        ("Absolutely — it is red.", "Absolutely —"),
        ("Absolutely—it is red.", "Absolutely—"),
        ("Absolutely - it is red.", "Absolutely -"),
        ("# A short title\nThen text.", "# A short title"),
        ("Sure, it is a good idea to go.", "Sure, it is a good"),
        ("Yes. It works well now.", "Yes. It works well now."),
        ("当然可以，我很乐意帮助你完成这个任务。好的。", "当然可以，我很乐意帮助你完成这个任务。"),
        # Five words, or up to eight when the last of them opens something.
        ("The quick brown fox jumps over the dog.", "The quick brown fox jumps"),
        ("The capital of France is Paris.", "The capital of France is Paris."),
        ("The capital of France is the city of Paris.", "The capital of France is the city"),
        ("It is what it is and it is on the way there.", "It is what it is and it is"),
        ("He said that she and her old dog left.", "He said that she and her old"),
        ("**Paris** is *the* old capital of France.", "**Paris** is *the* old capital"),
        # Numbers are not torn from what they count, nor anything from what it belongs to.
        ("The distance is about 5 km from here to there.", "The distance is about 5 km"),
        ("It will be opened at 10:30 am on Sunday.", "It will be opened at 10:30 am"),
        ("It was the year in 3.14 and 1,000 days more.", "It was the year in 3.14 and 1,000 days"),
        ("It costs you about $5.20 million in all.", "It costs you about $5.20 million"),
        ("They all met on November 23 in the town.", "They all met on November 23 in the"),
        ("The sum 2 + 2 = 4 is well known.", "The sum 2 + 2 = 4 is well"),
        ("We went to see Dr. Smith about the cold.", "We went to see Dr. Smith"),
        ("The book by J. R. R. Tolkien is long.", "The book by J. R. R. Tolkien"),
        ("Some fruit, e.g. apples, is good for you.", "Some fruit, e.g. apples,"),
        ("It opens at 9 a.m. on all the days.", "It opens at 9 a.m."),
        ("Look at https://example.org/a,b.html for all of it.", "Look at https://example.org/a,b.html for all of it."),
        ("Read [the whole, long page](https://example.org) today.", "Read [the whole, long page](https://example.org)"),
        ("Use `git add, commit` and then push it.", "Use `git add, commit` and then"),
        ("The very last king was Henry VIII of England.", "The very last king was Henry VIII"),
        ("The root of all x + y is z.", "The root of all x + y"),
        ("You can call me on +1 555 123 4567 today.", "You can call me on +1 555 123 4567 today."),
        ("Version 1.2.3 has come out now at last.", "Version 1.2.3 has come out"),
        # Nothing to wait for.
        ("Yes.", "Yes."),
        ("42", "42"),
        ("It is", "It is"),
    ],
)
def test_speaking_begins_with_the_first_clause(text: str, first: str) -> None:
    assert cut(text)[0] == first


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two! Three?", ["One. Two! Three?"]),
        ("Well, all is said. One. Two! Three?", ["Well, all is said.", "One.", "Two!", "Three?"]),
        (
            "Nobody knew it. Dr. Who paid 3.50 euros, i.e. a lot. Yes.",
            ["Nobody knew it.", "Dr. Who paid 3.50 euros, i.e. a lot.", "Yes."],
        ),
        ('He did not say "Go." Then he went.', ['He did not say "Go."', "Then he went."]),
        ("Here they are:\n- first\n- second\n", ["Here they are:", "- first", "- second"]),
        ("See this code:\n```\na. b\nc\n```\nDone.", ["See this code:", "```\na. b\nc\n```", "Done."]),
        ("Do it like this:\n1. Take it.\n2. Eat it.", ["Do it like this:", "1. Take it.", "2. Eat it."]),
        (
            "That is all there. Apples, pears, etc. are fruit. So are plums, etc. Eat.",
            ["That is all there.", "Apples, pears, etc. are fruit.", "So are plums, etc.", "Eat."],
        ),
        ("That is enough. It ended in 1999. Good.", ["That is enough.", "It ended in 1999.", "Good."]),
        ("This is the end of it \n\n\nNext.", ["This is the end of it", "Next."]),
        ("no end", ["no end"]),
        ("", []),
    ],
)
def test_the_rest_is_cut_at_its_sentences(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_a_very_long_sentence_is_cut_at_its_clauses() -> None:
    text = "Here it comes. " + "and then the old man went home again, " * 20 + "at last."
    pieces = cut(text)
    assert pieces[0] == "Here it comes."
    assert all(piece.endswith(("again,", "last.")) for piece in pieces[1:])
    assert len(pieces[1]) <= 100
    assert all(100 < len(piece) <= 200 for piece in pieces[2:-1])


def test_a_very_long_sentence_without_clauses_is_cut_between_words() -> None:
    pieces = cut("Here it comes. " + "word " * 100)
    assert max(map(len, pieces)) <= 205
    assert " ".join(pieces).split() == ["Here", "it", "comes.", *["word"] * 100]


def test_the_first_piece_is_out_with_the_first_letter_after_it() -> None:
    cutter = SentenceCutter()
    assert cutter.feed("The quick brown fox jump") == []
    assert cutter.feed("s ") == []
    assert cutter.feed("o") == [("The quick brown fox jumps", 25)]


TEXTS = st.one_of(
    st.text(alphabet="ab.!?, \n`1—-[](", max_size=80),
    st.lists(
        st.sampled_from(
            ["The", "capital", "is", "Paris.", "etc.", "Dr.", "5", "km", "10:30,", "yes,", "-", "\n", "```", "`a", "[b"]
        ),
        max_size=60,
    ).map(" ".join),
)


@given(TEXTS, st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_nothing_is_lost_places_are_right_and_tokens_do_not_matter(text: str, sizes: list[int]) -> None:
    cutter, got, pieces, at = SentenceCutter(), "", [], 0
    while at < len(text):
        size = sizes[at % len(sizes)]
        for piece, end in cutter.feed(text[at : at + size]):
            got += piece
            pieces.append(piece)
            assert end == len(got)
        at += size
    rest, end = cutter.rest()
    assert got + rest == text
    assert end == len(text)
    assert SentenceCutter().feed(text) == [
        (piece, sum(map(len, pieces[: number + 1]))) for number, piece in enumerate(pieces)
    ]


@pytest.mark.parametrize("reply", ["The capital of France is Paris.", "Yes, of course."])
def test_a_first_sentence_is_spoken_before_the_model_says_that_it_has_finished(reply: str) -> None:
    cutter = SentenceCutter()
    assert cutter.feed(reply) == []
    assert cutter.whole() == [(reply, len(reply))]
    assert cutter.whole() == []
    assert cutter.rest() == ("", len(reply))


@pytest.mark.parametrize(
    "reply", ["Yes.", "It is about 3.", "That was approx.", "Ask the Dr.", "See `config.", "It was made by Acme Inc."]
)
def test_what_may_go_on_is_no_whole_sentence(reply: str) -> None:
    cutter = SentenceCutter()
    cutter.feed(reply)
    assert cutter.whole() == []
