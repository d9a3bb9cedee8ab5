"""How many words were misheard: the word error rate (Levenshtein distance over words, after normalising both texts)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from num2words import num2words

_SPELLED = {"mr": "mister", "mrs": "missus", "dr": "doctor", "&": "and", "%": "percent", "ok": "okay"}
_NUMBER = re.compile(r"(\$?)(\d[\d,]*(?:\.\d+)?)(st|nd|rd|th)?(?![\w.]*\d)")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d\d)\b")
_MARKUP = re.compile(r"\[[^\]]*\]|\([^)]*\)|♪")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[&%]")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordErrors:
    """What it takes to turn the words heard into the words said.

    Attributes:
        words: how many words were said.
        substituted: words heard as others.
        deleted: words said and not heard.
        inserted: words heard that nobody said.
    """

    words: int
    substituted: int
    deleted: int
    inserted: int

    @property
    def rate(self) -> float:
        """Errors over words said; of no words at all, the number of inserted ones."""
        return (self.substituted + self.deleted + self.inserted) / max(1, self.words)

    def __add__(self, other: "WordErrors") -> "WordErrors":
        return WordErrors(
            words=self.words + other.words,
            substituted=self.substituted + other.substituted,
            deleted=self.deleted + other.deleted,
            inserted=self.inserted + other.inserted,
        )


def normal_words(text: str) -> list[str]:
    """Return the words of `text` in one spelling: lower case, no punctuation, numbers and clock times as words."""
    text = unicodedata.normalize("NFKC", _MARKUP.sub(" ", text)).replace("’", "'").lower()
    text = _CLOCK.sub(lambda found: f"{found[1]} {'' if found[2] == '00' else found[2]} ", text)
    text = _NUMBER.sub(_said_number, text)
    return [_SPELLED.get(word, word) for word in _WORD.findall(text.replace("-", " "))]


def word_errors(said: str, heard: str) -> WordErrors:
    """Return the fewest errors that explain `heard` when `said` was said."""
    reference, guess = normal_words(said), normal_words(heard)
    # Each cell: (errors, substituted, deleted, inserted) for a start of the reference against a start of the guess.
    row = [(i, 0, 0, i) for i in range(len(guess) + 1)]
    for number, word in enumerate(reference, 1):
        above, row = row, [(number, 0, number, 0)]
        for place, other in enumerate(guess, 1):
            wrong = int(word != other)
            diagonal, up, left = above[place - 1], above[place], row[place - 1]
            row.append(
                min(
                    (diagonal[0] + wrong, diagonal[1] + wrong, diagonal[2], diagonal[3]),
                    (up[0] + 1, up[1], up[2] + 1, up[3]),
                    (left[0] + 1, left[1], left[2], left[3] + 1),
                )
            )
    _, substituted, deleted, inserted = row[-1]
    return WordErrors(words=len(reference), substituted=substituted, deleted=deleted, inserted=inserted)


def total_word_errors(pairs: Iterable[tuple[str, str]]) -> WordErrors:
    """Return the errors of all (said, heard) pairs together."""
    total = WordErrors(words=0, substituted=0, deleted=0, inserted=0)
    for said, heard in pairs:
        total += word_errors(said, heard)
    return total


def _said_number(found: re.Match[str]) -> str:
    dollar, digits, ordinal = found.groups()
    plain = digits.replace(",", "")
    if ordinal:
        words = num2words(int(float(plain)), to="ordinal")
    elif len(digits) == 4 and digits.isdigit() and 1100 <= int(digits) < 2100 and not dollar:
        words = num2words(int(digits), to="year")
    else:
        words = num2words(float(plain) if "." in plain else int(plain))
    return f" {words.replace(',', '')}{' dollars' if dollar else ''} "
