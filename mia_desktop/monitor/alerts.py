"""When this machine or MIA's answers are worse than they should be. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

MOST_CPU_PERCENT: Final = 80.0
MOST_MEMORY_PERCENT: Final = 85.0
MOST_ANSWER_S: Final = 2.0
_ENOUGH_TURNS: Final = 5
"""Fewer say nothing of the slow ones."""

Kind = Literal["processor", "memory", "answers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that is over its bound.

    Attributes:
        kind: what.
        value: what it is now: percent, or seconds for answers.
        bound: what it should be at most.
    """

    kind: Kind
    value: float
    bound: float


def alerts(
    *, machine_cpu_percent: float, machine_memory_percent: float, answer_p95_s: float | None, turns: int
) -> list[Alert]:
    """Return what is over its bound.

    Args:
        machine_cpu_percent: of all cores, 0 to 100.
        machine_memory_percent: of this machine's memory, 0 to 100.
        answer_p95_s: within which time 95 % of the answers were first heard or read, seconds; None: not known.
        turns: from how many turns that is.
    """
    found: list[Alert] = []
    if machine_cpu_percent > MOST_CPU_PERCENT:
        found.append(Alert(kind="processor", value=machine_cpu_percent, bound=MOST_CPU_PERCENT))
    if machine_memory_percent > MOST_MEMORY_PERCENT:
        found.append(Alert(kind="memory", value=machine_memory_percent, bound=MOST_MEMORY_PERCENT))
    if answer_p95_s is not None and turns >= _ENOUGH_TURNS and answer_p95_s > MOST_ANSWER_S:
        found.append(Alert(kind="answers", value=answer_p95_s, bound=MOST_ANSWER_S))
    return found


_LASTING_LOOKS: Final[dict[Kind, int]] = {"processor": 12, "memory": 3, "answers": 1}
"""A turn of MIA's own keeps all cores busy for some seconds: only what lasts longer is worth a word."""


class Vigil:
    """Looks at alerts again and again, and tells each kind once, when it has lasted."""

    def __init__(self) -> None:
        self._seen: dict[Kind, int] = {}
        self._told: set[Kind] = set()

    def look(self, found: Sequence[Alert]) -> list[Alert]:
        """Take what is over its bound now; return what is to be told now."""
        self._seen = {one.kind: self._seen.get(one.kind, 0) + 1 for one in found}
        lasting = [one for one in found if self._seen[one.kind] >= _LASTING_LOOKS[one.kind]]
        new = [one for one in lasting if one.kind not in self._told]
        self._told.update(one.kind for one in new)
        return new
