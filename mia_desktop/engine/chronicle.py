"""Writes down turns that are over, and knows which memories they became."""

from collections.abc import Collection, Iterable

import numpy as np

from mia_desktop.core.items import Exchanged
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.experiences import experiences, picture


class Chronicle:
    """Turns and their memories, from the start of MIA, or since memory was locked."""

    def __init__(self) -> None:
        self._memories: dict[TurnId, tuple[int, ...]] = {}
        self._shown: set[tuple[str, str]] = set()

    def write(self, one: Exchanged, memory: LongTermMemory) -> tuple[int, ...]:
        """Keep a turn, durably, and return the memories that it became; raises MiaError when that cannot be."""
        ids = [*self._keep_pictures(one, memory), *memory.remember_all(experiences(one))]
        kept = tuple(number for number in ids if number is not None)
        self._memories[one.turn] = kept
        return kept

    def _keep_pictures(self, one: Exchanged, memory: LongTermMemory) -> list[int | None]:
        """Keep what was found in the pictures that a turn was about, each once in a conversation."""
        ids: list[int | None] = []
        for percept in one.seen:
            shown = (one.conversation, percept.key)
            if shown not in self._shown:
                vector = np.zeros(0, dtype=np.float32) if percept.sight.vector is None else percept.sight.vector
                ids.append(memory.keep_picture(picture(percept.sight, one), vector, percept.sight.space))
                self._shown.add(shown)
        return ids

    def note(self, turns: Iterable[tuple[TurnId, tuple[int, ...]]]) -> None:
        """Take note of which memories turns are, that are kept already."""
        self._memories.update(turns)

    def of(self, turns: Iterable[TurnId]) -> tuple[int, ...]:
        """Return the memories that these turns became."""
        return tuple(number for turn in turns for number in self._memories.get(turn, ()))

    def over(self, gone: Collection[int]) -> set[TurnId]:
        """Return the turns of which nothing is remembered any more, now that `gone` is."""
        left = set(gone)
        return {turn for turn, ids in self._memories.items() if ids and left.issuperset(ids)}

    def let_go(self) -> None:
        """Forget which turns there were: memory is locked."""
        self._memories, self._shown = {}, set()
