"""Backups: the whole vault in one sealed file, read back before it counts; and the way back.

A backup is: a mark, the key file (so that keyring, passphrase or recovery kit of that day open it), a random salt, and
a sealed stream of all files under a key derived from the data key and that salt. The database in it is encrypted once
more, by itself: nothing readable is on the disk at any time.
"""

import contextlib
import hashlib
import os
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from mia_desktop.core.errors import InputError, MiaError, VaultDamagedError, VaultDiskError
from mia_desktop.security import cipher, envelope, keys, making, sealed_stream
from mia_desktop.security.attachments import FOLDER, NAME, Attachments
from mia_desktop.security.database import SealedDatabase
from mia_desktop.security.envelope import Envelope
from mia_desktop.security.vault import KEY_FILE, Vault

_MARK = b"MIA backup 1\n"
_SALT_BYTES = 32
_MOST_HEADER_BYTES = 16_384
_NO_ROOM = "The backup cannot be written or read: the disk is full or failing. Free some space and try again."


def make(vault: Vault, path: Path) -> dict[str, int]:
    """Write the unlocked vault into a new file, read it back, and return the rows of each table in it.

    Nothing is written to the vault meanwhile. Raises InputError when there is a file already.
    """
    sealed, data_key = vault.opened()
    if path.exists():
        raise InputError(f"{path} is there already. Name a new file.")
    part = path.with_name(f".{path.name}.part")
    header = sealed.to_json().encode()
    salt = os.urandom(_SALT_BYTES)
    try:
        with vault.database.alone() as writer, _snapshot(vault, sealed, data_key, writer) as copy:
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(_MARK + struct.pack(">I", len(header)) + header + salt)
                key = _key(data_key, salt)
                sealed_stream.seal(_records(vault.folder, sealed.database, copy), file, key, _about(header))
                keys.wipe(key)
                file.flush()
                os.fsync(file.fileno())
        rows = _tried(part, data_key, vault)
        part.rename(path)
        envelope.settle(path.parent)
    except OSError:
        raise VaultDiskError(_NO_ROOM) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    vault.note("backup made")
    return rows


def restore(vault: Vault, path: Path, key: Callable[[Envelope], bytearray], *, replace: bool = False) -> Path | None:
    """Put a backup in place, leave the vault locked, and return where the vault that was there is now (None: none was).

    Args:
        vault: the locked vault, or where it shall be.
        path: the backup.
        key: gets the data key for the backup's key file.
        replace: a vault that is there is moved aside; without, VaultExistsError.
    """
    aside = None
    try:
        with vault.alone():
            if not replace:
                making.refuse_to_overwrite(vault.folder)
            with making.empty_beside(vault.folder) as fresh:
                with path.open("rb") as file:
                    sealed, about, salt = _opened(file)
                    data_key = key(sealed)
                    _unpack(file, data_key, about, salt, fresh)
                _check(fresh, sealed, data_key)
                keys.wipe(data_key)
                envelope.write(fresh / KEY_FILE, sealed)
                if replace and vault.folder.exists():
                    aside = vault.folder.with_name(f"{vault.folder.name}-until-{vault.now().replace(':', '')}")
                    vault.folder.rename(aside)
                making.move_in(fresh, vault.folder)
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except OSError:
        raise VaultDiskError(_NO_ROOM) from None
    return aside


def key_file(path: Path) -> Envelope:
    """Return the key file in a backup, to know what opens it."""
    try:
        with path.open("rb") as file:
            return _opened(file)[0]
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except OSError:
        raise VaultDiskError(_NO_ROOM) from None


def _tried(path: Path, data_key: bytearray, vault: Vault) -> dict[str, int]:
    """Unpack a backup beside the vault, prove all that is in it, throw it away, and return the rows of each table."""
    with making.empty_beside(vault.folder) as trial:
        with path.open("rb") as file:
            sealed, about, salt = _opened(file)
            _unpack(file, data_key, about, salt, trial)
        return _check(trial, sealed, data_key)


