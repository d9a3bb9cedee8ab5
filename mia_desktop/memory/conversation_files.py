"""Conversations as files: JSON that another MIA reads back, Markdown for people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from mia_desktop.core.conversations import ConversationInfo, KeptTurn
from mia_desktop.core.errors import InputError
from mia_desktop.core.memories import Experience, Trust
from mia_desktop.memory import chatgpt
from mia_desktop.memory.conversations import title_from

FORMAT: Final = "mia-conversation-1"
_WRONG: Final = "That is neither a conversation that MIA exported nor conversations.json of a ChatGPT export."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A conversation in a file.

    Attributes:
        name: what identifies it.
        title: what it is called there; empty: nothing of its own.
        pinned: whether it was kept at the top.
        lines: what was said in it, in order.
    """

    name: str
    title: str
    pinned: bool
    lines: tuple[Experience, ...]

    @property
    def own_title(self) -> str:
        """The title, unless it is only the beginning of what was said first."""
        said = next((line.text for line in self.lines if line.trust == "user"), "")
        return "" if self.title == title_from(said) else self.title


def missing(told: Told, turns: Sequence[KeptTurn]) -> list[Experience]:
    """Return the lines of `told` that are not in the `turns` of the conversation that is there."""
    there = {(turn.at, text) for turn in turns for text in (turn.said, turn.answered)}
    return [line for line in told.lines if (line.at, line.text) not in there]


def as_markdown(info: ConversationInfo, turns: Sequence[KeptTurn], user: str) -> str:
    """Return a conversation for people: a heading, then who said what, as it was written."""
    parts = [f"# {info.title}", f"_{info.started_at:%Y-%m-%d %H:%M}_"]
    for turn in turns:
        parts += [f"**{user}**, {turn.at:%Y-%m-%d %H:%M}", turn.said] if turn.said else []
        parts += ["**MIA**", turn.answered] if turn.answered else []
    return "\n\n".join(parts) + "\n"


def as_json(info: ConversationInfo, turns: Sequence[KeptTurn]) -> str:
    """Return a conversation as text that `read` takes in. Equal conversations give equal bytes."""
    told = {
        "format": FORMAT,
        "name": info.name,
        "title": info.title,
        "pinned": info.pinned,
        "turns": [
            {"at": one.at.isoformat(), "said": one.said, "answered": one.answered, "spoken": one.spoken}
            for one in turns
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def read(untrusted_text: str, user: str) -> list[Told]:
    """Return the conversations in what `as_json` wrote or in a ChatGPT export, as `user` held them.

    Raises InputError when it is neither.
    """
    try:
        untrusted = json.loads(untrusted_text)
        if isinstance(untrusted, dict):
            return [_told(untrusted, user)]
        return [
            Told(name=lines[0].conversation, title=title, pinned=False, lines=tuple(lines))
            for title, lines in chatgpt.conversations(untrusted, user)
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise InputError(_WRONG) from None


def _told(untrusted: dict[str, Any], user: str) -> Told:
    name, title, pinned = untrusted["name"], untrusted["title"], untrusted["pinned"]
    if untrusted["format"] != FORMAT or not (isinstance(name, str) and name and isinstance(title, str)):
        raise ValueError
    lines = [line for turn in untrusted["turns"] for line in _lines(turn, name, user)]
    return Told(name=name, title=title, pinned=pinned is True, lines=tuple(lines))


def _lines(untrusted: dict[str, Any], conversation: str, user: str) -> list[Experience]:
    at = datetime.fromisoformat(untrusted["at"])
    said, answered = untrusted["said"], untrusted["answered"]
    if at.tzinfo is None or not (isinstance(said, str) and isinstance(answered, str)):
        raise ValueError
    return [
        Experience(text=text, at=at, speaker=speaker, source="import", trust=trust, conversation=conversation)
        for text, speaker, trust in _both(said, answered, user)
        if text.strip()
    ]


def _both(said: str, answered: str, user: str) -> tuple[tuple[str, str, Trust], ...]:
    return ((said, user, "user"), (answered, "MIA", "mia"))
