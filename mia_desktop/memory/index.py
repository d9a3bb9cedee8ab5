"""What recall needs of every memory, in arrays: made from the vault when it opens, kept up as memories come."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mia_desktop.core.ports import Vectors
from mia_desktop.memory.columns import NOBODY, Columns, Entry
from mia_desktop.memory.form import Form
from mia_desktop.memory.matrix import Matrix
from mia_desktop.memory.postings import Numbers, Postings, Rows
from mia_desktop.memory.words import Stems

_MARGIN: Final = 1024
_WINDOW_TURNS: Final = 2
_RARE: Final = 20
"""What is rarer than one in so many is sorted rather than counted over all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How long the stretches of text are that words are looked for in; all in stems.

    Attributes:
        windows: of each memory with the two turns before and after it.
        conversations: of each conversation, by its number; the last stands for those that belong to none, and is 0.
        used_conversations: how many conversations have words.
        belongs: for each memory its place in `conversations`.
    """

    windows: Numbers
    conversations: Numbers
    used_conversations: int
    belongs: Rows


class Index:
    """Columns over all memories; a memory's position in them is its row.

    Args:
        columns: the memories.
        dimensions: of the vectors.
    """

    def __init__(self, columns: Columns, dimensions: int) -> None:
        self.count = len(columns.rows)

        def column(name: str, kind: type) -> npt.NDArray[Any]:
            return np.concatenate((columns.rows[name].astype(kind), np.zeros(_MARGIN, dtype=kind)))

        self.speakers = {name: number for number, name in enumerate(columns.speakers)}
        self._ids = column("id", np.int64)
        self._at_s = column("at_s", np.float64)
        self._valid_from_s = column("valid_from_s", np.float64)
        self._valid_to_s = column("valid_to_s", np.float64)
        self._shown = column("shown", np.bool_)
        self._form = column("form", np.uint8)
        self._conversation = column("conversation", np.int32)
        self._speaker = column("speaker", np.int32)
        self.postings = Postings(columns.stems, columns.rows["stems"].astype(np.int64))
        self._lengths = np.concatenate((self.postings.lengths.astype(np.float32), np.zeros(_MARGIN, np.float32)))
        self._link(columns.rows["place"].astype(np.int64))
        self.matrix = Matrix(dimensions)
        self._sizes: Sizes | None = None

    def _link(self, places: npt.NDArray[np.int64]) -> None:
        """Find who comes before and after whom. What was superseded stands outside the conversation."""
        self._before = np.full(len(self._ids), NOBODY, dtype=np.int32)
        self._after = np.full(len(self._ids), NOBODY, dtype=np.int32)
        self._last: dict[int, int] = {}
        inside = np.isinf(self.valid_to_s) & (self.conversation != NOBODY)
        order = np.flatnonzero(inside)
        order = order[np.lexsort((order, places[order], self.conversation[order]))].astype(np.int32)
        same = self.conversation[order[1:]] == self.conversation[order[:-1]]
        self._before[order[1:][same]] = order[:-1][same]
        self._after[order[:-1][same]] = order[1:][same]
        ends = np.flatnonzero(np.append(~same, True))[: len(order)]
        self._last = {int(self._conversation[order[end]]): int(order[end]) for end in ends}

    # Views of the columns, without the spare places behind the last row.

    @property
    def ids(self) -> npt.NDArray[np.int64]:
        """Ids, int64, ascending."""
        return self._ids[: self.count]

    @property
    def at_s(self) -> npt.NDArray[np.float64]:
        """When each happened, seconds since 1970."""
        return self._at_s[: self.count]

    @property
    def valid_to_s(self) -> npt.NDArray[np.float64]:
        """Until when each held, seconds since 1970."""
        return self._valid_to_s[: self.count]

    @property
    def form(self) -> npt.NDArray[np.uint8]:
        """Shapes, bits of `Form`."""
        return self._form[: self.count]

    @property
    def conversation(self) -> Rows:
        """Conversations' numbers, or `NOBODY`."""
        return self._conversation[: self.count]

    @property
    def speaker(self) -> Rows:
        """Speakers' numbers, the values of `speakers`."""
        return self._speaker[: self.count]

    @property
    def lengths(self) -> Numbers:
        """How many stems each has."""
        return self._lengths[: self.count]

    @property
    def before(self) -> Rows:
        """Row of the memory before each in its conversation, or `NOBODY`."""
        return self._before[: self.count]

    @property
    def after(self) -> Rows:
        """Row of the memory after each in its conversation, or `NOBODY`."""
        return self._after[: self.count]

    def sizes(self) -> Sizes:
        """Return the lengths of windows and conversations; they are counted again after a memory has come."""
        if self._sizes is None:
            windows = self.lengths.copy()
            for step in (self.before, self.after):
                once = np.where(step == NOBODY, np.float32(0), self.lengths[step])
                windows += once + np.where(step == NOBODY, np.float32(0), once[step])
            last = int(self.conversation.max(initial=NOBODY)) + 1
            belongs = np.where(self.conversation == NOBODY, last, self.conversation).astype(np.int32)
            conversations = np.bincount(belongs, self.lengths, last + 1).astype(np.float32)
            conversations[last] = 0
            used = int(np.count_nonzero(conversations))
            self._sizes = Sizes(windows=windows, conversations=conversations, used_conversations=used, belongs=belongs)
        return self._sizes

    def spread(self, rows: Rows, counts: Numbers) -> tuple[Rows, Numbers]:
        """Return the memories with any of `rows` two turns around them or nearer, and the sums of `counts` there."""
        reached, told = [rows], [counts]
        for step in (self.before, self.after):
            from_, count = rows, counts
            for _ in range(_WINDOW_TURNS):
                from_ = step[from_]
                inside = from_ != NOBODY
                from_, count = from_[inside], count[inside]
                reached.append(from_)
                told.append(count)
        everywhere, counted = np.concatenate(reached), np.concatenate(told)
        if _RARE * len(everywhere) < self.count:
            near, places = np.unique(everywhere, return_inverse=True)
            return near, np.bincount(places, counted).astype(np.float32)
        total = np.bincount(everywhere, counted, self.count)
        near = np.flatnonzero(total).astype(np.int32)
        return near, total[near].astype(np.float32)

    def row_of(self, memory: int) -> int:
        """Return the row of the memory with that id, or `NOBODY`."""
        row = int(np.searchsorted(self.ids, memory))
        return row if row < self.count and self._ids[row] == memory else NOBODY

    def recallable(self, as_of_s: float | None) -> npt.NDArray[np.bool_]:
        """Return which rows may be given: they hold now, or held at `as_of_s`, and are not quarantined."""
        shown = self._shown[: self.count]
        if as_of_s is None:
            return shown & np.isinf(self.valid_to_s)
        return shown & (self._valid_from_s[: self.count] <= as_of_s) & (as_of_s < self.valid_to_s)

    def asked(self) -> npt.NDArray[np.bool_]:
        """Return which rows follow a turn that asks something."""
        before = self.before
        after_question: npt.NDArray[np.bool_] = (before != NOBODY) & ((self.form[before] & Form.ASKS) != 0)
        return after_question

    def add(self, entry: Entry, vector: Vectors | None) -> None:
        """Append a memory whose id is greater than all others; `vector` has shape (dimensions,)."""
        row, self._sizes = self.count, None
        if row == len(self._ids):
            self._grow()
        self._ids[row], self._at_s[row] = entry.id, entry.at_s
        self._valid_from_s[row], self._valid_to_s[row] = entry.valid_from_s, entry.valid_to_s
        self._shown[row], self._form[row], self._conversation[row] = entry.shown, entry.form, entry.conversation
        self._speaker[row] = self.speakers.setdefault(entry.speaker, len(self.speakers))
        stems: Stems = np.frombuffer(entry.stems, dtype=np.uint32)
        self._lengths[row] = len(stems)
        self._before[row] = self._after[row] = NOBODY
        if entry.conversation != NOBODY and np.isinf(entry.valid_to_s):
            before = self._last.get(entry.conversation, NOBODY)
            if before != NOBODY:
                self._before[row], self._after[before] = before, row
            self._last[entry.conversation] = row
        self.postings.add(row, stems)
        self.matrix.add(np.zeros((1, self.matrix.dimensions), np.float32) if vector is None else vector[None, :])
        self.count += 1

    def _grow(self) -> None:
        for name, column in vars(self).items():
            if isinstance(column, np.ndarray):
                setattr(self, name, np.concatenate((column, np.zeros(len(column), dtype=column.dtype))))
