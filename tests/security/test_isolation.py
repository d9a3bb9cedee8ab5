"""Nothing calls home, and nothing unproven is let in (T29, T30)."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIFE = """
import socket, sys, os
from datetime import UTC, datetime
from pathlib import Path

def guard(event, arguments):
    if event in ("socket.connect", "socket.bind"):
        if not isinstance(arguments[1], (str, bytes)):  # those of a Unix socket
            print("NETWORK", event, arguments[1])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.listen"):
        print("NETWORK", event, arguments)

sys.addaudithook(guard)
from mia_desktop.cli.main import run

home = Path(sys.argv[1])

def mia(*words):
    os.environ["PASS"], os.environ["EXPORT"] = "nine purple owls at noon", "another one"
    code = run(["--home", str(home), "--passphrase-env", "PASS", *map(str, words)], lambda _: 0)
    assert code == 0, (words, code)

mia("vault", "init", "--kit", home.parent / "kit")
mia("memory", "add", "My dog is called Rex.")
mia("memory", "search", "What is my dog called?")
mia("memory", "export", home.parent / "a.mia", "--export-env", "EXPORT")
mia("vault", "backup", home.parent / "a.backup")
mia("memory", "forget", "--all")
mia("memory", "import", home.parent / "a.mia", "--export-env", "EXPORT")
mia("vault", "rotate", "--kit", home.parent / "kit2")
mia("audit", "verify")

from mia_desktop.core.memories import Experience
from mia_desktop.memory.memory import Memory
from tests.memory.hashed_embedder import HashedEmbedder
from tests.plain_database import PlainDatabase

memory = Memory(PlainDatabase(), HashedEmbedder())
memory.remember_all([Experience(text=f"Thing {n}.", at=datetime.now(UTC), speaker="Anna") for n in range(60)])
memory.go_live()
assert memory.settled(60) and memory.stats().index == "chroma"
memory.close()
try:
    socket.create_connection(("192.0.2.1", 9), 0.1)
except OSError:
    print("THE GUARD SEES")
"""


@pytest.mark.models
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a keyring, which a test must not touch")
def test_a_life_with_memory_makes_no_connection_and_listens_to_none(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIFE, str(tmp_path / "home")],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus",
            "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent/bus",
        },
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    network = [line for line in done.stdout.splitlines() if line.startswith("NETWORK")]
    assert all("192.0.2.1" in line for line in network), network  # made to see that the guard sees
    assert network
    assert "THE GUARD SEES" in done.stdout


def test_every_package_is_pinned_with_its_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^#.*\n", "", lock))
    assert len(entries) > 100
    for entry in entries:
        assert re.match(r"[a-z0-9._\[\],-]+==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]
    assert "--require-hashes" in "".join(
        path.read_text("utf-8") for path in (ROOT / "Makefile", *(ROOT / "scripts").iterdir()) if path.is_file()
    )


def test_nothing_unpickles_what_comes_from_outside() -> None:
    """One place reads the tensors of an old checkpoint, with an unpickler that knows nothing else (its own tests)."""
    wrong = {"load", "loads", "Unpickler"}
    found = set()
    for path in (ROOT / "mia_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            module = getattr(getattr(node, "value", None), "id", "")
            if (
                isinstance(node, ast.Attribute)
                and module in {"pickle", "joblib", "marshal", "dill"}
                and node.attr in wrong
            ):
                found.add(path.name)
            if isinstance(node, ast.ImportFrom) and node.module in {"pickle", "joblib", "shelve", "dill"}:
                found.add(path.name)
            if isinstance(node, ast.Call):
                given = {one.arg: getattr(one.value, "value", None) for one in node.keywords}
                called = ast.unparse(node.func)
                assert given.get("allow_pickle") is not True, path
                assert called != "torch.load" or given.get("weights_only") is True, path
    assert found == {"checkpoint.py"}
