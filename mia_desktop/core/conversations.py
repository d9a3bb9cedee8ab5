"""Conversations that were held, as they are kept in the vault."""

from dataclasses import dataclass
from datetime import datetime

from mia_desktop.core.turn import TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationInfo:
    """A conversation in the list of all.

    Attributes:
        name: what identifies it.
        title: what to call it before the user: their own words for it, or the beginning of what they said first.
        started_at: when it began, with a time zone.
        changed_at: when something was said in it last, with a time zone.
        turns: how many turns are kept of it.
        pinned: whether the user wants it at the top.
        excerpt: where it was found by its words, the words around the place; else empty.
    """

    name: str
    title: str
    started_at: datetime
    changed_at: datetime
    turns: int
    pinned: bool
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTurn:
    """A turn of a conversation that was opened again.

    Attributes:
        turn: its id in this run of the engine.
        at: when it was said, with a time zone.
        said: the user's words; empty when they were forgotten.
        answered: what of MIA's answer was heard; may be empty.
        spoken: whether the user spoke rather than typed.
    """

    turn: TurnId
    at: datetime
    said: str
    answered: str
    spoken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTurn:
    """A turn as it lies in the vault.

    Attributes:
        at: when it was said, with a time zone.
        said: the user's words; empty when they were forgotten.
        answered: what of the answer was heard; may be empty.
        spoken: whether the user spoke rather than typed.
        memories: ids of the memories that it is kept in.
    """

    at: datetime
    said: str
    answered: str
    spoken: bool
    memories: tuple[int, ...]
