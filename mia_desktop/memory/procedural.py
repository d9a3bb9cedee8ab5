"""Procedural memory: how the user wants things done. Pure. Nothing is used before the user has confirmed it."""

import re
from collections.abc import Sequence
from typing import Final

MOST: Final = 12
"""So many wishes stand in the prompt; the newest when there are more."""
LONGEST_CHARS: Final = 200

_STYLE: Final = (
    r"(?:brief|briefer|short|shorter|concise|detailed|long|longer|slow|slower|slowly|fast|faster|quick|quicker|formal"
    r"|informal|casual|polite|plain|simple|simpler|precise|friendly|serious|funny|quiet|quieter)"
)
_LANGUAGES: Final = (
    "english|german|french|spanish|italian|portuguese|dutch|polish|russian|ukrainian|turkish|arabic|hindi|chinese"
    "|japanese|korean|swedish|danish|norwegian|finnish|greek|czech|hungarian|romanian"
)
_WISHES: Final = tuple(
    re.compile(rf"^(?:no|and|ok|okay|well|mia)?[,. ]*{pattern}$", re.IGNORECASE)
    for pattern in (
        r"(?:from now on|in future|in the future)[, ]+"
        r"(?P<how>(?!(?:i|i'm|i'll|we|my|our|the|it|he|she|they|there)\b).+)",
        r"(?P<how>(?:please )?(?:always|never) (?!mind\b)\w+ .+)",
        r"(?P<how>(?:please )?(?:don't|do not|stop) .+ (?:again|any ?more|ever))",
        r"(?P<how>(?:please )?call me (?!back|later|tomorrow|tonight|when|if|at|on|in|a|an|the)[\w'-]+(?: [\w'-]+)?)",
        rf"I(?:'d| would)? (?:prefer|rather|like|want) (?:it if |that )?"
        rf"(?P<how>you (?:to |would )?(?:always|never|.*\b{_STYLE}\b).*)",
        rf"(?P<how>(?:please )?(?:be|speak|talk|keep (?:it|that|your answers|answers)) "
        rf"(?:a (?:bit|little) )?(?:more |less )?{_STYLE})(?:,? please)?",
    )
)
_TOPICS: Final = tuple(
    (topic, re.compile(pattern, re.IGNORECASE))
    for topic, pattern in (
        ("language", rf"\b(?:{_LANGUAGES})\b"),
        ("name", r"\bcall me\b"),
        ("units", r"\b(?:celsius|fahrenheit|metric|imperial|kilomet\w+|miles|24.hour|12.hour)\b"),
        ("length", r"\b(?:short|shorter|brief\w*|long|longer|concise|detail\w*|sentences?|words)\b"),
        ("speed", r"\b(?:slow\w*|fast\w*|quick\w*)\b"),
        ("tone", r"\b(?:formal|informal|casual|polite|friendly|serious|funny|jokes?)\b"),
    )
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")


def proposed_procedure(correction: str) -> str | None:
    """Return how the user wants things done, as said in `correction`, or None when it says nothing of the kind.

    Only for the user's own words. A wish is a sentence by itself ("No, that's too long. Keep it short."); where
    something is asked as well, the user wants an answer, so nothing is proposed.
    """
    sentences = _SENTENCE.split(correction.strip())
    if any(one.endswith("?") for one in sentences):
        return None
    for sentence in sentences:
        said = sentence.rstrip(".! ").strip()
        for wish in _WISHES:
            match = wish.search(said)
            if match and len(match["how"]) <= LONGEST_CHARS:
                return match["how"].strip().rstrip(",;")
    return None


def topic(procedure: str) -> str | None:
    """Return what a wish is about, when only one wish about that can hold at a time."""
    return next((name for name, pattern in _TOPICS if pattern.search(procedure)), None)


def in_force(procedures: Sequence[str]) -> tuple[str, ...]:
    """Return the wishes that stand in the prompt, of all that were confirmed, oldest first."""
    return tuple(dict.fromkeys(" ".join(one.split())[:LONGEST_CHARS] for one in procedures))[-MOST:]
