"""Retention: how long what came in one way is kept before it is forgotten by itself."""

from datetime import datetime, timedelta
from typing import Final, get_args

from mia_desktop.core.errors import UsageError
from mia_desktop.core.memories import Source
from mia_desktop.core.ports import Database
from mia_desktop.security.audit import Audit

CLASSES: Final[dict[str, timedelta | None]] = {
    "for good": None,
    "a year": timedelta(days=365),
    "90 days": timedelta(days=90),
    "30 days": timedelta(days=30),
    "a week": timedelta(days=7),
    "a day": timedelta(days=1),
}
"""How long, by the class's name; None: until it is forgotten on purpose."""

FIRST: Final[dict[Source, str]] = {"screen": "30 days"}
"""The class of a source until the user chooses another; "for good" for the rest."""


class Retention:
    """The retention classes of one vault. Each change is written into the audit."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit
        if not database.read("SELECT 1 FROM sqlite_master WHERE name = 'privacy_retention'"):
            with database.write() as cursor:
                cursor.execute(
                    "CREATE TABLE privacy_retention (source TEXT PRIMARY KEY, class TEXT NOT NULL) WITHOUT ROWID"
                )

    def all(self) -> dict[str, str]:
        """Return the class of every source."""
        chosen = dict(self._database.read("SELECT source, class FROM privacy_retention"))
        return {source: chosen.get(source, FIRST.get(source, "for good")) for source in get_args(Source)}

    def choose(self, source: str, name: str) -> timedelta | None:
        """Write the user's choice down and return how long that is; raises UsageError for what there is not."""
        if source not in get_args(Source):
            raise UsageError(f"There is no source {source[:40]!r}. Known are: {', '.join(get_args(Source))}.")
        if name not in CLASSES:
            raise UsageError(f"There is no class {name[:40]!r}. Known are: {', '.join(CLASSES)}.")
        with self._database.write() as cursor:
            cursor.execute("INSERT OR REPLACE INTO privacy_retention VALUES (?, ?)", (source, name))
            self._audit.add(cursor, who="user", action="retention chosen", object_class=source)
        return CLASSES[name]

    def expires_at(self, source: Source, at: datetime) -> datetime | None:
        """Return when what came in at `at` is to be forgotten by itself; None: never."""
        length = CLASSES[self.all()[source]]
        return None if length is None else at + length
