"""Collections of vectors beside the text's, such as images; each has its own model and measure of likeness."""

import numpy as np

from mia_desktop.core.memories import Recollection
from mia_desktop.core.ports import Vectors
from mia_desktop.memory.matrix import Likeness, Matrix
from mia_desktop.memory.store import Store


class VectorCollection:
    """Vectors of memories by another sense than their words.

    Args:
        store: where they lie.
        space: the collection's name, e.g. ``image``.
        model: what made the vectors; those of another model are not seen.
        likeness: how they are compared.
    """

    def __init__(self, store: Store, space: str, model: str, likeness: Likeness = "cosine") -> None:
        self._store = store
        self._space = space
        self._model = model
        self._likeness: Likeness = likeness

    def put(self, memory: int, digest: bytes, vector: Vectors) -> None:
        """Keep the vector (float32, shape (dimensions,)) of a memory's attachment, whose content `digest` names."""
        self._store.put_vectors([(memory, digest, vector)], self._space, self._model)

    def nearest(self, query: Vectors, most: int, least: float = -np.inf) -> list[tuple[Recollection, float]]:
        """Return at most `most` memories whose likeness to `query` is `least` or more, the likest first."""
        ids, vectors = self._store.vectors(self._space, self._model)
        if not len(ids):
            return []
        matrix = Matrix(vectors.shape[1], self._likeness)
        matrix.add(vectors)
        rows, scores = matrix.nearest(query, most)
        likeness = {int(ids[row]): float(score) for row, score in zip(rows, scores, strict=True) if score >= least}
        return [(one, likeness[one.id]) for one in self._store.get(list(likeness))]
