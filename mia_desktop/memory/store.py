"""Memories in the vault: one transaction writes text, words, vector and graph, so that they can never disagree."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mia_desktop.core.memories import Experience, Recollection
from mia_desktop.core.ports import Cursor, Database, Vectors
from mia_desktop.memory.columns import NOBODY, Columns, Entry
from mia_desktop.memory.keys import Keys, Relation
from mia_desktop.memory.migrations import migrate
from mia_desktop.memory.segments import Part, Segments, between

TEXT: Final = "text"
"""The collection of text vectors; images have their own."""

_SOME: Final = 500
_FIELDS: Final = """m.id, m.uid, m.kind, m.text, m.at, m.zone_min, m.speaker, m.source, m.trust, c.name, m.place,
    m.reference, m.valid_from, m.valid_to, m.superseded_by, m.quarantined, m.seen, m.consent, m.expires, m.attachment"""
_FROM: Final = "FROM memory m LEFT JOIN conversation c ON c.id = m.conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A memory made ready to be written.

    Attributes:
        experience: what is remembered.
        uid: its name everywhere.
        digest: of what makes two memories the same.
        stems: its words, uint32 as bytes.
        form: its shape.
        keys: concepts and relations found in it.
        vector: float32, shape (dimensions,), or None while there is none.
        vector_digest: of the text that the vector stands for.
        quarantined: whether it waits for the user's word.
        valid_from: since when it holds.
        valid_to: until when, or None while it holds.
        supersedes: ids of the memories whose place it takes.
        parents: ids of the memories that it was made from.
        created_s: when it is written, seconds since 1970.
    """

    experience: Experience
    uid: str
    digest: bytes
    stems: bytes
    form: int
    keys: Keys
    vector: Vectors | None
    vector_digest: bytes
    quarantined: bool
    valid_from: datetime
    valid_to: datetime | None = None
    supersedes: tuple[int, ...] = ()
    parents: tuple[int, ...] = ()
    created_s: float


