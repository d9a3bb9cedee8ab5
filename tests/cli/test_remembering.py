"""What is told in one process is known in the next, and what is forgotten is gone. Real models, a real vault."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.models

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
    home, told, asked = tmp_path / "home", tmp_path / "told.wav", tmp_path / "asked.wav"
    mia(home, "vault", "init", "--json")
    mia(home, "say", "My dog is called Rex.", "--out", told)
    mia(home, "say", "What is the name of my dog?", "--out", asked)
    assert mia(home, "talk", "--wav", told, "--json")["guest"] is False
    (turn,) = mia(home, "talk", "--wav", asked, "--json")["turns"]  # type: ignore[misc]
    assert [memory["text"].rstrip(".") for memory in turn["memories"]] == ["My dog is called Rex"]
    assert "Rex" in turn["reply"]
    files = [file for file in home.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"Rex" in file.read_bytes()], "nothing of it can be read on the disk"
    mia(home, "memory", "forget", "--all", "--json")
    (turn,) = mia(home, "talk", "--wav", asked, "--json")["turns"]  # type: ignore[misc]
    assert turn["memories"] == []
    assert "Rex" not in turn["reply"]


def test_without_a_vault_one_is_a_guest(tmp_path: Path) -> None:
    answer = mia(tmp_path, "ask", "My dog is called Rex.", "--json")
    assert answer["guest"] is True
    assert answer["memories"] == []
    assert not (tmp_path / "vault").exists()
