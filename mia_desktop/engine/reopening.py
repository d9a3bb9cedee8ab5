"""Goes back to conversations that were held before."""

from collections.abc import Callable, Collection
from typing import Final

from mia_desktop.core.conversations import KeptTurn, PastTurn
from mia_desktop.core.errors import InputError, MiaError, VaultLockedError
from mia_desktop.core.events import ConversationOpened
from mia_desktop.core.items import Exchanged, Reopened
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.language.context import Exchange
from mia_desktop.memory.conversations import title_from

_GUEST: Final = "You are a guest, so no conversation is kept. Make a vault, or unlock it."
_GONE: Final = "That conversation is not there any more. Choose another one."


class Reopening:
    """Reads conversations of the vault as they are once the keeper has done what it was given to do.

    Args:
        memory: the long-term memory; None for a guest.
        tell: hands to the keeper which memories the turns of a conversation are.
        ledger: numbers the turns.
        most: so many turns, the last ones, can matter to the language model.
    """

    def __init__(
        self,
        memory: Part[LongTermMemory] | None,
        tell: Callable[[Reopened], object] | None,
        ledger: Ledger,
        most: int,
    ) -> None:
        self._memory = memory
        self._tell = tell
        self._ledger = ledger
        self._most = most
        self._owed: dict[TurnId, Exchanged] = {}
        self._leaving: dict[TurnId, Exchange] = {}

    def handed_over(self, exchanged: Exchanged) -> None:
        """Take note that the keeper is to write a turn."""
        self._owed[exchanged.turn] = exchanged

    def kept(self, turn: TurnId) -> None:
        """Take note that a turn is on disk."""
        self._owed.pop(turn, None)

    def leave(self, exchanges: Collection[Exchange]) -> None:
        """Take note that the keeper is to forget turns."""
        for one in exchanges:
            if one.turn is not None:
                self._leaving[one.turn] = one
                self._owed.pop(one.turn, None)

    def left(self, turns: Collection[TurnId]) -> None:
        """Take note that turns are forgotten."""
        for turn in turns:
            self._leaving.pop(turn, None)

    @property
    def leaving(self) -> set[str]:
        """The user's words of the turns that are to be forgotten, and may be on disk still."""
        return {one.said for one in self._leaving.values()}

    def let_go(self) -> None:
        """Forget what waits: memory was locked, and it is not written any more."""
        self._owed.clear()
        self._leaving.clear()

    def open(self, name: str) -> tuple[ConversationOpened, list[Exchange]]:
        """Return a conversation and its end as the language model needs it; with the reason when it is not there."""
        if self._memory is None or self._tell is None:
            return ConversationOpened(why=_GUEST), []
        try:
            memory = self._memory.get()
            leaving = {one.at for one in self._leaving.values()}
            kept = [one for one in memory.conversation(name) if one.at not in leaving]
            title = memory.conversation_info(name).title if kept else ""
        except InputError:  # it was forgotten in this very moment
            kept, title = [], ""
        except VaultLockedError:
            return ConversationOpened(why=_GUEST), []
        except MiaError as error:
            return ConversationOpened(why=str(error)), []
        numbers = self._ledger.numbers(len(kept))
        there = {one.at for one in kept}
        turns = [_past(number, one) for number, one in zip(numbers, kept, strict=True)]
        turns += [_owed(one) for one in self._owed.values() if one.conversation == name and one.at not in there]
        if not turns:
            return ConversationOpened(why=_GONE), []
        self._tell(Reopened(turns=tuple((number, one.memories) for number, one in zip(numbers, kept, strict=True))))
        opened = ConversationOpened(name=name, title=title or title_from(turns[0].said), turns=tuple(turns))
        return opened, [_exchange(one) for one in turns[-self._most :]]


def _past(turn: TurnId, one: KeptTurn) -> PastTurn:
    return PastTurn(turn=turn, at=one.at, said=one.said, answered=one.answered, spoken=one.spoken)


def _owed(one: Exchanged) -> PastTurn:
    return PastTurn(turn=one.turn, at=one.at, said=one.said, answered=one.answered, spoken=one.spoken)


def _exchange(one: PastTurn) -> Exchange:
    return Exchange(said=one.said, answered=one.answered, turn=one.turn, at=one.at)
