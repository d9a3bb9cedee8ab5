"""Intake: what of several experiences is new, what was told before, and what was made of what."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field

from mia_desktop.core.memories import Experience, Recollection
from mia_desktop.core.ports import Cursor
from mia_desktop.memory import consolidate
from mia_desktop.memory.columns import Entry
from mia_desktop.memory.store import Store
from mia_desktop.memory.words import rests_on


@dataclass(slots=True, kw_only=True)
class Intake:
    """What becomes of a batch of experiences.

    Attributes:
        ids: for each experience the memory that it is; None while it has none, or when there is nothing to keep.
        new: what is to be written, by digest.
        numbers: for each of `new`, which experiences it is.
        parents: for each of `new`, ids of the memories that it says something of.
        made_of: experiences, by number, and what of `new` was made of them.
        wholes: of `new`, what was said and what of it is a memory: they are forgotten together.
    """

    ids: list[int | None]
    new: dict[bytes, Experience] = field(default_factory=dict)
    numbers: dict[bytes, list[int]] = field(default_factory=dict)
    parents: dict[bytes, tuple[int, ...]] = field(default_factory=dict)
    made_of: list[tuple[int, bytes]] = field(default_factory=list)
    wholes: list[tuple[bytes, bytes]] = field(default_factory=list)

    def tie(self, cursor: Cursor, entries: Sequence[Entry]) -> None:
        """Take over the ids of what was written, and tie what was made of an experience to it.

        They are forgotten together.
        """
        written = {digest: entry.id for digest, entry in zip(self.new, entries, strict=True)}
        for digest, numbers in self.numbers.items():
            for number in numbers:
                self.ids[number] = written[digest]
        for number, digest in self.made_of:
            if self.ids[number] not in (None, written[digest]):
                cursor.execute("INSERT OR IGNORE INTO derivation VALUES (?, ?)", (self.ids[number], written[digest]))
        for whole, rest in self.wholes:
            both = written[whole], written[rest]
            cursor.executemany("INSERT OR IGNORE INTO derivation VALUES (?, ?)", [both, both[::-1]])


def taken_in(experiences: Sequence[Experience], store: Store) -> Intake:
    """Judge `experiences` and sort them; what was told before is counted in the store.

    Raises RefusedError and InputError as `consolidate.judged`, before anything is counted.
    """
    judged = [consolidate.pieces(consolidate.judged(untrusted)) for untrusted in experiences]
    intake = Intake(ids=[None] * len(experiences))
    for number, pieces in enumerate(judged):
        for rank, piece in enumerate(pieces):
            told = store.get(piece.recalled)
            text = consolidate.without_echo(piece.text, [memory.text for memory in told]) if told else piece.text
            whole = None
            if piece.conversation and piece.kind == "episode" and (text != piece.text or not piece.holds):
                whole = _as_said(intake, number, piece, told)
                if whole is not None and consolidate.answers(piece, experiences[number - 1] if number else None):
                    intake.made_of.append((number - 1, whole))
            if not text.strip() or not piece.holds:
                continue
            one = dataclasses.replace(piece, text=text)
            digest = consolidate.digest(one)
            if same := store.same(digest):
                store.seen_again(same[0].id)
                intake.ids[number] = intake.ids[number] or same[0].id
                continue
            intake.new.setdefault(digest, one)
            if whole is not None:
                intake.wholes.append((whole, digest))
            if rank == 0:
                intake.numbers.setdefault(digest, []).append(number)
            else:  # orders that were taken out of the rest
                intake.made_of.append((number, digest))
            if one.trust == "mia":
                intake.parents[digest] = tuple(memory.id for memory in told if rests_on(text, memory.text, ""))
            if consolidate.answers(one, experiences[number - 1] if number else None):
                intake.made_of.append((number - 1, digest))
    return intake


def _as_said(intake: Intake, number: int, one: Experience, told: Sequence[Recollection]) -> bytes | None:
    """Keep the whole of what was said for its conversation, with the memories that it repeats as its parents.

    Returns:
        Its digest; None when nothing was said.
    """
    if not one.text.strip():
        return None
    digest = consolidate.digest(one)
    intake.new[digest] = dataclasses.replace(one, holds=False)
    intake.numbers.setdefault(digest, []).append(number)
    intake.parents[digest] = tuple(
        memory.id
        for memory in told
        if rests_on(one.text, memory.text, "") or consolidate.without_echo(one.text, [memory.text]) != one.text
    )
    return digest
