"""Conversations as they are listed, searched, opened, titled and pinned."""

import dataclasses
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.errors import InputError
from mia_desktop.core.memories import ById, Experience, OfConversation
from mia_desktop.memory.conversations import TITLE_CHARS, Line, begins_turn, title_from, turns_of
from mia_desktop.memory.memory import Memory
from tests.memory.conftest import NOW
from tests.memory.hashed_embedder import HashedEmbedder
from tests.memory.telling import told
from tests.plain_database import PlainDatabase


def exchanged(said: str, answered: str, conversation: str, at: datetime, *, spoken: bool = False) -> list[Experience]:
    """Return what the keeper makes of a turn."""
    one = Experience(text=said, at=at, speaker="Anna", source="voice" if spoken else "typed", conversation=conversation)
    two = Experience(text=answered, at=at, speaker="MIA", source="mia", trust="mia", conversation=conversation)
    return [one, two]


def held(memory: Memory, conversation: str, *turns: tuple[str, str], days_ago: float = 1) -> list[int]:
    """Keep a conversation whose turns are a minute apart; return the ids of its memories."""
    start = NOW - timedelta(days=days_ago)
    ids: list[int | None] = []
    for number, (said, answered) in enumerate(turns):
        ids += memory.remember_all(exchanged(said, answered, conversation, start + timedelta(minutes=number)))
    return [one for one in ids if one is not None]


def names(memory: Memory, words: str = "") -> list[str]:
    return [one.name for one in memory.conversations(words)]


def test_the_newest_stands_first_and_what_is_pinned_above_it(memory: Memory) -> None:
    for days_ago in (3, 1, 2):
        held(memory, f"c{days_ago}", ("Hello.", "Hello."), days_ago=days_ago)
    memory.remember(Experience(text="I live in Oslo.", at=NOW, speaker="Anna", kind="fact"))
    assert names(memory) == ["c1", "c2", "c3"]
    memory.pin_conversation("c3", on=True)
    assert names(memory) == ["c3", "c1", "c2"]
    assert [one.pinned for one in memory.conversations(most=2)] == [True, False]
    memory.pin_conversation("c3", on=False)
    assert names(memory) == ["c1", "c2", "c3"]


def test_a_conversation_is_told_by_what_was_said_first_unless_the_user_named_it(memory: Memory) -> None:
    held(
        memory, "c", ("How do I bake\n bread without yeast, in an oven that is old?", "With soda."), ("Thanks!", "OK.")
    )
    info = memory.conversation_info("c")
    assert info.title == "How do I bake bread without yeast, in an oven…"
    assert (info.turns, info.pinned, info.excerpt) == (2, False, "")
    assert (info.started_at, info.changed_at) == (NOW - timedelta(days=1), NOW - timedelta(days=1, minutes=-1))
    memory.name_conversation("c", "  Bread\nfor Sunday ")
    assert memory.conversation_info("c").title == "Bread for Sunday"
    memory.name_conversation("c", " ")
    assert memory.conversation_info("c") == info
    for unknown in (memory.conversation_info, lambda name: memory.name_conversation(name, "x")):
        with pytest.raises(InputError, match="not there any more"):
            unknown("nonsense")


def test_words_are_searched_over_all_turns_and_own_titles(memory: Memory) -> None:
    held(memory, "bread", ("Can you bake?", "I know how breads are baked in stone ovens."), days_ago=2)
    held(memory, "cars", ("My car is a red Volvo.", "Nice."), days_ago=3)
    held(memory, "trip", ("I drive to Rome.", "Enjoy."), ("By car or train?", "By train."), days_ago=1)
    memory.name_conversation("trip", "Summer holidays")
    assert names(memory, "car") == ["trip", "cars"]
    assert names(memory, "baking bread") == ["bread"]
    assert names(memory, "VOLV") == ["cars"], "of the last word the beginning is enough"
    assert names(memory, "holidays") == ["trip"]
    assert names(memory, 'no"thing*') == names(memory, "?!") == []
    assert names(memory, "  ") == ["trip", "bread", "cars"]
    (found,) = memory.conversations("stone")
    assert found.excerpt == "I know how breads are baked in stone ovens."
    assert memory.conversations("holidays")[0].excerpt == ""


def test_an_opened_conversation_has_its_turns_as_they_were_said(memory: Memory) -> None:
    memory.remember_all(exchanged("Hello.", "Hello Anna.", "c", NOW, spoken=True))
    memory.remember_all(exchanged("And now?", "Dinner.", "c", NOW + timedelta(minutes=1)))
    memory.remember_all(exchanged("Elsewhere.", "Yes.", "d", NOW))
    one, two = memory.conversation("c")
    assert (one.said, one.answered, one.spoken, one.at) == ("Hello.", "Hello Anna.", True, NOW)
    assert (two.said, two.answered, two.spoken) == ("And now?", "Dinner.", False)
    assert len(one.memories) == len(two.memories) == 2
    assert memory.conversation("nonsense") == []
    memory.edit(two.memories[1], "Supper.", NOW)
    assert memory.conversation("c")[1].answered == "Supper."


