"""Reads LoCoMo (Maharana et al. 2024), the public benchmark of long conversations, as experiences and questions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from mia_desktop.core.errors import InputError
from mia_desktop.core.memories import Experience
from mia_desktop.memory import foreign_file

_SESSION: Final = re.compile(r"session_(\d+)")
_EVIDENCE: Final = re.compile(r"D:?(\d+):(\d+)")  # six ids of the published file are malformed
_WHEN: Final = "%I:%M %p on %d %B, %Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with the turns that answer it.

    Attributes:
        text: the question.
        category: 1 several turns, 2 time, 3 open, 4 one turn, 5 about something that never happened.
        evidence: references of the turns, e.g. ``D1:3``.
    """

    text: str
    category: int
    evidence: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One long conversation.

    Attributes:
        name: e.g. ``conv-26``.
        turns: in order; each session is a conversation of its own.
        questions: those that name evidence.
    """

    name: str
    turns: tuple[Experience, ...]
    questions: tuple[Question, ...]

    @property
    def ends_at(self) -> datetime:
        """When the last turn was said."""
        return max(turn.at for turn in self.turns)


def read(path: Path, names: Sequence[str] = ()) -> list[Conversation]:
    """Return the conversations of a LoCoMo file, or those with `names`; raises InputError when there are none."""
    content = foreign_file.content(path, "the path of a LoCoMo file")
    try:
        found = {str(one["sample_id"]): _conversation(one) for one in foreign_file.parsed(content)}
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        raise InputError(f"{path} is not a LoCoMo file.") from None
    missing = [name for name in names if name not in found]
    if missing:
        raise InputError(f"{path} has no conversation {missing[0]}. It has: {', '.join(found)}.")
    return [found[name] for name in names or found]


def _conversation(untrusted: dict[str, Any]) -> Conversation:
    name, talk = str(untrusted["sample_id"]), untrusted["conversation"]
    sessions = sorted(int(match[1]) for key in talk if (match := _SESSION.fullmatch(key)))
    turns = [
        _turn(
            turn, f"{name}/{number}", datetime.strptime(talk[f"session_{number}_date_time"], _WHEN).replace(tzinfo=UTC)
        )
        for number in sessions
        for turn in talk[f"session_{number}"]
    ]
    questions = [
        Question(text=str(one["question"]), category=int(one["category"]), evidence=_evidence(one["evidence"]))
        for one in untrusted.get("qa", ())
    ]
    return Conversation(name=name, turns=tuple(turns), questions=tuple(one for one in questions if one.evidence))


def _turn(untrusted: dict[str, Any], session: str, at: datetime) -> Experience:
    caption = untrusted.get("blip_caption")  # `query` is left out: it holds facts that were never said
    shared = f" [shares {caption}]" if caption else ""
    return Experience(
        text=str(untrusted["text"]) + shared,
        at=at,
        speaker=str(untrusted["speaker"]),
        source="import",
        conversation=session,
        reference=str(untrusted["dia_id"]),
    )


def _evidence(untrusted: Sequence[Any]) -> frozenset[str]:
    return frozenset(f"D{int(s)}:{int(t)}" for one in untrusted for s, t in _EVIDENCE.findall(str(one)))
