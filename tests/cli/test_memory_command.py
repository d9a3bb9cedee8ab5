"""``mia memory`` as a user has it, in a real vault."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mia_desktop.cli.main import run
from mia_desktop.engine import remembering
from tests.memory.hashed_embedder import HashedEmbedder

Mia = Callable[..., Any]


@pytest.fixture
def mia(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mia:
    """Run ``mia memory ... --json`` and return the object that it prints."""
    monkeypatch.setattr(remembering, "load_embedder", lambda *_: HashedEmbedder())
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    first = ["--home", str(tmp_path), "--passphrase-env", "MIA_TEST_PASSPHRASE"]
    monkeypatch.setenv("MIA_TEST_PASSPHRASE", "nine purple owls at noon")
    assert run([*first, "vault", "init", "--json"], lambda _: 0) == 0
    capsys.readouterr()

    def mia(*words: object, code: int = 0, as_json: bool = True) -> Any:
        monkeypatch.setenv("MIA_TEST_PASSPHRASE", "nine purple owls at noon")
        arguments = [*first, "memory", *map(str, words), *(["--json"] if as_json else [])]
        assert run(arguments, lambda _: 0) == code
        out = capsys.readouterr()
        return json.loads(out.out) if as_json else out.out + out.err

    return mia


def test_what_is_added_is_found_shown_edited_and_forgotten(mia: Mia) -> None:
    number = mia("add", "My dog is called Rex.", "--speaker", "Anna")["id"]
    (hit,) = mia("search", "What is my dog's name?")["hits"]
    assert hit["id"] == number
    assert set(hit) >= {"id", "text", "kind", "time", "speaker", "score", "parts"}
    assert (hit["text"], hit["kind"], hit["speaker"]) == ("My dog is called Rex.", "fact", "Anna")
    assert sum(hit["parts"].values()) == pytest.approx(hit["score"], abs=0.01)
    assert mia("show", number)["text"] == "My dog is called Rex."
    changed = mia("edit", number, "My dog is called Max.")["id"]
    assert [one["id"] for one in mia("search", "Is my dog called Rex or Max?")["hits"]] == [changed]
    assert mia("stats")["superseded"] == 1
    assert set(mia("forget", changed)["forgotten"]) == {number, changed}
    assert mia("search", "What is my dog's name?") == {"hits": []}
    assert mia("list") == {"memories": []}


def test_conversations_are_listed_and_searched(mia: Mia, tmp_path: Path) -> None:
    assert mia("conversations") == {"conversations": []}
    assert mia("conversations", as_json=False) == "No conversation is kept.\n"
    message = {"author": {"role": "user"}, "content": {"parts": ["What is a quince?"]}, "create_time": 1_700_000_000.5}
    mapping = {"a": {"parent": None, "message": message}}
    export = [{"title": "Fruit", "id": "7", "create_time": 1, "mapping": mapping, "current_node": "a"}]
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps(export))
    mia("import", path, "--format", "chatgpt", "--speaker", "Anna")
    (one,) = mia("conversations", "quince")["conversations"]
    assert (one["name"], one["title"], one["turns"]) == ("chatgpt/7", "What is a quince?", 1)
    assert (one["pinned"], one["excerpt"]) == (False, "What is a quince?")
    assert mia("conversations", "apple") == {"conversations": []}
    assert "What is a quince?" in mia("conversations", as_json=False)


def test_what_waits_is_listed_and_confirmed(mia: Mia) -> None:
    assert mia("add", "answer briefly", "--kind", "procedure")["quarantined"] is False
    assert mia("list", "--waiting") == {"memories": []}
    assert mia("list", "--kind", "procedure")["memories"][0]["text"] == "answer briefly"


@pytest.mark.parametrize(
    "choice", [["--last-minutes", 5], ["--person", "Anna"], ["--source", "typed"], ["--all"]], ids=lambda one: one[0]
)
def test_forgetting_by_choice(mia: Mia, choice: list[object]) -> None:
    mia("add", "The key is under the mat.", "--speaker", "Anna")
    assert len(mia("forget", *choice)["forgotten"]) == 1


def test_export_and_import_round_trip(mia: Mia, tmp_path: Path) -> None:
    mia("add", "The key is under the mat.", "--speaker", "Anna")
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    assert mia("export", first, code=2)["error"]["code"] == "usage"
    assert mia("export", first, "--plain")["lines"] == 2
    mia("forget", "--all")
    assert mia("import", first) == {"added": 1}
    assert mia("import", first) == {"added": 0}
    mia("export", second, "--plain")
    assert first.read_bytes() == second.read_bytes()
    assert "under the mat" in (
        mia("export", tmp_path / "c.md", "--plain", "--markdown") and (tmp_path / "c.md").read_text()
    )


def test_locomo_is_imported(mia: Mia, tmp_path: Path) -> None:
    turn = {"speaker": "Ann", "dia_id": "D1:1", "text": "I bought a red bike."}
    talk = {"session_1": [turn], "session_1_date_time": "1:56 pm on 8 May, 2023"}
    path = tmp_path / "l.json"
    path.write_text(json.dumps([{"sample_id": "conv-1", "conversation": talk}]))
    assert mia("import", "--format", "locomo", path) == {"added": 1}
    assert mia("search", "Who bought a bike?")["hits"][0]["reference"] == "D1:1"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["forget"], 2, "Say one of"),
        (["forget", "1", "--all"], 2, "Say one of"),
        (["forget", "--day", "soon"], 2, "must be a date"),
        (["forget", "--source", "dream"], 2, "must be one of"),
        (["add", "x", "--kind", "dream"], 2, "must be one of"),
        (["add", " "], 3, "nothing to remember"),
        (["show", "12"], 3, "no memory 12"),
        (["edit", "12", "x"], 3, "no memory 12"),
        (["import", "/nowhere"], 3, "cannot be read"),
        (["import", "/nowhere", "--format", "dream"], 2, "must be one of"),
        (["search", "x", "--as-of", "soon"], 2, "must be a date"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(mia: Mia, words: list[str], code: int, sentence: str) -> None:
    told = mia(*words, code=code, as_json=False)
    assert sentence in told
    assert "Traceback" not in told


def test_people_get_lines(mia: Mia) -> None:
    assert "Remembered as 1." in mia("add", "The key is under the mat.", "--speaker", "Anna", as_json=False)
    assert "Anna, typed (fact): The key is under the mat." in mia("search", "Where is the key?", as_json=False)
    assert "Nothing comes to mind." in mia("search", "quantum chromodynamics", as_json=False)
    assert "memories       1" in mia("stats", as_json=False)
    assert "under the mat" in mia("list", as_json=False) + mia("show", 1, as_json=False)


@pytest.mark.models
def test_bench_memory_measures_on_real_vaults(tmp_path: Path, capsys: Any) -> None:
    words = ["--home", str(tmp_path), "bench", "memory", "--sizes", "60", "--keep", str(tmp_path / "kept"), "--json"]
    (tmp_path / "kept").mkdir()
    for filled in (True, False):
        assert run(words, lambda _: 0) == 0
        (size,) = json.loads(capsys.readouterr().out)["scale"]
        assert size["memories"] == 60
        assert size["recall_p95_ms"] > 0
        assert (size["write_per_s"] is not None) is filled, "what was kept is not filled again"
        assert size["started"]["all_s"] > size["started"]["unlock_s"] > 0


def test_bench_memory_tells_what_is_wrong_in_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(remembering, "load_embedder", lambda *_: HashedEmbedder())
    assert run(["bench", "memory", "--sizes", "many"], lambda _: 0) == 3
    assert "numbers" in capsys.readouterr().err
    assert run(["bench", "memory", "--keep", "/nonexistent/folder"], lambda _: 0) == 3
    assert "folder" in capsys.readouterr().err
