"""Takes the last change of memory back, for a minute. What was forgotten is held for it in memory, and only there."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Final

from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import InputError
from mia_desktop.core.memories import Recollection
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.memory.consolidate import as_experience

UNDO_S: Final = 60.0
"""So long what was forgotten is held, in case it was a mistake."""


class Undo:
    """How to take back the last change that can be taken back; a newer one takes the place of an older one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._how: Callable[[], tuple[int, ...]] | None = None
        self._until_s = 0.0

    @property
    def possible(self) -> bool:
        """Whether there is something to take back."""
        return self._how is not None

    def expire(self) -> None:
        """Let it go when its time is over."""
        if self._clock.now_s() > self._until_s:
            self._how = None

    def offer(self, how: Callable[[], tuple[int, ...]]) -> None:
        """Hold, for a minute, how a change is taken back; `how` returns the memories that come back."""
        self._how, self._until_s = how, self._clock.now_s() + UNDO_S

    def take_back(self) -> tuple[int, ...]:
        """Take the change back and return the memories that come back; raises InputError when there is none."""
        how, self._how = self._how, None
        if how is None:
            raise InputError("There is nothing to undo: a change of memory can be taken back for a minute.")
        return how()

    def let_go(self) -> None:
        """Let it go before its time is over."""
        self._how = None


def brought_back(memory: LongTermMemory, gone: Sequence[Recollection]) -> tuple[int, ...]:
    """Keep memories again, without their sealed files, which are destroyed; older versions stay gone."""
    held = [one for one in gone if one.valid_to in (None, one.valid_from)]
    ids: list[int | None] = []
    for one in held:
        again = dataclasses.replace(as_experience(one), attachment="")
        confirmed = one.kind == "procedure" and not one.quarantined
        ids += [memory.learn(again)] if confirmed else memory.remember_all([again])
    return tuple(number for number in ids if number is not None)
