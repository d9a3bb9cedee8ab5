"""Whether words are meant for MIA, by the name that they begin with. Pure."""

import re
from difflib import SequenceMatcher

_LETTERS_A_SLIP = 3
"""Recognisers spell a name in many ways (Mia, Mya, Miah): one letter may differ for so many."""
_GREETING = re.compile(r"^(?:hey|hi|hello|ok|okay)[\s,]+", re.IGNORECASE)


def addressed(text: str, name: str) -> str | None:
    """Return what follows the `name` that `text` begins with, all of it when nothing does; None without the name."""
    words = _GREETING.sub("", text.strip())
    parts = name.split()
    found = re.match(r"\W*" + r"\W+".join([r"(\w+)"] * len(parts)) + r"\W*", words) if parts else None
    if found is None or not all(_alike(*pair) for pair in zip(found.groups(), parts, strict=True)):
        return None
    rest = words[found.end() :]
    return rest[:1].upper() + rest[1:] if rest else text


def _alike(heard: str, name: str) -> bool:
    heard, name = heard.lower(), name.lower()
    changes = SequenceMatcher(None, heard, name, autojunk=False).get_opcodes()
    slips = sum(max(b - a, d - c) for kind, a, b, c, d in changes if kind != "equal")
    return heard[:1] == name[:1] and slips <= len(name) / _LETTERS_A_SLIP
