"""Files that mean ill: whatever is in them, an import ends in a sentence, or in a memory that works (T24)."""

import contextlib
import dataclasses
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mia_desktop.core.errors import InputError
from mia_desktop.memory import chatgpt, foreign_file, locomo
from mia_desktop.memory.consolidate import LONGEST_CHARS
from mia_desktop.memory.memory import Memory
from mia_desktop.memory.transfer import FORMAT
from tests.memory.conftest import NOW
from tests.memory.hashed_embedder import HashedEmbedder
from tests.memory.telling import told
from tests.plain_database import PlainDatabase

HEADER = json.dumps({"format": FORMAT})
DEEP = "[" * 200_000
READERS: list[Callable[[Path], object]] = [lambda path: chatgpt.read(path, "Anna"), locomo.read]


def record() -> dict[str, Any]:
    memory = Memory(PlainDatabase(), HashedEmbedder())
    memory.remember(told("I live in Berlin.", kind="fact", conversation="c"))
    return dict(json.loads(list(memory.export())[1]))


HONEST = record()
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**31, 2**63, -1, 10**400]),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["\ud800", "../../keys.json", "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+14:00", "x" * 2000]
    ),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@settings(max_examples=400, deadline=None)
@given(name=st.sampled_from(sorted(HONEST)), odd=ODD)
@example(name="at", odd="9999-12-31T23:59:59-01:00")
@example(name="attachment", odd="../../../tmp/planted")
@example(name="text", odd="\ud800")
@example(name="place", odd=2**31)
@example(name="seen", odd=True)
@example(name="uid", odd=HONEST["uid"] + "\0")
@example(name="superseded_by", odd=HONEST["uid"])
def test_one_odd_value_in_an_export_is_refused_or_harmless(name: str, odd: object) -> None:
    memory = Memory(PlainDatabase(), HashedEmbedder())
    line = json.dumps({**HONEST, name: odd})
    with contextlib.suppress(InputError):
        memory.restore([HEADER, line])
    memory.recall("Where do I live?", NOW)
    again = Memory(PlainDatabase(), HashedEmbedder())
    again.restore(list(memory.export()))
    assert list(again.export()) == list(memory.export())


@settings(max_examples=200, deadline=None)
@given(title=ODD, pinned=ODD, name=st.text(max_size=5) | st.sampled_from(["c", "\ud800", "x" * 2000]))
@example(title="x" * 1000, pinned=True, name="c")
@example(title="half \ud800", pinned=False, name="c")
@example(title="\0", pinned=False, name="c")
@example(title="one\ntwo\u2028three\u202e", pinned=True, name="c")
def test_an_odd_title_or_pin_in_an_export_is_refused_or_harmless(title: object, pinned: object, name: str) -> None:
    memory, again = Memory(PlainDatabase(), HashedEmbedder()), Memory(PlainDatabase(), HashedEmbedder())
    header = {"format": FORMAT, "conversations": {name: {"title": title, "pinned": pinned}}}
    with contextlib.suppress(InputError):
        memory.restore([json.dumps(header), json.dumps(HONEST)])
    assert all(len(one.title) <= 200 and "\n" not in one.title for one in memory.conversations())
    again.restore(list(memory.export()))
    assert list(again.export()) == list(memory.export())


@pytest.mark.parametrize(
    "conversations",
    [
        None,
        [],
        "c",
        {"c": None},
        {"c": "title"},
        {"c": ["title", "pinned"]},
        {"c": {"title": "t"}},
        {"c": {"pinned": True}},
        {"c": {"title": "t", "pinned": 1}},
        {"c": {"title": 1, "pinned": True}},
        {"c": {"title": "t", "pinned": True, "more": 1}},
        {"c": {"title": "x" * 1001, "pinned": True}},
        {"x" * 1001: {"title": "t", "pinned": True}},
        {"c": {"title": "\ud800", "pinned": True}},
        {"\ud800": {"title": "t", "pinned": True}},
    ],
)
def test_a_header_that_says_anything_else_of_conversations_is_refused_and_nothing_is_taken_in(
    conversations: object,
) -> None:
    memory = Memory(PlainDatabase())
    with pytest.raises(InputError, match="Line 1"):
        memory.restore([json.dumps({"format": FORMAT, "conversations": conversations}), json.dumps(HONEST)])
    with pytest.raises(InputError, match="Line 1"):
        memory.restore([json.dumps({"format": FORMAT, "more": conversations}), json.dumps(HONEST)])
    assert memory.stats().memories == 0


