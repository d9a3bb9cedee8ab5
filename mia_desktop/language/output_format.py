"""Cuts a growing reply into sentences. Pure."""

import re

# A sentence ends at .!?… and what closes it, before white space; a line break ends one as well.
_END = re.compile(r"(?:[.!?…]+[\"'”’)\]*_]*(?=\s)|\n)\s*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|no|fig|vol|inc|ltd|jr|sr|a\.m|p\.m)|\b[a-z]|(?:^|\n)\s*\d+)\.$",
    re.IGNORECASE,
)


class SentenceCutter:
    """Collects pieces of text and gives back whole sentences with the place where each ends in the whole text."""

    def __init__(self) -> None:
        self._text = ""
        self._given = 0

    def feed(self, piece: str) -> list[tuple[str, int]]:
        """Add `piece`; return the sentences that it completed, each with its end in characters."""
        self._text += piece
        done = []
        search_from = self._given
        while match := _END.search(self._text, search_from):
            search_from = match.end()
            sentence = self._text[self._given : match.end()]
            inside_code = self._text.count("```", 0, match.end()) % 2 == 1
            if match.end() == len(self._text) and not match.group().endswith("\n"):
                break  # more white space may come, and what follows it may matter
            if inside_code or _ABBREVIATION.search(sentence.rstrip()) or not sentence.strip():
                continue
            done.append((sentence, match.end()))
            self._given = match.end()
        return done

    def rest(self) -> tuple[str, int]:
        """Return what is left and the length of the whole text."""
        rest = self._text[self._given :]
        self._given = len(self._text)
        return rest, self._given
