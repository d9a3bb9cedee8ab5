"""Fills the list of memories: the newest ones, those that wait for the user, or what comes to mind of some words."""

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QObject, Signal

from mia_desktop.core.memories import Recollection
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.gui.background import in_background
from mia_desktop.gui.core_words import reasons
from mia_desktop.gui.pages.memory_list import PAGE, MemoryList, Row
from mia_desktop.gui.pages.memory_words import MemoryWords

WAITING: Final = "waiting"
"""Stands for a kind where one is chosen: what waits for the user's word, of whatever kind."""
_MOST_FOUND: Final = 60


class MemorySearch(QObject):
    """Reads beside the window; of what comes late only the newest is shown.

    Attributes:
        failed: a sentence, when memories could not be read.
        list: the memories.
    """

    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._says = MemoryWords(self)
        self._turn = 0
        self.list = MemoryList(self._row)
        self.list.setParent(self)
        self.list.failed.connect(self.failed)

    def look(self, memory: RuledMemory, words: str, kind: str) -> None:
        """List memories of one kind: what comes to mind of `words` or, without any, the newest ones."""
        self._turn += 1
        turn = self._turn
        if words:
            in_background(
                self,
                lambda: _found(memory, words, kind),
                lambda found: self._show_found(turn, found),
                self.failed.emit,
            )
        elif kind == WAITING:
            in_background(
                self, lambda: memory.memory.waiting(), lambda found: self._show_waiting(turn, found), self.failed.emit
            )
        else:
            self.list.show_all(lambda after: memory.memory.newest(PAGE, kind or None, before=after))

    def _show_found(self, turn: int, found: list[tuple[Recollection, str]]) -> None:
        if turn == self._turn:
            self.list.show_these([self._row(one, why) for one, why in found])

    def _show_waiting(self, turn: int, found: list[Recollection]) -> None:
        if turn == self._turn:
            self.list.show_these([self._row(one) for one in found])

    def _row(self, one: Recollection, why: str = "") -> Row:
        return Row(memory=one, about=self._says.about(one), why=why)


def _found(memory: RuledMemory, words: str, kind: str) -> list[tuple[Recollection, str]]:
    """Return what comes to mind of `words`, best first, then what holds these very words, each with the reason."""
    hits = memory.recall(words, datetime.now(UTC).astimezone(), _MOST_FOUND)
    found = [(hit.memory, reasons(hit.why)) for hit in hits]
    there = {one.id for one, _ in found}
    held = reasons("has these words")
    found += [(one, held) for one in memory.memory.containing(words, _MOST_FOUND) if one.id not in there]
    return [(one, why) for one, why in found if _fits(one, kind)]


def _fits(one: Recollection, kind: str) -> bool:
    return one.quarantined if kind == WAITING else not kind or one.kind == kind
