"""Conversations as the vault has them: listed, searched, opened, titled and pinned."""

import functools
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Final, NamedTuple

from mia_desktop.core.conversations import ConversationInfo, KeptTurn
from mia_desktop.core.errors import InputError
from mia_desktop.core.ports import Database

TITLE_CHARS: Final = 48
"""So long is a title that is taken from what was said."""
_LONGEST_TITLE_CHARS: Final = 200
_EXCERPT_WORDS: Final = 12
_SOME: Final = 500
_LINE: Final = """m.kind = 'episode' AND m.source IN ('voice', 'typed', 'mia', 'import')
    AND (m.valid_to IS NULL OR m.valid_to = m.valid_from)"""
"""What was said: words that hold, or that were kept for the conversation alone, and no older version of them."""
_ORDER: Final = "ORDER BY m.at, m.place, m.id"
_ANSWER: Final = "(m.source = 'mia' OR m.trust <> 'user')"
_UNKNOWN: Final = "That conversation is not there any more. Choose another one."


class Line(NamedTuple):
    """Words that somebody said in a conversation; a tuple, because twenty thousand are made when one is opened.

    Attributes:
        memory: id of the memory.
        at_s: when, seconds since 1970.
        zone_min: offset of the time zone there, minutes.
        speaker: who said them.
        answer: whether they answer the user.
        own: whether they are MIA's.
        spoken: whether they were heard rather than typed.
        verbatim: whether they are the whole of what is kept shortened in another memory.
        text: the words.
    """

    memory: int
    at_s: float
    zone_min: int
    speaker: str
    answer: bool | int
    own: bool | int
    spoken: bool | int
    verbatim: bool | int
    text: str


def turns_of(lines: Iterable[Line]) -> list[KeptTurn]:
    """Return the turns that `lines`, in their order, make: the user's words, each with what answered them.

    What one said at the same moment is one; the whole of it stands for its parts. MIA's answer is kept under the moment
    of the words that it answers: where these are gone, it is a turn without any.
    """
    turns: list[KeptTurn] = []
    so_far: list[Line] = []
    for line in lines:
        if so_far and begins_turn(line, so_far[-1]):
            turns.append(_turn(so_far))
            so_far = []
        so_far.append(line)
    return [*turns, _turn(so_far)] if so_far else turns


def begins_turn(line: Line, before: Line) -> bool:
    """Tell whether a turn begins with `line`, after the line `before`."""
    if (line.at_s, line.speaker) == (before.at_s, before.speaker):
        return False
    return not line.answer or bool(line.own and line.at_s != before.at_s)


def title_from(text: str) -> str:
    """Return the beginning of `text` as a title: one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= TITLE_CHARS:
        return line
    cut = line[:TITLE_CHARS].rsplit(" ", 1)[0] if " " in line[:TITLE_CHARS] else line[: TITLE_CHARS - 1]
    return cut.rstrip(" ,;:-") + "…"


def tidy_title(text: str) -> str:
    """Return a title of the user's own as it is kept: one line, and no longer than a title may be."""
    return " ".join(text.split())[:_LONGEST_TITLE_CHARS].rstrip()


