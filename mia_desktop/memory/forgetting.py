"""Forgetting for good."""

from typing import Final

from mia_desktop.core.memories import (
    AboutPerson,
    Between,
    ById,
    Everything,
    Forgotten,
    FromSource,
    OfConversation,
    Selector,
)
from mia_desktop.core.ports import Cursor, Database

_CHOSEN: Final = "SELECT id FROM temp.chosen"
_FILES: Final = f"""SELECT DISTINCT attachment FROM memory WHERE attachment <> '' AND id IN ({_CHOSEN})
    AND attachment NOT IN (SELECT attachment FROM memory WHERE id NOT IN ({_CHOSEN}))"""  # noqa: S608 - constants
"""Sealed files of what goes that nothing else has: other words may have been put to a picture."""


def forget(database: Database, selector: Selector) -> Forgotten:
    """Erase what `selector` names, and all that was derived from it or stood in its place, in one transaction.

    Deleted pages are overwritten (``secure_delete``), and the text index is merged, because until then it would hold
    the words of deleted rows. What lies outside of the database is put into the outbox, so that no crash can keep it:
    sealed files to be destroyed, and that backups are to be renewed.
    """
    with database.write() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY)")
        cursor.execute("DELETE FROM temp.chosen")
        _choose(cursor, selector)
        ids = tuple(row[0] for row in cursor.execute(_CHOSEN + " ORDER BY id").fetchall())
        attachments = tuple(row[0] for row in cursor.execute(_FILES).fetchall())
        derived = _erase(cursor)
        cursor.executemany("INSERT INTO outbox (task, item) VALUES ('destroy', ?)", [(one,) for one in attachments])
        cursor.execute("DELETE FROM temp.chosen")
        if ids:
            cursor.execute("INSERT INTO outbox (task, item) VALUES ('renew', '')")
            cursor.execute("INSERT INTO fts(fts) VALUES ('optimize')")
    return Forgotten(ids=ids, derived=derived, attachments=attachments)


def _choose(cursor: Cursor, selector: Selector) -> None:
    condition, values = _condition(selector)
    cursor.execute(f"INSERT INTO temp.chosen SELECT id FROM memory WHERE {condition}", values)  # noqa: S608
    # What was made from it goes with it, and so do older versions of it.
    cursor.execute(
        """INSERT OR IGNORE INTO temp.chosen
        WITH RECURSIVE more (id) AS (
            SELECT id FROM temp.chosen
            UNION SELECT child FROM derivation JOIN more ON parent = more.id
            UNION SELECT memory.id FROM memory JOIN more ON superseded_by = more.id)
        SELECT id FROM more"""
    )


def _condition(selector: Selector) -> tuple[str, tuple[object, ...]]:
    match selector:
        case ById(ids=ids):
            return f"id IN ({','.join('?' * len(ids))})", ids
        case Between(start=start, end=end):
            return "at >= ? AND at < ?", (start.timestamp(), end.timestamp())
        case FromSource(source=source):
            return "source = ?", (source,)
        case OfConversation(name=name):
            return "conversation = (SELECT id FROM conversation WHERE name = ?)", (name,)
        case Everything():
            return "1", ()
        case AboutPerson(name=name):
            quoted = '"' + name.replace('"', '""') + '"'
            return (
                """lower(speaker) = ?1 OR id IN (SELECT rowid FROM fts WHERE fts MATCH ?2) OR id IN (
                SELECT memory FROM mention JOIN concept ON concept.id = concept WHERE name = ?1)""",
                (name.lower(), quoted),
            )


def _erase(cursor: Cursor) -> int:
    derived = 0
    for table in ("mention", "edge"):
        derived += cursor.execute(f"DELETE FROM {table} WHERE memory IN ({_CHOSEN})").rowcount  # noqa: S608
    for table, column in (("vec", "memory"), ("cue", "memory"), ("derivation", "parent"), ("derivation", "child")):
        cursor.execute(f"DELETE FROM {table} WHERE {column} IN ({_CHOSEN})")  # noqa: S608
    # A memory whose successor is forgotten was chosen as well; one whose predecessor is forgotten stays.
    cursor.execute(f"UPDATE memory SET superseded_by = NULL WHERE superseded_by IN ({_CHOSEN})")  # noqa: S608
    cursor.execute(f"DELETE FROM memory WHERE id IN ({_CHOSEN})")  # noqa: S608
    cursor.execute(
        """DELETE FROM concept WHERE id NOT IN (SELECT concept FROM mention)
        AND id NOT IN (SELECT subject FROM edge) AND id NOT IN (SELECT object FROM edge)"""
    )
    cursor.execute(
        "DELETE FROM conversation WHERE id NOT IN (SELECT conversation FROM memory WHERE conversation NOT NULL)"
    )
    return derived
