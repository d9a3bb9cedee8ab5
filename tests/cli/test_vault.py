"""``mia vault`` and ``mia audit`` as people and scripts use them, on a machine without a keyring."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

from mia_desktop.cli.main import run
from mia_desktop.security.vault import Vault
from tests.cli.test_commands import told

PASSPHRASE = "nine purple owls at noon"
NEW = "seven herons in the reeds"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems have a keyring, which a test must not touch"
)


class Mia(Protocol):
    """Runs one command as a user would; what it printed and its exit code come back."""

    def __call__(
        self, home: Path, *words: object, passphrase: str | None = PASSPHRASE, **more: str
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def mia(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mia:
    """The command in this process: starting forty of them would take a minute."""

    def run_it(
        home: Path, *words: object, passphrase: str | None = PASSPHRASE, **more: str
    ) -> subprocess.CompletedProcess[str]:
        before = ["--passphrase-env", "MIA_TEST_PASSPHRASE"] if passphrase is not None else []
        environment = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus", **more}
        if passphrase is not None:
            environment["MIA_TEST_PASSPHRASE"] = passphrase
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        code = run(["--home", str(home), *before, *map(str, words)], lambda paths: 1)
        shown = capsys.readouterr()
        return subprocess.CompletedProcess([], code, shown.out, shown.err)

    return run_it


def given(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    assert done.returncode == 0, done.stderr
    assert PASSPHRASE not in done.stdout + done.stderr
    return dict(json.loads(done.stdout))


def refused(done: subprocess.CompletedProcess[str], code: str, exit_code: int) -> str:
    """Check a failure told to a program; return its sentence."""
    assert done.returncode == exit_code, done.stderr
    error = json.loads(done.stdout)["error"]
    assert error["code"] == code
    assert done.stderr.strip().splitlines()[-1] == error["message"]
    return str(error["message"])


@pytest.fixture
def made(home: Path, mia: Mia) -> str:
    """Make a vault; return the code of its recovery kit."""
    said = given(mia(home, "vault", "init", "--json"))
    assert said["passphrase"] is True
    assert said["kit"] is None
    return str(said["recovery_code"])


def test_without_a_vault_status_says_so_and_the_rest_how_to_make_one(home: Path, mia: Mia) -> None:
    said = given(mia(home, "vault", "status", "--json"))
    assert said == {"exists": False, "folder": str(home / "vault")}
    assert "mia vault init" in refused(mia(home, "vault", "unlock", "--json"), "vault_missing", 6)
    assert "mia vault init" in told(mia(home, "audit", "verify"), 6)
    assert not (home / "vault").exists()


def test_a_vault_is_made_seen_and_opened(home: Path, mia: Mia, made: str) -> None:
    said = given(mia(home, "vault", "status", "--json", passphrase=None))
    assert said["exists"] is True
    assert (said["keyring"], said["passphrase"], said["recovery"], said["in_use"]) == (False, True, True, False)
    assert given(mia(home, "vault", "unlock", "--json"))["opens"] is True
    assert given(mia(home, "vault", "lock", "--json")) == {"locked": True}
    assert "locked" in mia(home, "vault", "status").stdout
    assert len(made.split("-")) == 14


def test_a_second_vault_is_refused(home: Path, mia: Mia, made: str) -> None:
    refused(mia(home, "vault", "init", "--json"), "vault_exists", 5)


def test_a_missing_or_wrong_passphrase_is_refused(home: Path, mia: Mia, made: str) -> None:
    assert "--passphrase-env" in refused(mia(home, "vault", "unlock", "--json", passphrase=None), "vault_locked", 5)
    refused(mia(home, "vault", "unlock", "--json", passphrase=""), "usage", 2)
    for _ in range(3):
        refused(mia(home, "vault", "unlock", "--json", passphrase="wrong one"), "vault_key", 5)
    assert "Try again in" in refused(mia(home, "vault", "unlock", "--json"), "vault_throttled", 5)


def test_the_passphrase_is_no_argument(home: Path, mia: Mia) -> None:
    done = mia(home, "vault", "init", "--passphrase", PASSPHRASE)
    assert done.returncode == 2
    assert not (home / "vault").exists()


def test_without_keyring_and_passphrase_nothing_is_made(home: Path, mia: Mia) -> None:
    assert "passphrase" in refused(mia(home, "vault", "init", "--json", passphrase=None), "keyring", 5)
    assert not (home / "vault").exists()


def test_the_passphrase_is_changed(home: Path, mia: Mia, made: str) -> None:
    changed = mia(home, "vault", "passphrase", "--new-env", "MIA_TEST_NEW", "--json", MIA_TEST_NEW=NEW)
    assert given(changed) == {"passphrase": True}
    refused(mia(home, "vault", "unlock", "--json"), "vault_key", 5)
    given(mia(home, "vault", "unlock", "--json", passphrase=NEW))
    refused(mia(home, "vault", "passphrase", "--remove", "--json", passphrase=NEW), "keyring", 5)


def test_the_key_is_rotated(home: Path, mia: Mia, made: str) -> None:
    said = given(mia(home, "vault", "rotate", "--json"))
    assert said["generation"] == 2
    assert said["recovery_code"] != made
    given(mia(home, "vault", "unlock", "--json"))
    lost = mia(home, "vault", "recovery", "--use", "--code-env", "MIA_TEST_CODE", "--json", MIA_TEST_CODE=made)
    refused(lost, "vault_key", 5)


def test_the_kit_is_written_once_and_opens_the_vault(home: Path, mia: Mia, made: str, tmp_path: Path) -> None:
    kit = tmp_path / "kit.txt"
    assert given(mia(home, "vault", "recovery", "--kit", kit, "--json")) == {"recovery_code": None, "kit": str(kit)}
    assert stat.S_IMODE(kit.stat().st_mode) == 0o600
    refused(mia(home, "vault", "recovery", "--kit", kit, "--json"), "bad_input", 3)
    used = mia(home, "vault", "recovery", "--use", "--kit", kit, "--json", passphrase=NEW)
    assert given(used)["recovered"] is True
    given(mia(home, "vault", "unlock", "--json", passphrase=NEW))
    slip = kit.read_text().replace("0", "1").replace("A", "B").replace("7", "8")
    kit.write_text(slip)
    refused(mia(home, "vault", "recovery", "--use", "--kit", kit, "--json", passphrase=NEW), "bad_input", 3)


def test_a_kit_for_people_is_shown_once(home: Path, mia: Mia) -> None:
    done = mia(home, "vault", "init")
    assert done.returncode == 0
    assert done.stdout.startswith("MIA recovery kit")
    assert "only now" in done.stderr


def test_a_backup_is_made_and_restored(home: Path, mia: Mia, made: str, tmp_path: Path) -> None:
    saved = tmp_path / "b.mia"
    said = given(mia(home, "vault", "backup", saved, "--json"))
    assert said["bytes"] == saved.stat().st_size
    refused(mia(home, "vault", "backup", saved, "--json"), "bad_input", 3)
    refused(mia(home, "vault", "restore", saved, "--json"), "vault_exists", 5)
    back = given(mia(home, "vault", "restore", saved, "--replace", "--json"))
    assert Path(str(back["moved_aside"])).is_dir()
    given(mia(home, "vault", "unlock", "--json"))
    other = tmp_path / "other"
    code = mia(
        other, "vault", "restore", saved, "--code-env", "MIA_TEST_CODE", "--json", passphrase=NEW, MIA_TEST_CODE=made
    )
    assert given(code)["moved_aside"] is None
    given(mia(other, "vault", "unlock", "--json", passphrase=NEW))
    refused(mia(tmp_path / "third", "vault", "restore", tmp_path / "none", "--json"), "bad_input", 3)


def test_the_passphrase_does_not_stay_in_the_environment(home: Path, mia: Mia, made: str) -> None:
    mia(home, "vault", "unlock")
    assert "MIA_TEST_PASSPHRASE" not in os.environ


def test_the_audit_is_shown_and_proven(home: Path, mia: Mia, made: str) -> None:
    given(mia(home, "vault", "recovery", "--json"))
    assert given(mia(home, "audit", "verify", "--json")) == {"whole": True, "entries": 2}
    entries = given(mia(home, "audit", "show", "--json"))["entries"]
    assert [one["action"] for one in entries] == ["vault made", "recovery kit made"]  # type: ignore[attr-defined]
    assert len(given(mia(home, "audit", "show", "--last", "1", "--json"))["entries"]) == 1  # type: ignore[arg-type]
    assert mia(home, "audit", "show").stdout.count("\n") == 2
    vault = Vault(home / "vault", None)
    vault.unlock(PASSPHRASE)
    with vault.database.alone() as writer:
        writer.execute("DROP TRIGGER vault_audit_hold")
        writer.execute("DELETE FROM vault_audit WHERE number = 2")
    vault.lock()
    refused(mia(home, "audit", "verify", "--json"), "audit_broken", 6)


def test_a_vault_in_use_is_left_alone(home: Path, mia: Mia, made: str) -> None:
    vault = Vault(home / "vault", None)
    vault.unlock(PASSPHRASE)
    refused(mia(home, "vault", "unlock", "--json"), "vault_busy", 5)
    refused(mia(home, "vault", "lock", "--json"), "vault_busy", 5)
    assert given(mia(home, "vault", "status", "--json"))["in_use"] is True
    vault.lock()


def test_a_damaged_vault_is_told(home: Path, mia: Mia, made: str) -> None:
    (home / "vault" / "keys.json").write_text("{")
    assert "restore" in refused(mia(home, "vault", "unlock", "--json"), "vault_damaged", 6)
    assert "restore" in refused(mia(home, "vault", "status", "--json"), "vault_damaged", 6)
