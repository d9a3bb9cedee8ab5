"""Memories as columns: what recall needs of them, in arrays, so that a hundred thousand are read in a blink."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from mia_desktop.memory.words import Stems

NOBODY: Final = -1
"""Stands where there is no neighbour, no conversation."""


class Entry(NamedTuple):
    """What the index keeps of one memory; a tuple, because a hundred thousand are made when a vault opens.

    Attributes:
        id: the memory's.
        at_s: when it happened, seconds since 1970.
        conversation: number of its conversation, or `NOBODY`.
        place: position in the conversation.
        speaker: whose words they are.
        valid_from_s: since when it holds, seconds since 1970.
        valid_to_s: until when, seconds since 1970; infinity while it holds.
        shown: whether recall may give it (it is not quarantined).
        stems: its words, uint32 as bytes.
        form: its shape.
    """

    id: int
    at_s: float
    conversation: int
    place: int
    speaker: str
    valid_from_s: float
    valid_to_s: float
    shown: bool
    stems: bytes
    form: int


_ROW: Final = np.dtype(
    [
        ("id", "<i8"),
        ("at_s", "<f8"),
        ("conversation", "<i4"),
        ("place", "<i4"),
        ("speaker", "<i4"),
        ("valid_from_s", "<f8"),
        ("valid_to_s", "<f8"),
        ("shown", "?"),
        ("stems", "<u4"),
        ("form", "u1"),
    ]
)
"""The fields of an `Entry`; `speaker` is a number, `stems` how many there are. It is stored, so it never changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Memories in the order of their ids.

    Attributes:
        rows: structured array of `Entry` fields, shape (n,).
        speakers: names, by their numbers.
        stems: the words of all, one memory after the other: uint32.
    """

    rows: npt.NDArray[Any]
    speakers: tuple[str, ...]
    stems: Stems

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Columns":
        """Return `entries` as columns."""
        rows = np.zeros(len(entries), dtype=_ROW)
        if not entries:
            return cls(rows=rows, speakers=(), stems=np.empty(0, dtype=np.uint32))
        columns: list[Any] = list(zip(*entries, strict=True))
        speakers = {name: number for number, name in enumerate(dict.fromkeys(columns[4]))}
        columns[4] = [speakers[name] for name in columns[4]]
        stems, columns[8] = columns[8], [len(one) // 4 for one in columns[8]]
        for name, values in zip(Entry._fields, columns, strict=True):
            rows[name] = values
        return cls(rows=rows, speakers=tuple(speakers), stems=np.frombuffer(b"".join(stems), dtype=np.uint32))

    @classmethod
    def from_bytes(cls, rows: bytes, speakers: Sequence[str], stems: bytes) -> "Columns":
        """Return what was stored."""
        return cls(
            rows=np.frombuffer(rows, dtype=_ROW),
            speakers=tuple(speakers),
            stems=np.frombuffer(stems, dtype=np.uint32),
        )

    @classmethod
    def joined(cls, parts: Sequence["Columns"]) -> "Columns":
        """Return several as one, in this order."""
        if len(parts) == 1:
            return parts[0]
        speakers = {name: n for n, name in enumerate(dict.fromkeys(one for part in parts for one in part.speakers))}
        rows = np.concatenate([part.rows for part in parts]) if parts else np.zeros(0, dtype=_ROW)
        start = 0
        for part in parts:
            here = rows["speaker"][start : start + len(part.rows)]
            if len(here):
                here[:] = np.array([speakers[name] for name in part.speakers], dtype=np.int32)[here]
            start += len(part.rows)
        stems = np.concatenate([part.stems for part in parts]) if parts else np.empty(0, dtype=np.uint32)
        return cls(rows=rows, speakers=tuple(speakers), stems=stems)
