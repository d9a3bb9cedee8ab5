"""Attachments: images and sounds that the user keeps, each sealed under a key of its own, which lies in the vault."""

import contextlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from mia_desktop.core.errors import InputError, VaultDamagedError, VaultDiskError
from mia_desktop.core.ports import Cursor
from mia_desktop.security import cipher, keys, sealed_stream
from mia_desktop.security.database import SealedDatabase

FOLDER = "attachments"
NAME = re.compile(r"[0-9a-f]{32}")
_ABOUT = b"mia attachment 1\0"


class Attachments:
    """The sealed files of one vault."""

    def __init__(self, folder: Path, database: SealedDatabase) -> None:
        self._folder = folder / FOLDER
        self._database = database

    def add(self, cursor: Cursor, pieces: Iterable[bytes], name: str = "") -> str:
        """Seal a file, in the transaction that speaks of it, and return its id; undone with the transaction.

        `name` is the id that it had in another vault; empty: a new one. Raises InputError for what is no id: it names a
        file.
        """
        name = name or secrets.token_hex(16)
        if not NAME.fullmatch(name):
            raise InputError("That is no attachment's id.")
        key = keys.fresh()
        try:
            self._folder.mkdir(exist_ok=True, mode=0o700)
            handle = os.open(self._folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as file:
                size = sealed_stream.seal(pieces, file, key, _ABOUT + name.encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                (self._folder / name).unlink()
            raise VaultDiskError(
                "The file cannot be kept: the vault's disk is full or failing. Free some space."
            ) from None
        cursor.execute("INSERT INTO vault_attachment VALUES (?, ?, ?)", (name, bytes(key), size))
        keys.wipe(key)
        return name

    def read(self, name: str) -> Iterator[bytes]:
        """Yield a file piece by piece. Raises InputError when there is none, VaultDamagedError when it was changed."""
        rows = self._database.read("SELECT key FROM vault_attachment WHERE id = ?", (name,))
        if not rows:
            raise InputError("There is no such attachment; it may have been forgotten.")
        try:
            with (self._folder / name).open("rb") as file:
                yield from sealed_stream.unseal(file, bytearray(rows[0][0]), _ABOUT + name.encode())
        except FileNotFoundError:
            raise VaultDamagedError("An attachment's file is missing. Restore a backup: `mia vault restore`.") from None
        except OSError:
            raise VaultDiskError("An attachment cannot be read: the vault's disk is failing.") from None

    def erase(self, cursor: Cursor, name: str) -> None:
        """Forget a file in a transaction; with its key it is lost for good. `sweep` then removes what is left of it."""
        cursor.execute("DELETE FROM vault_attachment WHERE id = ?", (name,))

    def sweep(self) -> int:
        """Remove files that no row speaks of, and forgotten keys from the journal; return how many files went."""
        gone = 0
        with self._database.alone() as writer:
            with cipher.told():
                known = {str(row[0]) for row in writer.execute("SELECT id FROM vault_attachment")}
                writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            for file in self._folder.iterdir() if self._folder.is_dir() else ():
                if file.name not in known:
                    file.unlink()
                    gone += 1
        return gone
