"""What is told in one process is known in the next, and what is forgotten is gone. Real models, a real vault."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.models

SAID = {
    "told": "My dog is called Rex.",
    "asked": "What is the name of my dog?",
    "why": "How do you know that?",
    "forget": "Forget that my dog is called Rex.",
    "yes": "Yes, please.",
}
PASSPHRASE = "nine purple owls at noon"


def mia(home: Path, *words: object, code: int = 0) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "mia_desktop", "--home", str(home), "--passphrase-env", "MIA_TEST_PASSPHRASE"]
        + [str(word) for word in words],
        env={
            **os.environ,
            "MIA_TEST_PASSPHRASE": PASSPHRASE,
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus",
        },
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return dict(json.loads(done.stdout)) if "--json" in words else {}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a keyring, which a test must not touch")
def test_yesterdays_talk_is_known_today_and_gone_when_forgotten(tmp_path: Path) -> None:
    home = tmp_path / "home"
    mia(home, "vault", "init", "--json")
    said = {}
    for name, words in SAID.items():
        said[name] = tmp_path / f"{name}.wav"
        mia(home, "say", words, "--out", said[name])
    assert mia(home, "talk", "--wav", said["told"], "--json")["guest"] is False
    asked, why = mia(home, "talk", "--wav", said["asked"], "--wav", said["why"], "--json")["turns"]  # type: ignore[misc]
    assert [memory["text"].rstrip(".") for memory in asked["memories"]] == ["My dog is called Rex"]
    assert "Rex" in asked["reply"]
    assert "You told me that " in asked["reply"]
    assert "My dog is called Rex" in why["reply"]
    assert why["memories"][0]["id"] == asked["memories"][0]["id"]
    assert why["model"] == "", "the reason is the memory itself, not what a model makes of it"
    files = [file for file in home.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"Rex" in file.read_bytes()], "nothing of it can be read on the disk"
    forget, yes, asked = mia(
        home, "talk", "--wav", said["forget"], "--wav", said["yes"], "--wav", said["asked"], "--json"
    )["turns"]  # type: ignore[misc]
    assert "Shall I forget that?" in forget["reply"]
    assert yes["reply"].startswith("That is forgotten")
    assert asked["memories"] == []
    assert "Rex" not in asked["reply"]
    left = mia(home, "memory", "list", "--json")["memories"]
    assert not [one for one in left if "Rex" in one["text"]]  # type: ignore[attr-defined]


def test_without_a_vault_one_is_a_guest(tmp_path: Path) -> None:
    answer = mia(tmp_path, "ask", "My dog is called Rex.", "--json")
    assert answer["guest"] is True
    assert answer["memories"] == []
    assert not (tmp_path / "vault").exists()
