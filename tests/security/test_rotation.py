"""Rotation, killed at every step and at any time (T12)."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mia_desktop.core.errors import MiaError, VaultDiskError, VaultKeyError
from mia_desktop.security import cipher
from mia_desktop.security.rotation import rotate
from mia_desktop.security.vault import KEY_FILE, Vault
from tests.security.parts import PASSPHRASE, FileKeyring, MemoryKeyring, filled, is_whole, write_rows

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")

KILLS = int(os.environ.get("MIA_ROTATION_KILLS", "6"))
STEPS = ["begun", "exported", "verified", "secret kept", "key file replaced", "opened", "old removed"]

ROTATE = """
import os, signal, sys
from pathlib import Path
from mia_desktop.security.rotation import rotate
from mia_desktop.security.vault import Vault
from tests.security.parts import FileKeyring, PASSPHRASE
home, stop = Path(sys.argv[1]), sys.argv[2]
vault = Vault(home / "vault", FileKeyring(home / "keyring.json"))
vault.unlock(PASSPHRASE if sys.argv[3] == "passphrase" else None)
def reached(step):
    if step == stop:
        os.kill(os.getpid(), signal.SIGKILL)
print("go", flush=True)
rotate(vault, PASSPHRASE if sys.argv[3] == "passphrase" else None, reached)
print("done", flush=True)
vault.lock()
"""


def rotating(home: Path, stop: str, way: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ROTATE, str(home), stop, way],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def ready(home: Path, rows: int = 200, passphrase: str | None = None) -> None:
    home.mkdir()
    vault, _ = filled(home / "vault", FileKeyring(home / "keyring.json"), rows, passphrase)
    vault.lock()
    shutil.copytree(home / "vault", home.parent / "before")


def opens(home: Path, passphrase: str | None = None, rows: int = 200) -> int:
    """Check that all is there, that nothing is left over, and that an old key is void; return the generation."""
    keyring = FileKeyring(home / "keyring.json")
    vault = Vault(home / "vault", keyring)
    vault.unlock(passphrase)
    assert vault.doubt == ""
    is_whole(vault, rows)
    (name,) = vault.database.read("SELECT id FROM vault_attachment")[0]
    assert len(b"".join(vault.attachments.read(name))) > 100_000
    generation = vault.status().generation
    assert [file.name for file in sorted((home / "vault").glob("*.db"))] == [f"vault-{generation}.db"]
    assert len(keyring._all()) == 2
    with vault.database.alone() as writer:
        cipher.check(writer)
    write_rows(vault, [rows + 1])
    vault.lock()
    vault.unlock(passphrase)
    is_whole(vault, rows + 1)
    vault.lock()
    if generation == 2:
        old = Vault(home.parent / "before", keyring)
        with pytest.raises(VaultKeyError):
            old.unlock(passphrase)
    return generation


@pytest.mark.parametrize("step", STEPS)
def test_killed_after_any_step_the_vault_opens(tmp_path: Path, step: str) -> None:
    home = tmp_path / "home"
    ready(home)
    child = rotating(home, step)
    out, _ = child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    assert out == "go\n"
    assert opens(home) == (1 if STEPS.index(step) < STEPS.index("key file replaced") else 2)


def test_killed_at_any_time_the_vault_opens(tmp_path: Path) -> None:
    chance = random.Random(11)
    generations = []
    for number in range(KILLS):
        home = tmp_path / str(number) / "home"
        home.parent.mkdir()
        ready(home)
        child = rotating(home, "never")
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))  # the moment of the kill is what is tried
        child.kill()
        child.communicate(timeout=60)
        generations.append(opens(home))
        shutil.rmtree(home.parent)
    assert set(generations) <= {1, 2}


def test_after_a_rotation_only_the_new_key_opens(tmp_path: Path) -> None:
    home = tmp_path / "home"
    ready(home, passphrase=PASSPHRASE)
    child = rotating(home, "never", "passphrase")
    out, _ = child.communicate(timeout=60)
    assert (child.returncode, out) == (0, "go\ndone\n")
    assert opens(home, PASSPHRASE) == 2


def test_old_kits_are_void_and_the_new_one_opens(folder: Path, keyring: MemoryKeyring) -> None:
    vault, old = filled(folder, keyring)
    new = rotate(vault, None)
    write_rows(vault, [201])
    is_whole(vault, 201)
    vault.lock()
    with pytest.raises(VaultKeyError):
        vault.recover(old)
    vault.recover(new)
    is_whole(vault, 201)
    vault.lock()


def test_readers_and_writers_go_on_over_a_rotation(full: Vault) -> None:
    _, before = full.opened()
    for number in range(3):
        rotate(full, None)
        write_rows(full, [201 + number])
        is_whole(full, 201 + number)
    assert not any(before), "the old key is wiped"
    assert full.status().generation == 4
    full.lock()
    full.unlock()
    is_whole(full, 203)
    assert full.doubt == ""


@pytest.mark.parametrize("wrong", ["key file", "copy", "passphrase", "keyring"])
def test_what_fails_before_the_exchange_changes_nothing(
    folder: Path, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    vault, _ = filled(folder, keyring, passphrase=PASSPHRASE)
    before = (folder / KEY_FILE).read_bytes()

    def fail(*_: object) -> None:
        raise OSError

    if wrong == "key file":
        monkeypatch.setattr("mia_desktop.core.whole_file.write", fail)
    elif wrong == "copy":
        monkeypatch.setattr("mia_desktop.security.cipher.export", fail)
    elif wrong == "keyring":
        monkeypatch.setattr(keyring, "put", lambda entry, secret: (_ for _ in ()).throw(VaultDiskError("no")))
    with pytest.raises(MiaError):
        rotate(vault, "the wrong one" if wrong == "passphrase" else PASSPHRASE)
    monkeypatch.undo()
    assert (folder / KEY_FILE).read_bytes() == before
    assert len(list(folder.glob("*.db"))) == 1
    write_rows(vault, [201])
    is_whole(vault, 201)
    vault.lock()
    vault.unlock(PASSPHRASE)
    vault.lock()
