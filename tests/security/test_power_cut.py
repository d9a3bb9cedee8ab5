"""Power cuts: what was acknowledged stays, what was torn is a whole earlier state (T14, T15)."""

import logging
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mia_desktop.security import cipher
from mia_desktop.security.vault import Vault
from tests.security.parts import FileKeyring, MemoryKeyring, filled, is_whole, write_rows

ACKS = int(os.environ.get("MIA_STORM_ACKS", "2000"))
SECTORS = int(os.environ.get("MIA_TORN_SECTORS", "24"))
FRAME_BYTES, WAL_HEADER_BYTES = cipher.PAGE_BYTES + 24, 32

WRITE = """
import sys
from pathlib import Path
from mia_desktop.security.vault import Vault
from tests.security.parts import FileKeyring, write_row
home = Path(sys.argv[1])
vault = Vault(home / "vault", FileKeyring(home / "keyring.json"))
vault.unlock()
assert not vault.doubt, vault.doubt
number = vault.database.read("SELECT coalesce(max(id), 0) FROM memory")[0][0]
while True:
    number += 1
    with vault.database.write() as cursor:
        write_row(cursor, number)
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_storm_of_kills_loses_nothing_acknowledged(tmp_path: Path) -> None:
    keyring = FileKeyring(tmp_path / "keyring.json")
    vault, _ = filled(tmp_path / "vault", keyring, rows=1)
    vault.lock()
    chance = random.Random(5)
    acknowledged = 1
    kills = total = 0
    while total < ACKS:
        child = subprocess.Popen(
            [sys.executable, "-c", WRITE, str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        assert child.stdout is not None
        assert child.stderr is not None
        first = child.stdout.readline()
        assert first, child.stderr.read().decode()
        time.sleep(chance.uniform(0, 1.0))  # the moment of the kill is what is tried
        child.kill()
        out, _ = child.communicate(timeout=60)
        lines = (first + out).split(b"\n")[:-1]
        assert int(lines[0]) == acknowledged + 1
        acknowledged = int(lines[-1])
        total += len(lines)
        kills += 1
        reopened = Vault(tmp_path / "vault", keyring)
        reopened.unlock()
        assert reopened.doubt == ""
        (most,) = reopened.database.read("SELECT max(id) FROM memory")[0]
        assert acknowledged <= most <= acknowledged + 1
        acknowledged = most
        reopened.lock()
    vault.unlock()
    is_whole(vault, acknowledged)
    with vault.database.alone() as writer:
        cipher.check(writer)
    vault.lock()
    logging.getLogger(__name__).info("%d kills, %d acknowledged, 0 lost", kills, total)


@pytest.fixture
def torn(full: Vault, keyring: MemoryKeyring, tmp_path: Path) -> tuple[Path, MemoryKeyring, bytes]:
    """Return a vault as a power cut left it, its keyring, and its journal of some twenty commits."""
    full.lock()
    full.unlock()
    for number in range(201, 213):
        write_rows(full, [number])
    shutil.copytree(full.folder, tmp_path / "torn" / "vault")
    (journal,) = (tmp_path / "torn" / "vault").glob("*-wal")
    left = MemoryKeyring()
    left.entries = dict(keyring.entries)
    return tmp_path / "torn" / "vault", left, journal.read_bytes()


def rows_in(folder: Path, keyring: MemoryKeyring, journal: bytes) -> int:
    """Return how many rows a copy of the torn vault with this journal has, checked to be a prefix of the history."""
    trial = folder.parent / "trial"
    shutil.copytree(folder, trial)
    for file in trial.glob("*-shm"):
        file.unlink()
    (place,) = trial.glob("*-wal")
    place.write_bytes(journal)
    entries = MemoryKeyring()
    entries.entries = dict(keyring.entries)
    vault = Vault(trial, entries)
    try:
        vault.unlock()
        with vault.database.alone() as writer:
            cipher.check(writer)
        return is_whole(vault)
    finally:
        vault.lock()
        shutil.rmtree(trial)


def test_a_torn_journal_is_a_prefix_of_history(torn: tuple[Path, MemoryKeyring, bytes]) -> None:
    folder, keyring, journal = torn
    ends = range(WAL_HEADER_BYTES, len(journal) + 1, FRAME_BYTES)
    frames = len(ends) - 1
    assert frames >= 12
    whole = [rows_in(folder, keyring, journal[:end]) for end in ends]
    assert whole == sorted(whole)
    assert (whole[0], whole[-1]) == (200, 212)
    chance = random.Random(3)
    for place in range(0, frames, 6):
        for cut in (1, chance.randrange(2, 4094), 4095):
            assert rows_in(folder, keyring, journal[: ends[place] + cut]) == whole[place]


def test_a_lost_sector_of_the_journal_is_a_prefix_of_history(torn: tuple[Path, MemoryKeyring, bytes]) -> None:
    folder, keyring, journal = torn
    chance = random.Random(4)
    seen = set()
    for _ in range(SECTORS):
        sector = chance.randrange(max(0, len(journal) - 8 * FRAME_BYTES) // 512, len(journal) // 512) * 512
        seen.add(rows_in(folder, keyring, journal[:sector] + bytes(512) + journal[sector + 512 :]))
    assert seen <= set(range(200, 213))
