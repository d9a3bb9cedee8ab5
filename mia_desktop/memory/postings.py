"""Which memory holds which word: posting lists in arrays, for BM25 over all memories in about a millisecond."""

from typing import Any

import numpy as np
import numpy.typing as npt

from mia_desktop.memory.words import Stems

Rows = npt.NDArray[np.int32]
"""Positions of memories in the index: int32, shape (n,), from 0."""
Numbers = npt.NDArray[np.float32]
"""Scores, counts or lengths of memories: float32, shape (n,)."""


class Postings:
    """Words to memories. Built at once from many, then added to one by one."""

    def __init__(self, stems: Stems, lengths: npt.NDArray[np.int64]) -> None:
        """Index memories by the stems of all, one memory after the other, and how many each has (int64, shape (n,))."""
        keys = stems.astype(np.uint64) << np.uint64(32) | np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
        keys.sort()
        firsts = _firsts(keys)  # np.unique sorts a second time, and is half of the time that a vault takes to open
        self._counts: Numbers = np.diff(firsts, append=len(keys)).astype(np.float32)
        keys = keys[firsts]
        self._rows: Rows = keys.astype(np.uint32).view(np.int32)
        held = (keys >> np.uint64(32)).astype(np.uint32)
        self._starts = _firsts(held)
        self._stems = held[self._starts]
        self._ends = np.append(self._starts[1:], len(keys))
        self._fresh: dict[int, list[tuple[int, int]]] = {}
        self.lengths = lengths

    def add(self, row: int, stems: Stems) -> None:
        """Add a memory at position `row`, which no other has had."""
        for stem, count in zip(*np.unique(stems, return_counts=True), strict=True):
            self._fresh.setdefault(int(stem), []).append((row, int(count)))

    def find(self, stem: int) -> tuple[Rows, Numbers]:
        """Return the memories that hold `stem` and how often each does."""
        at = int(np.searchsorted(self._stems, np.uint32(stem)))
        here = at < len(self._stems) and int(self._stems[at]) == stem
        part = slice(self._starts[at], self._ends[at]) if here else slice(0, 0)
        rows, counts = self._rows[part], self._counts[part]
        if stem in self._fresh:
            fresh = np.array(self._fresh[stem], dtype=np.int32)
            rows = np.concatenate((rows, fresh[:, 0]))
            counts = np.concatenate((counts, fresh[:, 1].astype(np.float32)))
        return rows, counts


def _firsts(ordered: npt.NDArray[np.unsignedinteger[Any]]) -> npt.NDArray[np.int64]:
    """Return where each different value begins in what is in order."""
    return np.flatnonzero(np.append(np.ones(min(1, len(ordered)), dtype=np.bool_), ordered[1:] != ordered[:-1]))
