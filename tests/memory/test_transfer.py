import json
from datetime import timedelta
from pathlib import Path

import pytest

from mia_desktop.core.errors import InputError
from mia_desktop.core.memories import OfConversation
from mia_desktop.memory import chatgpt, locomo
from mia_desktop.memory.memory import Memory
from tests.memory.conftest import NOW
from tests.memory.hashed_embedder import HashedEmbedder
from tests.memory.telling import told
from tests.plain_database import PlainDatabase


def full() -> Memory:
    memory = Memory(PlainDatabase(), HashedEmbedder())
    memory.remember_all(
        [
            told(f'Line {n}:\n"quoted" ü 漢字 about thing{n}', days_ago=n / 7, conversation=f"c{n % 4}")
            for n in range(40)
        ]
    )
    memory.remember(told("I live in Berlin.", kind="fact", days_ago=9))
    memory.remember(told("I live in Oslo.", kind="fact", days_ago=8, expires_at=NOW + timedelta(days=8)))
    memory.remember(told("call me Ann", kind="procedure"))
    one = memory.remember(told("We met in Rome.", conversation="c1", days_ago=7.123456))
    memory.edit(one or 0, "We met in Bern.", NOW)
    return memory


def called(memory: Memory) -> dict[str, tuple[str, bool]]:
    return {one.name: (one.title, one.pinned) for one in memory.conversations()}


def test_export_and_import_give_the_same_bytes_and_the_same_answers() -> None:
    memory, other = full(), Memory(PlainDatabase(), HashedEmbedder())
    lines = list(memory.export())
    assert other.restore(lines) == len(lines) - 1 == memory.stats().memories
    assert list(other.export()) == lines
    for question in ("thing7?", "Where do I live?", "What about thing31 yesterday?", "Rome or Bern?"):
        assert [hit.memory.uid for hit in memory.recall(question, NOW)] == [
            hit.memory.uid for hit in other.recall(question, NOW)
        ]
    assert other.restore(lines) == 0, "what is there stays as it is"
    assert other.stats() == memory.stats()


def test_titles_and_pins_come_back_and_an_export_without_any_is_as_it_always_was() -> None:
    memory, other = full(), Memory(PlainDatabase(), HashedEmbedder())
    assert next(iter(memory.export())) == '{"format":"mia-memory-1"}\n'
    memory.name_conversation("c2", "Plans of\nanna@example.org ü 漢字")
    memory.pin_conversation("c2", on=True)
    memory.pin_conversation("c0", on=True)
    memory.name_conversation("c1", "x" * 199 + " y")
    lines = list(memory.export())
    assert list(json.loads(lines[0])["conversations"]) == ["c0", "c1", "c2"]
    assert other.restore(lines) == len(lines) - 1
    assert list(other.export()) == lines
    assert called(other) == called(memory)
    assert called(other)["c2"] == ("Plans of anna@example.org ü 漢字", True)
    masked = json.loads(
        next(iter(memory.export(shown=lambda text: text.replace("anna@example.org", "[e-mail] " * 50))))
    )
    assert masked["conversations"]["c2"]["title"].startswith("Plans of [e-mail]")
    assert len(masked["conversations"]["c2"]["title"]) <= 200


def test_titles_and_pins_that_are_here_stay_and_what_is_not_in_the_export_is_not_titled() -> None:
    memory, other = full(), Memory(PlainDatabase(), HashedEmbedder())
    other.restore(list(memory.export()))
    for name in ("c0", "c1", "c2"):
        memory.name_conversation(name, f"Theirs {name}")
        memory.pin_conversation(name, on=True)
    other.name_conversation("c0", "Mine")
    other.pin_conversation("c1", on=True)
    other.remember(told("Unrelated words.", conversation="mine"))
    header, *records = memory.export()
    elsewhere = {"title": "Taken over", "pinned": True}
    conversations = json.loads(header)["conversations"] | {"mine": elsewhere, "nowhere": elsewhere}
    header = json.dumps({"format": "mia-memory-1", "conversations": conversations})
    assert other.restore([header, *records]) == 0
    told_now = called(other)
    assert told_now["c0"] == ("Mine", False)
    assert told_now["c1"][1]
    assert told_now["c1"][0] != "Theirs c1"
    assert told_now["c2"] == ("Theirs c2", True), "an export that was taken in before tells what it told not yet"
    assert told_now["mine"] == ("Unrelated words.", False)
    assert "nowhere" not in told_now


