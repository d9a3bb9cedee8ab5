"""Writes all memories into a file, and takes a file in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QWidget,
)

from mia_desktop.core.errors import VaultLockedError
from mia_desktop.engine import memory_files
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.gui.background import in_background
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages.page import Section, secret_field
from mia_desktop.security.ways_in import LEAST_LETTERS


class _FilePanel(Section):
    """A file, a passphrase, and a button that begins.

    Attributes:
        told: a sentence for the user.
        closed: it is no longer needed.
        passphrase: what opens the file.
    """

    told = Signal(str)
    closed = Signal()

    def __init__(self, household: Household, parent: QWidget | None) -> None:
        super().__init__("", "", parent)
        self._household = household
        self.passphrase = secret_field(self.tr("Passphrase of the export"))
        self._first = QPushButton()
        self._first.setObjectName("first")
        self.busy = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.busy.hide()

    def _lay_out(self, first: str, busy: str, *fields: QWidget) -> None:
        """Put `fields` above the progress and the buttons; `first` and `busy` are the words of both."""
        self._first.setText(first)
        self.busy.setAccessibleName(busy)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self._leave)
        for widget in (*fields, self.busy):
            self.rows.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (leave, self._first):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        self.rows.addLayout(buttons)

    def _working(self, on: bool) -> None:
        self.busy.setVisible(on)
        self._first.setDisabled(on)

    def _failed(self, sentence: str) -> None:
        self._working(False)
        self.told.emit(sentence)

    @Slot()
    def _leave(self) -> None:
        self._working(False)
        self.passphrase.clear()
        self.closed.emit()


class ExportPanel(_FilePanel):
    """Asks for a passphrase and a file, and writes the export."""

    def __init__(self, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(household, parent)
        self.setAccessibleName(self.tr("Export all memories"))
        self.row(
            self.tr("Export all memories"),
            about=self.tr("Words and pictures in one file that only the passphrase opens; another MIA can take it in."),
        )
        self.again = secret_field(self.tr("Once more"))
        self.plain = QCheckBox(self.tr("Readable by anybody: no passphrase, no pictures"))
        self.write = self._first
        self.write.clicked.connect(self._ask)
        words, busy = self.tr("Choose a file…"), self.tr("The export is being written")
        self._lay_out(words, busy, self.passphrase, self.again, self.plain)
        for field in (self.passphrase, self.again):
            field.textChanged.connect(self._ready)
        self.plain.toggled.connect(self._ready)
        self._ready()

    @Slot()
    def _ready(self) -> None:
        plain = self.plain.isChecked()
        typed = self.passphrase.text()
        for field in (self.passphrase, self.again):
            field.setDisabled(plain)
        self.write.setEnabled(plain or (len(typed) >= LEAST_LETTERS and typed == self.again.text()))
        self.write.setToolTip(
            self.tr("At least {0} letters, twice the same").format(LEAST_LETTERS) if not self.write.isEnabled() else ""
        )

    @Slot()
    def _ask(self) -> None:
        name = "mia-memories.jsonl" if self.plain.isChecked() else "mia-memories.export"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export all memories"), name)
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Write the export into a new file."""
        plain, secret = self.plain.isChecked(), self.passphrase.text()
        open_memory = _opened(self._household)

        def work() -> memory_files.Exported:
            ruled = open_memory()
            return memory_files.export_plain(ruled, path) if plain else memory_files.export_sealed(ruled, path, secret)

        self._working(True)
        in_background(self, work, lambda done: self._done(done, path, plain=plain), self._failed)

    def _done(self, done: memory_files.Exported, path: Path, *, plain: bool) -> None:
        self._working(False)
        words = self.tr("{0} memories are in {1}.").format(f"{done.lines - 1:,}", path.name)
        kept = self.tr("Anybody can read it.") if plain else self.tr("Keep its passphrase: without it, it is noise.")
        self.told.emit(f"{words} {kept}")
        self._leave()

    def _failed(self, sentence: str) -> None:
        super()._failed(sentence)
        self._ready()

    @Slot()
    def _leave(self) -> None:
        self.again.clear()
        super()._leave()
        self._ready()


class ImportPanel(_FilePanel):
    """Takes an export in; asks for its passphrase when it has one."""

    def __init__(self, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(household, parent)
        self._path: Path | None = None
        self.setAccessibleName(self.tr("Take memories in"))
        self._named = self.row(
            self.tr("Take memories in"), about=self.tr("From a file that MIA exported. What is there already stays.")
        )
        self.take = self._first
        self.take.clicked.connect(self._take)
        self.passphrase.returnPressed.connect(self._take)
        self._lay_out(self.tr("Take in"), self.tr("Memories are being taken in"), self.passphrase)

    def ask(self) -> bool:
        """Let the user choose a file; tell whether they did."""
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Take memories in"))
        if path:
            self.offer(Path(path))
        return bool(path)

    def offer(self, path: Path) -> None:
        """Take in `path`, after its passphrase was asked for if it has one."""
        self._path = path
        self._named.setText(self.tr("Take memories in from {0}").format(path.name))
        in_background(self, lambda: memory_files.is_sealed(path), self._found, self._failed)

    def _found(self, sealed: bool) -> None:
        self.passphrase.setVisible(sealed)
        if sealed:
            self.passphrase.setFocus()
        else:
            self._take()

    @Slot()
    def _take(self) -> None:
        path = self._path
        if path is None:
            return
        secret = self.passphrase.text() or None
        open_memory = _opened(self._household)
        self._working(True)
        in_background(self, lambda: memory_files.take_in(open_memory(), path, secret), self._done, self._failed)

    def _done(self, count: int) -> None:
        self.told.emit(self.tr("{0} memories were added.").format(f"{count:,}"))
        self._leave()


def _opened(household: Household) -> Callable[[], RuledMemory]:
    memory = household.memory

    def opened() -> RuledMemory:
        if memory is None or memory.locked:
            raise VaultLockedError("The vault is locked. Unlock it first.")
        return memory

    return opened