class Store:
    """Reads and writes memories.

    Args:
        database: the vault's; its tables are made or brought up to date.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        migrate(database)
        self.segments = Segments(database)

    def add(
        self, memories: Sequence[Prepared], model: str, finish: Callable[[Cursor, list[Entry]], None] | None = None
    ) -> list[Entry]:
        """Write `memories`, all or none, durably; return what the index needs of them.

        `finish` is called within the same transaction.
        """
        with self.database.write() as cursor:
            entries = [_insert(cursor, one, model) for one in memories]
            if finish is not None:
                finish(cursor, entries)
            return entries

    def entries(self, first: int = 1, last: int = 2**62) -> list[Entry]:
        """Return what the index needs of the memories of a range of ids, in the order of ids."""
        return self.database.read(  # type: ignore[return-value] # the columns are those of an Entry, in its order
            f"""SELECT m.id, m.at, coalesce(m.conversation, {NOBODY}), m.place, m.speaker, m.valid_from,
            coalesce(m.valid_to, 9e999), NOT m.quarantined, q.stems, q.form
            FROM memory m JOIN cue q ON q.memory = m.id WHERE m.id BETWEEN ? AND ? ORDER BY m.id""",  # noqa: S608 - a constant
            (first, last),
        )

    def part(self, first: int, last: int, model: str) -> Part:
        """Return what the index needs of the memories of a range of ids, vectors of `model` included (empty: none)."""
        columns = Columns.of(self.entries(first, last))
        ids = columns.rows["id"]
        if not model:
            return Part(first=first, last=last, columns=columns, vectors=np.zeros((len(ids), 0), dtype=np.float16))
        some, vectors = self.vectors(TEXT, model, first, last)
        if len(some) == len(ids):
            return Part(first=first, last=last, columns=columns, vectors=vectors)
        placed = np.zeros((len(ids), vectors.shape[1]), dtype=np.float16)  # some have none of this model yet
        placed[np.searchsorted(ids, some)] = vectors
        return Part(first=first, last=last, columns=columns, vectors=placed, whole=False)

    def parts(self, model: str) -> list[Part]:
        """Return what the index needs of all memories, in the order of ids: what lies packed, and the rest."""
        packed = self.segments.read(model)
        rest = [self.part(*gap, model) for gap in between([(one.first, one.last) for one in packed])]
        return sorted((one for one in (*packed, *rest) if len(one.columns.rows)), key=lambda one: one.first)

    def pack(self, ids: npt.NDArray[np.int64], model: str) -> bool:
        """Pack the next memories of `ids` (all there are, ascending), if there are enough; return whether it did."""
        wanted = self.segments.to_pack(ids, model)
        part = None if wanted is None else self.part(*wanted, model)
        if part is None or not part.whole:
            return False
        self.segments.write(part, model)
        return True

    def vectors(
        self, space: str, model: str, first: int = 1, last: int = 2**62
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float16]]:
        """Return ids (int64, shape (n,), ascending) and vectors (float16, shape (n, dimensions)) of a collection."""
        rows = self.database.read(
            "SELECT memory, data FROM vec WHERE space = ? AND model = ? AND memory BETWEEN ? AND ?",
            (space, model, first, last),
        )
        ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        if not rows:
            return ids, np.zeros((0, 0), dtype=np.float16)
        vectors = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float16).reshape(len(rows), -1)
        if np.all(ids[1:] > ids[:-1]):
            return ids, vectors  # as nearly always; a hundred thousand need not be copied
        order = np.argsort(ids)
        return ids[order], vectors[order]

    def known_vectors(self, digests: Sequence[bytes], model: str) -> dict[bytes, Vectors]:
        """Return the vectors that the vault has of texts with these digests."""
        found: dict[bytes, Vectors] = {}
        for some in _portions(digests):
            marks = ",".join("?" * len(some))
            sql = f"SELECT digest, data FROM vec WHERE model = ? AND digest IN ({marks})"  # noqa: S608 - only marks
            for digest, data in self.database.read(sql, (model, *some)):
                found[digest] = np.frombuffer(data, dtype=np.float16).astype(np.float32)
        return found

    def put_vectors(self, rows: Iterable[tuple[int, bytes, Vectors]], space: str, model: str) -> None:
        """Write the vectors of memories that are there: (id, digest of its text, vector)."""
        with self.database.write() as cursor:
            self.write_vectors(cursor, rows, space, model)

    def write_vectors(self, cursor: Cursor, rows: Iterable[tuple[int, bytes, Vectors]], space: str, model: str) -> None:
        """Do as `put_vectors`, in a transaction that is open."""
        cursor.executemany(
            """INSERT OR REPLACE INTO vec (memory, space, model, dim, digest, data)
            SELECT id, ?, ?, ?, ?, ? FROM memory WHERE id = ?""",
            [(space, model, len(one), digest, _bytes(one), memory) for memory, digest, one in rows],
        )

    def without_vector(self, space: str, model: str, most: int) -> list[Recollection]:
        """Return at most `most` memories that have no vector of `model`, newest first."""
        where = "NOT EXISTS (SELECT 1 FROM vec v WHERE v.memory = m.id AND v.space = ? AND v.model = ?)"
        return self.select(f"{where} ORDER BY m.id DESC LIMIT ?", (space, model, most))

    def count_without_vector(self, space: str, model: str) -> int:
        """Return how many memories have no vector of `model`."""
        sql = """SELECT count(*) FROM memory m WHERE NOT EXISTS
            (SELECT 1 FROM vec v WHERE v.memory = m.id AND v.space = ? AND v.model = ?)"""
        return int(self.database.read(sql, (space, model))[0][0])

    def get(self, ids: Sequence[int]) -> list[Recollection]:
        """Return the memories with these ids, in this order; those that are gone are left out."""
        found: dict[int, Recollection] = {}
        for some in _portions(ids):
            marks = ",".join("?" * len(some))
            found.update((one.id, one) for one in self.select(f"m.id IN ({marks})", some))
        return [found[one] for one in ids if one in found]

    def select(self, condition: str = "1 ORDER BY m.id", values: Sequence[object] = ()) -> list[Recollection]:
        """Return the memories that fulfil `condition`: SQL of this room on ``m`` (memory) and ``c`` (conversation)."""
        sql = f"SELECT {_FIELDS} {_FROM} WHERE {condition}"
        return [_recollection(row) for row in self.database.read(sql, values)]

    def same(self, digest: bytes) -> list[Recollection]:
        """Return the memories in force that are the same as the one with that digest."""
        return self.select("m.digest = ? AND m.valid_to IS NULL ORDER BY m.id", (digest,))

    def seen_again(self, memory: int) -> None:
        """Count that a memory was told once more."""
        with self.database.write() as cursor:
            cursor.execute("UPDATE memory SET seen = seen + 1 WHERE id = ?", (memory,))

    def confirm(self, memory: int, supersedes: Sequence[int], now: datetime) -> None:
        """Let a quarantined memory into recall, in the place of others."""
        with self.database.write() as cursor:
            cursor.execute("UPDATE memory SET quarantined = 0 WHERE id = ?", (memory,))
            for old in supersedes:
                _supersede(cursor, old, memory, now.timestamp())

    def holding(self, subject: str, relation: str, speaker: str) -> list[int]:
        """Return the ids of facts in force by which `speaker` told this relation of this subject."""
        rows = self.database.read(
            """SELECT DISTINCT m.id FROM edge e JOIN concept s ON s.id = e.subject JOIN memory m ON m.id = e.memory
            WHERE s.name = ? AND e.relation = ? AND m.speaker = ? AND m.kind = 'fact' AND m.valid_to IS NULL""",
            (subject, relation, speaker),
        )
        return [row[0] for row in rows]

    def count(self, condition: str = "1") -> int:
        """Return how many memories fulfil `condition`."""
        return int(self.database.read(f"SELECT count(*) FROM memory m WHERE {condition}")[0][0])  # noqa: S608


def _insert(cursor: Cursor, new: Prepared, model: str) -> Entry:
    one = new.experience
    conversation, place = _place(cursor, one)
    if new.supersedes and conversation is not None:
        place = cursor.execute("SELECT place FROM memory WHERE id = ?", (new.supersedes[-1],)).fetchall()[0][0]
    at_s, from_s = one.at.timestamp(), new.valid_from.timestamp()
    to_s = None if new.valid_to is None else new.valid_to.timestamp()
    cursor.execute(
        """INSERT INTO memory (uid, kind, text, at, zone_min, speaker, source, trust, conversation, place, reference,
        valid_from, valid_to, quarantined, consent, expires, attachment, created, digest)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            *(new.uid, one.kind, one.text, at_s, zone_min(one.at), one.speaker, one.source, one.trust, conversation),
            *(place, one.reference, from_s, to_s, new.quarantined, one.consent),
            *(one.expires_at and one.expires_at.timestamp(), one.attachment, new.created_s, new.digest),
        ),
    )
    memory = cursor.lastrowid
    assert memory is not None
    cursor.execute("INSERT INTO cue VALUES (?, ?, ?)", (memory, new.stems, new.form))
    if new.vector is not None:
        cursor.execute(
            "INSERT INTO vec (memory, space, model, dim, digest, data) VALUES (?, ?, ?, ?, ?, ?)",
            (memory, TEXT, model, len(new.vector), new.vector_digest, _bytes(new.vector)),
        )
    _link(cursor, memory, new.keys, from_s)
    for old in new.supersedes:
        _supersede(cursor, old, memory, from_s)
    cursor.executemany("INSERT OR IGNORE INTO derivation VALUES (?, ?)", [(parent, memory) for parent in new.parents])
    return Entry(
        id=memory,
        at_s=at_s,
        conversation=NOBODY if conversation is None else conversation,
        place=place,
        speaker=one.speaker,
        valid_from_s=from_s,
        valid_to_s=float("inf") if to_s is None else to_s,
        shown=not new.quarantined,
        stems=new.stems,
        form=new.form,
    )


