"""Keys: the concepts and relations that a text names. Pure rules: they add ways to find it, and never replace it.

No language model takes part: left to itself a small one filled a memory with 97.8 % junk (docs/memory.md).
"""

import re
from dataclasses import dataclass
from typing import Final

from mia_desktop.memory.words import STOP_WORDS

ONESELF: Final = "me"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Two concepts and how they hang together.

    Attributes:
        subject: a concept's name.
        relation: one word.
        object: a concept's name.
    """

    subject: str
    relation: str
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What a text can be found by besides its words.

    Attributes:
        concepts: names of people, places and things in it.
        relations: what it says about them.
    """

    concepts: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()


NOTHING: Final = Keys()

SINGULAR: Final = frozenset(["name", "lives_in", "works_at", "age", "birthday", "favourite"])
"""Relations of which only one can hold at a time: a new one takes the old one's place."""

_NAME: Final = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}"
_THING: Final = r"(?:[a-z][\w-]+ ){0,1}?[a-z][\w-]+"
_PATTERNS: Final = tuple(
    (re.compile(pattern), relation)
    for pattern, relation in (
        (rf"\b[Mm]y (?P<s>{_THING})(?:'s name is| is called| is named|, named|, called| named) (?P<o>{_NAME})", "name"),
        (rf"\b(?:[Mm]y name is|[Cc]all me) (?P<o>{_NAME})", "name"),
        (rf"\b[Mm]y (?P<s>{_THING}),? (?P<o>{_NAME})\b", "name"),
        (rf"\bI(?: now)?(?: live| moved|'ve moved| have moved) (?:in|to) (?P<o>{_NAME})", "lives_in"),
        (rf"\b(?P<s>{_NAME}) (?:lives in|moved to) (?P<o>{_NAME})", "lives_in"),
        (rf"\bI(?: now)? work (?:at|for) (?P<o>{_NAME})", "works_at"),
        (rf"\b(?P<s>{_NAME}) works (?:at|for) (?P<o>{_NAME})", "works_at"),
        (rf"\b(?P<s>{_NAME}) is my (?P<o>{_THING})\b", "is_my"),
        (r"\b[Mm]y birthday is (?:on )?(?P<o>[\w ]{3,20}\d\w*|\d[\w ]{2,20})", "birthday"),
        (rf"\b[Mm]y favou?rite (?P<s>{_THING}) is (?P<o>[\w' -]{{2,40}})", "favourite"),
        (r"\bI (?:really )?(?:love|like|enjoy) (?P<o>[a-z]\w+(?: [a-z]\w+)?)", "likes"),
        (r"\bI (?:really )?(?:hate|dislike|can't stand) (?P<o>[a-z]\w+(?: [a-z]\w+)?)", "dislikes"),
        (r"\bI(?:'m| am) allergic to (?P<o>[a-z]\w+(?: [a-z]\w+)?)", "allergic_to"),
    )
)
_PROPER: Final = re.compile(rf"(?<![.!?:]\s)(?<!^)\b{_NAME}")
_CAPITALS: Final = frozenset(
    (
        "I",
        "I'm",
        "I've",
        "I'll",
        "I'd",
        "OK",
        "Oh",
        "Wow",
        "Hey",
        "Thanks",
        "Yes",
        "No",
        "The",
        "This",
        "That",
        "It",
        "My",
        "We",
        "You",
        "He",
        "She",
        "They",
    )
)
_LONGEST: Final = 60


def keys(text: str, speaker: str) -> Keys:
    """Return the concepts and relations that `speaker` names in `text`."""
    concepts: dict[
        str, None
    ] = {}  # the speaker is not one: a column holds it, and half of all memories would hang on it
    relations: dict[Relation, None] = {}
    for match in _PROPER.finditer(text):
        name = " ".join(word for word in match[0].split() if word not in _CAPITALS)
        name = name.removesuffix("'s").removesuffix("’s")
        if len(name) > 1 and name.lower() not in STOP_WORDS:
            concepts[name[:_LONGEST]] = None
    for pattern, relation in _PATTERNS:
        for match in pattern.finditer(text):
            subject = (match.groupdict().get("s") or speaker or ONESELF).strip()[:_LONGEST]
            object_ = match["o"].strip(" .'")[:_LONGEST]
            if object_ and subject.lower() != object_.lower():
                relations[Relation(subject=subject, relation=relation, object=object_)] = None
                concepts[subject] = concepts[object_] = None
    return Keys(concepts=tuple(concepts), relations=tuple(relations))
