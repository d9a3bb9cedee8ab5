"""What recall looks things up in, in memory only: derived from the vault, and made anew when something goes."""

import threading
from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np

from mia_desktop.core.memories import Hit, Recollection
from mia_desktop.core.ports import Embedder, Vectors
from mia_desktop.memory.collections import PICTURE, VectorCollection
from mia_desktop.memory.columns import NOBODY, Columns, Entry
from mia_desktop.memory.graph import Graph
from mia_desktop.memory.index import Index
from mia_desktop.memory.live_index import Hydration, LiveIndex
from mia_desktop.memory.matrix import Likeness
from mia_desktop.memory.recall import Recall
from mia_desktop.memory.store import Prepared, Store


class Indexes:
    """The index of words and vectors, the live one if there is one, and those of pictures.

    Recall asks from any thread and never waits for whoever writes; of those there is one at a time.

    Args:
        store: the memories.
        graph: what is known of concepts.
        embedder: gives meaning; None: there are no vectors.
    """

    def __init__(self, store: Store, graph: Graph, embedder: Embedder | None) -> None:
        self._store = store
        self._graph = graph
        self._embedder = embedder
        self._lock = threading.Lock()  # held for moments only
        self._hydration: Hydration | None = None
        self._collections: dict[tuple[str, Likeness], VectorCollection] = {}
        self._recall = self._fresh_recall()

    @property
    def model(self) -> str:
        """The embedding model's name; empty for none."""
        return self._embedder.model if self._embedder else ""

    @property
    def recall(self) -> Recall:
        """What recall works with, for measuring it."""
        return self._recall

    def find(
        self,
        question: str,
        now: datetime,
        most: int,
        vector: Vectors | None,
        *,
        as_of: datetime | None,
        threshold: float,
    ) -> list[Hit]:
        """Return at most `most` memories that answer a question, best first; see `Recall.find`."""
        with self._lock:
            return self._recall.find(question, now, most, vector, as_of=as_of, threshold=threshold)

    def collection(self, space: str, likeness: Likeness) -> VectorCollection:
        """Return the vectors of pictures that lie in `space`, compared by `likeness`."""
        with self._lock:
            key = (space, likeness)
            if key not in self._collections:
                self._collections[key] = VectorCollection(self._store, PICTURE, space, likeness)
            return self._collections[key]

    def add(self, entries: Sequence[Entry], prepared: Sequence[Prepared]) -> None:
        """Take in memories that are new."""
        with self._lock:
            for entry, one in zip(entries, prepared, strict=True):
                self._recall.index.add(entry, one.vector)
        if self._hydration is not None:
            self._hydration.follow(len(entries))

    def put_vectors(self, memories: Iterable[Recollection], vectors: Iterable[Vectors]) -> None:
        """Take in vectors of memories that are there."""
        with self._lock:
            index = self._recall.index
            for one, vector in zip(memories, vectors, strict=True):
                if (row := index.row_of(one.id)) != NOBODY:
                    index.matrix.put(row, vector)

    def pack(self) -> bool:
        """Pack in the vault what the next start would have to gather, if that is enough; tell whether it was."""
        return self._store.pack(self._recall.index.ids, self.model)

    def reload(self) -> None:
        """Make every index anew from the vault, so that nothing of what is gone is left in one."""
        live = self._hydration is not None
        self.close()
        fresh = self._fresh_recall()
        with self._lock:
            self._recall = fresh
            for collection in self._collections.values():
                collection.forget()
        if live:
            self.go_live()

    def go_live(self) -> None:
        """Fill Chroma in the background; recall uses it as soon as it agrees with exact search."""
        self.close()
        matrix = self._recall.index.matrix
        self._hydration = Hydration(matrix, lambda: LiveIndex(f"text-{id(self)}"))
        self._hydration.start()

    def live(self) -> LiveIndex | None:
        """Return the live index, if there is one that agrees with exact search."""
        hydration = self._hydration
        return None if hydration is None else hydration.ready()

    def settled(self, timeout_s: float) -> bool:
        """Wait until the live index is filled and checked; return whether it is."""
        return self._hydration is not None and self._hydration.wait(timeout_s)

    def parity(self) -> float | None:
        """Return how well the live index agreed with exact search, 0 to 1; None before it was checked."""
        return None if self._hydration is None else self._hydration.parity

    def close(self) -> None:
        """Let the live index go."""
        hydration, self._hydration = self._hydration, None
        if hydration is not None:
            hydration.stop()

    def _fresh_recall(self) -> Recall:
        parts = self._store.parts(self.model)
        dimensions = self._embedder.dimensions if self._embedder else 1  # last: it may still be loading
        index = Index(Columns.joined([one.columns for one in parts]), dimensions)
        for one in parts:
            empty = not one.vectors.shape[1]  # there is no model, or none of them has a vector of it yet
            index.matrix.add(np.zeros((len(one.vectors), dimensions), np.float16) if empty else one.vectors)
        return Recall(self._store, self._graph, index, self.live)
