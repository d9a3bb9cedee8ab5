"""What lies on the disk, closed and open: nothing that can be read (T1, T2), and for nobody else."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from mia_desktop.security import backup
from mia_desktop.security.vault import Vault
from tests.security.parts import CANARY, PASSPHRASE, MemoryKeyring, entropy, files, filled, traces, vector


def test_the_scan_sees_what_plain_sqlite_would_leave(tmp_path: Path) -> None:
    import contextlib
    import sqlite3

    with contextlib.closing(sqlite3.connect(tmp_path / "plain.db")) as plain, plain:
        plain.execute("CREATE TABLE t (text, data)")
        plain.execute("INSERT INTO t VALUES (?, ?)", (CANARY, vector(3)))
    assert traces((tmp_path / "plain.db").read_bytes()) == ["utf-8", "vector 3"]


def _nothing_readable(folder: Path, keyring: MemoryKeyring) -> None:
    looked_at = 0
    for file in files(folder):
        data = file.read_bytes()
        assert traces(data) == [], file
        assert PASSPHRASE.encode() not in data
        for secret in keyring.entries.values():
            assert secret not in data
            assert secret.hex().encode() not in data
        if len(data) > 65_536 and not file.name.endswith("-shm"):
            assert entropy(data) > 7.9, file
            looked_at += 1
    assert looked_at, "there were data files"


def _only_mine(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("mask", [0o022, 0o000])
def test_closed_or_open_nothing_can_be_read(folder: Path, keyring: MemoryKeyring, mask: int) -> None:
    before = os.umask(mask)
    try:
        vault, code = filled(folder, keyring, passphrase=PASSPHRASE)
        backup.make(vault, folder.parent / "backup.mia")
    finally:
        os.umask(before)
    assert vault.database.read("SELECT count(*) FROM fts WHERE fts MATCH 'canary'") == [(200,)]
    assert [file.name for file in files(folder) if file.name.endswith("-wal")], "the journal is among what is scanned"
    _nothing_readable(folder.parent, keyring)
    if sys.platform != "win32":
        _only_mine(folder)
    vault.lock()
    _nothing_readable(folder.parent, keyring)
    assert not any(code.replace("-", "").encode() in file.read_bytes() for file in files(folder))
    if sys.platform != "win32":
        _only_mine(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_no_other_file_is_open_while_it_works(full: Vault) -> None:
    rows = full.database.read(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
        " SELECT text || hex(randomblob(2000)) AS t FROM memory, n ORDER BY t"
    )
    assert len(rows) == 10_000
    mine = full.folder.parent
    for link in Path("/proc/self/fd").iterdir():
        try:
            target = str(link.readlink())
        except OSError:
            continue
        if target.startswith("/") and Path(target.removesuffix(" (deleted)")).is_file():
            inside = Path(target).is_relative_to(mine)
            assert inside or traces(Path(target.removesuffix(" (deleted)")).read_bytes()) == []
        assert "etilqs" not in target, "SQLite spilled into a temporary file"


def test_forgotten_rows_leave_the_decrypted_file_too(full: Vault) -> None:
    with full.database.write() as cursor:
        for table in ("vec", "memory", "fts"):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("INSERT INTO fts (fts) VALUES ('optimize')")
    full.attachments.sweep()
    with full.database.alone() as writer:
        copy = full.folder.parent / "decrypted.db"
        writer.execute("ATTACH ? AS plain KEY ''", (str(copy),))
        writer.execute("SELECT sqlcipher_export('plain')")
        writer.execute("DETACH plain")
        pages = writer.execute("PRAGMA page_count").fetchall()
    assert pages
    assert traces(copy.read_bytes()) == []


def test_unlocking_is_quick(full: Vault) -> None:
    full.lock()
    began_s = time.perf_counter()
    full.unlock()
    assert time.perf_counter() - began_s < 1.0


@pytest.mark.skipif(sys.platform != "linux", reason="as Linux does it")
def test_an_open_vault_forbids_core_dumps(vault: Vault) -> None:
    import resource

    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    assert vault.unlocked