@pytest.mark.parametrize("line", [DEEP, "[" + "1," * 3, '{"uid":' * 5000, "9" * 10_000, "\0", '"\ud800"'])
def test_what_is_no_record_is_named_by_its_line(line: str) -> None:
    with pytest.raises(InputError, match="Line 2"):
        Memory(PlainDatabase()).restore([HEADER, line])


def test_the_same_memory_twice_in_one_export_is_refused() -> None:
    memory, line = Memory(PlainDatabase()), json.dumps(HONEST)
    with pytest.raises(InputError, match="Line 3"):
        memory.restore([HEADER, line, line])
    assert memory.stats().memories == 0


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"\xff\xfe\0", DEEP.encode(), b"[[1]]", b'[{"mapping": 3}]', b"[1e999]", b"PK\x03\x04"],
)
def test_a_file_that_is_something_else_is_told(tmp_path: Path, read: Callable[[Path], object], content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read(path)


def conversation(text: object = "Hello.", seconds: object = 1_700_000_000) -> list[dict[str, object]]:
    message = {"author": {"role": "user"}, "create_time": seconds, "content": {"parts": [text]}}
    return [{"id": "7", "mapping": {"a": {"parent": None, "message": message}}, "current_node": "a"}]


@pytest.mark.parametrize("seconds", [1e30, -1e30, float("nan"), float("inf"), "soon", [1], 10**400])
def test_a_time_that_there_is_not_is_told(tmp_path: Path, seconds: object) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps(conversation(seconds=seconds)))
    with pytest.raises(InputError, match="is not conversations"):
        chatgpt.read(path, "Anna")


def test_a_conversation_that_runs_in_a_circle_ends(tmp_path: Path) -> None:
    circle = conversation()
    circle[0]["mapping"]["a"]["parent"] = "a"  # type: ignore[index]
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps(circle))
    assert len(chatgpt.read(path, "Anna")) <= 2


def test_half_characters_and_very_long_messages_are_kept_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps(conversation("\ud800" + "x" * LONGEST_CHARS)))
    turns = chatgpt.read(path, "Anna")
    assert [len(one.text) for one in turns] == [LONGEST_CHARS, 1]
    assert Memory(PlainDatabase()).remember_all(turns) == [1, 2]


@pytest.mark.parametrize("year", [1, 9999])
def test_a_time_that_could_not_be_told_is_never_kept(year: int) -> None:
    memory = Memory(PlainDatabase())
    with pytest.raises(InputError, match="too far away"):
        memory.remember(dataclasses.replace(told("x"), at=NOW.replace(year=year)))
    assert memory.newest(5) == []


def test_half_characters_in_whatever_is_typed_harm_nothing() -> None:
    memory = Memory(PlainDatabase(), HashedEmbedder())
    one = memory.remember(told("My \udcff cat", speaker="Ann\ud800a"))
    assert memory.edit(one or 0, "My \udcff dog", NOW)
    assert [hit.memory.text for hit in memory.recall("dog \udcff", NOW)] == ["My ? dog"]


def test_an_archive_is_read_without_being_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../planted.txt", "x")
        archive.writestr("export/conversations.json", json.dumps(conversation("What is a quince?")))
    assert [one.text for one in chatgpt.read(path, "Anna")] == ["What is a quince?"]
    assert [one.name for one in tmp_path.iterdir()] == ["export.zip"]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.json", "[]")
    with pytest.raises(InputError, match="holds no conversations"):
        chatgpt.read(path, "Anna")


def test_an_archive_that_unpacks_to_more_than_fits_is_refused_in_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign_file, "MOST_BYTES", 5_000_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", bytes(200_000_000))
    assert path.stat().st_size < 1_000_000
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="holds more than"):
            chatgpt.read(path, "Anna")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_file_without_end_is_not_read_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign_file, "MOST_BYTES", 1_000_000)
    with pytest.raises(InputError):
        chatgpt.read(Path("/dev/zero"), "Anna")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60).filter(str.strip))
@example(text="one\u2028two\x85three\x0bfour\x1cfive\rsix\nseven")
def test_whatever_is_said_comes_back_from_a_file_as_it_was(tmp_path: Path, text: str) -> None:
    from mia_desktop.engine.memory_files import _split

    memory, other = Memory(PlainDatabase()), Memory(PlainDatabase())
    memory.remember(told(text))
    path = tmp_path / "export.jsonl"
    path.write_bytes("".join(memory.export()).encode())
    other.restore(_split(path.read_bytes()))
    assert [one.text for one in other.newest(5)] == [text]
    assert list(other.export()) == list(memory.export())
