"""Exact search, Chroma beside it, and the embedders."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import Embedder
from mia_desktop.memory.live_index import Hydration, LiveIndex
from mia_desktop.memory.matrix import Likeness, Matrix
from tests.memory.hashed_embedder import HashedEmbedder

MODELS = Paths.choose().models


def some(count: int, dimensions: int = 32, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)


def plainly(likeness: Likeness, vectors: np.ndarray, query: np.ndarray) -> np.ndarray:
    if likeness == "cosine":
        return vectors @ query / np.linalg.norm(vectors, axis=1) / np.linalg.norm(query)
    return vectors @ query if likeness == "dot" else -np.linalg.norm(vectors - query, axis=1)


@pytest.mark.parametrize("likeness", ["cosine", "euclidean", "dot"])
@settings(max_examples=15, deadline=None)
@given(sizes=st.lists(st.integers(0, 9000), min_size=1, max_size=4))
def test_exact_search_is_exact_however_the_vectors_came(likeness: Likeness, sizes: list[int]) -> None:
    matrix, vectors = Matrix(8, likeness), some(sum(sizes), 8)
    for part in np.split(vectors, np.cumsum(sizes)[:-1]):
        matrix.add(part)
    query = some(1, 8, seed=2)[0]
    expected = plainly(likeness, vectors, query)
    assert len(matrix) == len(vectors)
    np.testing.assert_allclose(matrix.scores(query), expected, atol=1e-4)
    rows, scores = matrix.nearest(query, 10)
    np.testing.assert_allclose(scores, np.sort(expected)[::-1][:10], atol=1e-4)
    np.testing.assert_allclose(matrix.scores_of(rows, query), scores, atol=1e-4)


def test_vectors_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="8 numbers"):
        Matrix(8).add(some(1, 9))


@pytest.fixture
def hydrate() -> Iterator[Callable[[Matrix, Likeness], Hydration]]:
    started: list[Hydration] = []

    def hydrate(matrix: Matrix, likeness: Likeness = "cosine") -> Hydration:
        one = Hydration(matrix, lambda: LiveIndex("test", likeness), rest_s=0)
        started.append(one)
        one.start()
        return one

    yield hydrate
    for one in started:
        one.stop()


@pytest.mark.parametrize("likeness", ["cosine", "euclidean", "dot"])
def test_chroma_serves_once_it_agrees(hydrate: Callable[..., Hydration], likeness: Likeness) -> None:
    matrix = Matrix(32, likeness)
    matrix.add(some(2500))
    hydration = hydrate(matrix, likeness)
    assert hydration.wait(120)
    index = hydration.ready()
    assert index is not None
    assert len(index) == 2500
    assert (index.parity or 0) >= 0.99
    query = some(1, seed=3)[0]
    assert index.nearest(query, 1)[0] == matrix.nearest(query, 1)[0][0]
    matrix.add(some(1, seed=4))
    assert hydration.ready() is None, "it lacks a row"
    index.put(2500, matrix.take(np.array([2500], dtype=np.int32)))
    assert hydration.ready() is index


def test_an_index_that_disagrees_is_not_used(hydrate: Callable[..., Hydration]) -> None:
    matrix = Matrix(32)
    matrix.add(some(300))
    hydration = hydrate(matrix)
    assert hydration.wait(120)
    index = hydration.ready()
    assert index is not None
    index.put(0, some(300, seed=9))
    index.parity = index.agreement(matrix)
    assert index.parity < 0.9
    assert hydration.ready() is None


REAL = [
    pytest.param("onnx", marks=pytest.mark.models),
    pytest.param("sentence-transformers", marks=pytest.mark.models),
]


@pytest.fixture(scope="module", params=["fake", *REAL])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    match request.param:
        case "fake":
            return HashedEmbedder()
        case "onnx":
            from mia_desktop.memory.minilm import MiniLmOnnx

            return MiniLmOnnx(MODELS / "minilm-l6-v2-int8", "minilm-l6-v2-int8", 1)
        case _:
            pytest.importorskip("sentence_transformers")
            from mia_desktop.memory.sentence_transformer import SentenceTransformerEmbedder

            return SentenceTransformerEmbedder(MODELS / "minilm-l6-v2", "minilm-l6-v2")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_an_embedder_gives_unit_vectors_that_tell_likeness(embedder: Embedder) -> None:
    texts = ["A cat sat on the mat.", "The cat sits on a mat.", "Interest rates rose again.", "", "word " * 2000]
    vectors = embedder.embed(texts)
    assert vectors.shape == (5, embedder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3
    assert embedder.embed([]).shape == (0, embedder.dimensions)
    assert embedder.model


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_an_embedder_gives_the_same_vector_alone_and_in_a_batch(embedder: Embedder) -> None:
    texts = [f"Sentence number {number} about {'cats and dogs ' * (number % 5)}" for number in range(40)]
    together, alone = embedder.embed(texts), np.concatenate([embedder.embed([text]) for text in texts])
    assert (together * alone).sum(axis=1).min() > 0.9999


def test_a_model_that_cannot_be_loaded_is_told_in_a_sentence(tmp_path: Path) -> None:
    from mia_desktop.core.errors import ModelError
    from mia_desktop.memory.minilm import MiniLmOnnx

    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(ModelError, match="mia models verify broken"):
        MiniLmOnnx(tmp_path, "broken")
