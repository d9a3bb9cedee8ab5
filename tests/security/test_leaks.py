"""What errors, logs and crashes tell: nothing of what is kept (T3)."""

import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from mia_desktop.core import log
from mia_desktop.core.errors import KeyringError, MiaError
from mia_desktop.core.paths import Paths
from mia_desktop.security.system_keyring import SystemKeyring
from mia_desktop.security.vault import Vault
from tests.security.parts import CANARY, files, traces


def _write(sql: str) -> Callable[[Vault], object]:
    def go(vault: Vault) -> None:
        with vault.database.write() as cursor:
            cursor.execute(sql, (CANARY,))

    return go


WRONG: list[Callable[[Vault], object]] = [
    _write(f"INSERT INTO nowhere VALUES ('{CANARY}', ?)"),
    _write("INSERT INTO memory (id, text) VALUES (?, 'x')"),
    _write("INSERT INTO memory (id, text) VALUES (1, ?)"),
    _write("SELECT json_extract(?, '$')"),
    _write("SELECT raise_everything(?)"),
    lambda vault: vault.database.read("SELECT * FROM fts WHERE fts MATCH ?", (f'"{CANARY}',)),
    lambda vault: vault.database.read("SELECT * FROM fts WHERE fts MATCH ?", (f"{CANARY}:x",)),
    lambda vault: vault.database.read("SELECT CAST(? || x'ff' AS TEXT)", (CANARY,)),
    lambda vault: vault.database.read(f"SELECT [{CANARY}] FROM memory"),
    lambda vault: vault.attachments.add(vault.database, [CANARY.encode()]) and None,  # type: ignore[arg-type]
    lambda vault: list(vault.attachments.read(CANARY)),
    lambda vault: vault.unlock(CANARY) or vault.set_passphrase(CANARY[:7]),
    lambda vault: vault.lock() or vault.recover(CANARY, CANARY),  # type: ignore[func-returns-value]
]


@pytest.mark.parametrize("go", WRONG, ids=range(len(WRONG)))
def test_no_error_tells_what_is_kept(
    full: Vault, go: Callable[[Vault], object], capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log.write_to(Paths.choose(tmp_path / "logs", tmp_path))
    with pytest.raises((MiaError, AttributeError)) as told:
        go(full)
    log.report(told.value)
    seen = "".join(traceback.format_exception(told.value)) + str(told.value) + repr(told.value)
    shown = capfd.readouterr()
    source = Path(__file__).read_text()
    lines = [line for line in (seen + shown.out + shown.err).splitlines() if line.strip() not in source]
    assert traces("\n".join(lines).encode()) == []
    assert shown.err == ""
    assert not [file for file in files(tmp_path / "logs") if traces(file.read_bytes())]


class Talkative:
    """A backend whose errors quote the secret."""

    name = "talkative"

    def get_password(self, service: str, username: str) -> str:
        raise RuntimeError(f"cannot read {CANARY}")

    set_password = get_password


def test_a_keyrings_error_is_not_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    keyring = SystemKeyring(Talkative())
    with pytest.raises(KeyringError) as told:
        keyring.get("x")
    assert CANARY not in "".join(traceback.format_exception(told.value))
    with pytest.raises(KeyringError):
        keyring.put("x", b"y")  # the signature does not even fit
    assert CANARY not in capfd.readouterr().err


CRASH = """
import os, signal, sys
from pathlib import Path
from tests.security.parts import CANARY, MemoryKeyring, filled
vault, code = filled(Path(sys.argv[1]) / "vault", MemoryKeyring())
kept = vault.database.read("SELECT * FROM memory")
if sys.argv[2] == "abort":
    os.abort()
os.kill(os.getpid(), signal.SIGSEGV)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("how", ["abort", "segfault"])
def test_a_crash_leaves_nothing_to_read(tmp_path: Path, how: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", CRASH, str(tmp_path), how],
        capture_output=True,
        timeout=60,
        check=False,
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(tmp_path)},
    )
    assert done.returncode == -(signal.SIGABRT if how == "abort" else signal.SIGSEGV)
    assert traces(done.stdout + done.stderr) == []
    for file in files(tmp_path):
        assert "core" not in file.name
        assert traces(file.read_bytes()) == [], file
