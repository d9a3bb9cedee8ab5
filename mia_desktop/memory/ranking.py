"""How well each memory fits a question. Pure: arrays and numbers in, scores out.

Every feature has a range of its own that does not depend on how many memories there are (shares of the question's
weight,
cosines, yes or no), so that weights found on hundreds of memories hold for a hundred thousand, and a threshold has a
meaning. BM25: Robertson & Zaragoza 2009, divided by the most that the question could score.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from mia_desktop.core.ports import Vectors
from mia_desktop.memory.columns import NOBODY
from mia_desktop.memory.form import Form
from mia_desktop.memory.index import Index
from mia_desktop.memory.postings import Numbers, Rows

WORTH: Final = {
    "coverage": 2.8,  # share of the question's weight (idf) that is in the memory's own words
    "window": 5.0,  # BM25 of it with two turns before and after
    "conversation": 3.9,  # BM25 of its whole conversation
    "answer": 2.8,  # coverage of the turn before, when that asks something
    "meaning": 4.0,  # likeness of the vectors, neighbours included
    "speaker": 1.1,  # the question names who said it
    "graph": 3.0,  # a relation that the question asks for; LoCoMo hardly has any, so this is a choice
    "time": 4.2,  # lies in the time that the question speaks of
    "names_a_time": 2.5,  # names a time, when the question asks for one
    "ends_asking": -0.9,  # is itself a question
    "length": 1.0,  # says more: share of 30 words
}
"""What a unit of each feature is worth; how the numbers were found: docs/memory.md."""

FEATURES: Final = tuple(WORTH)
"""Names of the rows of a feature matrix."""

WEIGHTS: Final[npt.NDArray[np.float32]] = np.array(list(WORTH.values()), dtype=np.float32)
_WINDOW: Final = (1.2, 0.5)
_CONVERSATION: Final = (1.2, 0.75)
_LONG: Final = 30.0
_UNSEEN: Final = 200
_PROMISING: Final = 500
_BEFORE, _AFTER = 0.6, 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A question, taken apart.

    Attributes:
        stems: its different words, without stop words and names of speakers.
        vector: its meaning (float32, shape (dimensions,), unit length), or None.
        speaker: number of the one speaker that it names, or None.
        span_s: the time that it asks about, from and to, seconds since 1970, or None.
        asks_when: whether it asks for a time.
        tied: rows of memories tied to its concepts in the graph.
        tied_strength: how closely, in [0, 1], one for each of `tied`.
    """

    stems: tuple[int, ...]
    vector: Vectors | None
    speaker: int | None
    span_s: tuple[float, float] | None
    asks_when: bool
    tied: Rows
    tied_strength: Numbers


def features(index: Index, cue: Cue, near: Rows | None = None) -> npt.NDArray[np.float32]:
    """Return what speaks for each memory: float32, shape (len(FEATURES), index.count).

    `near`: rows that an approximate search found like the question; likeness is then computed for these, their
    neighbours and the best by everything else, instead of for all.
    """
    out = np.zeros((len(FEATURES), index.count), dtype=np.float32)
    if not index.count:
        return out
    coverage, window, conversation = _lexical(index, cue.stems)
    named = dict(zip(FEATURES, out, strict=True))  # views of the rows
    named["coverage"][:], named["window"][:], named["conversation"][:] = coverage, window, conversation
    named["answer"][:] = np.where(index.asked(), coverage[index.before], 0)
    if cue.speaker is not None:
        named["speaker"][:] = index.speaker == cue.speaker
    if len(cue.tied):
        named["graph"][cue.tied] = cue.tied_strength
    if cue.span_s is not None:
        named["time"][:] = (index.at_s >= cue.span_s[0]) & (index.at_s < cue.span_s[1])
    if cue.asks_when:
        named["names_a_time"][:] = (index.form & Form.NAMES_A_TIME) != 0
    named["ends_asking"][:] = (index.form & Form.ENDS_ASKING) != 0
    named["length"][:] = np.minimum(index.lengths, _LONG) / _LONG
    if cue.vector is not None and near is None:
        named["meaning"][:] = meaning(index, cue.vector)
    elif cue.vector is not None and near is not None:
        rows = _promising(index, totals(out), near)
        named["meaning"][rows] = meaning(index, cue.vector, rows)
    return out


