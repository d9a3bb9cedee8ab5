"""Connections for reading, made when needed and used again."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from mia_desktop.core.errors import VaultLockedError
from mia_desktop.security import cipher
from mia_desktop.security.keys import wipe

_MOST_IDLE = 4


class Readers:
    """Lends a connection to each thread that reads; owns the key and wipes it in the end."""

    def __init__(self, path: Path, key: bytearray) -> None:
        self._path = path
        self._key = key
        self._changed = threading.Condition()
        self._idle: list[Any] = []
        self._lent: set[Any] = set()
        self._closed = False

    @contextlib.contextmanager
    def one(self) -> Iterator[Any]:
        """Lend a connection that only reads. Raises VaultLockedError once closed."""
        with self._changed:
            if self._closed:
                raise VaultLockedError("The vault is locked. Unlock it first.")
            connection = self._idle.pop() if self._idle else cipher.connect(self._path, self._key, read_only=True)
            self._lent.add(connection)
        try:
            yield connection
        finally:
            with self._changed:
                self._lent.discard(connection)
                if self._closed or len(self._idle) >= _MOST_IDLE:
                    connection.close()
                else:
                    self._idle.append(connection)
                self._changed.notify_all()

    def close(self) -> None:
        """Stop the running reads, close all and wipe the key."""
        with self._changed:
            self._closed = True
            while self._lent:
                for connection in self._lent:
                    with contextlib.suppress(dbapi2.Error):
                        connection.interrupt()
                self._changed.wait(0.05)
            for connection in self._idle:
                connection.close()
            self._idle.clear()
            wipe(self._key)
