"""Attention: which of the pictures the user's words are about. Pure and deterministic.

Heads look at all percepts side by side (multi-head attention, Vaswani et al. 2017, section 3.2.2), each for one
concern, and give each percept a share of 1:

    recency     softmax( - age / 30 s )
    meaning     softmax( sqrt(d) * (q . fused_i(q)) ), where q is the vector of the words
    reference   the fit of pointing words, see `reference`, divided by its sum
    salience    softmax of how much there is to see: sureness of labels, text, faces, codes, sharpness

Nothing here is trained, so the heads are not concatenated and projected but mixed by gates that depend on the words:
pointing words that are definite take all of the attention; names take it by their fit; what is left is shared by the
others. Words that point at nothing, name nothing and mean nothing that was seen choose no percept: the talk moved on.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from mia_desktop.core.sights import Focus, Percept, Vector
from mia_desktop.perception.fusion import Weights, fuse, softmax
from mia_desktop.perception.reference import pointed_at, reference

_RECENT_S: Final = 30.0
_ALIKE: Final = 0.35
"""Cosine from which words are about a picture although they do not point at it."""
_TOGETHER: Final = 0.6
"""Percepts with this share of the strongest one's attention are in focus with it."""
_GATES: Final = {"recency": 0.4, "meaning": 0.4, "salience": 0.2}

Head = Literal["recency", "meaning", "reference", "salience"]
ALL_HEADS: Final[tuple[Head, ...]] = ("recency", "meaning", "reference", "salience")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Where the talk stands.

    Attributes:
        current: keys of the pictures that the last answer was about; empty when the talk has moved on.
        fresh: keys of the pictures that were shown since.
        ambient: keys of the fresh ones that nobody showed on purpose: a camera that stays open.
        now_s: clock seconds.
    """

    current: Collection[str] = ()
    fresh: Collection[str] = ()
    ambient: Collection[str] = ()
    now_s: float


def attend(
    text: str,
    query: Vector | None,
    percepts: Sequence[Percept],
    talk: Talk,
    heads: Collection[Head] = ALL_HEADS,
) -> Focus | None:
    """Return what `text` is about, or None when it is about no picture.

    Args:
        text: the user's words.
        query: their place in the percepts' space (length 1), or None.
        percepts: in the order in which they came, with ascending numbers.
        talk: where the talk stands.
        heads: which heads take part; fewer only to measure what they add.
    """
    if not percepts:
        return None
    meant = reference(text)
    fits = pointed_at(meant, percepts, talk.fresh or talk.current)
    likeness = np.array([_likeness(query, one, talk.now_s) for one in percepts], dtype=np.float32)
    pointing = float(fits.max()) if "reference" in heads else 0.0
    aside = set() if meant.kind == "near" or meant.pictures or likeness.max() >= _ALIKE else set(talk.ambient)
    fresh = [at for at, one in enumerate(percepts) if one.key in talk.fresh and one.key not in aside]
    why: Literal["reference", "meaning", "fresh", "follows"]
    if pointing > 0.5 and (meant.definite or not fresh or fits[fresh].max() == pointing):
        why = "reference"
    elif fresh:
        why = "fresh"
        if len(fresh) > 1 and not meant.definite:
            share = np.zeros(len(percepts), dtype=np.float32)
            share[fresh] = 1 / len(fresh)
            return _focus(percepts, share, why, talk.now_s, several=True)
    elif talk.current and (meant.kind == "near" or meant.pictures):
        why = "follows"
    elif "meaning" in heads and likeness.max() >= _ALIKE:
        why = "meaning"
    elif meant.pictures:
        why = "reference"
    else:
        return None
    gate = pointing if why == "reference" else 0.5 * pointing
    shares = {
        "recency": softmax(np.array([one.at_s - talk.now_s for one in percepts]) / _RECENT_S),
        "meaning": softmax(np.sqrt(_dimensions(query)) * likeness),
        "salience": softmax(np.array([_salience(one) for one in percepts])),
    }
    mixed = np.zeros(len(percepts), dtype=np.float32)
    others = [name for name in heads if name != "reference"]
    total = sum(_GATES[name] for name in others) or 1.0
    for name in others:
        mixed += (1 - gate) * _GATES[name] / total * shares[name]
    if pointing:
        mixed += gate * fits / fits.sum()
    if why == "fresh":
        mixed[[at for at in range(len(percepts)) if at not in fresh]] = 0.0
    elif why == "follows":
        mixed[[at for at, one in enumerate(percepts) if one.key not in talk.current]] *= 0.5
    return _focus(percepts, mixed, why, talk.now_s, several=meant.kind == "all" or why == "follows")


def _focus(
    percepts: Sequence[Percept],
    mixed: Weights,
    why: Literal["reference", "meaning", "fresh", "follows"],
    now_s: float,
    *,
    several: bool,
) -> Focus:
    strongest = int(len(mixed) - 1 - mixed[::-1].argmax())
    chosen = [at for at in range(len(percepts)) if several and mixed[at] >= _TOGETHER * mixed.max()] or [strongest]
    return Focus(
        percepts=tuple(percepts[at] for at in chosen),
        weights=tuple(round(float(mixed[at]), 4) for at in chosen),
        why=why,
        asked_s=now_s,
    )


def _likeness(query: Vector | None, percept: Percept, now_s: float) -> float:
    """Return how alike the words and the percept are as the words see it, a cosine."""
    if query is None or not percept.modalities or len(query) != len(percept.modalities[0].vector):
        return 0.0
    return float(query @ fuse(percept.modalities, percept.at_s, query)[0])


def _dimensions(query: Vector | None) -> int:
    return 1 if query is None else len(query)


def _salience(percept: Percept) -> float:
    sight = percept.sight
    label = max((one.confidence for one in sight.labels), default=0.0)
    return (
        label
        + min(1.0, len(sight.lines) / 5)
        + 0.5 * bool(sight.faces)
        + 0.5 * bool(sight.codes)
        + sight.look.sharpness
    )