def totals(columns: npt.NDArray[np.float32], of: npt.NDArray[np.float32] = WEIGHTS) -> Numbers:
    """Return the score of each memory from its features; on one thread, which is sooner than to wait for several."""
    scores: Numbers = np.einsum("f,fn->n", of, columns)
    return scores


def _promising(index: Index, scores: Numbers, near: Rows) -> Rows:
    most = min(_PROMISING, index.count)
    best = np.argpartition(scores, index.count - most)[index.count - most :]
    rows = np.concatenate((near, index.before[near], index.after[near], best)).astype(np.int32)
    return np.unique(rows[rows != NOBODY])


def meaning(index: Index, vector: Vectors, rows: Rows | None = None) -> Numbers:
    """Return how like each memory (or each of `rows`), together with the turns around it, is to `vector`.

    It is the cosine with the sum of the memory's vector and a part of its neighbours', for three nearly unrelated unit
    vectors; computed from the single cosines, so nothing is stored twice and a new turn changes no old vector.
    """
    if rows is None:
        before, after, alone = index.before, index.after, index.matrix.scores(vector)
        likeness = alone
    else:
        before, after, likeness = index.before[rows], index.after[rows], np.zeros(index.count, dtype=np.float32)
        needed = np.unique(np.concatenate((rows, before, after)))
        needed = needed[needed != NOBODY]
        likeness[needed] = index.matrix.scores_of(needed, vector)
        alone = likeness[rows]
    around = alone + _BEFORE * _at(likeness, before) + _AFTER * _at(likeness, after)
    norm = np.sqrt(1 + _BEFORE**2 * (before != NOBODY) + _AFTER**2 * (after != NOBODY))
    result: Numbers = (around / norm).astype(np.float32)
    return result


def _lexical(index: Index, stems: tuple[int, ...]) -> tuple[Numbers, Numbers, Numbers]:
    """Return coverage and the BM25 of window and conversation, each as a share of the most there could be."""
    count, sizes = index.count, index.sizes()
    coverage, window = np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)
    by_conversation = np.zeros(len(sizes.conversations), dtype=np.float32)
    window_norm, conversation_norm = _norm(sizes.windows, *_WINDOW), _norm(sizes.conversations, *_CONVERSATION)
    most = np.full(3, 1e-9, dtype=np.float32)
    for stem in stems:
        rows, counts = index.postings.find(stem)
        near, near_counts = index.spread(rows, counts)
        held = np.bincount(sizes.belongs[rows], counts, len(by_conversation)).astype(np.float32)
        held[-1] = 0
        idfs = (
            _idf(count, len(rows)),
            _idf(count, len(near)),
            _idf(sizes.used_conversations, int(np.count_nonzero(held))),
        )
        most += np.array(idfs, dtype=np.float32)
        coverage[rows] += idfs[0]
        window[near] += idfs[1] * near_counts / (near_counts + window_norm[near])
        by_conversation += idfs[2] * held / (held + conversation_norm)
    return coverage / most[0], window / most[1], (by_conversation / most[2])[sizes.belongs]


def _at(values: Numbers, rows: Rows) -> Numbers:
    """Return the values at `rows`, 0 where that is `NOBODY`."""
    return np.where(rows == NOBODY, np.float32(0), values[rows])


def _idf(count: int, holding: int) -> float:
    """Return how telling a word is that `holding` of `count` have.

    A young memory is taken for a part of a larger one: where there is only one memory, no word of it is common.
    """
    return float(np.log1p((count + _UNSEEN - holding + 0.5) / (holding + 0.5)))


def _norm(lengths: Numbers, k1: float, b: float) -> Numbers:
    used = lengths[lengths > 0]
    mean = np.float32(used.mean()) if len(used) else np.float32(1)
    return np.float32(k1) * (np.float32(1 - b) + np.float32(b) / mean * lengths)
