"""Consolidation: what of an experience is kept, and as what. Pure rules; nothing here asks a language model.

Kept are the words as they were. Rules only add keys. What MIA says by repeating a memory is not a new memory:
otherwise each recall would write what it read, and one mistake would come back hundreds of times (docs/memory.md).
"""

import dataclasses
import hashlib
import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from mia_desktop.core.errors import InputError, RefusedError
from mia_desktop.core.memories import Experience, Recollection
from mia_desktop.core.ports import Vectors
from mia_desktop.memory.form import form
from mia_desktop.memory.instructions import looks_like_instruction, visible
from mia_desktop.memory.keys import NOTHING, keys
from mia_desktop.memory.store import Prepared
from mia_desktop.memory.time_words import MONTH_NAMES
from mia_desktop.memory.words import rests_on, stems, words

LONGEST_CHARS: Final = 100_000
YEARS: Final = range(1000, 9000)
"""Beyond them a time cannot be told in every time zone."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_ECHO: Final = 0.5
_RUN: Final = 3


def judged(experience: Experience) -> Experience:
    """Return `experience` as it may be kept.

    Raises:
        RefusedError: somebody else would teach MIA how to behave.
        InputError: as `writable`.
    """
    experience = writable(experience)
    if experience.trust != "untrusted" and experience.source in ("image", "document", "screen"):
        experience = dataclasses.replace(experience, trust="untrusted")
    if experience.trust == "user":
        return experience
    if experience.kind == "procedure":
        raise RefusedError("Only you can tell MIA how to do things. Say or type it yourself.")
    return dataclasses.replace(experience, text=visible(experience.text))


def writable(untrusted: Experience) -> Experience:
    """Return an experience that can be written and read back; raises InputError when it is too long or out of time."""
    if len(untrusted.text) > LONGEST_CHARS:
        raise InputError(
            f"That is too long to remember in one piece. Split it into pieces of {LONGEST_CHARS} characters."
        )
    if untrusted.at.year not in YEARS:
        raise InputError(f"The year {untrusted.at.year} is too far away to be remembered.")
    return dataclasses.replace(untrusted, text=whole(untrusted.text), speaker=whole(untrusted.speaker))


def whole(untrusted_text: str) -> str:
    """Return a text without halves of characters, which no file takes."""
    return untrusted_text.encode("utf-8", "replace").decode()


def quarantined(experience: Experience) -> bool:
    """Tell whether `experience` waits for the user's word: proposed procedures, and orders from outside."""
    if experience.kind == "procedure":
        return True
    return experience.trust == "untrusted" and looks_like_instruction(experience.text)


def pieces(experience: Experience) -> list[Experience]:
    """Return `experience`, or when somebody else's text holds orders among other sentences, the rest and the orders.

    The sealed file stays with the first. So one line in a letter does not hide the whole letter.
    """
    if experience.kind == "procedure" or not quarantined(experience):
        return [experience]
    sentences = [one for one in _SENTENCE.split(experience.text) if one.strip()]
    orders = [one for one in sentences if looks_like_instruction(one)]
    plain = [one for one in sentences if one not in orders]
    if not orders or not plain:
        return [experience]
    return [
        dataclasses.replace(experience, text="\n".join(plain)),
        dataclasses.replace(experience, text="\n".join(orders), attachment=""),
    ]


def answers(reply: Experience, before: Experience | None) -> bool:
    """Tell whether `reply` is MIA's and repeats something of the user's words `before` it in the conversation."""
    return (
        before is not None
        and (reply.trust, before.trust) == ("mia", "user")
        and reply.conversation == before.conversation != ""
        and rests_on(reply.text, before.text, "")
    )


def without_echo(text: str, recalled: Sequence[str]) -> str:
    """Return `text` without the sentences that only repeat what was recalled; maybe empty.

    A sentence repeats a memory when half of its runs of three words are the memory's; one of up to three words, when
    the memory has it whole.
    """
    sentences = _SENTENCE.split(text)
    runs = {run for one in recalled for run in _runs(one)}
    whole = {" ".join(words(part)) for one in recalled for part in (one, *_SENTENCE.split(one))}
    kept = []
    for sentence in sentences:
        own = _runs(sentence)
        repeated = " ".join(words(sentence)) in whole or (own and len(own & runs) >= _ECHO * len(own))
        if not repeated:
            kept.append(sentence)
    return text if len(kept) == len(sentences) else " ".join(kept).strip()


def described(experience: Experience) -> str:
    """Return the text that the vector stands for: who said it and the date it was said on are part of the meaning."""
    at = experience.at
    return f"{experience.speaker} said on {at.day} {MONTH_NAMES[at.month - 1]} {at.year}: {experience.text}"


def prepare(
    experience: Experience,
    vector: Vectors | None,
    now: datetime,
    *,
    uid: str | None = None,
    supersedes: tuple[int, ...] = (),
    parents: tuple[int, ...] = (),
    held: bool | None = None,
) -> Prepared:
    """Return `experience` ready to be written. `held` overrides whether it waits for the user's word.

    What does not hold has no words of its own for recall, and its time is over as soon as it begins.
    """
    trusted = experience.trust == "user" and experience.holds
    return Prepared(
        experience=experience,
        uid=uid or uuid.uuid4().hex,
        digest=digest(experience),
        stems=stems(experience.text if experience.holds else "").tobytes(),
        form=int(form(experience.text)),
        keys=keys(experience.text, experience.speaker) if trusted else NOTHING,
        vector=vector,
        vector_digest=vector_digest(experience),
        quarantined=quarantined(experience) if held is None else held,
        valid_from=experience.at,
        valid_to=None if experience.holds else experience.at,
        supersedes=supersedes,
        parents=parents,
        created_s=now.timestamp(),
    )


def as_experience(memory: Recollection) -> Experience:
    """Return what `memory` was made from."""
    return Experience(
        text=memory.text,
        at=memory.at,
        speaker=memory.speaker,
        kind=memory.kind,
        source=memory.source,
        trust=memory.trust,
        conversation=memory.conversation,
        reference=memory.reference,
        consent=memory.consent,
        expires_at=memory.expires_at,
        attachment=memory.attachment,
        holds=memory.valid_to != memory.valid_from,
    )


def digest(experience: Experience) -> bytes:
    """Return what two experiences share when they are the same: the words, and for an episode also the moment."""
    same = [experience.kind, experience.speaker.lower(), " ".join(words(experience.text))]
    if experience.kind == "episode":
        same += [experience.conversation, experience.reference, str(experience.at.timestamp())]
    return hashlib.blake2b("\0".join(same).encode(), digest_size=16).digest()


def vector_digest(experience: Experience) -> bytes:
    """Return the digest of the text that the vector stands for."""
    return hashlib.blake2b(described(experience).encode(), digest_size=16).digest()


def _runs(text: str) -> set[tuple[str, ...]]:
    heard = words(text)
    return {tuple(heard[start : start + _RUN]) for start in range(len(heard) - _RUN + 1)}
