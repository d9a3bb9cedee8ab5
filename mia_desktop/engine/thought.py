"""A reply on its way to the user: what it answers, what of it is written, and what of it was heard."""

from dataclasses import dataclass, field
from datetime import datetime

from mia_desktop.core.items import Exchanged, UserText
from mia_desktop.core.memories import Hit
from mia_desktop.core.sights import Percept
from mia_desktop.language.context import heard_part
from mia_desktop.language.output_format import SentenceCutter


@dataclass(slots=True, kw_only=True)
class Thought:
    """A reply that has not reached the user yet, or not all of it.

    Attributes:
        said: the words that it answers.
        errand: whether it is answered by rule, because something was asked of memory.
        reply: what is written so far.
        own_chars: how much of it is the model's; None: all.
        cutter: cuts it into what can be spoken.
        written: whether it is whole.
        told: whether the whole of it may reach the user.
        heard_chars: how much of it has.
        hits: the memories that it may rest on.
        seen: the pictures that it is about.
    """

    said: UserText
    errand: bool = False
    reply: str = ""
    own_chars: int | None = None
    cutter: SentenceCutter = field(default_factory=SentenceCutter)
    written: bool = False
    told: bool = False
    heard_chars: int = 0
    hits: tuple[Hit, ...] = ()
    seen: tuple[Percept, ...] = ()

    @property
    def own(self) -> str:
        """The model's words, without what MIA added about where they come from."""
        return self.reply[: self.own_chars]

    @property
    def heard(self) -> str:
        """What of the model's words has reached the user; empty when nothing has."""
        return heard_part(self.own, self.heard_chars) if self.heard_chars else ""

    def exchanged(self, at: datetime, user: str, conversation: str) -> Exchanged:
        """Return what is to be kept of the turn, which is over."""
        return Exchanged(
            turn=self.said.turn,
            at=at,
            user=user,
            said=self.said.text,
            spoken=self.said.spoken,
            answered=self.heard,
            recalled=tuple(hit.memory.id for hit in self.hits),
            conversation=conversation,
            seen=self.seen,
        )
