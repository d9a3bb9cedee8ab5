"""Memories as files: JSON lines that another MIA reads back, Markdown for people."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final, NamedTuple

from mia_desktop.core.errors import InputError
from mia_desktop.core.memories import Experience, Recollection
from mia_desktop.core.ports import Cursor, Vectors
from mia_desktop.memory import foreign_file
from mia_desktop.memory.columns import Entry
from mia_desktop.memory.consolidate import LONGEST_CHARS, YEARS, prepare
from mia_desktop.memory.conversations import tidy_title
from mia_desktop.memory.store import Prepared, Store

FORMAT: Final = "mia-memory-1"
_KINDS: Final = ("episode", "fact", "procedure")
_SOURCES: Final = ("voice", "typed", "image", "document", "screen", "import", "mia")
_TRUSTS: Final = ("user", "mia", "untrusted")
_MOST_NAME_CHARS: Final = 1000
_MOST_COUNT: Final = 2**31 - 1
_FILE: Final = re.compile(r"[0-9a-f]{32}|")


class Called(NamedTuple):
    """What the user made of a conversation.

    Attributes:
        title: of their own; empty: none.
        pinned: whether it is kept at the top.
    """

    title: str
    pinned: bool


def as_jsonl(store: Store, shown: Callable[[str], str] = str) -> Iterator[str]:
    """Yield an export line by line: a header, then each memory, in the order of time and then of uid.

    The header has the titles and pins of conversations, if there are any. The order and form are fixed, so that two
    vaults with the same memories give the same bytes. `shown` returns what is told of a text, a title or a speaker's
    name.
    """
    called = store.database.read(
        "SELECT name, title, pinned FROM conversation c WHERE (title <> '' OR pinned)"
        " AND EXISTS (SELECT 1 FROM memory m WHERE m.conversation = c.id) ORDER BY name"
    )
    conversations = {
        name: {"title": tidy_title(shown(title)), "pinned": bool(pinned)} for name, title, pinned in called
    }
    yield _line({"format": FORMAT, "conversations": conversations} if conversations else {"format": FORMAT})
    memories = store.select("1 ORDER BY m.at, m.uid")
    uids = {one.id: one.uid for one in memories}
    parents: dict[int, list[str]] = {}
    for parent, child in store.database.read("SELECT parent, child FROM derivation"):
        parents.setdefault(child, []).append(uids[parent])
    for one in memories:
        told = replace(one, text=shown(one.text), speaker=shown(one.speaker))
        yield _line(_record(told, uids, sorted(parents.get(one.id, ()))))


def as_markdown(store: Store, shown: Callable[[str], str] = str) -> Iterator[str]:
    """Yield an export for people, line by line: a heading for each day, a line for each memory."""
    yield "# What MIA remembers\n"
    memories = store.select("1 ORDER BY m.at, m.id")
    for day, several in groupby(memories, key=lambda one: one.at.date()):
        yield f"\n## {day.isoformat()}\n\n"
        for one in several:
            notes: list[str] = [one.kind] if one.kind != "episode" else []
            notes += [f"until {one.valid_to:%Y-%m-%d %H:%M}"] if one.valid_to else []
            notes += ["waits for confirmation"] if one.quarantined else []
            note = f" _({', '.join(notes)})_" if notes else ""
            text = shown(one.text).replace("\n", "\n  ")
            yield f"- **{shown(one.speaker) or 'Unknown'}**, {one.at:%H:%M}, {one.source}: {text}{note}\n"


def from_jsonl(untrusted_lines: Sequence[str]) -> tuple[list[dict[str, Any]], dict[str, Called]]:
    """Return the records of an export, and what their conversations are called there, checked.

    Raises InputError that names the line which is wrong.
    """
    records = []
    called: dict[str, Called] = {}
    uids: set[str] = set()
    for number, untrusted in enumerate(untrusted_lines, start=1):
        try:
            record = foreign_file.parsed(untrusted)
            if number == 1:
                called = _called(record)
                continue
            _check(record)
            _require(record["uid"] not in uids)
            uids.add(record["uid"])
        except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
            raise InputError(f"Line {number} is not of a MIA memory export. Export it again.") from None
        records.append(record)
    there = {record["conversation"] for record in records}
    return records, {name: one for name, one in called.items() if name in there}


def restore(
    store: Store,
    records: Sequence[dict[str, Any]],
    prepared: Sequence[Prepared],
    called: dict[str, Called],
    model: str,
) -> list[Entry]:
    """Write `records`, made ready as `prepared`, with all that an export knows of them, in one transaction.

    What conversations are `called` there holds for those that the user neither titled nor pinned here.
    """

    def finish(cursor: Cursor, entries: list[Entry]) -> None:
        ids = {record["uid"]: entry.id for record, entry in zip(records, entries, strict=True)}
        for record, entry in zip(records, entries, strict=True):
            until = record["valid_to"] and datetime.fromisoformat(record["valid_to"]).timestamp()
            cursor.execute(
                "UPDATE memory SET place = ?, valid_to = ?, superseded_by = ?, seen = ? WHERE id = ?",
                (record["place"], until, ids.get(record["superseded_by"]), record["seen"], entry.id),
            )
            cursor.execute("UPDATE edge SET valid_to = ? WHERE memory = ?", (until, entry.id))
            cursor.executemany(
                "INSERT OR IGNORE INTO derivation VALUES (?, ?)",
                [(ids[parent], entry.id) for parent in record["parents"] if parent in ids],
            )
        cursor.executemany(
            "UPDATE conversation SET title = ?, pinned = ? WHERE name = ? AND title = '' AND NOT pinned",
            [(one.title, int(one.pinned), name) for name, one in called.items()],
        )

    return store.add(prepared, model, finish)


def experience_of(record: dict[str, Any]) -> Experience:
    """Return the experience in a checked record."""
    return Experience(
        text=record["text"],
        at=datetime.fromisoformat(record["at"]),
        speaker=record["speaker"],
        kind=record["kind"],
        source=record["source"],
        trust=record["trust"],
        conversation=record["conversation"],
        reference=record["reference"],
        consent=record["consent"],
        expires_at=datetime.fromisoformat(record["expires_at"]) if record["expires_at"] else None,
        attachment=record["attachment"],
        holds=record["valid_to"] != record["valid_from"],
    )


def prepared_of(record: dict[str, Any], vector: Vectors | None, now: datetime) -> Prepared:
    """Return a checked record ready to be written."""
    made = prepare(experience_of(record), vector, now, uid=record["uid"], held=record["quarantined"])
    return replace(made, valid_from=datetime.fromisoformat(record["valid_from"]))


def _record(one: Recollection, uids: dict[int, str], parents: list[str]) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "kind": one.kind,
        "text": one.text,
        "at": one.at.isoformat(),
        "speaker": one.speaker,
        "source": one.source,
        "trust": one.trust,
        "conversation": one.conversation,
        "place": one.place,
        "reference": one.reference,
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        "superseded_by": uids.get(one.superseded_by) if one.superseded_by else None,
        "quarantined": one.quarantined,
        "seen": one.seen,
        "consent": one.consent,
        "expires_at": one.expires_at.isoformat() if one.expires_at else None,
        "attachment": one.attachment,
        "parents": parents,
    }


def _called(header: dict[str, Any]) -> dict[str, Called]:
    """Return what a header, checked, says of conversations."""
    conversations = header.get("conversations", {})
    _require(header == {"format": FORMAT} | ({"conversations": conversations} if "conversations" in header else {}))
    called = {}
    for name, one in conversations.items():
        title, pinned = one["title"], one["pinned"]
        _require(len(one) == 2 and isinstance(title, str) and isinstance(pinned, bool))
        _require(len(name) <= _MOST_NAME_CHARS and len(title) <= _MOST_NAME_CHARS)
        f"{name}{title}".encode()  # half a character cannot be written
        called[name] = Called(tidy_title(title), pinned)
    return called


def _check(record: dict[str, Any]) -> None:
    texts = ("uid", "text", "speaker", "conversation", "reference", "consent", "attachment")
    for name in texts:
        _require(isinstance(record[name], str))
        _require(len(record[name]) <= (LONGEST_CHARS if name == "text" else _MOST_NAME_CHARS))
        record[name].encode()  # half a character cannot be written
    _require(bool(record["uid"]) and bool(record["text"]) and _FILE.fullmatch(record["attachment"]) is not None)
    _require(record["kind"] in _KINDS and record["source"] in _SOURCES and record["trust"] in _TRUSTS)
    _require(isinstance(record["quarantined"], bool))
    for name, least in (("place", 0), ("seen", 1)):
        _require(type(record[name]) is int and least <= record[name] <= _MOST_COUNT)
    for name in ("at", "valid_from", "valid_to", "expires_at"):
        if record[name] is not None or name in ("at", "valid_from"):
            time = datetime.fromisoformat(record[name])
            _require(time.tzinfo is not None and time.year in YEARS)
    _require(record["superseded_by"] is None or isinstance(record["superseded_by"], str))
    _require(isinstance(record["parents"], list) and all(isinstance(one, str) for one in record["parents"]))


def _require(fulfilled: bool) -> None:
    if not fulfilled:
        raise ValueError


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
