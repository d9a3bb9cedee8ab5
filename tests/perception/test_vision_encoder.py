"""EfficientNet-Lite on real weights: the same numbers as timm's, and sensible words about real photographs."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelDamagedError
from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import Vectors
from mia_desktop.engine.seeing import open_eyes
from mia_desktop.library.store import Store
from mia_desktop.perception import checkpoint, efficientnet
from mia_desktop.perception.imagenet import classes
from mia_desktop.perception.vision_encoder import EfficientNetEncoder
from tests.perception.photographs import photograph

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def encoder() -> EfficientNetEncoder:
    found = open_eyes(Paths.choose(), Settings()).encoder
    assert isinstance(found, EfficientNetEncoder)
    return found


@pytest.mark.parametrize("variant", ["lite0", "lite2"])
def test_the_graph_computes_what_timm_computes(variant: str) -> None:
    timm = pytest.importorskip("timm")
    import onnxruntime
    import torch

    weights = checkpoint.tensors(Store(Paths.choose()).located(f"efficientnet-{variant}").main)
    theirs = timm.create_model(f"tf_efficientnet_{variant}", pretrained=False).eval()
    floats = [name for name, one in theirs.state_dict().items() if one.dtype == torch.float32]
    ours = [torch.from_numpy(one.copy()) for one in weights.values()]
    theirs.load_state_dict(dict(zip(floats, ours, strict=True)), strict=False)
    pixels = np.random.default_rng(5).uniform(-1, 1, (2, 3, 101, 101)).astype(np.float32)
    session = efficientnet.session(weights, onnxruntime.SessionOptions())
    (logits,) = session.run(None, {"pixels": pixels})
    with torch.inference_mode():
        np.testing.assert_allclose(logits, theirs(torch.from_numpy(pixels)).numpy(), atol=2e-3, rtol=1e-3)


@pytest.mark.parametrize(("name", "is_"), [("cat.jpg", "cat"), ("coffee.jpg", "cup")])
def test_a_photograph_is_named(encoder: EfficientNetEncoder, name: str, is_: str) -> None:
    best = encoder.labels(photograph(name))[0]
    assert best.name == is_
    assert best.confidence > 0.5


@pytest.mark.parametrize("name", ["blurred.jpg", "face.jpg", "qr.png", "receipt.jpg", "code.png"])
def test_what_it_has_no_class_for_it_is_not_sure_about(encoder: EfficientNetEncoder, name: str) -> None:
    assert all(one.confidence < 0.5 for one in encoder.labels(photograph(name)))


def test_pictures_lie_beside_the_words_for_them(encoder: EfficientNetEncoder) -> None:
    pictures = encoder.embed([photograph("cat.jpg"), photograph("coffee.jpg")])
    words = encoder.embed_texts(["a kitten on a sofa", "a hot drink for breakfast", "the stock market fell"])
    assert (pictures @ words.T).argmax(axis=1).tolist() == [0, 1]
    assert (words @ pictures.T)[:2].argmax(axis=1).tolist() == [0, 1]


def test_every_class_has_a_name(encoder: EfficientNetEncoder) -> None:
    assert len(classes()) == 1000
    assert all(name and name == name.strip() for name, _ in classes())


def test_torch_is_not_needed() -> None:
    program = (
        "import sys; from mia_desktop.core.config import Settings; from mia_desktop.core.paths import Paths;"
        "from mia_desktop.engine.seeing import open_eyes; open_eyes(Paths.choose(), Settings());"
        "sys.exit(len({'torch', 'timm', 'open_clip', 'transformers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=120).returncode == 0


def test_a_damaged_model_is_told_in_a_sentence(tmp_path: Path) -> None:
    def embed(texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 2), dtype=np.float32)

    file = tmp_path / "w.pth"
    file.write_bytes(b"not weights")
    with pytest.raises(ModelDamagedError, match="models pull small-lite0"):
        EfficientNetEncoder(file, "small-lite0", embed, "words", 2, 1)
