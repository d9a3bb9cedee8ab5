"""The vault's database: one writer whose commits form a chain, and readers that never wait for it."""

import contextlib
import hmac
import os
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from mia_desktop.core.errors import StatementError, VaultLockedError, VaultOlderError
from mia_desktop.security import cipher
from mia_desktop.security.cipher import told
from mia_desktop.security.keys import derive, wipe
from mia_desktop.security.readers import Readers

LOCKED = "The vault is locked. Unlock it first."
_TABLES = (
    "CREATE TABLE vault_meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE vault_chain (number INTEGER PRIMARY KEY, head BLOB NOT NULL)",
    "CREATE TABLE vault_attachment (id TEXT PRIMARY KEY, key BLOB NOT NULL, bytes INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE vault_audit (number INTEGER PRIMARY KEY, at_s REAL NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,"
    " class TEXT NOT NULL, count INTEGER NOT NULL, link BLOB NOT NULL)",
    "CREATE TRIGGER vault_audit_keep BEFORE UPDATE ON vault_audit BEGIN SELECT raise(ABORT, 'append only'); END",
    "CREATE TRIGGER vault_audit_hold BEFORE DELETE ON vault_audit BEGIN SELECT raise(ABORT, 'append only'); END",
)


class Transaction:
    """The port's Cursor: carries out statements and adds their commit to the chain.

    A link is made of the one before, its number and chance: no two histories have one in common after they parted. It
    need not speak of the content, whose pages SQLCipher proves.
    """

    def __init__(self, cursor: Any, key: bytearray) -> None:
        self._cursor = cursor
        self._key = key
        self._open = True
        self.lastrowid: int | None = None
        self.rowcount = -1

    def execute(self, sql: str, values: Sequence[object] = ()) -> "Transaction":
        """Carry out one statement."""
        self._still_open(sql)
        with told():
            self._cursor.execute(sql, tuple(values))
        return self._done()

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> "Transaction":
        """Carry out one statement for each of `rows`."""
        self._still_open(sql)
        with told():
            self._cursor.executemany(sql, map(tuple, rows))
        return self._done()

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows of the last statement."""
        self._still_open("")
        with told():
            rows: list[tuple[Any, ...]] = self._cursor.fetchall()
        return rows

    def seal(self) -> tuple[int, bytes]:
        """Add this commit to the chain; return its number and the chain's new head."""
        with told():
            number, before = self._cursor.execute(
                "SELECT number, head FROM vault_chain ORDER BY number DESC LIMIT 1"
            ).fetchone()
            said = before + struct.pack(">Q", number + 1) + os.urandom(16)
            head = hmac.digest(self._key, said, "sha256")
            self._cursor.execute("INSERT INTO vault_chain VALUES (?, ?)", (number + 1, head))
        return number + 1, head

    def forget_chain(self, before: int) -> None:
        """Drop the links before that number."""
        with told():
            self._cursor.execute("DELETE FROM vault_chain WHERE number < ?", (before,))

    def end(self) -> None:
        """Refuse everything from now on."""
        self._open = False
        self._cursor.close()

    def _done(self) -> "Transaction":
        self.lastrowid, self.rowcount = self._cursor.lastrowid, self._cursor.rowcount
        return self

    def _still_open(self, sql: str) -> None:
        if not self._open:
            raise StatementError("This transaction has ended. Open another.")
        if sql.lstrip()[:9].upper().startswith(("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "ATTACH", "VACUUM")):
            raise StatementError("The block decides where a transaction begins and ends, and where its files are.")


class SealedDatabase:
    """The port's Database on SQLCipher. It is locked until it is opened; `committed` hears of each commit."""

    def __init__(self, committed: Callable[[int, bytes], int | None]) -> None:
        """Tell `committed` number and head of each commit; what it returns is the number before which links may go."""
        self._committed = committed
        self._writing = threading.Lock()
        self._owner: int | None = None
        self._writer: Any | None = None
        self._readers: Readers | None = None
        self._chain_key: bytearray | None = None
        self._forget_before: int | None = None
        self.only_read = ""
        """Why nothing may be written; empty: it may."""

    def open(self, path: Path, data_key: bytearray) -> None:
        """Open the database at `path`."""
        key = cipher.database_key(data_key, path.name)
        self._writer = cipher.connect(path, key)
        self._readers = Readers(path, key)
        self._chain_key = derive(data_key, b"mia vault chain 1")
        self.only_read = ""
        self._forget_before = None

    def close(self, before: Callable[[Any], None] | None = None) -> None:
        """Lock: let running writes end and stop running reads, then close all; `before` still gets the writer."""
        self._stop_reading()
        with self._writing:
            self._stop_reading()  # an exchange may have begun to read again meanwhile
            writer, self._writer = self._writer, None
            wipe(self._chain_key)
            try:
                if writer is not None and before is not None:
                    before(writer)
            finally:
                if writer is not None:
                    with contextlib.suppress(dbapi2.Error):
                        writer.close()

    def exchange(self, make: Callable[[Any], tuple[Path, bytearray]]) -> None:
        """Let `make` prepare another file while nobody writes, and go on with that; when it raises, nothing changes."""
        with self.alone() as writer:
            path, data_key = make(writer)
            self._stop_reading()
            writer.close()
            wipe(self._chain_key)
            self.open(path, data_key)

    def read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query over what is committed."""
        readers = self._readers
        if readers is None:
            raise VaultLockedError(LOCKED)
        with readers.one() as connection, told():
            rows: list[tuple[Any, ...]] = connection.execute(sql, tuple(values)).fetchall()
        return rows

    @contextlib.contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open a transaction: on disk when the block is left, undone when it raises."""
        with self.alone() as writer:
            if self.only_read:
                raise VaultOlderError(self.only_read)
            assert self._chain_key is not None
            with told():
                transaction = Transaction(writer.cursor(), self._chain_key)
                writer.execute("BEGIN IMMEDIATE")
            try:
                yield transaction
                if self._forget_before is not None:
                    transaction.forget_chain(self._forget_before)
                number, head = transaction.seal()
                with told():
                    writer.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(dbapi2.Error):
                    writer.execute("ROLLBACK")
                raise
            finally:
                transaction.end()
            self._forget_before = self._committed(number, head)

    def _stop_reading(self) -> None:
        readers, self._readers = self._readers, None
        if readers is not None:
            readers.close()

    @contextlib.contextmanager
    def alone(self) -> Iterator[Any]:
        """Hold the writer's connection with no transaction running; for what concerns the whole file."""
        if self._owner == threading.get_ident():
            raise StatementError("A transaction is open on this thread already.")
        with self._writing:
            if self._writer is None:
                raise VaultLockedError(LOCKED)
            self._owner = threading.get_ident()
            try:
                yield self._writer
            finally:
                self._owner = None


def fill(path: Path, data_key: bytearray, vault: str, first: Callable[[Any], None]) -> None:
    """Make the vault's own tables in a new database; `first` adds rows. The chain begins with the vault's id."""
    key = cipher.database_key(data_key, path.name)
    cipher.create(path, key)
    with contextlib.closing(cipher.connect(path, key)) as connection, told():
        connection.execute("BEGIN IMMEDIATE")
        for table in _TABLES:
            connection.execute(table)
        connection.execute("INSERT INTO vault_meta VALUES ('vault', ?), ('schema', 1)", (vault,))
        connection.execute("INSERT INTO vault_chain VALUES (0, ?)", (bytes.fromhex(vault),))
        first(connection.cursor())
        connection.execute("COMMIT")
    wipe(key)


def chain(connection: Any) -> tuple[int, bytes]:
    """Return number and head of the last commit."""
    with told():
        number, head = connection.execute(
            "SELECT number, head FROM vault_chain ORDER BY number DESC LIMIT 1"
        ).fetchone()
    return int(number), bytes(head)


def head_at(connection: Any, number: int) -> bytes | None:
    """Return the chain's head after that commit, None when it is not (or no longer) known."""
    with told():
        row = connection.execute("SELECT head FROM vault_chain WHERE number = ?", (number,)).fetchone()
    return None if row is None else bytes(row[0])


def leave(connection: Any, session: str) -> None:
    """Note which session closed the database in order."""
    with told():
        connection.execute("INSERT OR REPLACE INTO vault_meta VALUES ('left', ?)", (session,))


def left_by(connection: Any) -> str:
    """Return the session that noted so, empty when none did."""
    with told():
        row = connection.execute("SELECT value FROM vault_meta WHERE key = 'left'").fetchone()
    return "" if row is None else str(row[0])
