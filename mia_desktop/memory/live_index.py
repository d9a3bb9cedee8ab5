"""Chroma as the live vector index: derived from the vault, held in memory only, used once it has proved to agree."""

import threading
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from mia_desktop.core.ports import Vectors
from mia_desktop.memory.matrix import Likeness, Matrix
from mia_desktop.memory.postings import Rows

BATCH: Final = 1000
"""Vectors handed over at once; Chroma takes at most 5461."""
PROBES: Final = 50
AGREES: Final = 0.99
_TOP: Final = 10
_EMPTY_S: Final = 0.1
_SPACES: Final[dict[Likeness, str]] = {"cosine": "cosine", "euclidean": "l2", "dot": "ip"}

_client: Any = None
_client_lock: Final = threading.Lock()


def _shared_client() -> Any:
    """Return the one client of this process; two would share their state anyway."""
    global _client
    with _client_lock:
        if _client is None:
            import chromadb
            from chromadb.config import Settings

            _client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False, allow_reset=False))
        return _client


class LiveIndex:
    """A Chroma collection that follows a `Matrix` row by row.

    Args:
        name: of the collection; another index of that name is replaced.
        likeness: how vectors are compared.
    """

    def __init__(self, name: str, likeness: Likeness = "cosine") -> None:
        client = _shared_client()
        self._name = name
        self._lock = threading.Lock()
        if name in {one.name for one in client.list_collections()}:
            client.delete_collection(name)
        space = {"space": _SPACES[likeness], "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
        self._collection = client.create_collection(name, embedding_function=None, configuration={"hnsw": space})
        self.parity: float | None = None

    def __len__(self) -> int:
        return int(self._collection.count())

    def put(self, first_row: int, vectors: Vectors) -> None:
        """Add `vectors` (shape (n, dimensions)) as the rows from `first_row` on, or replace them."""
        with self._lock:
            for start in range(0, len(vectors), BATCH):
                some = vectors[start : start + BATCH]
                ids = [str(first_row + start + number) for number in range(len(some))]
                self._collection.upsert(ids=ids, embeddings=some)

    def nearest(self, query: Vectors, most: int) -> Rows:
        """Return the `most` likest rows, best first; `query` has shape (dimensions,)."""
        found = self._collection.query(query_embeddings=query[None, :], n_results=most, include=[])
        return np.array([int(one) for one in found["ids"][0]], dtype=np.int32)

    def agreement(self, matrix: Matrix, seed: int = 7) -> float:
        """Return which share of the first ten of 50 exact searches this index finds too; 0 when it lacks rows."""
        if len(self) != len(matrix) or not len(matrix):
            return 0.0
        rows = np.random.default_rng(seed).choice(len(matrix), min(PROBES, len(matrix)), replace=False)
        top = min(_TOP, len(matrix))
        shares = []
        for query in matrix.take(rows.astype(np.int32)):
            exact, likeness = matrix.nearest(query, top)
            found = self.nearest(query, top)
            as_good = matrix.scores_of(found, query) >= likeness[-1] - 1e-5  # equals may stand for each other
            shares.append(np.count_nonzero(as_good) / len(exact))
        return float(np.mean(shares))

    def close(self) -> None:
        """Let its vectors go."""
        _shared_client().delete_collection(self._name)


class Hydration:
    """Fills a `LiveIndex` from a matrix in a thread of its own, a batch at a time, and checks it.

    Args:
        matrix: what is to be followed; it may grow meanwhile.
        make: makes the index, in that thread, because importing Chroma takes seconds.
        rest_s: pause between batches, so that a conversation never feels it.
    """

    def __init__(self, matrix: Matrix, make: Callable[[], LiveIndex], rest_s: float = 0.02) -> None:
        self._matrix = matrix
        self._make = make
        self._rest_s = rest_s
        self._stop = threading.Event()
        self._done = threading.Event()
        self._index: LiveIndex | None = None
        self._thread = threading.Thread(target=self._run, name="live index", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def ready(self) -> LiveIndex | None:
        """Return the index once it has all rows and has proved to agree with exact search; until then None."""
        index = self._index
        usable = self._done.is_set() and index is not None and (index.parity or 0) >= AGREES
        return index if usable and index is not None and len(index) == len(self._matrix) else None

    @property
    def parity(self) -> float | None:
        """How well it agreed with exact search, 0 to 1; None before it was checked."""
        return None if self._index is None else self._index.parity

    def follow(self, added: int) -> None:
        """Take over the last `added` rows of the matrix, when all others are there already."""
        index, count = self._index, len(self._matrix)
        if self._done.is_set() and index is not None and len(index) == count - added:
            index.put(count - added, self._matrix.take(np.arange(count - added, count, dtype=np.int32)))

    def wait(self, timeout_s: float) -> bool:
        """Wait until it is filled and checked; return whether it is."""
        return self._done.wait(timeout_s)

    def stop(self) -> None:
        """Stop and let the vectors go."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._index is not None:
            self._index.close()
            self._index = None

    def _run(self) -> None:
        index = self._make()
        self._index = index
        while not self._stop.is_set():
            done, wanted = len(index), len(self._matrix)
            if not wanted:  # nothing can agree or disagree yet
                self._stop.wait(_EMPTY_S)
                continue
            if done == wanted and index.parity is not None:
                self._done.set()
                return
            if done == wanted:
                index.parity = index.agreement(self._matrix)
                continue
            index.parity = None
            index.put(done, self._matrix.take(np.arange(done, min(done + BATCH, wanted), dtype=np.int32)))
            self._stop.wait(self._rest_s)
