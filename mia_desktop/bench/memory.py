"""``mia bench memory``: how much recall finds, how fast, and at what cost."""

import dataclasses
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from mia_desktop.bench import locomo as measured
from mia_desktop.bench import scale
from mia_desktop.core.ports import Database, Embedder
from mia_desktop.memory import locomo
from mia_desktop.memory.ranking import FEATURES

SIZES: Final = (1_000, 10_000, 100_000)
_FITTED: Final = [number for number, name in enumerate(FEATURES) if name != "graph"]
_SAMPLES: Final = 2000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LocomoResult:
    """What recall finds of LoCoMo.

    Attributes:
        conversations: their names.
        questions: how many were asked.
        turn_recall_at_10: mean share of a question's evidence turns among the first ten, with the setting that ships.
        interval: 95 % of it, by drawing conversations anew.
        by_conversation: the same for each conversation, in order.
        by_category: the same for the categories 1 to 5.
        held_out_recall_at_10: the same with weights fitted on all conversations but the one asked about; None for one.
        embedded_per_s: turns embedded and written a second.
    """

    conversations: tuple[str, ...]
    questions: int
    turn_recall_at_10: float
    interval: tuple[float, float]
    by_conversation: tuple[float, ...]
    by_category: tuple[float, ...]
    held_out_recall_at_10: float | None
    embedded_per_s: float


def measure_locomo(
    path: Path, names: Sequence[str], make: Callable[[str], Database], embedder: Embedder
) -> LocomoResult:
    """Remember each conversation of a LoCoMo file in a database of its own from `make`, and ask its questions."""
    conversations = locomo.read(path, names)
    began = time.perf_counter()
    memories = [measured.remembered(one, make(one.name), embedder) for one in conversations]
    embedding_s = time.perf_counter() - began
    shares = [measured.recall_at(memory, one) for memory, one in zip(memories, conversations, strict=True)]
    held_out = None
    if len(conversations) > 1:
        seen = {
            one.name: measured.asked(memory, one, embedder) for memory, one in zip(memories, conversations, strict=True)
        }
        held_out = float(np.mean(np.concatenate(list(measured.held_out(seen, _FITTED).values()))))
    everything = np.concatenate(shares)
    categories = np.array([question.category for one in conversations for question in one.questions])
    return LocomoResult(
        conversations=tuple(one.name for one in conversations),
        questions=len(everything),
        turn_recall_at_10=float(everything.mean()),
        interval=_interval(shares),
        by_conversation=tuple(float(np.mean(one)) for one in shares),
        by_category=tuple(float(everything[categories == one].mean()) for one in range(1, 6) if one in categories),
        held_out_recall_at_10=held_out,
        embedded_per_s=sum(len(one.turns) for one in conversations) / embedding_s,
    )


def measure(
    *,
    path: Path | None,
    names: Sequence[str],
    sizes: Sequence[int],
    live: bool,
    make: Callable[[str], Database],
    place: Callable[[str], scale.Place],
    embedder: Embedder,
) -> dict[str, Any]:
    """Return the figures as a JSON object: LoCoMo's when `path` is given, then those of each size.

    `make` makes an empty database of a name for LoCoMo, `place` gives that for each size. `live`: measure Chroma too.
    """
    result: dict[str, Any] = {"model": embedder.model}
    if path is not None:
        result |= dataclasses.asdict(measure_locomo(path, names, make, embedder))
    result["scale"] = [
        dataclasses.asdict(scale.measure(place(f"scale-{size}"), size, embedder, live)) for size in sizes
    ]
    return result


def _interval(shares: Sequence[Sequence[float]]) -> tuple[float, float]:
    chance = np.random.default_rng(7)
    means = [
        np.concatenate([shares[one] for one in chance.integers(0, len(shares), len(shares))]).mean()
        for _ in range(_SAMPLES)
    ]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
