"""One suite for all that tell what a picture shows: a fake, EfficientNet with ConSE, and open_clip."""

import threading

import numpy as np
import pytest

from mia_desktop.core.config import Settings
from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import VisionEncoder
from mia_desktop.core.sights import Pixels
from mia_desktop.engine.seeing import open_eyes
from tests.fakes import FakeVisionEncoder
from tests.perception import tiny_open_clip


@pytest.fixture(scope="module", params=["fake", pytest.param("efficientnet", marks=pytest.mark.models), "open_clip"])
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> VisionEncoder:
    if request.param == "fake":
        return FakeVisionEncoder()
    if request.param == "efficientnet":
        found = open_eyes(Paths.choose(), Settings()).encoder
        assert found is not None
        return found
    pytest.importorskip("open_clip")
    from mia_desktop.perception.open_clip_encoder import OpenClipEncoder

    return OpenClipEncoder(tiny_open_clip.write(tmp_path_factory.mktemp("clip")), "tiny-clip")


def noise(shape: tuple[int, int], seed: int = 1) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (*shape, 3), dtype=np.uint8)


def test_pictures_and_texts_become_unit_vectors_of_one_space(encoder: VisionEncoder) -> None:
    pictures = encoder.embed([noise((60, 80)), noise((33, 21), seed=2)])
    texts = encoder.embed_texts(["a red apple", "a green field", ""])
    for vectors, count in ((pictures, 2), (texts, 3), (encoder.embed([]), 0), (encoder.embed_texts([]), 0)):
        assert vectors.shape == (count, encoder.dimensions)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert encoder.model
    assert encoder.space


def test_the_same_picture_gives_the_same_answer(encoder: VisionEncoder) -> None:
    pixels = noise((50, 70))
    np.testing.assert_allclose(encoder.embed([pixels]), encoder.embed([pixels.copy()]), atol=1e-5)
    assert [one.name for one in encoder.labels(pixels)] == [one.name for one in encoder.labels(pixels.copy())]
    alone, together = encoder.embed([pixels])[0], encoder.embed([noise((9, 9)), pixels])[1]
    np.testing.assert_allclose(alone, together, atol=1e-4)


@pytest.mark.parametrize("shape", [(40, 40), (1, 1), (2, 300), (300, 2)])
def test_labels_are_few_distinct_and_likeliest_first(encoder: VisionEncoder, shape: tuple[int, int]) -> None:
    pixels = noise(shape)
    pixels.flags.writeable = False
    labels = encoder.labels(pixels)
    assert len(labels) <= 5
    assert len({one.name for one in labels}) == len(labels)
    confidences = [one.confidence for one in labels]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= one <= 1 for one in confidences)
    assert encoder.labels(pixels, 1) == labels[:1]


def test_several_threads_may_ask_at_once(encoder: VisionEncoder) -> None:
    pictures = [noise((30, 30), seed) for seed in range(4)]
    alone = [encoder.embed([one])[0] for one in pictures]
    found: dict[int, np.ndarray] = {}

    def ask(number: int) -> None:
        encoder.labels(pictures[number])
        found[number] = encoder.embed([pictures[number]])[0]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for number, vector in enumerate(alone):
        np.testing.assert_allclose(found[number], vector, atol=1e-4)
