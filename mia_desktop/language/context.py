"""What of the conversation fits into the prompt. Pure, but for the counting of tokens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mia_desktop.core.items import Message
from mia_desktop.core.turn import TurnId

_MESSAGE_OVERHEAD_TOKENS = 8
_INTERRUPTED = " …"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A past turn.

    Attributes:
        said: what the user said.
        answered: what of the answer reached the user.
        turn: which turn it was, or None.
        at: when it was; has a time zone.
    """

    said: str
    answered: str
    turn: TurnId | None = None
    at: datetime | None = None


def heard_part(reply: str, heard_chars: int) -> str:
    """Return what the user heard of an interrupted reply, with one mark of the interruption."""
    return reply if heard_chars >= len(reply) else reply[:heard_chars].rstrip() + _INTERRUPTED


def prompt(
    system: str,
    past: Sequence[Exchange],
    said: str,
    *,
    budget_tokens: int,
    count_tokens: Callable[[str], int],
) -> tuple[list[Message], int]:
    """Return the messages for the next reply and how many of the oldest exchanges were left out.

    The system text comes first and never changes, so that a model can keep what it has read of it. When the budget is
    passed, exchanges go oldest first until a quarter of the budget is free again: dropping one each turn would
    change the beginning of the prompt each turn. The user's words always stay.
    """

    def size(text: str) -> int:
        return count_tokens(text) + _MESSAGE_OVERHEAD_TOKENS

    sizes = [size(one.said) + size(one.answered) for one in past]
    fixed = size(system) + size(said)
    dropped = 0
    if fixed + sum(sizes) > budget_tokens:
        while dropped < len(sizes) and fixed + sum(sizes[dropped:]) > budget_tokens * 3 // 4:
            dropped += 1
    messages = [Message(role="system", text=system)]
    for one in past[dropped:]:
        messages += [Message(role="user", text=one.said), Message(role="assistant", text=one.answered)]
    return [*messages, Message(role="user", text=said)], dropped
