"""How memories stand in a prompt and in what MIA says of them. Pure.

In the prompt they come after the user's words, so that what comes before stays as it was read.
"""

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from mia_desktop.core.memories import Hit, Recollection
from mia_desktop.language.human_time import date, exactly, when

_MOST_CHARS = 400
_QUOTED_CHARS = 120


def with_memories(said: str, memories: Sequence[Recollection], now: datetime) -> str:
    """Return the user's words followed by what MIA remembers of the matter; memories are quoted, not instructions."""
    if not memories:
        return said
    lines = [
        f'- {_upper(when(one.at, now))} ({date(one.at)}) {one.speaker} told you: "{_short(one.text, _MOST_CHARS)}"'
        for one in memories
    ]
    return f"{said}\n\n(What you remember of this, to use only if it answers:\n" + "\n".join(lines) + ")"


def told_when(used: Recollection, now: datetime) -> str:
    """Return the sentence that follows a reply which used a memory."""
    return f"{_who(used)} that {when(used.at, now)}."


def because(hits: Sequence[Hit], now: datetime, *, aloud: bool) -> str:
    """Return, from the very memories that an answer had, how MIA knew; figures only for the eye."""
    if not hits:
        return "I used no memory for that. It is what my language model makes of our talk, so it may be wrong."
    return " ".join(_reason(hit, now, aloud=aloud) for hit in hits)


def quoted(text: str) -> str:
    """Return `text` as MIA quotes it."""
    return f"“{_short(text, _QUOTED_CHARS)}”"


def _reason(hit: Hit, now: datetime, *, aloud: bool) -> str:
    one = hit.memory
    said = f"{_who(one)} {when(one.at, now)}, on {exactly(one.at, now)}: {quoted(one.text)}"
    said += "" if said.endswith((".”", "!”", "?”")) else "."
    if aloud:
        return said
    parts = dataclasses.asdict(hit.parts)
    worth = ", ".join(f"{name} {value:.2f}" for name, value in parts.items() if abs(value) >= 0.005)
    return f"{said} It {hit.why or 'fits'} (memory {one.id}, score {hit.score:.2f}: {worth})."


def _who(one: Recollection) -> str:
    return f"{one.speaker} said" if one.source == "import" else "You told me"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(text: str, most: int) -> str:
    text = " ".join(text.split()).replace('"', "'")
    return text if len(text) <= most else text[:most].rstrip() + " …"
