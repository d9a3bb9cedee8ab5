"""The tables of memory, and how they came to be what they are."""

from typing import Final

from mia_desktop.core.errors import MiaError
from mia_desktop.core.ports import Database

_FIRST: Final = (
    "CREATE TABLE conversation (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, started REAL NOT NULL)",
    # AUTOINCREMENT: an id that was forgotten is never given to another memory, whatever still holds it.
    """CREATE TABLE memory (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, text TEXT NOT NULL,
        at REAL NOT NULL, zone_min INTEGER NOT NULL, speaker TEXT NOT NULL, source TEXT NOT NULL, trust TEXT NOT NULL,
        conversation INTEGER REFERENCES conversation(id), place INTEGER NOT NULL, reference TEXT NOT NULL,
        valid_from REAL NOT NULL, valid_to REAL, superseded_by INTEGER REFERENCES memory(id) ON DELETE SET NULL,
        quarantined INTEGER NOT NULL, seen INTEGER NOT NULL DEFAULT 1, consent TEXT NOT NULL, expires REAL,
        attachment TEXT NOT NULL, created REAL NOT NULL, digest BLOB NOT NULL)""",
    "CREATE INDEX memory_place ON memory (conversation, place)",
    "CREATE INDEX memory_digest ON memory (digest)",
    "CREATE INDEX memory_at ON memory (at)",
    "CREATE INDEX memory_expires ON memory (expires) WHERE expires IS NOT NULL",
    "CREATE INDEX memory_successor ON memory (superseded_by) WHERE superseded_by IS NOT NULL",
    # float16: half the bytes to decrypt when the vault is opened; the order of likeness stays (docs/memory.md).
    """CREATE TABLE vec (
        id INTEGER PRIMARY KEY, memory INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE, space TEXT NOT NULL,
        model TEXT NOT NULL, dim INTEGER NOT NULL, digest BLOB NOT NULL, data BLOB NOT NULL)""",
    "CREATE UNIQUE INDEX vec_memory ON vec (memory, space)",
    "CREATE INDEX vec_digest ON vec (digest)",
    # What recall compares: hashed stems (words.py) and the shape of the text (form.py), computed once.
    """CREATE TABLE cue (
        memory INTEGER PRIMARY KEY REFERENCES memory(id) ON DELETE CASCADE, stems BLOB NOT NULL, form INTEGER NOT
        NULL)""",
    "CREATE TABLE concept (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, label TEXT NOT NULL)",
    """CREATE TABLE edge (
        id INTEGER PRIMARY KEY, subject INTEGER NOT NULL REFERENCES concept(id), relation TEXT NOT NULL,
        object INTEGER NOT NULL REFERENCES concept(id), memory INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE,
        valid_from REAL NOT NULL, valid_to REAL)""",
    "CREATE INDEX edge_memory ON edge (memory)",
    "CREATE INDEX edge_subject ON edge (subject)",
    "CREATE INDEX edge_object ON edge (object)",
    """CREATE TABLE mention (
        memory INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE, concept INTEGER NOT NULL REFERENCES
        concept(id), PRIMARY KEY (memory, concept)) WITHOUT ROWID""",
    "CREATE INDEX mention_concept ON mention (concept)",
    """CREATE TABLE derivation (
        parent INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE,
        child INTEGER NOT NULL REFERENCES memory(id) ON DELETE CASCADE, PRIMARY KEY (parent, child)) WITHOUT ROWID""",
    "CREATE INDEX derivation_child ON derivation (child)",
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY, task TEXT NOT NULL, item TEXT NOT NULL)",
    "CREATE TABLE memory_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # The text index has no copy of the text; triggers keep it one with the record, in the same transaction.
    "CREATE VIRTUAL TABLE fts USING fts5 (text, content='memory', content_rowid='id', tokenize='porter unicode61')",
    """CREATE TRIGGER memory_told AFTER INSERT ON memory BEGIN
        INSERT INTO fts(rowid, text) VALUES (new.id, new.text); END""",
    """CREATE TRIGGER memory_forgotten AFTER DELETE ON memory BEGIN
        INSERT INTO fts(fts, rowid, text) VALUES ('delete', old.id, old.text); END""",
)

_GONE: Final = "DELETE FROM segment WHERE first <= {0} AND last >= {0};"

_SEGMENTS: Final = (
    # What lies packed (segments.py) is a copy: whatever changes one of its memories deletes it in the same transaction.
    """CREATE TABLE segment (
        first INTEGER PRIMARY KEY, last INTEGER NOT NULL, model TEXT NOT NULL, speakers TEXT NOT NULL,
        rows BLOB NOT NULL, stems BLOB NOT NULL, vectors BLOB NOT NULL)""",
    f"CREATE TRIGGER segment_forgotten AFTER DELETE ON memory BEGIN {_GONE.format('old.id')} END",
    f"""CREATE TRIGGER segment_changed AFTER UPDATE OF id, text, at, speaker, conversation, place, valid_from, valid_to,
        quarantined ON memory BEGIN {_GONE.format("old.id")} END""",
    f"CREATE TRIGGER segment_filled AFTER INSERT ON memory BEGIN {_GONE.format('new.id')} END",
    f"CREATE TRIGGER segment_reworded AFTER UPDATE ON cue BEGIN {_GONE.format('old.memory')} END",
    f"CREATE TRIGGER segment_embedded AFTER INSERT ON vec BEGIN {_GONE.format('new.memory')} END",
    f"CREATE TRIGGER segment_moved AFTER UPDATE ON vec BEGIN {_GONE.format('old.memory')} END",
    f"CREATE TRIGGER segment_unembedded AFTER DELETE ON vec BEGIN {_GONE.format('old.memory')} END",
)

_CONVERSATIONS: Final = (
    "ALTER TABLE conversation ADD COLUMN title TEXT NOT NULL DEFAULT ''",  # the user's own; empty: none
    "ALTER TABLE conversation ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX memory_said ON memory (conversation, at, place)",
)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_FIRST, _SEGMENTS, _CONVERSATIONS)
"""Each step's statements; a step that was released is never changed, only followed by another."""


def migrate(database: Database) -> None:
    """Bring the tables up to date, each step in a transaction; raises MiaError when the vault is of a newer MIA."""
    version = schema_version(database)
    if version > len(MIGRATIONS):
        raise MiaError("This memory was written by a newer MIA. Update MIA to open it.")
    for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
        with database.write() as cursor:
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("INSERT OR REPLACE INTO memory_meta VALUES ('schema', ?)", (str(number),))


def schema_version(database: Database) -> int:
    """Return how many steps were taken; 0 for an empty vault."""
    if not database.read("SELECT 1 FROM sqlite_master WHERE name = 'memory_meta'"):
        return 0
    return int(database.read("SELECT value FROM memory_meta WHERE key = 'schema'")[0][0])
