"""What a spoken turn leaves behind and touches: nothing of the user's, no network, no torch."""

import subprocess
import sys
from pathlib import Path

import pytest

from mia_desktop.core.paths import Paths
from tests.conftest import SAMPLES

pytestmark = pytest.mark.models

GUARD = """
import socket, sys
def guard(event, arguments):
    if event == "socket.connect" or event == "socket.getaddrinfo" or event == "socket.bind":
        address = arguments[1] if event != "socket.getaddrinfo" else arguments
        raise SystemExit(f"network use: {event} {address}")
sys.addaudithook(guard)
from mia_desktop.__main__ import main
try:
    main()
finally:
    heavy = {"torch", "transformers", "sentence_transformers", "open_clip", "chromadb"} & set(sys.modules)
    print("HEAVY", sorted(heavy), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def turn(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    place = tmp_path_factory.mktemp("turn")
    models = Paths.choose().models
    words = ["--home", str(place / "home"), "--models", str(models), "talk", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", GUARD, *words, "--wav", str(SAMPLES / "my-name-is-anna.wav")],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        cwd=place,
        env={"PATH": "/usr/bin:/bin", "HOME": str(place), "TMPDIR": str(place), "LANG": "C.UTF-8"},
    )
    return done, place


def test_a_spoken_turn_uses_no_socket(turn: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, _ = turn
    assert done.returncode == 0, done.stderr
    assert "Anna" in done.stdout
    assert "network use" not in done.stderr


def test_the_guard_would_see_a_connection() -> None:
    script = GUARD.split("from mia_desktop")[0] + "socket.create_connection(('192.0.2.1', 9), 1)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=False)
    assert "network use" in done.stderr


def test_a_starter_turn_imports_no_torch(turn: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    assert "HEAVY []" in turn[0].stderr


def test_nothing_of_the_conversation_is_on_disk(turn: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    _, place = turn
    for file in place.rglob("*"):
        if file.is_file():
            assert b"Anna" not in file.read_bytes(), file
    assert not list(place.rglob("*.wav"))
