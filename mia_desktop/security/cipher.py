"""SQLCipher: how its files are opened and exported, and what its errors become."""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sqlcipher3 import dbapi2

from mia_desktop.core.errors import (
    MiaError,
    RowConflictError,
    StatementError,
    VaultBusyError,
    VaultDamagedError,
    VaultDiskError,
    VaultLockedError,
)
from mia_desktop.security.keys import derive, wipe

DAMAGED = "The vault is damaged: bytes of it were changed or lost. Restore a backup: `mia vault restore`."
_BUSY_S = 10.0
PAGE_BYTES = 8192
"""Two vectors fill a page of 4096 bytes to three quarters; in these, 100,000 are read in half the time."""
_MAC_BYTES = 64
_DIGITS = b"0123456789abcdef"
_KEY_AND_SALT_BYTES = 48
_JOURNAL_BYTES = 16_777_216


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Let SQLCipher's errors out as MIA's. Their own text may quote rows and queries, and is dropped."""
    try:
        yield
    except dbapi2.Error as error:
        raise translated(error) from None


def translated(error: Exception) -> MiaError:
    """Return the error to tell; it says nothing of what was read or written."""
    name = str(getattr(error, "sqlite_errorname", "") or type(error).__name__)
    if name.startswith("SQLITE_CONSTRAINT"):
        return RowConflictError(f"A row breaks a rule of its table ({name}).")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return VaultDamagedError(DAMAGED)
    if name == "SQLITE_READONLY":
        return StatementError("This statement would write, and here it may only read.")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return VaultDiskError(f"The vault's disk is full or failing ({name}). Free some space and try again.")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return VaultBusyError("Another program holds the vault's file. Close it and try again.")
    if name.startswith("SQLITE_INTERRUPT"):
        return VaultLockedError("The vault was locked meanwhile. Unlock it and try again.")
    return StatementError(f"The vault's database cannot carry this out ({name}).")


def database_key(data_key: bytearray, name: str) -> bytearray:
    """Return SQLCipher's raw key (32 bytes of key, 16 of salt) for the database of that name, as it is written."""
    raw = derive(data_key, b"mia vault database 1\0" + name.encode(), _KEY_AND_SALT_BYTES)
    written = bytearray(b"x'") + bytearray(2 * len(raw)) + b"'"
    for place, byte in enumerate(raw):  # bytes.hex would leave copies that nobody can wipe
        written[2 + 2 * place], written[3 + 2 * place] = _DIGITS[byte >> 4], _DIGITS[byte & 15]
    wipe(raw)
    return written


def create(path: Path, key: bytearray) -> None:
    """Make an empty database that only this user may read."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with contextlib.closing(connect(path, key)) as connection, told():
        connection.execute("PRAGMA journal_mode=WAL").fetchall()


def connect(path: Path, key: bytearray, *, read_only: bool = False) -> Any:
    """Open a database that is there; nothing goes to temporary files, to stderr or into a new file."""
    with told():
        connection = dbapi2.connect(
            f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_S
        )
        try:
            connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
            connection.set_key(key)
            connection.execute(f"PRAGMA cipher_page_size={PAGE_BYTES}").fetchall()
            for pragma in ("temp_store=MEMORY", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            connection.execute(f"PRAGMA journal_size_limit={_JOURNAL_BYTES}").fetchall()
            connection.execute(f"PRAGMA query_only={'ON' if read_only else 'OFF'}").fetchall()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        except BaseException:
            connection.close()
            raise
    return connection


def export(connection: Any, path: Path, key: bytearray) -> None:
    """Write the whole database into a new file under another key, lastingly. Numbers of rows stay."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with told():
        connection.execute("ATTACH ? AS copy KEY ?", (str(path), key))
        try:
            connection.execute(f"PRAGMA copy.cipher_page_size={PAGE_BYTES}").fetchall()
            connection.execute("SELECT sqlcipher_export('copy')").fetchall()
        except dbapi2.OperationalError:  # the one word it has for a full disk and for damage
            check(connection)
            raise VaultDiskError("The vault cannot be copied: the disk is full or failing. Free some space.") from None
        finally:
            connection.execute("DETACH copy")
    with contextlib.closing(connect(path, key)) as copy, told():
        copy.execute("PRAGMA journal_mode=WAL").fetchall()
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def check(connection: Any) -> None:
    """Read every page and compare every index; raises VaultDamagedError."""
    with told():
        seals = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        rows = connection.execute("PRAGMA integrity_check").fetchall()
        keys = connection.execute("PRAGMA foreign_key_check").fetchall()
    if seals or keys or rows != [("ok",)]:
        raise VaultDamagedError(DAMAGED)


def counts(connection: Any) -> dict[str, int]:
    """Return the number of rows of every table."""
    with told():
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name").fetchall()
        counted = {}
        for (name,) in tables:
            quoted = str(name).replace('"', '""')
            counted[str(name)] = int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608 - quoted
    return counted


def fingerprint(path: Path) -> bytes:
    """Return a digest (32 bytes) of all pages' seals in a database file: it changes when any page is replaced."""
    digest = hashlib.blake2b(digest_size=32)
    digest.update(path.stat().st_size.to_bytes(8, "big"))
    block = bytearray(128 * PAGE_BYTES)
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(block):
            whole = size // PAGE_BYTES * PAGE_BYTES
            pages = np.frombuffer(block, dtype=np.uint8)[:whole].reshape(-1, PAGE_BYTES)
            digest.update(pages[:, -_MAC_BYTES:].tobytes())
            digest.update(block[whole:size])
    return digest.digest()