def test_what_was_forgotten_leaves_the_rest_of_its_turn(memory: Memory) -> None:
    ids = held(memory, "c", ("One?", "First answer."), ("Two?", "Second answer."))
    memory.forget(ById(ids=(ids[2],)))
    assert [(one.said, one.answered) for one in memory.conversation("c")] == [
        ("One?", "First answer."),
        ("", "Second answer."),
    ]
    assert memory.conversation_info("c").turns == 2
    memory.forget(OfConversation(name="c"))
    assert names(memory) == []
    assert memory.stats().memories == 0


def test_an_answer_that_repeats_a_memory_is_shown_whole_but_is_no_memory(memory: Memory) -> None:
    """Else an opened conversation would lack what was said in it, or each recall would write what it read."""
    (dog,) = memory.remember_all([told("My dog is called Rex.", days_ago=9)])
    for number in range(3):
        at = NOW + timedelta(minutes=number)
        asked, answered = exchanged(
            "What is my dog called?", "Your dog is called Rex.\n\nHe likes long walks.", "c", at
        )  # fmt: skip
        memory.remember_all([asked, dataclasses.replace(answered, recalled=(dog or 0,))])
    assert [one.answered for one in memory.conversation("c")] == ["Your dog is called Rex.\n\nHe likes long walks."] * 3
    assert memory.conversation_info("c").turns == 3
    assert names(memory, "called Rex") == ["c"]
    assert [hit.memory.text for hit in memory.recall("Is it called Rex?", NOW)].count("Your dog is called Rex.") == 0
    same = Memory(memory.store.database, HashedEmbedder())
    for question in ("Is it called Rex?", "Who likes long walks?"):
        assert [hit.memory.id for hit in memory.recall(question, NOW)] == [
            hit.memory.id for hit in same.recall(question, NOW)
        ]
    other = Memory(PlainDatabase(), HashedEmbedder())
    lines = list(memory.export())
    other.restore(lines)
    assert list(other.export()) == lines
    assert [one.answered for one in other.conversation("c")] == [one.answered for one in memory.conversation("c")]
    memory.forget(ById(ids=(dog or 0,)))
    assert [one.answered for one in memory.conversation("c")] == [""] * 3, "what said something of it goes with it"


def test_of_words_that_repeat_nothing_no_line_break_is_lost(memory: Memory) -> None:
    (dog,) = memory.remember_all([told("My dog is called Rex.", days_ago=9)])
    asked, answered = exchanged("Code?", "Like so:\n\n```\nx = 1\ny = 2\n```", "c", NOW)
    memory.remember_all([asked, dataclasses.replace(answered, recalled=(dog or 0,))])
    assert memory.conversation("c")[0].answered == answered.text
    assert memory.stats().memories == 3


LINES = st.lists(
    st.builds(
        Line,
        memory=st.integers(1, 99),
        at_s=st.integers(0, 3).map(float),
        zone_min=st.just(0),
        speaker=st.sampled_from(["Anna", "MIA", "Bot"]),
        answer=st.booleans(),
        own=st.booleans(),
        spoken=st.booleans(),
        verbatim=st.booleans(),
        text=st.text(min_size=1, max_size=5),
    ),
    max_size=12,
)


@given(LINES)
def test_no_line_is_lost_between_turns(lines: list[Line]) -> None:
    turns = turns_of(lines)
    assert [one for turn in turns for one in turn.memories] == [line.memory for line in lines]
    assert len(turns) == sum(not number or begins_turn(line, lines[number - 1]) for number, line in enumerate(lines))
    if not any(line.verbatim for line in lines):
        assert sum(len(turn.said) + len(turn.answered) for turn in turns) >= sum(len(line.text) for line in lines)


@given(st.text(max_size=200))
def test_a_title_is_a_short_line_that_begins_what_was_said(text: str) -> None:
    title = title_from(text)
    assert len(title) <= TITLE_CHARS
    assert title == " ".join(title.split())
    assert " ".join(text.split()).startswith(title.removesuffix("…"))
    assert title_from(title) == title


def test_ten_thousand_turns_are_read_and_listed_at_once(tmp_path: Path) -> None:
    database = PlainDatabase(tmp_path / "long.db")
    memory = Memory(database)
    start = NOW - timedelta(days=40)
    lines = [
        line
        for number in range(10_000)
        for line in exchanged(
            f"Question {number} about thing{number}?", "An answer. " * 20, "long", start + timedelta(minutes=number)
        )
    ]
    _quickly_kept(memory, lines)
    before_s = time.thread_time()
    turns = memory.conversation("long")
    read_s = time.thread_time() - before_s
    before_s = time.thread_time()
    (info,) = memory.conversations("thing77")
    found_s = time.thread_time() - before_s
    assert len(turns) == info.turns == 10_000
    assert max(read_s, found_s) < 0.3, "seconds of this thread on a processor"
    database.close()


def _quickly_kept(memory: Memory, lines: list[Experience]) -> None:
    from mia_desktop.memory.consolidate import prepare

    memory.store.add([prepare(line, None, NOW) for line in lines], "")


def test_lines_that_only_differ_in_form_stay_apart() -> None:
    database = PlainDatabase()
    memory = Memory(database, HashedEmbedder())
    held(memory, "a", ("Yes.", "Yes."), ("Yes.", "Yes."))
    assert [(one.said, one.answered) for one in memory.conversation("a")] == [("Yes.", "Yes.")] * 2
    database.close()
