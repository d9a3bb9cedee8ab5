"""The shape of a text: question or statement, about oneself, about a time. Pure."""

import re
from enum import IntFlag
from typing import Final

from mia_desktop.memory.words import words

_ABOUT_ONESELF: Final = frozenset(["i", "my", "we", "our", "me"])
_TIME_WORDS: Final = frozenset(
    words("""yesterday today tomorrow tonight last next week weekend month year years ago recently since monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august september october
    november december now soon just""")
)
_YEAR: Final = re.compile(r"\b(19|20)\d\d\b")
_ASKS_WHEN: Final = re.compile(r"(when|what (date|year|month|day|time)|how long|since)\b", re.IGNORECASE)


class Form(IntFlag):
    """What a text looks like; stored with it, so the values never change."""

    ENDS_ASKING = 1
    ASKS = 2
    ABOUT_ONESELF = 4
    NAMES_A_TIME = 8


def form(text: str) -> Form:
    """Return the shape of `text`; what it shares (``[shares ...]``) does not count."""
    said = text.split(" [shares ")[0]
    heard = set(words(said))
    return (
        (Form.ENDS_ASKING if said.rstrip().endswith("?") else Form(0))
        | (Form.ASKS if "?" in said else Form(0))
        | (Form.ABOUT_ONESELF if heard & _ABOUT_ONESELF else Form(0))
        | (Form.NAMES_A_TIME if heard & _TIME_WORDS or _YEAR.search(said) else Form(0))
    )


def asks_when(question: str) -> bool:
    """Tell whether `question` asks for a time."""
    return bool(_ASKS_WHEN.match(question.strip()))
