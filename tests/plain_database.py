"""The fake of the port Database: plain SQLite with the same manners."""

import contextlib
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from mia_desktop.core.errors import RowConflictError, StatementError


class PlainDatabase:
    """The port's Database on plain SQLite: the same manners, nothing encrypted."""

    def __init__(self, path: Path | None = None) -> None:
        """Take a file; None: in memory, for one thread."""
        self._uri = path.as_uri() if path else f"file:{uuid.uuid4().hex}?mode=memory&cache=shared"
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._writer = self._connect()
        self._writer.execute("PRAGMA journal_mode=WAL")

    def read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with contextlib.closing(self._connect()) as connection, _told():
            connection.execute("PRAGMA query_only=ON")
            return connection.execute(sql, tuple(values)).fetchall()  # type: ignore[arg-type]

    @contextlib.contextmanager
    def write(self) -> Iterator["PlainCursor"]:
        if self._owner == threading.get_ident():
            raise StatementError("A transaction is open on this thread already.")
        with self._lock:
            self._owner = threading.get_ident()
            cursor = PlainCursor(self._writer.cursor())
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            finally:
                cursor.ended = True
                self._owner = None

    def close(self) -> None:
        self._writer.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._uri, uri=True, isolation_level=None, check_same_thread=False)
        for pragma in ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")
        return connection


class PlainCursor:
    """The port's Cursor on plain SQLite."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor
        self.lastrowid: int | None = None
        self.rowcount = -1
        self.ended = False

    def execute(self, sql: str, values: Sequence[object] = ()) -> "PlainCursor":
        return self._run(lambda: self._cursor.execute(sql, tuple(values)))  # type: ignore[arg-type]

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> "PlainCursor":
        return self._run(lambda: self._cursor.executemany(sql, (tuple(row) for row in rows)))  # type: ignore[misc]

    def fetchall(self) -> list[tuple[Any, ...]]:
        with _told():
            return self._cursor.fetchall()

    def _run(self, statement: Callable[[], object]) -> "PlainCursor":
        if self.ended:
            raise StatementError("This transaction has ended.")
        with _told():
            statement()
        self.lastrowid, self.rowcount = self._cursor.lastrowid, self._cursor.rowcount
        return self


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError:
        raise RowConflictError("A row breaks a rule of its table.") from None
    except sqlite3.Error:
        raise StatementError("The database cannot carry this out.") from None
