"""A process that is stopped and goes on, clocks that go back: one writer only, and history stays in order (T17)."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mia_desktop.core.errors import VaultBusyError
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault
from tests.security.parts import FileKeyring, filled, is_whole

WRITE = """
import sys
from pathlib import Path
from mia_desktop.security.vault import Vault
from tests.security.parts import FileKeyring, write_row
home = Path(sys.argv[1])
vault = Vault(home / "vault", FileKeyring(home / "keyring.json"))
vault.unlock()
number = vault.database.read("SELECT max(id) FROM memory")[0][0]
for line in sys.stdin:
    for _ in range(200):
        number += 1
        with vault.database.write() as cursor:
            write_row(cursor, number)
            vault.audit.add(cursor, who="mia", action="remembered", object_class="episode")
        print(number, flush=True)
vault.lock()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGSTOP on Windows")
def test_a_stopped_mia_keeps_the_vault_and_goes_on_where_it_was(tmp_path: Path) -> None:
    keyring = FileKeyring(tmp_path / "keyring.json")
    filled(tmp_path / "vault", keyring, rows=1)[0].lock()
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        told = []
        for _ in range(5):
            child.stdin.write("go on\n")
            child.stdin.flush()
            told.append(int(child.stdout.readline()))
            child.send_signal(signal.SIGSTOP)  # in the midst of writing
            os.waitid(os.P_PID, child.pid, os.WSTOPPED | os.WNOWAIT)
            second = Vault(tmp_path / "vault", keyring)
            with pytest.raises(VaultBusyError):
                second.unlock()
            assert second.status().in_use
            child.send_signal(signal.SIGCONT)
            told += [int(child.stdout.readline()) for _ in range(199)]
        child.stdin.close()
        assert child.wait(timeout=60) == 0
    assert told == list(range(2, 1002))
    vault = Vault(tmp_path / "vault", keyring)
    vault.unlock()
    assert vault.doubt == ""
    is_whole(vault, 1001)
    vault.lock()


def test_a_clock_that_goes_back_reorders_nothing(folder: Path) -> None:
    now = [1_800_000_000.0]
    vault = Vault(folder, None, wall_s=lambda: now[0])
    create(vault, "nine purple owls at noon")
    vault.unlock("nine purple owls at noon")
    for action in ("first", "second", "third"):
        vault.audit.record(who="user", action=action, object_class="vault")
        now[0] -= 7200
    entries = vault.audit.entries()
    assert [one.action for one in entries[-3:]] == ["first", "second", "third"]
    assert entries[-1].at_s < entries[-2].at_s, "it tells the time that the clock told"
    assert vault.audit.verify() == len(entries)
    vault.lock()