class Conversations:
    """Reads the conversations in a vault, and changes what they are called.

    Args:
        database: the vault's; it has the tables of memory.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def listed(self, words: str = "", most: int = 500) -> list[ConversationInfo]:
        """Return at most `most` conversations, those that are pinned first, then the newest.

        With `words`: those in which a turn, or the user's own title, has them all (in any inflection; of the last one
        the beginning is enough), each with the words around the newest place.
        """
        rows = self._database.read(
            f"""SELECT c.id, c.name, c.title, c.pinned, c.started, (SELECT m.at FROM memory m
            WHERE m.conversation = c.id AND {_LINE} ORDER BY m.at DESC LIMIT 1) changed
            FROM conversation c WHERE changed NOT NULL ORDER BY c.pinned DESC, changed DESC, c.id DESC"""  # noqa: S608
        )
        excerpts: dict[int, str] = {}
        if wanted := _searched(words):
            found = self._found(_match(wanted))
            rows = [row for row in rows if row[0] in found or all(word in row[2].casefold() for word in wanted)][:most]
            excerpts = self._excerpts(_match(wanted), {row[0]: found[row[0]] for row in rows if row[0] in found})
        elif words.strip():
            return []
        return self._told(rows[:most], excerpts)

    def info(self, name: str) -> ConversationInfo:
        """Return what the list says of one conversation; raises InputError when there is none of that name."""
        rows = self._database.read(
            f"""SELECT c.id, c.name, c.title, c.pinned, c.started, max(m.at) FROM conversation c
            JOIN memory m ON m.conversation = c.id WHERE c.name = ? AND {_LINE} GROUP BY c.id""",  # noqa: S608
            (name,),
        )
        if not rows:
            raise InputError(_UNKNOWN)
        return self._told(rows, {})[0]

    def turns(self, name: str) -> list[KeptTurn]:
        """Return the turns of a conversation, oldest first; none when there is no such conversation."""
        rows = self._database.read(
            f"""SELECT m.id, m.at, m.zone_min, m.speaker, {_ANSWER}, m.source = 'mia' OR m.trust = 'mia',
            m.source = 'voice', m.valid_to NOT NULL, m.text FROM memory m
            WHERE m.conversation = (SELECT id FROM conversation WHERE name = ?) AND {_LINE} {_ORDER}""",  # noqa: S608
            (name,),
        )
        return turns_of(map(Line._make, rows))

    def name(self, name: str, title: str) -> None:
        """Give a conversation a title of the user's own; empty: the beginning of what was said first again."""
        self._set("title", tidy_title(title), name)

    def pin(self, name: str, *, on: bool) -> None:
        """Keep a conversation at the top of the list, or do so no longer."""
        self._set("pinned", int(on), name)

    def _set(self, column: str, value: object, name: str) -> None:
        with self._database.write() as cursor:
            cursor.execute(f"UPDATE conversation SET {column} = ? WHERE name = ?", (value, name))  # noqa: S608
            if not cursor.rowcount:
                raise InputError(_UNKNOWN)

    def _told(
        self, rows: Sequence[tuple[int, str, str, int, float, float]], excerpts: dict[int, str]
    ) -> list[ConversationInfo]:
        ids = [row[0] for row in rows]
        counts, first = self._counts(ids), self._first(ids)
        told = []
        for number, name, title, pinned, started_s, changed_s in rows:
            said, zone_min = first[number]
            told.append(
                ConversationInfo(
                    name=name,
                    title=title or title_from(said),
                    started_at=_time(started_s, zone_min),
                    changed_at=_time(changed_s, zone_min),
                    turns=counts[number],
                    pinned=bool(pinned),
                    excerpt=excerpts.get(number, ""),
                )
            )
        return told

    def _counts(self, ids: Collection[int]) -> dict[int, int]:
        """Return of how many turns each conversation is, counted as `turns_of` does."""
        counts: dict[int, int] = {}
        for some in _portions(ids):
            rows = self._database.read(
                f"""SELECT conversation, sum(NOT (at = was_at AND speaker = was_speaker)
                    AND (NOT answer OR (own AND at <> was_at)) OR was_at IS NULL)
                FROM (SELECT m.conversation, m.at, m.speaker, {_ANSWER} answer,
                    m.source = 'mia' OR m.trust = 'mia' own, lag(m.at) OVER talk was_at,
                    lag(m.speaker) OVER talk was_speaker
                    FROM memory m WHERE m.conversation IN ({_marks(some)}) AND {_LINE}
                    WINDOW talk AS (PARTITION BY m.conversation {_ORDER}))
                GROUP BY conversation""",  # noqa: S608 - only constants and marks
                some,
            )
            counts.update(rows)
        return counts

    def _first(self, ids: Iterable[int]) -> dict[int, tuple[str, int]]:
        """Return what the user said first in each conversation (or anybody), and in which time zone."""
        first: dict[int, tuple[str, int]] = {}
        for some in _portions(list(ids)):
            rows = self._database.read(
                f"""SELECT c.id, substr(m.text, 1, {_LONGEST_TITLE_CHARS}), m.zone_min FROM conversation c
                JOIN memory m ON m.id = coalesce(
                    (SELECT m.id FROM memory m WHERE m.conversation = c.id AND {_LINE} AND NOT {_ANSWER} {_ORDER}
                    LIMIT 1),
                    (SELECT m.id FROM memory m WHERE m.conversation = c.id AND {_LINE} {_ORDER} LIMIT 1))
                WHERE c.id IN ({_marks(some)})""",  # noqa: S608 - only constants and marks
                some,
            )
            first.update((row[0], (row[1], row[2])) for row in rows)
        return first

    def _found(self, match: str) -> dict[int, int]:
        """Return the conversations that have what `match` looks for, each with the newest memory that has it."""
        rows = self._database.read(
            f"""SELECT m.conversation, m.id, max(m.at) FROM fts JOIN memory m ON m.id = fts.rowid
            WHERE fts MATCH ? AND m.conversation NOT NULL AND {_LINE} GROUP BY m.conversation""",  # noqa: S608
            (match,),
        )
        return {row[0]: row[1] for row in rows}

    def _excerpts(self, match: str, places: dict[int, int]) -> dict[int, str]:
        """Return for each conversation the words around what was found in a memory of it."""
        texts: dict[int, str] = {}
        for some in _portions(list(places.values())):
            rows = self._database.read(
                f"""SELECT rowid, snippet(fts, 0, '', '', '…', {_EXCERPT_WORDS}) FROM fts
                WHERE fts MATCH ? AND +rowid IN ({_marks(some)})""",  # noqa: S608 - only constants and marks
                (match, *some),
            )
            texts.update((row[0], " ".join(row[1].split())) for row in rows)
        return {number: texts[memory] for number, memory in places.items() if memory in texts}


def _turn(lines: Sequence[Line]) -> KeptTurn:
    first = lines[0]
    if len(lines) == 2 and not first.answer and lines[1].answer:  # as nearly always
        said, answered = first.text, lines[1].text
    else:
        said, answered = _words([one for one in lines if not one.answer]), _words([one for one in lines if one.answer])
    return KeptTurn(
        at=_time(first.at_s, first.zone_min),
        said=said,
        answered=answered,
        spoken=bool(first.spoken),
        memories=tuple([one.memory for one in lines]),
    )


def _words(lines: Sequence[Line]) -> str:
    if len(lines) == 1:
        return lines[0].text
    whole = [one for one in lines if one.verbatim]
    return "\n\n".join(one.text for one in whole or lines)


def _searched(words: str) -> list[str]:
    return re.findall(r"\w+", words.casefold())


def _match(wanted: Sequence[str]) -> str:
    """Return the query of the text index for all of these words, of the last one or more letters."""
    return " ".join(f'"{word}"' for word in wanted) + "*"


def _time(seconds: float, zone_min: int) -> datetime:
    return datetime.fromtimestamp(seconds, _zone(zone_min))


@functools.lru_cache(maxsize=64)
def _zone(offset_min: int) -> timezone:
    return timezone(timedelta(minutes=offset_min))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _portions(ids: Collection[int]) -> Iterable[list[int]]:
    all_ = list(ids)
    return (all_[start : start + _SOME] for start in range(0, len(all_), _SOME))
