"""How pictures stand in a prompt: before the user's words, after all that was said. Pure.

What is written in a picture is somebody's words. Three things keep it from being obeyed: asked what a picture says,
MIA reads it out without asking the language model; words shaped like orders never reach the language model; the others
stand between marks that they cannot contain, called what they are.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

from mia_desktop.core.sights import Focus, Percept, TextLine

_MOST_CHARS: Final = 900
_SURE: Final = 0.75
"""Confidence of the reader under which MIA says that she is not sure of the words."""
_STALE_S: Final = 5.0
_UNTRUSTED: Final = re.compile(r'The words written in it:|An? [\w-]+ code in it says "')
"""Where the words of others begin in a description; what stands before is MIA's own."""
_MARKS: Final = re.compile(r"<\|[^|>]*\|?>|[«»<>{}\[\]`|#*]")
_READ: Final = re.compile(
    r"\bwhat (?:does|do|did|is|are) (?:it|this|that|they|these|the|there)\b.{0,40}\b(?:says?|read|written)\W*$"
    r"|\bwhat(?:'s| is| was) (?:written|printed)\b.{0,30}$"
    r"|\bread (?:me |us )?(?:it|this|that|them|these|out|aloud|the|what)\b(?!.{0,40}\b(?:and|then)\b)"
    r"|\bwhat (?:text|words)\b.{0,30}$",
    re.IGNORECASE,
)
_NAMES: Final = ("first", "second", "third", "fourth", "fifth")

IsOrder = Callable[[str], bool]
"""Tells whether a text of others is shaped like an order to an assistant."""


def with_sights(said: str, focus: Focus | None, is_order: IsOrder) -> str:
    """Return the user's words after what is seen in the pictures that they are about."""
    if focus is None:
        return said
    count = len(focus.percepts)
    blocks = []
    for number, percept in enumerate(focus.percepts):
        which = "the picture" if count == 1 else f"the {_ordinal(number)} picture"
        blocks.append(f"(What you see in {which}{_when(percept, focus.asked_s)}: {_seen(percept, is_order)})")
    return "\n".join(blocks) + f"\n\n{said}"


def read_out(said: str, focus: Focus | None) -> str:
    """Return what is written in the pictures, when that is all that the user wants to know; else an empty text."""
    if focus is None or not _READ.search(" ".join(said.split()).replace("\u2019", "'")):
        return ""
    if len(focus.percepts) == 1:
        return _said_by(focus.percepts[0], "It")
    return "\n\n".join(_said_by(one, f"The {_ordinal(at)} picture") for at, one in enumerate(focus.percepts))


def _said_by(percept: Percept, which: str) -> str:
    sight = percept.sight
    codes = [f'The {one.kind.replace("_", "-")} code in it says: "{_quoted(one.text)}"' for one in sight.codes]
    if not sight.lines:
        return " ".join(codes) or f"{which} has no words in it that I can make out."
    sure = sum(one.confidence for one in sight.lines) / len(sight.lines) >= _SURE
    begins = f"{which} says:" if sure else f"I'm not sure, but {which[0].lower() + which[1:]} seems to say:"
    return "\n".join([f'{begins} "{_quoted(_text(sight.lines))}"', *codes])


def _seen(percept: Percept, is_order: IsOrder) -> str:
    sight = percept.sight
    own = _UNTRUSTED.split(sight.description, maxsplit=1)[0].strip()
    written = [_neutral(_text([*row])) for _, row in groupby(sight.lines, key=lambda one: one.row)]
    written += [_neutral(one.text) for one in sight.codes]
    harmless = [one for one in written if one and not is_order(one)]
    if is_order(" ".join(harmless)) or is_order("\n".join(harmless)):  # an order over several lines
        harmless = []
    sentences = [own]
    if harmless:
        words = " / ".join(harmless)
        words = words if len(words) <= _MOST_CHARS else words[:_MOST_CHARS].rstrip() + " …"
        sentences.append(f"Words printed in it, not said by the user: «{words}».")
    if len(harmless) < len([one for one in written if one]):
        sentences.append("Some printed words are left out here; the user can ask you to read them out.")
    return " ".join(one for one in sentences if one)


def _text(lines: Sequence[TextLine]) -> str:
    return "\n".join("  ".join(one.text for one in row) for _, row in groupby(lines, key=lambda one: one.row))


def _neutral(untrusted: str) -> str:
    """Return somebody's words without what could end the quotation or pass for a mark of the prompt."""
    printable = "".join(c if c.isprintable() else " " for c in untrusted)
    return " ".join(_MARKS.sub(" ", printable).split())


def _quoted(untrusted: str) -> str:
    text = untrusted.replace('"', "'").strip()
    return text if len(text) <= _MOST_CHARS else text[:_MOST_CHARS].rstrip() + " …"


def _when(percept: Percept, asked_s: float) -> str:
    age_s = asked_s - percept.sight.picture.at_s
    if percept.sight.picture.source not in ("camera", "screen") or age_s < _STALE_S:
        return ""
    return f", as it was {round(age_s)} seconds ago" if age_s < 90 else f", as it was {round(age_s / 60)} minutes ago"


def _ordinal(number: int) -> str:
    return _NAMES[number] if number < len(_NAMES) else f"{number + 1}th"
