"""The real Secret Service, in a session bus of its own, where gnome-keyring is installed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-daemon")), reason="gnome-keyring is not installed"
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a desktop session with an unlocked keyring."""
    for name in ("runtime", "user"):
        (tmp_path / name).mkdir(mode=0o700)
    environment = {
        **os.environ,
        "HOME": str(tmp_path / "user"),
        "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
        "XDG_DATA_HOME": str(tmp_path / "user" / "data"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bus.stdout is not None
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert daemon.stdin is not None
    assert daemon.stdout is not None
    daemon.stdin.write(b"login")
    daemon.stdin.close()
    daemon.stdout.readline()
    yield environment
    for process in (daemon, bus):
        process.terminate()
        process.wait(timeout=10)
        assert process.stdout is not None
        process.stdout.close()


def mia(home: Path, environment: dict[str, str], *words: str) -> tuple[int, dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "mia_desktop", "--home", str(home), *words, "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
        env=environment,
    )
    return done.returncode, json.loads(done.stdout)


def test_a_vault_lives_with_the_desktops_keyring(home: Path, session: dict[str, str]) -> None:
    code, made = mia(home, session, "vault", "init")
    assert code == 0, made
    assert made["passphrase"] is False
    assert mia(home, session, "vault", "status")[1]["keyring"] is True
    assert mia(home, session, "vault", "unlock")[0] == 0
    code, rotated = mia(home, session, "vault", "rotate")
    assert (code, rotated["generation"]) == (0, 2)
    assert mia(home, session, "audit", "verify") == (0, {"whole": True, "entries": 3})
    without = {**session, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"}
    code, told = mia(home, without, "vault", "unlock")
    assert (code, told["error"]["code"]) == (5, "keyring")  # type: ignore[index]
    session["RECOVERY"] = str(rotated["recovery_code"])
    assert mia(home, session, "vault", "recovery", "--use", "--code-env", "RECOVERY")[0] == 0
    assert mia(home, session, "vault", "unlock")[0] == 0
