"""Whether two pictures show the same thing, as far as their vectors and words tell. Pure."""

import re
from collections.abc import Set
from typing import Final

from mia_desktop.core.sights import Sight

SAME: Final = 0.95
"""Cosine from which two pictures of one space may show the same: docs/vision.md tells what it was chosen on."""
_WORDS: Final = 0.6
"""Share of words in common from which two pictures with words in them may be the same."""
_FEW: Final = 3
_WORD: Final = re.compile(r"\w+")


def same_words(one: Set[str], other: Set[str]) -> bool:
    """Tell whether what is written in two pictures may be the same; pictures with hardly a word always may."""
    if max(len(one), len(other)) < _FEW:
        return True
    return len(one & other) >= _WORDS * len(one | other)


def words_in(sight: Sight) -> frozenset[str]:
    """Return the words written in a picture, in small letters."""
    return words_of(" ".join(line.text for line in sight.lines))


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, in small letters."""
    return frozenset(_WORD.findall(text.lower()))
