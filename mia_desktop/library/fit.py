"""Which models suit a machine. Pure: a function of what the machine has and what the models need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from mia_desktop.library.catalog import Model
from mia_desktop.library.disk import human
from mia_desktop.library.machine import Machine

_SHARE: Final = 0.6
"""Part of the memory that one model may take: the rest is for the system and the other models."""

_BRISK_BYTES_PER_CORE: Final[Mapping[str, int]] = {
    # Writing a token reads all weights: 0.49 GB gave 25 tokens/s on two cores; below about 5 tokens/s talk drags.
    "language": 1_200_000_000,
    # whisper base (0.15 GB) heard 3 s of speech in 0.8 s on two cores; ten times that is too late for a talk.
    "speech_to_text": 250_000_000,
    "text_to_speech": 150_000_000,
    "text_embedding": 500_000_000,
    "image_labels": 250_000_000,
    "face_detection": 100_000_000,
    "end_of_turn": 100_000_000,
}
_MOST_CORES: Final = 8
"""More cores than this no longer help: memory is the narrow place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a model suits a machine.

    Attributes:
        model: which.
        verdict: "yes", "slow" (it runs, a talk would drag) or "no" (it does not fit).
        why: a sentence.
    """

    model: Model
    verdict: Literal["yes", "slow", "no"]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What suits a machine.

    Attributes:
        fits: every model, in the catalogue's order.
        recommended: for each role the name of the best model that fits.
    """

    fits: tuple[Fit, ...]
    recommended: Mapping[str, str]


def fit(machine: Machine, models: Iterable[Model]) -> Advice:
    """Return how each model suits `machine`, and the recommended one of each role."""
    fits = tuple(_judge(machine, model) for model in models)
    best: dict[str, Fit] = {}
    for one in fits:
        role = one.model.role
        if one.verdict != "no" and (role not in best or _worth(one) > _worth(best[role])):
            best[role] = one
    return Advice(fits=fits, recommended={role: one.model.name for role, one in best.items()})


def _worth(one: Fit) -> tuple[bool, int]:
    return (one.verdict == "yes", one.model.rank)


def _judge(machine: Machine, model: Model) -> Fit:
    needs = human(model.memory_bytes)
    extra = f" It needs MIA's optional part {', '.join(model.needs)}." if model.needs else ""
    gpu = machine.gpu
    if gpu is not None and model.memory_bytes <= gpu.memory_bytes * 0.9:
        return Fit(model=model, verdict="yes", why=f"Its {needs} fit into the {gpu.name}.{extra}")
    room = int(machine.memory_bytes * _SHARE)
    if model.memory_bytes > room:
        why = f"It needs {needs} of memory; of this machine's {human(machine.memory_bytes)}, {human(room)} can be used."
        return Fit(model=model, verdict="no", why=why)
    brisk = _BRISK_BYTES_PER_CORE[model.role] * min(machine.cores, _MOST_CORES)
    if model.bytes > brisk:
        cores = f"{machine.cores} processor core" + ("s" if machine.cores != 1 else "")
        why = f"It fits, but without a GPU that holds it, {human(model.bytes)} of weights are slow on {cores}.{extra}"
        return Fit(model=model, verdict="slow", why=why)
    return Fit(model=model, verdict="yes", why=f"Its {needs} fit into the memory.{extra}")
