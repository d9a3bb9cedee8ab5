"""open_clip on a tiny model that the test writes: what it loads, what it refuses, and that it stays on the disk."""

import json
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import InputError, ModelDamagedError
from mia_desktop.core.paths import Paths
from mia_desktop.engine.seeing import open_eyes
from mia_desktop.library.store import Store
from tests.perception import tiny_open_clip

pytest.importorskip("open_clip")
import torch

from mia_desktop.perception.open_clip_encoder import OpenClipEncoder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_open_clip.write(tmp_path_factory.mktemp("clip"))


def test_labels_follow_the_likeness_of_picture_and_words(folder: Path) -> None:
    encoder = OpenClipEncoder(folder, "tiny", "cpu", names=("apple", "cat", "screen"))
    pixels = np.random.default_rng(4).integers(0, 256, (64, 48, 3), dtype=np.uint8)
    words = encoder.embed_texts(["a photo of an apple", "a photo of a cat", "a photo of a screen"])
    powers = np.exp(float(encoder._net.logit_scale.detach().exp()) * (words @ encoder.embed([pixels])[0]))
    expected = dict(zip(("apple", "cat", "screen"), powers / powers.sum(), strict=True))
    found = {one.name: one.confidence for one in encoder.labels(pixels)}
    assert found == pytest.approx({name: one for name, one in expected.items() if one >= 0.05}, abs=1e-3)
    assert encoder.space == "tiny"


def test_vectors_are_those_of_open_clip_itself(folder: Path) -> None:
    import open_clip
    from PIL import Image

    net, _, prepare = open_clip.create_model_and_transforms(f"local-dir:{folder}")
    pixels = np.random.default_rng(5).integers(0, 256, (40, 90, 3), dtype=np.uint8)
    with torch.inference_mode():
        theirs = net.eval().encode_image(prepare(Image.fromarray(pixels))[None], normalize=True).numpy()
    np.testing.assert_allclose(OpenClipEncoder(folder, "tiny").embed([pixels]), theirs, atol=1e-5)


def test_texts_that_are_cut_off_after_their_end_give_the_same_vectors(folder: Path) -> None:
    encoder = OpenClipEncoder(folder, "tiny", "cpu", names=("cat",))
    assert encoder._may_cut
    texts = ["a cat", "a very long sentence about a very small cat", ""]
    quick = encoder.embed_texts(texts)
    encoder._may_cut = False
    np.testing.assert_allclose(quick, encoder.embed_texts(texts), atol=1e-5)


def test_vectors_of_names_are_kept_for_the_model_that_they_are_of(folder: Path, tmp_path: Path) -> None:
    kept, names = tmp_path / "new" / "names.npy", ("cat", "dog", "cup")
    pixels = np.random.default_rng(6).integers(0, 256, (40, 40, 3), dtype=np.uint8)
    alone = OpenClipEncoder(folder, "tiny", "cpu", names=names).labels(pixels)
    assert OpenClipEncoder(folder, "tiny", "cpu", names=names, kept=kept).labels(pixels) == alone
    vectors = np.load(kept)
    np.save(kept, vectors[[0, 0, 2]])
    assert OpenClipEncoder(folder, "tiny", "cpu", names=names, kept=kept).labels(pixels) != alone, "it was read"
    for other in (vectors[::-1], vectors[:2], np.zeros((3, 16)), np.array(["x"])):
        np.save(kept, other)
        assert OpenClipEncoder(folder, "tiny", "cpu", names=names, kept=kept).labels(pixels) == alone
    kept.write_bytes(kept.read_bytes()[:100])
    assert OpenClipEncoder(folder, "tiny", "cpu", names=names, kept=kept).labels(pixels) == alone


def test_a_model_is_loaded_without_the_network(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert OpenClipEncoder(folder, "tiny").embed_texts(["a cat"]).shape == (1, 16)


def spoil(folder: Path, how: str) -> None:
    config = json.loads((folder / "open_clip_config.json").read_text())
    if how == "no weights":
        (folder / "open_clip_model.safetensors").unlink()
    elif how == "weights cut off":
        (folder / "open_clip_model.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{}")
    elif how == "no configuration":
        (folder / "open_clip_config.json").unlink()
    elif how == "another shape":
        config["model_cfg"]["embed_dim"] = 8
    elif how == "looked up elsewhere":
        config["model_cfg"]["text_cfg"]["hf_model_name"] = "some/where"
    elif how == "no tokenizer":
        config["model_cfg"]["text_cfg"]["hf_tokenizer_name"] = "some/where"
    elif how == "weights that run code":
        (folder / "open_clip_model.safetensors").unlink()
        torch.save({"state_dict": Path("x")}, folder / "open_clip_pytorch_model.bin")
    if (folder / "open_clip_config.json").exists():
        (folder / "open_clip_config.json").write_text(json.dumps(config))


@pytest.mark.parametrize(
    "how",
    [
        *("no weights", "weights cut off", "no configuration", "another shape", "looked up elsewhere", "no tokenizer"),
        "weights that run code",
    ],
)
def test_a_model_that_is_not_whole_is_told_in_a_sentence(folder: Path, tmp_path: Path, how: str) -> None:
    spoiled = shutil.copytree(folder, tmp_path / "spoiled")
    spoil(spoiled, how)
    with pytest.raises(ModelDamagedError, match="The model tiny cannot be loaded"):
        OpenClipEncoder(spoiled, "tiny")


@pytest.mark.models
def test_the_best_installed_part_answers(folder: Path, tmp_path: Path) -> None:
    """With CLIP on the machine it is asked; when its files are damaged, the next best is."""
    models = tmp_path / "models"
    shutil.copytree(Paths.choose().models / "minilm-l6-v2-int8", models / "minilm-l6-v2-int8")
    shutil.copytree(Paths.choose().models / "efficientnet-lite0", models / "efficientnet-lite0")
    mine = shutil.copytree(folder, tmp_path / "my-clip")
    paths = Paths(home=tmp_path / "home", models=models)
    added = Store(paths).add(mine)
    assert (added.role, added.format, added.files[0].name) == (
        "image_labels",
        "open_clip",
        "open_clip_model.safetensors",
    )
    assert open_eyes(paths, Settings()).encoder.model == "my-clip"  # type: ignore[union-attr]
    (mine / "open_clip_config.json").write_text("{}")
    assert open_eyes(paths, Settings()).encoder.model == "efficientnet-lite0"  # type: ignore[union-attr]


def test_a_folder_without_weights_or_with_two_is_not_added(folder: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(folder, tmp_path / "my-clip")
    store = Store(Paths(home=tmp_path / "home", models=tmp_path / "models"))
    (mine / "other.bin").touch()
    with pytest.raises(InputError, match=r"one file of weights .*, not 2"):
        store.add(mine)
    (mine / "other.bin").unlink()
    (mine / "open_clip_model.safetensors").unlink()
    with pytest.raises(InputError, match="not 0"):
        store.add(mine)
