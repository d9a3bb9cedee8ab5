"""The measuring measures: on a benchmark file made here."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from mia_desktop.bench import kill_storm, plot
from mia_desktop.bench import memory as bench
from mia_desktop.bench.locomo import Asked, fit
from mia_desktop.bench.scale import Place
from mia_desktop.bench.vaults import Vaults
from mia_desktop.core.errors import InputError
from mia_desktop.memory.ranking import FEATURES
from tests.memory.hashed_embedder import HashedEmbedder
from tests.plain_database import PlainDatabase

THINGS = ("a canoe", "a violin", "some saffron", "a telescope", "two goats", "a lantern", "a kite", "an anvil")


def benchmark(path: Path) -> Path:
    conversations = []
    for number in range(2):
        turns = [
            {"speaker": ("Ann", "Bob")[n % 2], "dia_id": f"D1:{n + 1}", "text": f"Today I bought {thing} at shop {n}."}
            for n, thing in enumerate(THINGS * 3)
        ]
        turns = [
            turn | {"text": turn["text"] if n < len(THINGS) else f"Idle talk {n}."} for n, turn in enumerate(turns)
        ]
        qa = [
            {"question": f"Who bought {thing}?", "category": 4, "evidence": [f"D1:{n + 1}"]}
            for n, thing in enumerate(THINGS)
        ]
        wrong = [{"question": "Who bought a canoe?", "category": 1, "evidence": ["D9:1"]}]
        talk = {"session_1": turns, "session_1_date_time": "1:56 pm on 8 May, 2023"}
        conversations.append({"sample_id": f"conv-{number}", "conversation": talk, "qa": qa + wrong})
    path.write_text(json.dumps(conversations))
    return path


def test_recall_is_counted_over_the_product_and_wrong_evidence_is_never_found(tmp_path: Path) -> None:
    result = bench.measure(
        path=benchmark(tmp_path / "l.json"),
        names=["conv-0", "conv-1"],
        sizes=[300],
        live=True,
        make=lambda name: PlainDatabase(tmp_path / f"{name}.db"),
        place=lambda name: Place(
            make=lambda: PlainDatabase(tmp_path / f"{name}.db"), reopen=lambda: PlainDatabase(tmp_path / f"{name}.db")
        ),
        embedder=HashedEmbedder(dimensions=48),
    )
    assert result["questions"] == 18
    assert result["turn_recall_at_10"] == pytest.approx(8 / 9)
    assert result["by_category"] == (0.0, 1.0)
    assert result["interval"] == pytest.approx((8 / 9, 8 / 9))
    (scale,) = result["scale"]
    assert scale["memories"] == 300
    assert scale["recall_p50_ms"] <= scale["recall_p95_ms"]
    assert scale["parity"] >= 0.99
    assert scale["live_p95_ms"] is not None
    json.dumps(result)
    plot.memory(tmp_path / "plot.png", result)
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InputError, match="nothing to draw"):
        plot.memory(tmp_path / "plot.png", {"scale": []})


def test_fitting_finds_the_feature_that_tells() -> None:
    chance = np.random.default_rng(1)
    telling, idle = FEATURES.index("meaning"), FEATURES.index("coverage")
    questions = []
    for _ in range(60):
        features = chance.random((len(FEATURES), 40)).astype(np.float32)
        features[telling, 7] += 1
        questions.append(Asked(category=4, features=features, evidence=(7,), wanted=1))
    weights = fit(questions, [idle, telling])
    assert weights[telling] > 5 * abs(weights[idle])
    assert np.count_nonzero(weights) == 2
    assert np.mean([one.recall_at(weights, 1) for one in questions]) > 0.9


@pytest.mark.skipif(sys.platform == "win32", reason="a killed process cannot be told from one that ended there")
def test_a_writer_that_is_killed_loses_nothing_that_it_acknowledged() -> None:
    with Vaults() as vaults:
        result = kill_storm.measure(vaults, 2)
    assert result.acknowledged >= 2
    assert (result.kills, result.lost, result.torn) == (2, 0, 0)
