"""Recall: one question to all of memory, the best memories back, each with its reasons."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from mia_desktop.core.memories import Hit, ScoreParts
from mia_desktop.core.ports import Vectors
from mia_desktop.memory import ranking
from mia_desktop.memory.form import asks_when
from mia_desktop.memory.graph import Graph
from mia_desktop.memory.index import Index
from mia_desktop.memory.live_index import LiveIndex
from mia_desktop.memory.postings import Numbers
from mia_desktop.memory.ranking import FEATURES, WEIGHTS, Cue
from mia_desktop.memory.store import Store
from mia_desktop.memory.time_words import find_time
from mia_desktop.memory.words import STOP_WORDS, stem_number, words

THRESHOLD: Final = 2.8
"""Nothing is given when the best memory's likeness to the question (its words, meaning and what was said around it,
without who, when and
form) is lower. On LoCoMo it silences 1 % of the questions that have an answer and 46 % of those that have none; 3.7:
5 % and 74 %."""

_PART_OF: Final = {
    "coverage": "words", "window": "neighbours", "conversation": "neighbours", "answer": "answer", "meaning": "meaning",
    "speaker": "speaker", "graph": "graph", "time": "time", "names_a_time": "time", "ends_asking": "form", "length":
    "form",
}  # fmt: skip
_NEAR: Final = 100
_LIKENESS: Final = np.isin(FEATURES, ("coverage", "window", "answer", "meaning", "graph"))
_REASONS: Final = {
    "words": "has your words",
    "neighbours": "was said while talking about it",
    "answer": "answers a question like it",
    "meaning": "means something alike",
    "speaker": "said by whom you ask about",
    "graph": "is tied to what you ask about",
    "time": "fits the time you ask about",
}


class Recall:
    """Finds memories.

    Args:
        store: gives the texts of what was found.
        graph: gives what is tied to the concepts of a question.
        index: the arrays over all memories.
        live: gives the live vector index when it can be used; until then search is exact.
    """

    def __init__(
        self,
        store: Store,
        graph: Graph,
        index: Index,
        live: Callable[[], LiveIndex | None] = lambda: None,
    ) -> None:
        self._store = store
        self._graph = graph
        self.index = index
        self._live = live

    def cue(self, question: str, now: datetime, vector: Vectors | None) -> Cue:
        """Take `question`, asked at `now`, apart; `vector` is its meaning, None: words alone."""
        span = find_time(question, now)
        heard = words(question.replace(span.words, " ") if span else question)  # the time is looked for, not its words
        speakers = {name.lower(): number for name, number in self.index.speakers.items()}
        named = {speakers[word] for word in heard if word in speakers}
        stems = [stem_number(word) for word in heard if word not in STOP_WORDS and word not in speakers]
        tied, strength = self._graph.tied(question, self.index, set(speakers))
        return Cue(
            stems=tuple(dict.fromkeys(stems)),
            vector=vector,
            speaker=next(iter(named)) if len(named) == 1 else None,
            span_s=None if span is None else (span.start.timestamp(), span.end.timestamp()),
            asks_when=asks_when(question),
            tied=tied,
            tied_strength=strength,
        )

    def find(
        self,
        question: str,
        now: datetime,
        most: int,
        vector: Vectors | None,
        *,
        as_of: datetime | None = None,
        threshold: float = THRESHOLD,
    ) -> list[Hit]:
        """Return at most `most` memories that fit `question`, best first; none at all when none fits well enough.

        `as_of` asks what was known to hold at that time.
        """
        cue = self.cue(question, now, vector)
        live = self._live() if cue.vector is not None else None
        near = None if live is None or cue.vector is None else live.nearest(cue.vector, min(_NEAR, self.index.count))
        columns = ranking.features(self.index, cue, near)
        scores = np.round(ranking.totals(columns), 4)  # what differs by rounding only is equal
        scores[~self.index.recallable(None if as_of is None else as_of.timestamp())] = -np.inf
        rows = best(scores, most, self.index.at_s)
        rows = rows[np.isfinite(scores[rows])]
        if not len(rows) or (WEIGHTS * _LIKENESS) @ columns[:, rows[0]] < threshold:
            return []
        found = {one.id: one for one in self._store.get([int(self.index.ids[row]) for row in rows])}
        hits = []
        for row in rows:
            memory = found.get(int(self.index.ids[row]))
            if memory is not None:  # it may have been forgotten meanwhile
                parts = _parts(WEIGHTS * columns[:, row])
                hits.append(Hit(memory=memory, score=float(scores[row]), parts=parts, why=_why(parts)))
        return hits


def best(
    scores: Numbers, most: int, at_s: npt.NDArray[np.float64] | None = None
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the positions of the `most` greatest scores, greatest first; the newest or last of equals first."""
    most = min(most, len(scores))
    if not most:
        return np.empty(0, dtype=np.int64)
    last = np.partition(scores, len(scores) - most)[len(scores) - most]
    top = np.flatnonzero(scores >= last)
    return top[np.lexsort((-top, -(top if at_s is None else at_s[top]), -scores[top]))][:most]


def _parts(worth: Numbers) -> ScoreParts:
    sums: dict[str, float] = dict.fromkeys(_PART_OF.values(), 0.0)
    for name, value in zip(FEATURES, worth, strict=True):
        sums[_PART_OF[name]] += float(value)
    return ScoreParts(**sums)


def _why(parts: ScoreParts) -> str:
    strongest = sorted(_REASONS, key=lambda name: -getattr(parts, name))
    return ", ".join(_REASONS[name] for name in strongest[:3] if getattr(parts, name) > 0)