def test_what_was_forgotten_leaves_no_title_in_an_export() -> None:
    memory = full()
    memory.name_conversation("c2", "A secret plan")
    memory.forget(OfConversation(name="c2"))
    assert "secret" not in "".join(memory.export())


def test_markdown_is_for_people() -> None:
    text = "".join(full().export("markdown"))
    assert text.startswith("# What MIA remembers\n")
    assert "## 2026-03-19" in text
    assert "waits for confirmation" in text
    assert "We met in Rome. _(until 2026-03-20 12:00)_" in text


@pytest.mark.parametrize("spoil", ["{}", "[]", "nonsense", '{"uid": "a"}'])
def test_a_broken_export_changes_nothing(spoil: str) -> None:
    lines, other = list(full().export()), Memory(PlainDatabase(), HashedEmbedder())
    with pytest.raises(InputError, match="Line 3"):
        other.restore([*lines[:2], spoil, *lines[2:]])
    with pytest.raises(InputError, match="Line 1"):
        other.restore([spoil, *lines])
    assert other.stats().memories == 0


def test_a_chatgpt_export_keeps_the_branch_that_counts(tmp_path: Path) -> None:
    def node(name: str, parent: str | None, role: str, text: str) -> dict[str, object]:
        message = {"id": name, "author": {"role": role}, "create_time": 1_700_000_000.5, "content": {"parts": [text]}}
        return {"id": name, "parent": parent, "message": message}

    mapping = {
        "root": {"id": "root", "parent": None, "message": None},
        "a": node("a", "root", "user", "Old wording"),
        "b": node("b", "root", "user", "What is a quince?"),
        "c": node("c", "b", "assistant", "A fruit."),
        "d": node("d", "c", "system", "hidden"),
    }
    path = tmp_path / "conversations.json"
    path.write_text(
        json.dumps([{"title": "Fruit", "id": "77", "create_time": 1, "mapping": mapping, "current_node": "d"}])
    )
    turns = chatgpt.read(path, "Anna")
    assert [(one.speaker, one.trust, one.text) for one in turns] == [
        ("Anna", "user", "What is a quince?"),
        ("ChatGPT", "untrusted", "A fruit."),
    ]
    path.write_text("{}")
    assert chatgpt.read(path, "Anna") == []
    path.write_text("[1]")
    with pytest.raises(InputError, match="not conversations"):
        chatgpt.read(path, "Anna")


def test_locomo_is_read_as_the_benchmark_means_it(tmp_path: Path) -> None:
    turn = {"speaker": "Ann", "dia_id": "D1:1", "text": "Look!", "blip_caption": "a red bike", "query": "never said"}
    talk = {"session_1": [turn], "session_1_date_time": "1:56 pm on 8 May, 2023", "session_2_date_time": "unused"}
    qa = [
        {"question": "What?", "category": 1, "evidence": ["D1:1; D2:03", "D"], "answer": 3},
        {"question": "None?", "category": 5, "evidence": []},
    ]
    path = tmp_path / "locomo.json"
    path.write_text(json.dumps([{"sample_id": "conv-1", "conversation": talk, "qa": qa}]))
    (one,) = locomo.read(path, ["conv-1"])
    assert one.turns[0].text == "Look! [shares a red bike]"
    assert one.turns[0].at.isoformat() == "2023-05-08T13:56:00+00:00"
    assert [question.evidence for question in one.questions] == [{"D1:1", "D2:3"}]
    with pytest.raises(InputError, match="no conversation conv-2"):
        locomo.read(path, ["conv-2"])
    path.write_text("[")
    with pytest.raises(InputError, match="not a LoCoMo"):
        locomo.read(path)
