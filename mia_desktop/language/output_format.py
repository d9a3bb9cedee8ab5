"""Cuts a growing reply into pieces that can be spoken: the first as early as it makes sense, then sentences. Pure."""

import enum
import re

_FIRST_LETTERS = 10
_FIRST_WORDS = 5
_FIRST_MOST_WORDS = 8
_LONGEST = (100, 200)
"""Characters after which the second piece and the later ones are cut inside a sentence. The second is the shorter one:
while the first clause plays, a small model writes about a hundred characters."""

_CLOSERS = r"[\"'”’)\]»*_~]*"
# Where a piece may end: before white space, before a line break, after a dash between words, after full-width marks.
# What follows such a place has been seen already, so that a cut does not depend on how the text comes in.
_PLACE = re.compile(
    r"```|(?<=\S)(?=\s)|(?<=[^\n])(?=\n)|(?<=\w—)(?=[^\s—`])"
    r"|(?<=[。！？，、；：])(?=[^\s。！？，、；：」』”）`])|(?<=[。！？]」)(?=[^\s`])"
)
_SENTENCE = re.compile(rf"(?:[.!?…]{_CLOSERS}|[。！？]」?)\Z")
_CLAUSE = re.compile(rf"(?:[,;:—]{_CLOSERS}|(?<!\d)\s[–-]+|[，、；：])\Z")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|vs|e\.g|i\.e|cf|ca|approx|incl|no|fig|vol|pp|gen|sen|rep|gov|capt|sgt|mt"
    r"|jan|feb|mar|apr|aug|sept?|oct|nov|dec)|(?<![.\w])[a-z]|\A\s*\d+)\.\Z",
    re.IGNORECASE,
)
# These end a sentence when a capital follows, and stand inside one otherwise.
_MAYBE_LAST = re.compile(
    r"\b(?:etc|inc|ltd|co|corp|jr|sr|dept|est|al|a\.m|p\.m|[a-z]\.[a-z]|ph\.d)\.\Z|(?:\.{3}|…)\Z", re.IGNORECASE
)
_WHOLE = re.compile(r"[a-z]{3}[.!?]\Z")
_OPEN_LINK = re.compile(r"\[[^\]\n]{0,80}\Z|\]\([^)\n]{0,200}\Z|<[a-z/!][^>\n]{0,80}\Z", re.IGNORECASE)
_CLOCK = re.compile(r"\d\s*[ap]m\Z", re.IGNORECASE)
# A number waits for its unit, a month for its day, a sign for its other side, a name for its numeral.
_SIGN_FOLLOWS = re.compile(r"\s+[+=×÷*/<>≈^&–-]")
_NUMERAL_FOLLOWS = re.compile(r"\s+(?:[IVX]{2,}|[VX])(?!\w)")
_NUMERAL_MAY_FOLLOW = re.compile(r"\s+[IVX]*\Z")
_WAITS = re.compile(
    r"(?:[(+~≈<>=-]*\d[\d.,:/–%^)-]*|[$€£¥₹]\S*|\W+|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december))[*_]*\Z",
    re.IGNORECASE,
)
_OPENERS = (
    "a an the this that these those my your his her its our their some any no every each all both either neither"
    " of in on at to from by with for about into onto over under between among through during before after against"
    " without within upon toward towards across behind beyond near than like via per as"
    " and or but nor so yet if because while when where which who whom whose what how why whether although though"
    " unless until since"
    " is are was were be been being am has have had having do does did can could will would shall should may might"
    " must isn't aren't wasn't weren't don't doesn't didn't can't won't"
    " i you he she it we they i'm you're he's she's it's we're they're i've you've we've they've i'll you'll it'll"
    " there here's there's that's what's let's not very more most quite too also just only"
    " called named known such said"
)
_CANNOT_END = frozenset(_OPENERS.split())


class _End(enum.IntEnum):
    """What kind of end a place would be, from worst to best."""

    UNKNOWN = -1  # the next character decides
    NEVER = 0
    WORD = 1
    PHRASE = 2
    CLAUSE = 3
    SENTENCE = 4


