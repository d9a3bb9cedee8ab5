"""Keeps the rollback anchor in the keyring up to date, and compares the vault with it."""

import contextlib
import secrets
from pathlib import Path
from typing import Any

from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import KeyringError, VaultError
from mia_desktop.security import cipher, database, ways_in
from mia_desktop.security.anchor import Anchor, Seen, doubt
from mia_desktop.security.envelope import Envelope
from mia_desktop.security.system_keyring import SecretStore

_COMMITS = 64
_SECONDS = 60.0


class LastSeen:
    """The anchor of one unlocked vault. One whose key is not in the keyring has none: there is nowhere to keep it."""

    def __init__(self, sealed: Envelope, store: SecretStore | None, clock: Clock) -> None:
        self._sealed = sealed
        self._store = store if sealed.daily is not None and sealed.daily.slot is not None else None
        self._clock = clock
        self._session = secrets.token_hex(8)
        self._number = 0
        self._at_s = clock.now_s()

    def doubt(self, writer: Any, pages: bytes, journal: bool) -> str:
        """Return why the database is not what was last seen, empty when it is; damage is told as VaultDamagedError."""
        if self._store is None:
            return ""
        kept = self._store.get(ways_in.entry(self._sealed, "seen"))
        anchor = None if kept is None else Anchor.from_bytes(kept)
        if anchor is None:
            return ""
        number, _ = database.chain(writer)
        seen = Seen(
            generation=self._sealed.generation,
            number=number,
            head_then=database.head_at(writer, anchor.number),
            pages=pages,
            journal=journal,
            left=database.left_by(writer),
        )
        why = doubt(anchor, seen)
        if why:
            cipher.check(writer)
        return why

    def keep(self, number: int, head: bytes, pages: bytes | None = None) -> None:
        """Tell the keyring what is there. Raises KeyringError."""
        self._at_s = self._clock.now_s()
        if self._store is not None:
            generation, session = self._sealed.generation, self._session
            last = Anchor(generation=generation, number=number, head=head, session=session, pages=pages)
            self._store.put(ways_in.entry(self._sealed, "seen"), last.to_bytes())
        self._number = number

    def committed(self, number: int, head: bytes) -> int | None:
        """Hear of a commit; return the number before which the chain's links are not needed, None: no news."""
        late = self._clock.now_s() - self._at_s >= _SECONDS
        if self._store is not None and not late and number - self._number < _COMMITS:
            return None
        try:
            self.keep(number, head)
        except KeyringError:  # tried again a minute later, and the chain's links wait for it
            return None
        return number

    def leave(self, writer: Any, path: Path) -> None:
        """Close in order: everything into the database file, its fingerprint into the keyring.

        When keyring or disk fail, the vault itself notes that it was closed.
        """
        try:
            with cipher.told():
                busy, _, _ = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self.keep(*database.chain(writer), None if busy else cipher.fingerprint(path))
        except (KeyringError, VaultError, OSError):
            with contextlib.suppress(VaultError):  # then the next start finds it as after a crash
                database.leave(writer, self._session)
