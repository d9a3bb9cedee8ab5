"""What the words mean that somebody said while MIA spoke. Pure."""

import functools
import re
import unicodedata
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["nothing", "back-channel", "stop", "echo", "words"]

_LONGEST_BACK_CHANNEL: Final = 4
_LONGEST_STOP: Final = 6
_FEWEST_ECHO_WORDS: Final = 3
_ECHO_SHARE: Final = 0.75
"""Share of the heard words that MIA has just said, in their order, from which on they are her echo."""
_WORD_LIKENESS: Final = 0.75


def _phrases(lines: str) -> frozenset[str]:
    return frozenset(phrase.strip() for line in lines.split("\n") for phrase in line.split("|")) - {""}


# A whole utterance made of these, in English or German, means "go on".
_BACK_CHANNELS: Final = _phrases(
    """
    mhm|mm|mmm|mm hm|mm hmm|mmhmm|hm|hmm|uh huh|aha|ah|oh|uh|um|yeah|yes|yep|yup|ok|okay|right|alright
    all right|sure|good|i see|got it|of course|exactly|really|great|nice|cool|wow|fine|true|go on|makes sense
    that makes sense|interesting|indeed|i understand|oh really|oh nice|oh i see|ja|jaja|jo|jep|genau|gut|klar
    achso|ach so|ach|verstehe|ich verstehe|stimmt|richtig|na klar|alles klar|sehr gut|interessant|weiter|echt
    äh|ähm|hm hm|m hm|aha ok|tja|eben|natürlich|in ordnung
    """
)
_STOPS: Final = _phrases(
    """
    stop|stop it|stop that|stop now|stop talking|stop speaking|be quiet|quiet|be silent|silence|enough
    that is enough|thats enough|shut up|shush|hush|hold on|wait|cancel|cancel that|never mind|nevermind|pause
    no stop|okay stop|ok stop|please be quiet|stopp|halt|hör auf|aufhören|sei still|sei ruhig|ruhe|still
    genug|das reicht|es reicht|abbrechen|warte|schluss|halt den mund
    """
)
_POLITE: Final = frozenset({"please", "now", "mia", "hey", "bitte", "jetzt", "mal", "just", "maya", "mya"})
_SPACES: Final = re.compile(r"[^\w]+", re.UNICODE)


def kind(text: str, spoken_recently: str) -> Kind:
    """Tell what `text`, heard while MIA spoke, is.

    Args:
        text: the transcript of the whole utterance.
        spoken_recently: what MIA said in the last ten seconds or so.

    Returns:
        "stop" for an order to be silent, which goes before everything but MIA's own words; "back-channel" for "mhm",
        "I see" and their like, which want her to go on; "echo" for three words or more of MIA's own; "nothing" for no
        words at all; "words" for the rest, which interrupt.
    """
    words = _words(text)
    if not words:
        return "nothing"
    if is_echo(text, spoken_recently):
        return "echo"
    if len(words) <= _LONGEST_STOP and _made_of([w for w in words if w not in _POLITE], _STOPS):
        return "stop"
    if len(words) <= _LONGEST_BACK_CHANNEL and _made_of(words, _BACK_CHANNELS):
        return "back-channel"
    return "words"


def is_echo(text: str, spoken_recently: str) -> bool:
    """Tell whether `text` is what MIA said: three words or more, most of them hers and in her order.

    The share is the longest common subsequence of words, where words that are spelled much alike count as one,
    by the number of words in `text`.
    """
    heard, said = _words(text), _words(spoken_recently)
    if len(heard) < _FEWEST_ECHO_WORDS or not said:
        return False
    # Words out of a long speech could be found in order by chance; an echo is one stretch of it.
    span = len(heard) + 2
    return any(
        _common(heard, said[start : start + span]) >= _ECHO_SHARE * len(heard)
        for start in range(max(1, len(said) - span + 1))
    )


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFC", text).casefold().replace("'", "").replace("’", "")
    return [word for word in _SPACES.split(folded.replace("_", " ")) if word]


def _made_of(words: list[str], phrases: frozenset[str]) -> bool:
    """Tell whether `words` (not empty) are nothing but `phrases`, one after the other."""
    reached = {0}
    for end in range(1, len(words) + 1):
        if any(start in reached and " ".join(words[start:end]) in phrases for start in range(max(0, end - 4), end)):
            reached.add(end)
    return bool(words) and len(words) in reached


def _common(heard: list[str], said: list[str]) -> int:
    """Return the length of the longest common subsequence (Wagner and Fischer 1974)."""
    row = [0] * (len(said) + 1)
    for word in heard:
        before = 0
        for column, other in enumerate(said, 1):
            above = row[column]
            row[column] = before + 1 if _alike(word, other) else max(above, row[column - 1])
            before = above
    return row[-1]


@functools.lru_cache(maxsize=4096)
def _alike(one: str, other: str) -> bool:
    return one == other or (
        min(len(one), len(other)) > 3 and SequenceMatcher(None, one, other).ratio() >= _WORD_LIKENESS
    )