def _supersede(cursor: Cursor, old: int, memory: int, from_s: float) -> None:
    cursor.execute("UPDATE memory SET valid_to = ?, superseded_by = ? WHERE id = ?", (from_s, memory, old))
    cursor.execute("UPDATE edge SET valid_to = ? WHERE memory = ? AND valid_to IS NULL", (from_s, old))


def _place(cursor: Cursor, one: Experience) -> tuple[int | None, int]:
    """Return the number of the conversation, made if need be, and the next position in it."""
    if not one.conversation:
        return None, 0
    cursor.execute(
        "INSERT OR IGNORE INTO conversation (name, started) VALUES (?, ?)", (one.conversation, one.at.timestamp())
    )
    number = int(cursor.execute("SELECT id FROM conversation WHERE name = ?", (one.conversation,)).fetchall()[0][0])
    last = cursor.execute("SELECT max(place) FROM memory WHERE conversation = ?", (number,)).fetchall()[0][0]
    return number, 0 if last is None else last + 1


def _link(cursor: Cursor, memory: int, keys: Keys, from_s: float) -> None:
    for label in keys.concepts:
        cursor.execute("INSERT OR IGNORE INTO mention VALUES (?, ?)", (memory, _concept(cursor, label)))
    for relation in keys.relations:
        _relate(cursor, memory, relation, from_s)


def _relate(cursor: Cursor, memory: int, relation: Relation, from_s: float) -> None:
    ends = (_concept(cursor, relation.subject), relation.relation, _concept(cursor, relation.object))
    cursor.execute(
        "INSERT INTO edge (subject, relation, object, memory, valid_from) VALUES (?, ?, ?, ?, ?)",
        (*ends, memory, from_s),
    )


def _concept(cursor: Cursor, label: str) -> int:
    cursor.execute("INSERT OR IGNORE INTO concept (name, label) VALUES (?, ?)", (label.lower(), label))
    return int(cursor.execute("SELECT id FROM concept WHERE name = ?", (label.lower(),)).fetchall()[0][0])


def _recollection(row: tuple[Any, ...]) -> Recollection:
    zone = timezone(timedelta(minutes=row[5]))

    def time(seconds: float | None) -> datetime | None:
        return None if seconds is None else datetime.fromtimestamp(seconds, zone)

    at, valid_from = time(row[4]), time(row[12])
    assert at is not None
    assert valid_from is not None
    return Recollection(
        id=row[0],
        uid=row[1],
        kind=row[2],
        text=row[3],
        at=at,
        speaker=row[6],
        source=row[7],
        trust=row[8],
        conversation=row[9] or "",
        place=row[10],
        reference=row[11],
        valid_from=valid_from,
        valid_to=time(row[13]),
        superseded_by=row[14],
        quarantined=bool(row[15]),
        seen=row[16],
        consent=row[17],
        expires_at=time(row[18]),
        attachment=row[19],
    )


def zone_min(at: datetime) -> int:
    """Return the offset of `at` from UTC in minutes; raises ValueError when it has no time zone."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("a memory's time needs a time zone")
    return round(offset.total_seconds() / 60)


def _bytes(vector: Vectors) -> bytes:
    return vector.astype(np.float16).tobytes()


def _portions(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + _SOME] for start in range(0, len(values), _SOME))
