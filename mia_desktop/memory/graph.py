"""Semantic memory: a graph of concepts, each relation with the memory that told it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from mia_desktop.core.ports import Database
from mia_desktop.memory.columns import NOBODY
from mia_desktop.memory.index import Index
from mia_desktop.memory.postings import Numbers, Rows
from mia_desktop.memory.words import STOP_WORDS, words

_ASKED, _DIRECT, _HOP = 1.0, 0.2, 0.1
_ONESELF: Final = frozenset(["i", "my", "me", "mine"])
_RELATIONS: Final = {
    **dict.fromkeys(("live", "lives", "living", "home", "reside"), "lives_in"),
    **dict.fromkeys(("work", "works", "working", "job", "employer"), "works_at"),
    **dict.fromkeys(("name", "names", "called", "named"), "name"),
    **dict.fromkeys(("like", "likes", "love", "loves", "enjoy", "enjoys"), "likes"),
    **dict.fromkeys(("dislike", "dislikes", "hate", "hates"), "dislikes"),
    **dict.fromkeys(("allergic", "allergy", "allergies"), "allergic_to"),
    **dict.fromkeys(("favourite", "favorite"), "favourite"),
    **dict.fromkeys(("birthday", "born"), "birthday"),
}
"""Words of a question and the relation (keys.py) that they ask for."""
_MOST_ROWS: Final = 200
_MOST_NAMES: Final = 500
_PHRASE_WORDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A relation and where it comes from.

    Attributes:
        subject: a concept.
        relation: how it hangs together with the object.
        object: a concept.
        memory: id of the memory that told it.
        in_force: whether nothing has taken its place.
    """

    subject: str
    relation: str
    object: str
    memory: int
    in_force: bool


class Graph:
    """Concepts and relations in the vault."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def about(self, concept: str) -> list[Known]:
        """Return the relations of `concept`, in either direction, oldest first."""
        rows = self._database.read(
            """SELECT s.label, e.relation, o.label, e.memory, e.valid_to IS NULL FROM edge e
            JOIN concept s ON s.id = e.subject JOIN concept o ON o.id = e.object
            WHERE s.name = ?1 OR o.name = ?1 ORDER BY e.id""",
            (concept.lower(),),
        )
        return [Known(subject=s, relation=r, object=o, memory=m, in_force=bool(f)) for s, r, o, m, f in rows]

    def tied(self, question: str, index: Index, speakers: set[str]) -> tuple[Rows, Numbers]:
        """Return the rows of memories tied to the concepts of `question`, and how closely.

        1 by the very relation that is asked for (less, the more memories tell it), 0.2 by another relation of a
        concept, 0.1 by one of its neighbour (one hop). Names of `speakers` are no concepts for the latter two: too much
        hangs on them.
        """
        phrases = _phrases(question)
        strength: dict[int, float] = {}
        ids = self._named([one for one in phrases if one not in STOP_WORDS and one not in speakers])
        if ids:
            edges = self._edges(ids)
            ends = {end for _, subject, object_ in edges for end in (subject, object_)}
            near = tuple(ends - set(ids) - set(self._named(list(speakers))))
            for memory, _, _ in self._edges(near):
                strength[memory] = _HOP
            for memory, _, _ in edges:
                strength[memory] = _DIRECT
        asked = set(self._asked(phrases, speakers))
        strength.update(dict.fromkeys(asked, _ASKED / max(1, len(asked)) ** 0.5))
        placed = {row: value for one, value in strength.items() if (row := index.row_of(one)) != NOBODY}
        return np.array(list(placed), dtype=np.int32), np.array(list(placed.values()), dtype=np.float32)

    def _asked(self, phrases: set[str], speakers: set[str]) -> list[int]:
        """Return the memories that tell a relation which the question asks for, of somebody or something in it."""
        relations = {_RELATIONS[one] for one in phrases if one in _RELATIONS}
        subjects = (phrases | speakers if phrases & _ONESELF else phrases) if relations else set()
        if not relations:
            return []
        names = sorted(subjects)[:_MOST_NAMES]
        rows = self._database.read(
            f"""SELECT e.memory FROM edge e JOIN concept s ON s.id = e.subject WHERE e.valid_to IS NULL
            AND e.relation IN ({",".join("?" * len(relations))}) AND s.name IN ({",".join("?" * len(names))})
            ORDER BY e.id DESC LIMIT {_MOST_ROWS}""",  # noqa: S608 - only marks and a constant
            (*sorted(relations), *names),
        )
        return [row[0] for row in rows]

    def _named(self, names: list[str]) -> tuple[int, ...]:
        marks = ",".join("?" * len(names[:_MOST_NAMES]))
        sql = f"SELECT id FROM concept WHERE name IN ({marks})"  # noqa: S608 - only marks
        return tuple(row[0] for row in self._database.read(sql, names[:_MOST_NAMES]))

    def _edges(self, concepts: tuple[int, ...]) -> list[tuple[int, int, int]]:
        marks = ",".join(f"?{number}" for number in range(1, len(concepts[:_MOST_ROWS]) + 1))
        rows = self._database.read(
            f"""SELECT memory, subject, object FROM edge WHERE valid_to IS NULL AND (subject IN ({marks})
            OR object IN ({marks})) LIMIT {_MOST_ROWS}""",  # noqa: S608 - only marks and a constant
            concepts[:_MOST_ROWS],
        )
        return [(row[0], row[1], row[2]) for row in rows]


def _phrases(question: str) -> set[str]:
    """Return all runs of up to three words."""
    heard = words(question)
    sizes = range(1, _PHRASE_WORDS + 1)
    return {" ".join(heard[start : start + size]) for size in sizes for start in range(len(heard) - size + 1)}
