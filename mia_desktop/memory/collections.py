"""Collections of vectors beside the text's, such as pictures'; each has its own model and measure of likeness."""

import threading

import numpy as np

from mia_desktop.core.memories import Alike
from mia_desktop.core.ports import Cursor, Vectors
from mia_desktop.memory.matrix import Likeness, Matrix
from mia_desktop.memory.store import Store

PICTURE = "image"
"""The collection of what pictures show."""


class VectorCollection:
    """Vectors of memories by another sense than their words, searched exactly. Safe to use from several threads.

    They are read out of the vault when first asked for. Have it made by `Memory.collection`, which lets it go when
    something is forgotten.

    Args:
        store: where they lie.
        space: the collection's name, e.g. ``image``.
        model: what made the vectors, or the space that they lie in; those of another are not seen.
        likeness: how they are compared: ``cosine``, ``euclidean`` (with a minus) or ``dot``; greater is more alike.
    """

    def __init__(self, store: Store, space: str, model: str, likeness: Likeness = "cosine") -> None:
        self._store = store
        self._space = space
        self._model = model
        self._likeness: Likeness = likeness
        self._lock = threading.Lock()
        self._held: tuple[list[int], Matrix] | None = None

    def put(self, memory: int, digest: bytes, vector: Vectors) -> None:
        """Keep the vector (float32, shape (dimensions,)) of a memory's attachment, whose content `digest` names."""
        with self._store.database.write() as cursor:
            self.write(cursor, memory, digest, vector)
        self.forget()

    def write(self, cursor: Cursor, memory: int, digest: bytes, vector: Vectors) -> None:
        """Do as `put`, in a transaction that is open; call `forget` when it is over.

        Raises ValueError when the others of the collection have another number of dimensions.
        """
        other = cursor.execute("SELECT dim FROM vec WHERE space = ? AND model = ?", (self._space, self._model))
        if {row[0] for row in other.fetchall()[:1]} - {len(vector)}:
            raise ValueError(f"{self._model} has vectors of another size")
        self._store.write_vectors(cursor, [(memory, digest, vector)], self._space, self._model)

    def nearest(self, query: Vectors, most: int, least: float = -np.inf) -> list[Alike]:
        """Return at most `most` memories whose likeness to `query` is `least` or more, the likest first.

        `query` may be the vector of a picture or, where the model has one space for both, of a text.
        """
        with self._lock:
            if self._held is None:
                self._held = self._read()
            ids, matrix = self._held
            if not ids or len(query) != matrix.dimensions:
                return []
            rows, scores = matrix.nearest(query, most)
        likeness = {ids[row]: float(score) for row, score in zip(rows, scores, strict=True) if score >= least}
        return [Alike(memory=one, likeness=likeness[one.id]) for one in self._store.get(list(likeness))]

    def forget(self) -> None:
        """Let what is held in memory go; it is read again when it is needed."""
        with self._lock:
            self._held = None

    def _read(self) -> tuple[list[int], Matrix]:
        ids, vectors = self._store.vectors(self._space, self._model)
        matrix = Matrix(vectors.shape[1] if len(ids) else 0, self._likeness)
        matrix.add(vectors)
        return ids.tolist(), matrix
