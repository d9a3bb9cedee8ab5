"""``mia privacy`` as a user has it, in a real vault."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mia_desktop.cli.main import run
from mia_desktop.core.memories import Experience
from mia_desktop.engine import remembering
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.memory.memory import Memory
from mia_desktop.security.finding import vault_in
from tests.memory.hashed_embedder import HashedEmbedder

Mia = Callable[..., Any]
CANARY = "the zebra sleeps at seventeen"
PASSPHRASE = "nine purple owls at noon"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def mia(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mia:
    """Run ``mia ... --json`` and return the object that it prints."""
    monkeypatch.setattr(remembering, "load_embedder", lambda *_: HashedEmbedder())
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")

    def mia(*words: object, code: int = 0) -> Any:
        monkeypatch.setenv("MIA_TEST_PASSPHRASE", PASSPHRASE)
        monkeypatch.setenv("MIA_TEST_EXPORT", "another one for the export")
        first = ["--home", str(home), "--passphrase-env", "MIA_TEST_PASSPHRASE"]
        assert run([*first, *map(str, words), "--json"], lambda _: 0) == code
        return json.loads(capsys.readouterr().out)

    mia("vault", "init")
    return mia


def _answers(told: Any) -> dict[str, str]:
    return {one["use"]: one["answer"] for one in told["consents"]}


def test_a_withdrawn_consent_holds_and_what_was_kept_under_it_can_go(mia: Mia) -> None:
    number = mia("memory", "add", CANARY)["id"]
    assert mia("memory", "show", number)["consent"] == "keyboard.keep"
    told = mia("privacy", "consents", "--withdraw", "keyboard.keep", "--erase")
    assert _answers(told)["keyboard.keep"] == "refused"
    assert told["forgotten"] == 1
    assert "refused" in mia("memory", "add", CANARY, code=3)["error"]["message"]
    assert mia("memory", "list")["memories"] == []
    assert _answers(mia("privacy", "consents", "--allow", "keyboard.keep"))["keyboard.keep"] == "allowed"
    assert mia("memory", "add", CANARY)["id"]
    actions = {one["action"] for one in mia("audit", "show")["entries"]}
    assert {"consent refused", "consent allowed", "forgotten", "remembered"} <= actions
    assert mia("audit", "verify")["whole"]


def test_what_is_over_its_time_goes_by_itself(mia: Mia, home: Path) -> None:
    from datetime import UTC, datetime, timedelta

    vault = vault_in(home / "vault")
    vault.unlock(PASSPHRASE)
    old = datetime.now(UTC) - timedelta(days=8)
    Memory(vault.database, HashedEmbedder()).remember(Experience(text=CANARY, at=old, speaker="Anna"))
    vault.lock()
    mia("memory", "add", "Something of today.")
    assert mia("privacy", "retention")["retention"]["typed"] == "for good"
    told = mia("privacy", "retention", "--source", "typed", "--keep", "a week")
    assert (told["retention"]["typed"], told["forgotten"]) == ("a week", 1)
    assert [one["text"] for one in mia("memory", "list")["memories"]] == ["Something of today."]
    assert mia("memory", "list")["memories"][0]["expires_at"] is not None


def test_an_export_is_sealed_and_round_trips_with_its_media(mia: Mia, home: Path, tmp_path: Path) -> None:
    vault = vault_in(home / "vault")
    vault.unlock(PASSPHRASE)
    ruled = RuledMemory(Memory(vault.database, HashedEmbedder()), vault)
    with vault.database.write() as cursor:
        picture = vault.attachments.add(cursor, [b"a picture of a zebra"])
    from datetime import UTC, datetime

    ruled.remember_all([Experience(text=CANARY, at=datetime.now(UTC), speaker="Anna", attachment=picture)])
    vault.lock()
    first, second = tmp_path / "a.mia", tmp_path / "b.mia"
    assert mia("memory", "export", first, "--export-env", "MIA_TEST_EXPORT") == {
        "path": str(first),
        "lines": 2,
        "encrypted": True,
        "media": 1,
    }
    assert b"zebra" not in first.read_bytes()
    assert mia("memory", "forget", "--all")["attachments"] == [picture]
    assert mia("memory", "import", first, "--export-env", "MIA_TEST_EXPORT") == {"added": 1}
    mia("memory", "export", second, "--export-env", "MIA_TEST_EXPORT")
    from mia_desktop.security import sealed_export

    opened = [sealed_export.read(path, "another one for the export") for path in (first, second)]
    assert opened[0] == opened[1]
    assert opened[0][f"media/{picture}"] == b"a picture of a zebra"


@pytest.mark.parametrize("way", [["--plain"], ["--export-env", "MIA_TEST_EXPORT"]])
def test_titles_and_pins_come_back_with_an_export(mia: Mia, home: Path, tmp_path: Path, way: list[str]) -> None:
    from datetime import UTC, datetime

    vault = vault_in(home / "vault")
    vault.unlock(PASSPHRASE)
    ruled = RuledMemory(Memory(vault.database, HashedEmbedder()), vault)
    for name in ("first", "second"):
        line = Experience(text=f"The {name} talk.", at=datetime.now(UTC), speaker="Anna", conversation=name)
        ruled.remember_all([line])
    ruled.name_conversation("first", "A title of my own")
    ruled.pin_conversation("second", on=True)
    ruled.close()
    vault.lock()
    listed = mia("memory", "conversations")["conversations"]
    assert {(one["title"], one["pinned"]) for one in listed} == {
        ("A title of my own", False),
        ("The second talk.", True),
    }
    assert mia("memory", "export", tmp_path / "a", *way)["lines"] == 3
    mia("memory", "forget", "--all")
    assert mia("memory", "conversations") == {"conversations": []}
    assert mia("memory", "import", tmp_path / "a", *way[way[0] == "--plain" :]) == {"added": 2}
    assert mia("memory", "conversations")["conversations"] == listed


def test_without_a_folder_nothing_is_written_and_the_sentence_says_so(mia: Mia, tmp_path: Path) -> None:
    place = tmp_path / "none" / "a"
    for words in (
        ["vault", "backup", place],
        ["memory", "export", place, "--plain"],
        ["memory", "export", place, "--export-env", "MIA_TEST_EXPORT"],
    ):
        assert "There is no folder" in mia(*words, code=3)["error"]["message"]
    assert not place.parent.exists()
    assert mia("privacy", "erase", "--backups")["not_reached"] == [], "one that was never made is not looked for"


def test_masking_leaves_numbers_out(mia: Mia, tmp_path: Path) -> None:
    mia("memory", "add", "My card is 4111 1111 1111 1111 and my mail anna@example.org.")
    mia("memory", "export", tmp_path / "a.jsonl", "--plain", "--mask")
    text = (tmp_path / "a.jsonl").read_text()
    assert "My card is [card] and my mail [e-mail]." in text
    assert "4111" not in text
    mia("memory", "forget", "--all")
    assert mia("memory", "import", tmp_path / "a.jsonl") == {"added": 1}, "only what people said is masked"
    assert "is there already" in mia("memory", "export", tmp_path / "a.jsonl", "--plain", code=3)["error"]["message"]


def test_forgetting_reaches_backups_when_they_are_renewed(mia: Mia, tmp_path: Path, home: Path) -> None:
    mia("memory", "add", CANARY)
    kept, gone = tmp_path / "kept.backup", tmp_path / "gone.backup"
    mia("vault", "backup", kept)
    mia("vault", "backup", gone)
    gone.unlink()
    mia("memory", "forget", "--all")
    told = mia("privacy", "erase", "--backups")
    assert (told["renewed"], told["not_reached"]) == ([str(kept)], [str(gone)])
    mia("vault", "restore", kept, "--replace")
    assert mia("memory", "list")["memories"] == []
    _nothing_left(home)


def _nothing_left(home: Path) -> None:
    """Look through every page of the opened vault, not only through what its tables say."""
    vault = vault_in(home / "vault")
    vault.unlock(PASSPHRASE)
    try:
        tables = [row[0] for row in vault.database.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
        content = b"".join(
            str(row).encode() for name in tables for row in vault.database.read(f'SELECT * FROM "{name}"')
        )
    finally:
        vault.lock()
    assert b"zebra" not in content


def test_everything_can_be_erased_and_nothing_opens_it_again(mia: Mia, home: Path, tmp_path: Path) -> None:
    mia("memory", "add", CANARY)
    saved = tmp_path / "saved.backup"
    mia("vault", "backup", saved)
    assert "Nothing was erased" in mia("privacy", "erase", "--everything", code=2)["error"]["message"]
    assert mia("memory", "list")["memories"]
    told = mia("privacy", "erase", "--everything", "--sure", "erase everything")
    assert told == {"erased": [str(saved)], "not_reached": [], "vault": False}
    assert not (home / "vault").exists()
    assert not saved.exists()
    assert mia("vault", "status")["exists"] is False


@pytest.mark.parametrize(
    "words",
    [
        ["consents", "--allow", "nose.smell"],
        ["consents", "--allow", "camera.look", "--ask", "camera.look"],
        ["consents", "--erase"],
        ["retention", "--source", "voice"],
        ["retention", "--source", "dream", "--keep", "a week"],
        ["erase"],
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(mia: Mia, words: list[str]) -> None:
    assert mia("privacy", *words, code=2)["error"]["code"] == "usage"