def _check(folder: Path, sealed: Envelope, data_key: bytearray) -> dict[str, int]:
    """Prove every page, index and attachment in a folder; raises VaultDamagedError."""
    key = cipher.database_key(data_key, sealed.database)
    with contextlib.closing(cipher.connect(folder / sealed.database, key, read_only=True)) as connection:
        cipher.check(connection)
        rows = cipher.counts(connection)
    keys.wipe(key)
    database = SealedDatabase(lambda number, head: None)
    database.open(folder / sealed.database, data_key)
    try:
        files = Attachments(folder, database)
        for (name,) in database.read("SELECT id FROM vault_attachment"):
            for _ in files.read(name):
                pass
    finally:
        database.close()
    return rows


@contextlib.contextmanager
def _snapshot(vault: Vault, sealed: Envelope, data_key: bytearray, writer: object) -> Iterator[Path]:
    copy = vault.folder / ".snapshot.db"
    copy.unlink(missing_ok=True)
    key = cipher.database_key(data_key, sealed.database)
    try:
        cipher.export(writer, copy, key)
        yield copy
    finally:
        keys.wipe(key)
        for file in vault.folder.glob(".snapshot.db*"):
            file.unlink()


def _records(folder: Path, database: str, copy: Path) -> Iterator[bytes]:
    """Yield all files, each after its name and size."""
    files = [(database, copy)]
    if (folder / FOLDER).is_dir():
        files += [(f"{FOLDER}/{file.name}", file) for file in sorted((folder / FOLDER).iterdir())]
    for name, path in files:
        yield struct.pack(">HQ", len(name), path.stat().st_size) + name.encode()
        with path.open("rb") as file:
            while block := file.read(sealed_stream.CHUNK_BYTES):
                yield block


def _opened(file: BinaryIO) -> tuple[Envelope, bytes, bytes]:
    """Return key file, what the stream is bound to, and the salt; raises InputError when it is no backup."""
    if file.read(len(_MARK)) != _MARK:
        raise InputError("This file is no backup of MIA's vault.")
    (size,) = struct.unpack(">I", file.read(4).rjust(4, b"\0"))
    untrusted_header = file.read(min(size, _MOST_HEADER_BYTES))
    try:
        return Envelope.from_json(untrusted_header), _about(untrusted_header), file.read(_SALT_BYTES)
    except MiaError:
        raise VaultDamagedError("The backup is damaged. Use another one.") from None


def _unpack(file: BinaryIO, data_key: bytearray, about: bytes, salt: bytes, folder: Path) -> None:
    """Write all files of a backup into an empty folder; raises VaultDamagedError."""
    key = _key(data_key, salt)
    waiting = _Waiting(sealed_stream.unseal(file, key, about))
    try:
        while head := waiting.take(10, may_end=True):
            name_bytes, size = struct.unpack(">HQ", head)
            name = waiting.take(name_bytes).decode("ascii", "replace")
            if not re.fullmatch(rf"vault-\d{{1,9}}\.db|{FOLDER}/{NAME.pattern}", name):
                raise VaultDamagedError("The backup is damaged. Use another one.")
            path = folder / name
            path.parent.mkdir(exist_ok=True, mode=0o700)
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                while size:
                    block = waiting.take(min(size, sealed_stream.CHUNK_BYTES))
                    out.write(block)
                    size -= len(block)
                out.flush()
                os.fsync(out.fileno())
    finally:
        keys.wipe(key)


class _Waiting:
    """Hands out a stream of pieces in the lengths asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._bytes = bytearray()

    def take(self, size: int, *, may_end: bool = False) -> bytes:
        """Return the next `size` bytes; nothing at a permitted end."""
        while len(self._bytes) < size:
            piece = next(self._pieces, None)
            if piece is None:
                if may_end and not self._bytes:
                    return b""
                raise VaultDamagedError("The backup is not whole. Use another one.")
            self._bytes += piece
        taken = bytes(self._bytes[:size])
        del self._bytes[:size]
        return taken


def _key(data_key: bytearray, salt: bytes) -> bytearray:
    return keys.derive(data_key, b"mia vault backup 1", salt=salt)


def _about(header: bytes) -> bytes:
    return hashlib.sha256(_MARK + header).digest()
