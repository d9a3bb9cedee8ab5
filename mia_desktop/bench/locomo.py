"""How much of LoCoMo's evidence recall finds, and which weights it finds most with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from mia_desktop.core.ports import Database, Embedder
from mia_desktop.memory import ranking
from mia_desktop.memory.locomo import Conversation
from mia_desktop.memory.memory import Memory
from mia_desktop.memory.recall import best

_STEPS: Final = 150
_RATE: Final = 0.08
_KEPT: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question as the ranking saw it.

    Attributes:
        category: of the question.
        features: float32, shape (features, memories).
        evidence: rows of the turns that answer it.
        wanted: how many turns answer it, those that the file lacks included.
    """

    category: int
    features: npt.NDArray[np.float32]
    evidence: tuple[int, ...]
    wanted: int

    def recall_at(self, weights: npt.NDArray[np.float32], most: int) -> float:
        """Return the share of the evidence among the first `most`."""
        return len(set(best(weights @ self.features, most).tolist()) & set(self.evidence)) / self.wanted


def remembered(conversation: Conversation, database: Database, embedder: Embedder | None) -> Memory:
    """Return a memory of its own that holds `conversation`."""
    memory = Memory(database, embedder)
    memory.remember_all(conversation.turns)
    return memory


def recall_at(memory: Memory, conversation: Conversation, most: int = 10) -> list[float]:
    """Return for each question the share of its evidence that the product's own recall gives among the first `most`."""
    shares = []
    for question in conversation.questions:
        hits = memory.recall(question.text, conversation.ends_at, most)
        found = {hit.memory.reference for hit in hits}
        shares.append(len(found & question.evidence) / len(question.evidence))
    return shares


def asked(memory: Memory, conversation: Conversation, embedder: Embedder) -> list[Asked]:
    """Return what the ranking sees of each question."""
    recall = memory.recall_parts()
    rows = {one.reference: recall.index.row_of(one.id) for one in memory.store.select()}
    vectors = embedder.embed([question.text for question in conversation.questions])
    return [
        Asked(
            category=question.category,
            features=ranking.features(recall.index, recall.cue(question.text, conversation.ends_at, vector)),
            evidence=tuple(rows[one] for one in question.evidence if one in rows),
            wanted=len(question.evidence),
        )
        for question, vector in zip(conversation.questions, vectors, strict=True)
    ]


def fit(questions: Sequence[Asked], columns: Sequence[int]) -> npt.NDArray[np.float32]:
    """Return weights under which the evidence stands out: listwise softmax (Cao et al. 2007), Adam, ridge 0.001.

    Only `columns` get a weight. Each question counts its evidence against the best of the others.
    """
    blocks, targets = [], []
    for one in questions:
        if one.evidence:
            rows = _contested(one)
            blocks.append(one.features[list(columns)][:, rows].T)
            targets.append(np.isin(rows, one.evidence) / len(one.evidence))
    x, target = np.concatenate(blocks), np.concatenate(targets)
    sizes = np.array([len(one) for one in blocks])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    scale = x.std(axis=0) + 1e-6
    weights, first, second = np.full(len(columns), 0.1), np.zeros(len(columns)), np.zeros(len(columns))
    for step in range(1, _STEPS + 1):
        scores = (x / scale) @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        scores /= np.repeat(np.add.reduceat(scores, starts), sizes)
        slope = (x / scale).T @ (scores - target) / len(blocks) + 1e-3 * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    out = np.zeros(len(ranking.FEATURES), dtype=np.float32)
    out[list(columns)] = weights / scale
    return out


def held_out(
    by_conversation: dict[str, list[Asked]],
    columns: Sequence[int],
    rounded: Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]] = lambda weights: weights,
    most: int = 10,
) -> dict[str, list[float]]:
    """Return, for each conversation, the recall under weights fitted on all the others."""
    shares = {}
    for name, questions in by_conversation.items():
        others = [one for other, several in by_conversation.items() if other != name for one in several]
        weights = rounded(fit(others, columns))
        shares[name] = [one.recall_at(weights, most) for one in questions]
    return shares


def _contested(one: Asked) -> npt.NDArray[np.int64]:
    keep = set(one.evidence)
    for name in ("coverage", "window", "meaning"):
        keep |= set(best(one.features[ranking.FEATURES.index(name)], _KEPT).tolist())
    return np.array(sorted(keep), dtype=np.int64)
