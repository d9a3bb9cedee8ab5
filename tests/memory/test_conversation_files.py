"""Conversations as files: for people, and for another MIA."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.conversations import ConversationInfo, KeptTurn
from mia_desktop.core.errors import InputError
from mia_desktop.memory.conversation_files import as_json, as_markdown, missing, read
from mia_desktop.memory.conversations import title_from
from mia_desktop.memory.memory import Memory
from tests.memory.conftest import NOW
from tests.memory.test_conversations import held

TURNS = st.lists(
    st.builds(
        KeptTurn,
        at=st.integers(0, 10**9).map(lambda seconds: NOW + timedelta(microseconds=seconds)),
        said=st.text(max_size=20).filter(lambda text: text == "" or text.strip() != ""),
        answered=st.text(max_size=20).filter(lambda text: text == "" or text.strip() != ""),
        spoken=st.booleans(),
        memories=st.just(()),
    ),
    max_size=5,
    unique_by=lambda turn: turn.at,
)


def info(title: str = "Rex", *, pinned: bool = False) -> ConversationInfo:
    return ConversationInfo(name="c", title=title, started_at=NOW, changed_at=NOW, turns=2, pinned=pinned)


@given(TURNS)
def test_what_was_written_is_read_with_every_word(turns: list[KeptTurn]) -> None:
    (told,) = read(as_json(info(pinned=True), turns), "Anna")
    assert (told.name, told.title, told.own_title, told.pinned) == ("c", "Rex", "Rex", True)
    expected: list[tuple[datetime, str, str]] = []
    for turn in turns:
        expected += [(turn.at, "Anna", turn.said)] if turn.said else []
        expected += [(turn.at, "MIA", turn.answered)] if turn.answered else []
    assert [(line.at, line.speaker, line.text) for line in told.lines] == expected
    assert missing(told, turns) == []
    assert all(line.source == "import" for line in told.lines)


def test_a_kept_conversation_comes_back_as_it_was(memory: Memory) -> None:
    held(memory, "c", ("My dog is called Rex.", "Nice."), ("Code?", "```\nx = 1\n```"))
    before, turns = memory.conversation_info("c"), memory.conversation("c")
    file = as_json(before, turns)
    (told,) = read(file, "Anna")
    assert told.own_title == "", "the title is the beginning of what was said"
    assert before.title == title_from("My dog is called Rex.")
    assert missing(told, turns[:1]) == list(told.lines[2:])
    other = memory.conversation("c")
    assert as_json(before, other) == file, "equal conversations give equal bytes"


def test_markdown_is_for_people() -> None:
    turns = [
        KeptTurn(at=NOW, said="What is *this*?", answered="A **dog**.", spoken=True, memories=()),
        KeptTurn(at=NOW + timedelta(minutes=1), said="", answered="Rex.", spoken=False, memories=()),
    ]
    assert as_markdown(info(), turns, "Anna") == (
        "# Rex\n\n_2026-03-20 12:00_\n\n**Anna**, 2026-03-20 12:00\n\nWhat is *this*?\n\n**MIA**\n\nA **dog**.\n\n"
        "**MIA**\n\nRex.\n"
    )


def test_a_chatgpt_export_brings_its_titles() -> None:
    message = {"author": {"role": "user"}, "content": {"parts": ["Hi."]}, "create_time": 5.5, "id": "m"}
    one = {
        "id": "7",
        "title": "Greetings",
        "create_time": 1,
        "current_node": "a",
        "mapping": {"a": {"message": message}},
    }
    empty = {"id": "8", "title": "Nothing", "create_time": 1, "mapping": {}}
    (told,) = read(json.dumps([one, empty]), "Anna")
    assert (told.name, told.own_title, told.lines[0].text) == ("chatgpt/7", "Greetings", "Hi.")


TURN = {"at": NOW.isoformat(), "said": "Hi.", "answered": "", "spoken": False}
FILE = {"format": "mia-conversation-1", "name": "c", "title": "", "pinned": False, "turns": [TURN]}


@pytest.mark.parametrize(
    "untrusted",
    [
        "",
        "nonsense",
        "3",
        "[1]",
        "{}",
        "[" * 100_000,
        json.dumps({**FILE, "format": "other"}),
        json.dumps({**FILE, "name": ""}),
        json.dumps({**FILE, "title": None}),
        json.dumps({**FILE, "turns": [{**TURN, "at": "2026-03-20T12:00:00"}]}),
        json.dumps({**FILE, "turns": [{**TURN, "at": 5}]}),
        json.dumps({**FILE, "turns": [{**TURN, "said": None}]}),
        json.dumps({**FILE, "turns": 5}),
    ],
    ids=lambda one: one[:30],
)
def test_what_is_no_conversation_is_refused_in_a_sentence(untrusted: str) -> None:
    assert len(read(json.dumps(FILE), "Anna")) == 1
    with pytest.raises(InputError, match="neither a conversation"):
        read(untrusted, "Anna")
