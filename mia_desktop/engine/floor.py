"""Who has the floor: what ears, scribe and playback must know of each other at once. Flags, never queued messages."""

from collections import deque
from typing import Final, Literal

from mia_desktop.core.turn import TurnId
from mia_desktop.engine.ledger import Ledger

_RECENT_PIECES: Final = 8
_FOLLOW_UP_S: Final = 10.0


class Floor:
    """MIA's right to speak. The user takes it by speaking; it comes back when that was not meant for MIA."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._taken_by: TurnId | None = None
        self._said: deque[str] = deque(maxlen=_RECENT_PIECES)
        self.silent_since_s = -_FOLLOW_UP_S
        """When MIA's last answer ended, clock seconds."""
        self.sounding: TurnId | None = None
        """The turn whose answer is audible now, or None."""
        self.spoken_for: tuple[TurnId, int] | None = None
        """The turn and revision whose answer has begun to be sound."""
        self.speaker_moved = False
        """Whether the speaker lost its place in time, so that her echo comes at another delay."""
        self.fooled_by: Literal["", "echo", "nothing"] = ""
        """What she fell silent for just now that was nobody: her own words, or no words at all."""
        self.ducked = False
        """Whether MIA speaks low, because somebody may be about to interrupt."""
        self.asleep = False
        """Whether nobody is there to speak or to listen, so that the sound devices may be closed."""

    def take(self, turn: TurnId) -> None:
        """Make MIA fall silent for `turn`, until that turn is over."""
        self._taken_by = turn

    @property
    def taken(self) -> bool:
        """Whether MIA has to be silent."""
        return self._taken_by is not None and not self._ledger.is_void(self._taken_by)

    def is_taken_from(self, turn: TurnId) -> bool:
        """Tell whether somebody else than the user of `turn` has the floor."""
        return self.taken and self._taken_by != turn

    def in_conversation(self, now_s: float) -> bool:
        """Tell whether what is said now may follow MIA's last answer without naming her."""
        return self.sounding is not None or now_s - self.silent_since_s < _FOLLOW_UP_S

    def note_said(self, text: str) -> None:
        """Remember a piece of what MIA says."""
        self._said.append(text)

    def said_recently(self) -> str:
        """Return MIA's last few sentences, to tell her echo from the user."""
        return " ".join(tuple(self._said))
