"""Fusion and attention find what plain rules do not; with the real sentence embedding."""

import pytest

from mia_desktop.bench import fusion
from mia_desktop.core.config import Settings
from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import Embedder
from mia_desktop.engine.remembering import load_embedder


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(Paths.choose(), Settings())


@pytest.mark.models
def test_attention_finds_the_picture_that_is_meant(embedder: Embedder) -> None:
    found = fusion.references(embedder.embed)
    assert found["all heads"] >= 0.85
    assert found["all heads"] > found["without reference"] + 0.1
    assert found["all heads"] > found["without meaning"]
    assert found["all heads"] > found["always the newest picture"] + 0.4


@pytest.mark.models
def test_a_moment_is_found_by_either_of_its_senses(embedder: Embedder) -> None:
    found = fusion.retrieval(embedder.embed)
    fused = found["fused as the question asks"]
    assert fused["first"] >= 0.75
    assert all(fused["first"] > found[way]["first"] + 0.03 for way in ("picture only", "writing only", "plain mean"))
