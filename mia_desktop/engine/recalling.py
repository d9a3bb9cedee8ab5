"""What comes to mind for an answer: what long-term memory gives, and what working memory still holds."""

import dataclasses
import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import MiaError, VaultLockedError
from mia_desktop.core.memories import Hit, Recollection
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.engine.part import Part
from mia_desktop.memory.procedural import in_force
from mia_desktop.memory.words import refers_back, rests_on
from mia_desktop.memory.working import WorkingMemory

_CARRIED: Final = 3
"""So many memories that the talk is still about are given with those that are recalled for the new words."""
_TELLS: Final = re.compile(r"[.!;]\s")
_NEAR_THE_BEST: Final = 0.35
"""What scores less than this share of the best is left out: a small model takes all that it is given for important."""
_JUST_NOW: Final = "was in mind a moment ago"


class Recalling:
    """Recalls for the mind, and keeps what it recalled present while it is used.

    Args:
        memory: the long-term memory; None for a guest.
        most: how many memories are recalled for an answer.
        clock: for what fades.
        today: gives the time of day, with its time zone.
    """

    def __init__(
        self, memory: Part[LongTermMemory] | None, most: int, clock: Clock, today: Callable[[], datetime]
    ) -> None:
        self._memory = memory
        self._most = most
        self._clock = clock
        self._today = today
        self._working = WorkingMemory()
        self._hits: dict[int, Hit] = {}

    def recall(self, text: str, known: Collection[str]) -> tuple[Hit, ...]:
        """Return the user's memories that may answer `text`, and where it refers back ("how old is he?") those in mind.

        None has the words of `known`. What is recalled comes, or stays, in working memory; what is only carried along
        fades on.
        """
        if self._memory is None or not self._most:
            return ()
        try:
            found = self._memory.get().recall(text, self._today(), self._most)
        except VaultLockedError:
            return ()
        told = [hit for hit in found if _told(hit.memory) and hit.memory.text not in known]
        hits = [hit for hit in told if hit.score >= _NEAR_THE_BEST * found[0].score]
        present = self._present({hit.memory.id for hit in hits})
        carried = present[:_CARRIED] if refers_back(text) else []
        for hit in reversed(hits):  # the best is the most present
            self._use(hit)
        return (*hits, *(hit for hit in carried if hit.memory.text not in known))

    def _present(self, without: Collection[int]) -> list[Hit]:
        """Return what is in mind besides `without`, the most present first; what has faded is let go."""
        self._working = self._working.at(self._clock.now_s())
        present = [one.memory for one in self._working.present(self._clock.now_s())]
        self._hits = {number: hit for number, hit in self._hits.items() if number in present}
        return [
            dataclasses.replace(self._hits[number], why=_JUST_NOW)
            for number in present
            if number is not None and number not in without
        ]

    def rested_on(self, said: str, reply: str, hits: Collection[Hit]) -> tuple[Hit, ...]:
        """Return those of `hits` that `reply` to `said` says something of; they are fresh in working memory again."""
        used = tuple(hit for hit in hits if rests_on(reply, hit.memory.text, said))
        for hit in reversed(used):
            self._use(hit)
        return used

    def rules(self) -> tuple[str, ...]:
        """Return how the user wants things done, as it stands in the prompt."""
        if self._memory is None:
            return ()
        try:
            return in_force([one.text for one in self._memory.get().procedures()])
        except MiaError:
            return ()  # whoever needs memory in earnest is told

    def forget(self, ids: Collection[int]) -> None:
        """Let memories go that are forgotten."""
        self._hits = {number: hit for number, hit in self._hits.items() if number not in ids}
        self._working = self._working.without(ids)

    def let_go(self) -> None:
        """Have nothing in mind."""
        self._working, self._hits = WorkingMemory(), {}

    def _use(self, hit: Hit) -> None:
        self._hits[hit.memory.id] = hit
        self._working = self._working.use(hit.memory.text, self._clock.now_s(), memory=hit.memory.id)


def _told(memory: Recollection) -> bool:
    """Tell whether the user told something by it: it is theirs, no question and no wish."""
    asks_only = memory.text.rstrip().endswith("?") and not _TELLS.search(memory.text)
    return memory.trust == "user" and memory.kind != "procedure" and not asks_only
