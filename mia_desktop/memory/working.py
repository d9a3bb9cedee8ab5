"""Working memory: the few things that the conversation is about right now. Pure.

Activation halves every `half_life_s` since the item was last used: unrehearsed short-term memory is lost within half
a minute (Peterson &
Peterson 1959, J. Exp. Psychol. 58; exponential retention as in Wickelgren 1970). ACT-R's base-level learning
(Anderson & Schooler 1991) was
considered: its power law has no half-life, and with it an item used ten times an hour ago crowds out the present.
Capacity: seven, plus or minus two (Miller 1956).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

CAPACITY: Final = 9
"""Seven plus two: the most that is held."""
LASTS_S: Final = 30.0
"""An item that is not used for longer is gone."""
_REHEARSED: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An item in working memory.

    Attributes:
        text: what it is.
        memory: id of the memory that it stands for, or None.
        used_at_s: clock time of its last use, seconds.
        uses: how often it was used.
        salient: whether it is to be kept for long whatever happens.
    """

    text: str
    memory: int | None
    used_at_s: float
    uses: int
    salient: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingMemory:
    """What is held, and how fast it fades.

    Attributes:
        items: what is held, in the order in which it came.
        half_life_s: time in which activation halves, seconds; 15 to 30.
    """

    items: tuple[Held, ...] = ()
    half_life_s: float = 20.0

    def activation(self, item: Held, now_s: float) -> float:
        """Return how present `item` is, in (0, 1]: ``2 ** (-(now - used) / half_life)``."""
        return float(0.5 ** (max(0.0, now_s - item.used_at_s) / self.half_life_s))

    def use(self, text: str, now_s: float, *, memory: int | None = None, salient: bool = False) -> "WorkingMemory":
        """Return it with `text` fresh in it. When it is full, what is least present makes room."""
        known = next((one for one in self.items if one.text == text), None)
        uses = known.uses + 1 if known else 1
        item = Held(
            text=text,
            memory=memory if memory is not None or known is None else known.memory,
            used_at_s=now_s,
            uses=uses,
            salient=salient or (known is not None and known.salient),
        )
        others = [one for one in self.at(now_s).items if one.text != text]
        while len(others) >= CAPACITY:
            others.remove(min(others, key=lambda one: (one.used_at_s, one.uses)))
        return replace(self, items=(*others, item))

    def at(self, now_s: float) -> "WorkingMemory":
        """Return it as it is at `now_s`: without what has faded."""
        return replace(self, items=tuple(one for one in self.items if now_s - one.used_at_s <= LASTS_S))

    def present(self, now_s: float) -> list[Held]:
        """Return what is held, the most present first."""
        return list(reversed(self.at(now_s).items))  # what is used moves to the end

    def without(self, memories: Collection[int]) -> "WorkingMemory":
        """Return it without what stands for these memories: they are forgotten."""
        return replace(self, items=tuple(one for one in self.items if one.memory not in memories))

    def worth_keeping(self) -> Iterable[Held]:
        """Yield what has earned a place in long-term memory: what was rehearsed or is salient, and is not there yet."""
        return (one for one in self.items if one.memory is None and (one.salient or one.uses >= _REHEARSED))
