"""The keyring is the system's, or none (T10, T11)."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mia_desktop.core.errors import KeyringError
from mia_desktop.security import system_keyring
from mia_desktop.security.keys import fresh
from mia_desktop.security.system_keyring import SystemKeyring, within
from tests.security.parts import MemoryKeyring, files, filled

HOSTILE = """
from pathlib import Path
import keyring.backend
Path({marker!r}).write_text("it ran")
class Keyring(keyring.backend.KeyringBackend):
    priority = 99
    kept = {{}}
    def get_password(self, service, username): return self.kept.get((service, username))
    def set_password(self, service, username, password):
        Path({marker!r}).write_text(password)
        self.kept[service, username] = password
    def delete_password(self, service, username): self.kept.pop((service, username), None)
"""


class Backend:
    """A backend that a test can spoil."""

    name = "kept"

    def __init__(self, longest: int = 1000) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.longest = longest

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        assert len(password) <= self.longest
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def _init(tmp_path: Path, environment: dict[str, str]) -> tuple[subprocess.CompletedProcess[str], float]:
    began_s = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "mia_desktop", "--home", str(tmp_path / "home"), "vault", "init", "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path / "user"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus",
            **environment,
        },
    )
    return done, time.perf_counter() - began_s


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with a backend that writes down what it gets, configured every way that `keyring` knows."""
    folder = tmp_path / "hostile"
    (folder / "keyrings" / "alt").mkdir(parents=True)
    text = HOSTILE.format(marker=str(tmp_path / "marker"))
    (folder / "spy.py").write_text(text)
    (folder / "keyrings" / "alt" / "file.py").write_text(text)
    about = folder / "keyrings.alt-5.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings.alt\nVersion: 5.0\n")
    (about / "entry_points.txt").write_text("[keyring.backends]\nfile = keyrings.alt.file\n")
    settings = f"[backend]\ndefault-keyring=spy.Keyring\nkeyring-path={folder}\n"
    for place in (".config/python_keyring", ".local/share/python_keyring", "Library/Preferences/Python Keyring"):
        (tmp_path / "user" / place).mkdir(parents=True)
        (tmp_path / "user" / place / "keyringrc.cfg").write_text(settings)
    return folder


HERE = str(Path(__file__).parents[2])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a keyring")
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
        {"PYTHON_KEYRING_BACKEND": "spy.Keyring", "PYTHONPATH": f"{HERE}:HOSTILE"},
        {"PYTHONPATH": f"{HERE}:HOSTILE"},
        {"KEYCHAIN_PATH": "/tmp/keychain", "KEYRING_PROPERTY_KEYCHAIN": "/tmp/keychain"},
        {"KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/theirs"},
    ],
    ids=["settings file", "null", "named", "installed", "keychain", "properties"],
)
def test_no_setting_makes_mia_use_another_keyring(tmp_path: Path, hostile: Path, environment: dict[str, str]) -> None:
    done, took_s = _init(tmp_path, {name: v.replace("HOSTILE", str(hostile)) for name, v in environment.items()})
    assert done.returncode == 5, done.stderr
    assert json.loads(done.stdout)["error"]["code"] == "keyring"
    assert "passphrase" in done.stderr
    assert "Traceback" not in done.stderr
    assert took_s < 5
    assert not (tmp_path / "marker").exists()
    assert not [file for file in files(tmp_path / "home") if "vault" in file.parts[-2]], "no vault was made"


def test_the_spy_would_be_seen(tmp_path: Path, hostile: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", "import keyring; keyring.set_password('a', 'b', 'c')"],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(hostile), "PYTHON_KEYRING_BACKEND": "spy.Keyring"},
        check=True,
        timeout=30,
    )
    assert (tmp_path / "marker").read_text() == "c"


@pytest.fixture
def silent_bus(tmp_path: Path) -> Iterator[str]:
    """A session bus that takes calls and never answers."""
    server = socket.socket(socket.AF_UNIX)
    place = Path("/tmp") / f"mia-bus-{os.getpid()}"
    server.bind(str(place))
    server.listen(8)
    yield f"unix:path={place}"
    server.close()
    place.unlink()


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")
def test_a_keyring_that_hangs_is_given_up_in_time(tmp_path: Path, silent_bus: str) -> None:
    done, took_s = _init(tmp_path, {"DBUS_SESSION_BUS_ADDRESS": silent_bus})
    assert done.returncode == 5
    assert "did not answer" in done.stderr
    assert took_s < system_keyring.DEADLINE_S + 3
    assert not (tmp_path / "home" / "vault").exists()


def test_a_question_is_waited_for_only_so_long() -> None:
    never = threading.Event()
    with pytest.raises(KeyringError, match=r"within 0.05 s"):
        within(never.wait, 0.05)
    never.set()


def test_secrets_come_back_as_they_were_and_are_small() -> None:
    backend = Backend()
    keyring = SystemKeyring(backend)
    secret = fresh()
    keyring.put("x a", secret)
    assert keyring.get("x a") == secret
    assert keyring.get("x b") is None
    assert backend.kept.keys() == {("MIA vault x a", "MIA")}
    keyring.delete("x a")
    keyring.delete("x a")
    assert backend.kept == {}
    backend.kept["MIA vault x a", "MIA"] = "§ not base 64"
    assert keyring.get("x a") == b""


def test_all_that_a_vault_keeps_in_a_keyring_is_small(tmp_path: Path) -> None:
    backend = Backend(longest=1000)
    vault, _ = filled(tmp_path / "vault", SystemKeyring(backend), rows=20)
    vault.lock()
    assert len(backend.kept) == 2
    assert max(map(len, backend.kept.values())) < 400


def test_a_keyring_that_forgets_is_refused(tmp_path: Path) -> None:
    class Forgetful(Backend):
        def set_password(self, service: str, username: str, password: str) -> None:
            pass

    with pytest.raises(KeyringError, match="does not keep"):
        filled(tmp_path / "vault", SystemKeyring(Forgetful()))
    assert not (tmp_path / "vault").exists()


def test_only_the_systems_own_backends_are_on_the_list() -> None:
    allowed = {f"{module}.{name}" for pairs in system_keyring._ALLOWED.values() for module, name in pairs}
    assert allowed == {
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
    }


def test_a_keyring_that_fails_while_it_works_loses_nothing(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    vault, _ = filled(tmp_path / "vault", keyring, rows=20)
    keyring.broken = True
    with vault.database.write() as cursor:
        cursor.execute("INSERT INTO memory VALUES (21, 'x', 'y')")
    vault.lock()
    keyring.broken = False
    vault.unlock()
    assert vault.doubt == ""
    assert vault.database.read("SELECT count(*) FROM memory") == [(21,)]
    vault.lock()
