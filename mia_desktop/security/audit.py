"""The audit: who did what, when, to which class of things, never to what content. Each entry seals the ones before.

The links are a chain of SHA-256 inside the encrypted vault. Whoever cannot open the vault cannot change it unseen;
whoever can might write a whole new chain, which the rollback anchor's head then does not know.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from mia_desktop.core.errors import AuditBrokenError
from mia_desktop.core.ports import Cursor, Database

_WORDS = re.compile(r"[a-z][a-z0-9 _.-]{0,59}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing done.

    Attributes:
        number: its place, from 1.
        at_s: when, seconds since 1970 UTC.
        who: user, mia, or the room that did it.
        action: what, in a few lower-case words.
        object_class: to which class of things, as ``episode`` or ``vault``.
        count: to how many.
    """

    number: int
    at_s: float
    who: str
    action: str
    object_class: str
    count: int

    def link(self, before: bytes) -> bytes:
        """Return this entry's link (32 bytes) after the link `before`."""
        said = [self.number, self.at_s, self.who, self.action, self.object_class, self.count]
        return hashlib.sha256(b"mia audit 1\0" + before + json.dumps(said).encode()).digest()


class Audit:
    """Adds to the audit and proves it."""

    def __init__(self, database: Database, wall_s: Callable[[], float]) -> None:
        self._database = database
        self._wall_s = wall_s

    def record(self, *, who: str, action: str, object_class: str, count: int = 1) -> None:
        """Add an entry in a transaction of its own."""
        with self._database.write() as cursor:
            self.add(cursor, who=who, action=action, object_class=object_class, count=count)

    def add(self, cursor: Cursor, *, who: str, action: str, object_class: str, count: int = 1) -> None:
        """Add an entry in the transaction of what it is about.

        The words come from the program: lower case, at most 60 letters. ValueError for others, lest content slips in.
        """
        if not all(_WORDS.fullmatch(word) for word in (who, action, object_class)):
            raise ValueError("an audit entry takes fixed lower-case words, no content")
        rows = cursor.execute("SELECT number, link FROM vault_audit ORDER BY number DESC LIMIT 1").fetchall()
        number, before = rows[0] if rows else (0, b"")
        entry = Entry(
            number=number + 1, at_s=self._wall_s(), who=who, action=action, object_class=object_class, count=count
        )
        link = entry.link(before)
        values = (entry.number, entry.at_s, who, action, object_class, count, link)
        cursor.execute("INSERT INTO vault_audit VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        head = json.dumps([entry.number, link.hex()])
        cursor.execute("INSERT OR REPLACE INTO vault_meta VALUES ('audit', ?)", (head,))

    def entries(self, last: int | None = None) -> list[Entry]:
        """Return the `last` entries (None: all), oldest first."""
        sql = "SELECT number, at_s, who, action, class, count FROM vault_audit ORDER BY number DESC LIMIT ?"
        names = ("number", "at_s", "who", "action", "object_class", "count")
        rows = self._database.read(sql, (-1 if last is None else last,))
        return [Entry(**dict(zip(names, row, strict=True))) for row in reversed(rows)]

    def verify(self) -> int:
        """Prove every link and return how many entries there are.

        Raises AuditBrokenError, naming the first wrong place, when an entry was changed, removed, moved or cut off.
        """
        rows = self._database.read(
            "SELECT number, at_s, who, action, class, count, link, (SELECT value FROM vault_meta WHERE key = 'audit')"
            " FROM vault_audit ORDER BY number"
        )
        before = b""
        for place, (number, at_s, who, action, object_class, count, link, _) in enumerate(rows, start=1):
            entry = Entry(number=number, at_s=at_s, who=who, action=action, object_class=object_class, count=count)
            before = entry.link(before)
            if number != place or link != before:
                raise AuditBrokenError(
                    f"The audit is broken at entry {place}: it or one before it was changed or removed."
                )
        head = rows[0][-1] if rows else self._head()
        if head != (json.dumps([len(rows), before.hex()]) if rows else None):
            raise AuditBrokenError(f"The audit is broken: entries after {len(rows)} were cut off.")
        return len(rows)

    def _head(self) -> object:
        found = self._database.read("SELECT value FROM vault_meta WHERE key = 'audit'")
        return found[0][0] if found else None
