"""Which models suit a machine. Pure: a function of what the machine has and what the models need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from mia_desktop.library.catalog import Model
from mia_desktop.library.disk import human
from mia_desktop.library.machine import Machine

_SHARE: Final = 0.6
"""Part of the memory that one model may take: the rest is for the system and the other models."""

_GPU_SHARE: Final = 0.9

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
_READ_BYTES_PER_S_AND_CORE: Final = 25 * 490_000_000 / 2
"""The same measurement: weights that a core reads a second while a language model writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a model suits a machine.

    Attributes:
        model: which.
        verdict: "yes", "slow" (it runs, a talk would drag) or "no" (it does not fit).
        reason: what decided: it fits the graphics processor or the memory, there is too little memory, or there are too
            many weights for the processor.
        why: a sentence.
    """

    model: Model
    verdict: Literal["yes", "slow", "no"]
    reason: Literal["gpu", "memory", "too little memory", "too many weights"]
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


def tokens_per_s(machine: Machine, model: Model) -> float | None:
    """Return about how fast a language model writes here; None on a graphics processor, which was not measured."""
    if machine.gpu is not None and model.memory_bytes <= machine.gpu.memory_bytes * _GPU_SHARE:
        return None
    return min(machine.cores, _MOST_CORES) * _READ_BYTES_PER_S_AND_CORE / max(1, model.bytes)


def _worth(one: Fit) -> tuple[bool, int]:
    return (one.verdict == "yes", one.model.rank)


def _judge(machine: Machine, model: Model) -> Fit:
    needs = human(model.memory_bytes)
    extra = f" It needs MIA's optional part {', '.join(model.needs)}." if model.needs else ""
    gpu = machine.gpu
    if gpu is not None and model.memory_bytes <= gpu.memory_bytes * _GPU_SHARE:
        return Fit(model=model, verdict="yes", reason="gpu", why=f"Its {needs} fit into the {gpu.name}.{extra}")
    room = int(machine.memory_bytes * _SHARE)
    if model.memory_bytes > room:
        why = f"It needs {needs} of memory; of this machine's {human(machine.memory_bytes)}, {human(room)} can be used."
        return Fit(model=model, verdict="no", reason="too little memory", why=why)
    brisk = _BRISK_BYTES_PER_CORE[model.role] * min(machine.cores, _MOST_CORES)
    if model.bytes > brisk:
        cores = f"{machine.cores} processor core" + ("s" if machine.cores != 1 else "")
        why = f"It fits, but without a GPU that holds it, {human(model.bytes)} of weights are slow on {cores}.{extra}"
        return Fit(model=model, verdict="slow", reason="too many weights", why=why)
    return Fit(model=model, verdict="yes", reason="memory", why=f"Its {needs} fit into the memory.{extra}")
