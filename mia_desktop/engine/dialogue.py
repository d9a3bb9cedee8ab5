"""The present conversation, in memory only."""

from collections.abc import Collection, Sequence
from datetime import datetime

from mia_desktop.core.turn import TurnId
from mia_desktop.engine.thought import Thought
from mia_desktop.language.context import Exchange, heard_part


class Dialogue:
    """Holds what was said and answered, and the replies that are on their way.

    Attributes:
        name: what identifies it; may be read from any thread.
        past: the turns that are over, oldest first, as far back as the language model can read.
        thoughts: the replies that have not reached the user yet, or not all of them.
    """

    def __init__(self, name: str) -> None:
        self.begin(name)

    def begin(self, name: str, past: Sequence[Exchange] = ()) -> None:
        """Begin a conversation, or go on with one that was held before."""
        self.name = name
        self.past = [*past]
        self.thoughts: dict[TurnId, Thought] = {}

    def before(self, turn: TurnId | None) -> list[Exchange]:
        """Return what is known when `turn` is answered; with None, as if all that MIA says now will be heard."""
        return self.past + [
            Exchange(
                said=one.said.text,
                answered=heard_part(one.own, one.heard_chars if turn is not None else len(one.own)),
            )
            for one in self.thoughts.values()
            if one.said.turn != turn and not one.errand and (one.heard_chars or (turn is None and one.told))
        ]

    def words(self) -> set[str]:
        """Return the user's words of the turns that are over."""
        return {one.said for one in self.past}

    def of(self, turns: Collection[TurnId]) -> list[Exchange]:
        """Return those of these turns that are over."""
        return [one for one in self.past if one.turn in turns]

    def between(self, start: datetime, end: datetime) -> tuple[TurnId, ...]:
        """Return the turns from a time until before another."""
        return tuple(one.turn for one in self.past if one.turn and one.at and start <= one.at < end)

    def drop(self, turns: Collection[TurnId]) -> bool:
        """Take turns that are over out of it; tell whether there were any."""
        left = [one for one in self.past if one.turn not in turns]
        dropped, self.past = len(left) < len(self.past), left
        return dropped

    def drop_oldest(self, count: int) -> None:
        """Let the oldest turns go, which the language model has no room for."""
        del self.past[:count]
