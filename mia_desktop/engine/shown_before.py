"""Whether the user has shown a picture before: in this conversation, or in one that long-term memory knows."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from mia_desktop.core.errors import VaultLockedError
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.core.sights import Focus, Percept, Sight
from mia_desktop.engine.part import Part
from mia_desktop.language.human_time import when
from mia_desktop.perception.again import SAME, same_words, words_in, words_of
from mia_desktop.perception.reference import asks_if_shown

_ORDER: Final = ("first", "second", "third", "fourth", "fifth")


class ShownBefore:
    """Answers it by rule: a language model would say yes.

    Args:
        memory: the long-term memory; None for a guest.
        today: gives the time of day, with its time zone.
    """

    def __init__(self, memory: Part[LongTermMemory] | None, today: Callable[[], datetime]) -> None:
        self._memory = memory
        self._today = today

    def answer(self, asked: str, focus: Focus | None, earlier: Sequence[Percept], conversation: str) -> str:
        """Return the whole answer; an empty text when that is not what was asked.

        Args:
            asked: the user's words.
            focus: the picture that they are about.
            earlier: the pictures of this conversation that came before it.
            conversation: the name of this conversation in memory.
        """
        if focus is None or not asks_if_shown(asked):
            return ""
        sight = focus.percepts[-1].sight
        for one in reversed(earlier):
            if _alike(one.sight, sight):
                which = _ORDER[one.number] if one.number < len(_ORDER) else f"{one.number + 1}th"
                return f"Yes, I think it is the {which} picture of this conversation again{_called(one.sight)}."
        try:
            return self._remembered(sight, conversation)
        except VaultLockedError:
            return "Not in this conversation. I remember nothing beyond it: you are a guest."

    def _remembered(self, sight: Sight, conversation: str) -> str:
        if self._memory is None:
            raise VaultLockedError("There is no vault.")
        if sight.vector is not None:
            for one in self._memory.get().pictures_like(sight.vector, sight.space, least=SAME):
                then = one.memory
                if then.conversation != conversation and _of_the_same_words(sight, then.text):
                    return f"I think so: {when(then.at, self._today())} you showed me one that looks the same."
        return "Not that I remember."


def _alike(one: Sight, other: Sight) -> bool:
    if one.vector is None or other.vector is None or one.space != other.space:
        return False
    return float(one.vector @ other.vector) >= SAME and same_words(words_in(one), words_in(other))


def _of_the_same_words(sight: Sight, remembered: str) -> bool:
    return same_words(words_of(sight.description), words_of(remembered)) if sight.lines else True


def _called(sight: Sight) -> str:
    return f" ({sight.picture.name})" if sight.picture.name else ""
