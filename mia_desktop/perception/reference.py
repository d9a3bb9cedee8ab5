"""Reference: which picture "this", "the other one", "the left one" or "the receipt from before" means. Pure.

Words point in the ways that grammars of English distinguish (Halliday and Hasan 1976, chapter 2): by nearness, by
order, by place, by contrast, or by a name for the thing.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from mia_desktop.core.sights import Percept

Kind = Literal["nothing", "near", "order", "side", "other", "all", "before"]
Scores = npt.NDArray[np.float32]
"""How well each percept fits: float32, shape (n,), in [0, 1]."""

_PICTURE: Final = r"(?:picture|photo|photograph|image|one|screenshot|thing|page|pic|shot)s?"
_NUMBERS: Final = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1, "latest": -1, "newest": -1}
_ORDER: Final = re.compile(rf"\b({'|'.join(_NUMBERS)})\s+(?:\w+\s+)?{_PICTURE}\b|\b{_PICTURE}\s+(?:number\s+)?(\d)\b")
_SIDE: Final = re.compile(r"\b(left|right|middle)(?:most)?(?:[- ]hand)?\s+(?:side\s+)?(?:one|picture|photo|image)\b")
_SIDE_AFTER: Final = re.compile(r"\b(?:one|picture|photo|image|thing)\b.{0,8}\b(?:on|to|in) the (left|right|middle)\b")
_OTHER: Final = re.compile(rf"\b(?:the other|that other)\s*(?:{_PICTURE})?\b|\bthat one\b")
_ALL: Final = re.compile(
    rf"\b(?:both|all of (?:them|these)|these|those|the (?:two|three|four)|all (?:the )?{_PICTURE})\b"
)
_BEFORE: Final = re.compile(r"\b(?:previous|earlier|before(?:hand)?|from before|just now|a moment ago|prior)\b")
_SHOWN: Final = re.compile(
    r"\b(?:have|has|had|haven't|did|didn't) (?:i|we|you)\b.{0,20}\b(?:shown?|seen?|looked at)\b.{0,40}"
    r"\b(?:before|already|earlier|previously|ever|yet)\b"
    r"|\bdo you (?:remember|recogni[sz]e) (?:this|that|it|the)\b(?: (?:picture|photo|image|one|thing|page))?\W*$"
)
_NEAR: Final = re.compile(
    r"\b(?:this|that|it|its|it's|here|there|they|them|he|she|his|her|see|look|looking|holding|wearing|showing|doing)\b"
)
_PICTURE_WORD: Final = re.compile(r"\b(?:picture|photo|photograph|image|screenshot|pic|camera)s?\b")
_WORD: Final = re.compile(r"[a-z0-9]+")
_EMPTY: Final = frozenset(
    """
    a an the of on in at to from for with and or but is are was were be been do does did what which who whose
    where when why how much many can could would will shall should i you me my your we us our he she it its they
    them this that these those there here one ones picture photo photograph image pictures photos images
    screenshot show shown showed see seen saw look looking tell say says said read about before previous earlier
    first second third last left right middle other again please now just have has had not no yes thing things
    any some all both s
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_KINDS_OF_THING: Final = {
    "face": ("face", "person", "portrait", "man", "woman", "selfie"),
    "code": ("qr", "code", "barcode"),
    "text": ("text", "sign", "note", "document", "letter", "words", "written"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """How words point at a picture.

    Attributes:
        kind: by what they point.
        index: for "order", which picture, from 0; -1 the last.
        side: for "side", where.
        names: other words that may name what is in it, without endings.
        pictures: whether they speak of a picture as such.
    """

    kind: Kind
    index: int = 0
    side: str = ""
    names: tuple[str, ...] = ()
    pictures: bool = False

    @property
    def definite(self) -> bool:
        """Whether the words alone tell which one."""
        return self.kind in ("order", "side", "other", "all", "before")


def reference(text: str) -> Reference:
    """Return how `text` (a question in English, any length) points at pictures."""
    text = _plain(text)
    names = tuple(_stem(one) for one in _WORD.findall(text) if one not in _EMPTY)
    pictures = bool(_PICTURE_WORD.search(text))
    if found := _ORDER.search(text):
        index = _NUMBERS[found[1]] if found[1] else int(found[2]) - 1
        return Reference(kind="order", index=index, names=names, pictures=pictures)
    if found := _SIDE.search(text) or _SIDE_AFTER.search(text):
        return Reference(kind="side", side=found[1], names=names, pictures=pictures)
    if _SHOWN.search(text):
        return Reference(kind="near", names=names, pictures=pictures)
    for kind, shape in (("before", _BEFORE), ("other", _OTHER), ("all", _ALL), ("near", _NEAR)):
        if shape.search(text):
            return Reference(kind=kind, names=names, pictures=pictures)  # type: ignore[arg-type]
    return Reference(kind="nothing", names=names, pictures=pictures)


def asks_if_shown(text: str) -> bool:
    """Tell whether `text` asks if a picture was shown before; that points at the picture at hand."""
    return bool(_SHOWN.search(_plain(text)))


def pointed_at(meant: Reference, percepts: Sequence[Percept], current: Collection[str]) -> Scores:
    """Return how well each of `percepts`, in the order in which they came, fits what is `meant`.

    Args:
        meant: how the words point.
        percepts: what there is to point at.
        current: keys of those that the talk is about now.
    """
    count = len(percepts)
    scores = np.zeros(count, dtype=np.float32)
    if not count:
        return scores
    named = np.array([_named(meant.names, one) for one in percepts], dtype=np.float32)
    now = [at for at, one in enumerate(percepts) if one.key in current] or [count - 1]
    match meant.kind:
        case "order":
            if -count <= meant.index < count:
                scores[meant.index] = 1.0
        case "side":
            shown = [at for at, one in enumerate(percepts) if one.group == percepts[now[-1]].group]
            scores[{"left": shown[0], "right": shown[-1]}.get(meant.side, shown[len(shown) // 2])] = 1.0
        case "before":
            older = [at for at in range(count) if at < min(now)] or [at for at in range(count) if at not in now]
            if named.any():
                return named
            scores[older[-1:] or now] = 1.0
        case "other":
            others = [at for at in range(count) if at not in now]
            scores[others[-1:] or now] = 1.0
        case "all":
            shown = [at for at, one in enumerate(percepts) if one.group == percepts[now[-1]].group]
            scores[shown if len(shown) > 1 else list(range(count))] = 1.0
        case "near":
            scores[now] = 0.5
    return np.maximum(scores, named)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("\u2019", "'").split())


def _named(names: Sequence[str], percept: Percept) -> float:
    """Return how surely `names` name something in the picture, 0 to 1."""
    sight = percept.sight
    known: dict[str, float] = {}
    for label in sight.labels:
        for word in _WORD.findall(label.name.lower()):
            known[_stem(word)] = max(known.get(_stem(word), 0.0), 0.5 + label.confidence / 2)
    for kind, there in (("face", sight.faces), ("code", sight.codes), ("text", sight.lines)):
        if there:
            known.update((_stem(word), max(known.get(_stem(word), 0.0), 0.6)) for word in _KINDS_OF_THING[kind])
    for line in sight.lines:
        for word in _WORD.findall(line.text.lower()):
            known.setdefault(_stem(word), 0.6)
    for word in _WORD.findall(f"{sight.picture.name.rsplit('.', 1)[0]}".lower()):
        known.setdefault(_stem(word), 0.7)
    return max((known.get(name, 0.0) for name in names if len(name) > 1), default=0.0)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
