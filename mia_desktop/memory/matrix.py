"""Vectors in blocks of rows, searched exactly."""

from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from mia_desktop.core.ports import Vectors
from mia_desktop.memory.postings import Numbers, Rows

Likeness = Literal["cosine", "euclidean", "dot"]
_BLOCK_ROWS: Final = 8192


class Matrix:
    """All vectors of a collection, float32, in blocks, so that adding one never copies the others.

    Args:
        dimensions: numbers in a vector.
        likeness: how two vectors are compared. The greater the more alike: cosine in [-1, 1], the dot product, or the
            Euclidean distance with a minus.
    """

    def __init__(self, dimensions: int, likeness: Likeness = "cosine") -> None:
        self.dimensions = dimensions
        self.likeness = likeness
        self._blocks: list[Vectors] = []
        self._rows = 0

    def __len__(self) -> int:
        return self._rows

    def add(self, vectors: npt.NDArray[np.floating[Any]]) -> None:
        """Append `vectors` (shape (n, dimensions)); for cosine they are brought to unit length, zeros stay zeros."""
        if vectors.shape[1:] != (self.dimensions,):
            raise ValueError(f"vectors must have {self.dimensions} numbers")
        done = 0
        while done < len(vectors):
            offset = self._rows % _BLOCK_ROWS
            if offset == 0:
                self._blocks.append(np.empty((_BLOCK_ROWS, self.dimensions), dtype=np.float32))
            taken = vectors[done : done + _BLOCK_ROWS - offset]
            place = self._blocks[-1][offset : offset + len(taken)]
            place[:] = taken
            self._prepare(place)
            self._rows += len(taken)
            done += len(taken)

    def put(self, row: int, vector: Vectors) -> None:
        """Replace the vector (shape (dimensions,)) of `row`."""
        place = self._blocks[row // _BLOCK_ROWS][row % _BLOCK_ROWS][None, :]
        place[:] = vector
        self._prepare(place)

    def scores(self, query: Vectors) -> Numbers:
        """Return the likeness of every row with `query` (shape (dimensions,)): float32, shape (len(self),)."""
        query = self._asked(query)
        out = np.empty(len(self._blocks) * _BLOCK_ROWS, dtype=np.float32)
        for number, block in enumerate(self._blocks):
            start = number * _BLOCK_ROWS
            filled = block[: self._rows - start]
            out[start : start + len(filled)] = self._compare(filled, query)
        return out[: self._rows]

    def scores_of(self, rows: Rows, query: Vectors) -> Numbers:
        """Return the likeness of `rows` alone with `query`."""
        return self._compare(self.take(rows), self._asked(query))

    def take(self, rows: Rows) -> Vectors:
        """Return a copy of the vectors of `rows`: shape (len(rows), dimensions)."""
        out = np.empty((len(rows), self.dimensions), dtype=np.float32)
        for number in np.unique(rows // _BLOCK_ROWS):
            here = rows // _BLOCK_ROWS == number
            out[here] = self._blocks[number][rows[here] % _BLOCK_ROWS]
        return out

    def nearest(self, query: Vectors, most: int) -> tuple[Rows, Numbers]:
        """Return the `most` likest rows, best first, and their likeness."""
        scores = self.scores(query)
        most = min(most, len(scores))
        top = np.argpartition(-scores, most - 1)[:most] if most else np.empty(0, dtype=np.int64)
        top = top[np.argsort(-scores[top], kind="stable")]
        return top.astype(np.int32), scores[top]

    def _asked(self, query: Vectors) -> Vectors:
        one = query[None, :].astype(np.float32)
        self._prepare(one)
        ready: Vectors = one[0]
        return ready

    def _prepare(self, vectors: Vectors) -> None:
        """Bring `vectors` to unit length where they lie, when likeness is the cosine."""
        if self.likeness == "cosine":
            norms = np.sqrt(np.vecdot(vectors, vectors))[:, None]
            np.divide(vectors, norms, out=vectors, where=norms > 0)

    def _compare(self, vectors: Vectors, query: Vectors) -> Numbers:
        if self.likeness == "euclidean":
            apart: Numbers = np.sqrt(((vectors - query) ** 2).sum(axis=1))
            return -apart
        # Not `vectors @ query`: on a busy machine its threads wait for each other ten times as long as one takes.
        scores: Numbers = np.vecdot(vectors, query)
        return scores