def _kind(line: str, after: str) -> _End:
    """Return what kind of end a piece whose last line is `line` has when `after` follows it."""
    if after.startswith("\n"):
        return _End.SENTENCE
    if line.count("`") % 2 or _OPEN_LINK.search(line):
        return _End.NEVER
    if _ABBREVIATION.search(line):
        return _End.NEVER
    if _MAYBE_LAST.search(line):
        following = after.lstrip()[:1]
        if not following:
            return _End.UNKNOWN
        return _End.SENTENCE if following.isupper() else _End.PHRASE
    if _SENTENCE.search(line):
        return _End.SENTENCE
    if _CLAUSE.search(line):
        return _End.CLAUSE
    if _NUMERAL_MAY_FOLLOW.match(after):
        return _End.UNKNOWN
    if _SIGN_FOLLOWS.match(after) or _NUMERAL_FOLLOWS.match(after):
        return _End.NEVER
    if _CLOCK.search(line):
        return _End.PHRASE
    last = line.split()[-1] if line.split() else ""
    if _WAITS.match(last) or re.search(r"\d\s?x\Z", line):
        return _End.NEVER
    return _End.WORD if last.strip("\"'“”‘’([*_").replace("’", "'").lower() in _CANNOT_END else _End.PHRASE


class SentenceCutter:
    """Collects a reply as it is written and gives back pieces to speak, with the place where each ends in the reply.

    The first piece ends with the first clause of ten letters or more, or after five words, whatever comes first; when
    the last of five words cannot end a phrase ("The capital of France is"), up to three more are waited for. Later
    pieces are sentences; very long ones are cut at clauses. White space before a piece belongs to it. Code is never
    cut.
    """

    def __init__(self) -> None:
        self._text = ""
        self._pieces = 0
        self._begin(0)

    def _begin(self, at: int) -> None:
        """Begin a piece."""
        self._given = self._looked = at
        self._in_code = False
        self._best = (_End.NEVER, 0)

    def feed(self, piece: str) -> list[tuple[str, int]]:
        """Add `piece`; return what it completed, each with its end in characters of the whole reply."""
        self._text += piece
        done = []
        while (end := self._next_end()) is not None:
            done.append((self._text[self._given : end], end))
            self._pieces += 1
            self._begin(end)
        return done

    def whole(self) -> list[tuple[str, int]]:
        """Return the first piece if the reply so far looks like a sentence, without waiting for what follows.

        A model says that it has finished with one more token, which takes as long as any other.
        """
        text = self._text
        if (
            self._pieces
            or self._in_code
            or not _WHOLE.search(text)
            or sum(character.isalpha() for character in text) < _FIRST_LETTERS
            or _kind(text.rpartition("\n")[2], " ") < _End.SENTENCE
        ):
            return []
        piece = self.rest()
        self._pieces += 1
        self._begin(piece[1])
        return [piece]

    def rest(self) -> tuple[str, int]:
        """Return what is left and the length of the whole reply."""
        rest = self._text[self._given :]
        self._given = len(self._text)
        return rest, self._given

    def _next_end(self) -> int | None:
        """Return where the next piece ends, or None when that is not known yet."""
        for place in _PLACE.finditer(self._text, self._looked):
            if place.group():
                self._in_code = not self._in_code
                self._looked = place.end()
                continue
            end = place.start()
            piece = self._text[self._given : end]
            if not self._in_code and any(c.isalnum() for c in piece):
                kind = _kind(piece.rpartition("\n")[2], self._text[end:])
                if kind is _End.UNKNOWN:
                    return None
                if _is_first_piece(piece, kind) if self._pieces == 0 else kind is _End.SENTENCE:
                    return end
                if kind is not _End.NEVER and min(kind, _End.CLAUSE) >= self._best[0]:
                    self._best = (min(kind, _End.CLAUSE), end)
                if len(piece) > _LONGEST[min(max(self._pieces - 1, 0), 1)] and self._best[1]:
                    return self._best[1]
            self._looked = end + 1
        return None


def _is_first_piece(piece: str, kind: _End) -> bool:
    """Tell whether speaking may begin with `piece`."""
    if kind >= _End.CLAUSE:
        return sum(c.isalpha() for c in piece) >= _FIRST_LETTERS
    words = sum(any(c.isalnum() for c in word) for word in piece.split())
    return words >= _FIRST_WORDS and (kind is _End.PHRASE or (kind is _End.WORD and words >= _FIRST_MOST_WORDS))
