from pathlib import Path

import pytest

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError, UsageError
from mia_desktop.library.catalog import Catalog, HubSource, WheelSource, read
from tests.library.tiny_models import catalogue_entry, wheel_source

STARTER = {
    *("qwen2.5-coder-0.5b", "smollm2-135m", "whisper-base", "whisper-tiny-en", "piper-en-us-joe", "minilm-l6-v2"),
    *("minilm-l6-v2-int8", "efficientnet-lite0", "efficientnet-lite2", "smart-turn-v3", "yunet"),
}
GOOD = catalogue_entry("tiny", {"m": b"x"}, wheel_source({"m": ["part==1.0:m"]}))


def test_the_shipped_catalogue_is_whole() -> None:
    catalog = Catalog.load()
    starter = catalog.pack("starter")
    assert {model.name for model in starter} == STARTER
    for model in starter:
        assert all(file.bytes and file.sha256 for file in model.files), model.name
        assert isinstance(model.sources[0], WheelSource)
        assert model.licence
        assert not model.not_run_here
    for model in catalog.pack("laptop-gpu"):
        assert model.not_run_here
        assert isinstance(model.sources[0], HubSource)


def test_the_default_settings_name_models_of_the_starter_pack() -> None:
    settings = Settings()
    assert {settings.hearing_model, settings.language_model, settings.voice} <= STARTER


def test_unknown_names_are_explained() -> None:
    with pytest.raises(UsageError, match="starter"):
        Catalog.load().pack("nothing")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "tiny"', 'name = "../x"', "'name' may hold"),
        ('name = "tiny"', "name = 3", "'name' must be text"),
        ('role = "language"', 'role = "cook"', "'role' must be one of language"),
        ('role = "language"', "", "'role' is missing"),
        ("memory_bytes = 1", "memory_bytes = -1", "'memory_bytes' must be a whole number"),
        ("memory_bytes = 1", "memory_bytes = 1\ncolour = 3", "'colour' is not known"),
        ('name = "m"', 'name = "../m"', "plain path"),
        ('name = "m"', 'name = "/m"', "plain path"),
        ('name = "m"', 'name = "installed.json"', "plain path"),
        ('sha256 = "2', 'sha256 = "X', "64 hexadecimal"),
        ('"m" = [', '"n" = [', "exactly the model's files"),
        ("part==1.0:m", "part>=1.0:m", "package==version"),
        ("part==1.0:m", "-r evil==1.0:m", "package==version"),
        ('kind = "wheel"', 'kind = "torrent"', "'kind' must be one of"),
        ("[[model]]", "[[model]", "cannot be read"),
    ],
)
def test_a_wrong_catalogue_is_refused_in_words(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "added.toml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ModelError, match=words) as caught:
        read(path)
    assert str(path) in str(caught.value)


def test_a_file_without_hash_needs_a_hub(tmp_path: Path) -> None:
    path = tmp_path / "added.toml"
    path.write_text(catalogue_entry("tiny", {"m": b"x"}, wheel_source({"m": ["part==1.0:m"]}), hashes=False))
    with pytest.raises(ModelError, match="sha256"):
        read(path)


def test_a_name_may_stand_for_one_model_only(tmp_path: Path) -> None:
    path = tmp_path / "added.toml"
    path.write_text(GOOD.replace('"tiny"', '"smollm2-135m"'))
    with pytest.raises(ModelError, match="Two models"):
        Catalog.load(path)
