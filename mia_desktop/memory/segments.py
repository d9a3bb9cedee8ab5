"""Segments: what recall needs of some thousand memories in a row, packed, so that a vault opens in a moment.

They are copies, kept in the vault beside what they were made from. Triggers in the database delete a segment in the
very transaction that changes or forgets one of its memories, so a segment never says anything that is not so, and
never holds what was forgotten.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mia_desktop.core.ports import Database
from mia_desktop.memory.columns import Columns

ROWS: Final = 4096
"""So many memories are packed together: 3 MB of vectors."""
_WORTH_IT: Final = 256
"""Fewer than that between two segments are read one by one."""
_LAST: Final = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Memories of a range of ids.

    Attributes:
        first: the first id of the range.
        last: the last id of the range.
        columns: the memories in it.
        vectors: theirs, float16, shape (n, dimensions); zeros for those that have none of the model.
        whole: whether all have one.
    """

    first: int
    last: int
    columns: Columns
    vectors: npt.NDArray[np.float16]
    whole: bool = True


class Segments:
    """The segments of one vault."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, model: str) -> list[Part]:
        """Return all segments whose vectors are of `model`, in the order of ids."""
        found = self._database.read(
            "SELECT first, last, speakers, rows, stems, vectors FROM segment WHERE model = ? ORDER BY first", (model,)
        )
        parts = []
        for first, last, speakers, rows, stems, vectors in found:
            columns = Columns.from_bytes(rows, json.loads(speakers), stems)
            count = len(columns.rows)
            numbers = np.frombuffer(vectors, dtype=np.float16)
            placed = numbers.reshape(count, len(numbers) // count)
            parts.append(Part(first=first, last=last, columns=columns, vectors=placed))
        return parts

    def gaps(self, model: str) -> list[tuple[int, int]]:
        """Return the ranges of ids (first, last) that no segment of `model` has, in order."""
        return between(self._database.read("SELECT first, last FROM segment WHERE model = ? ORDER BY first", (model,)))

    def to_pack(self, ids: npt.NDArray[np.int64], model: str) -> tuple[int, int] | None:
        """Return the first range of `ids` (ascending) that is worth packing, or None."""
        for first, last in self.gaps(model):
            start, end = np.searchsorted(ids, [first, last + 1])
            if end - start >= (ROWS if last == _LAST else _WORTH_IT):
                return int(ids[start]), int(ids[min(end, start + ROWS) - 1])
        return None

    def write(self, part: Part, model: str) -> None:
        """Keep a part as a segment, in the place of those of other models."""
        values: list[Any] = [part.first, part.last, model, json.dumps(part.columns.speakers)]
        values += [part.columns.rows.tobytes(), part.columns.stems.tobytes(), part.vectors.tobytes()]
        with self._database.write() as cursor:
            cursor.execute("DELETE FROM segment WHERE last >= ? AND first <= ?", (part.first, part.last))
            cursor.execute(
                "INSERT INTO segment (first, last, model, speakers, rows, stems, vectors) VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )


def between(ranges: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return the ranges of ids from 1 on that lie between `ranges`, the last one open."""
    gaps, start = [], 1
    for first, last in ranges:
        if first > start:
            gaps.append((start, first - 1))
        start = last + 1
    return [*gaps, (start, _LAST)]
