"""Asks before MIA ends with words that are not on disk yet, and ends her by itself once they are."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from mia_desktop.core.events import Event, KeepingResumed


class UnsavedQuestion(QObject):
    """A dialog over the window, which does not hold up anything.

    Attributes:
        answered: MIA may end: the user said so, or all is saved now.
        box: the dialog; None while there is none.
    """

    answered = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.box: QMessageBox | None = None

    def ask(self, turns: int) -> None:
        """Ask whether to end although so many turns would be lost; there is one dialog at a time."""
        if self.box is not None:
            self.box.raise_()
            return
        box = self.box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("MIA")
        box.setText(self.tr("Not all of this conversation is saved. Turns that would be lost: {0}.").format(turns))
        box.setInformativeText(
            self.tr(
                "The vault's disk is full or failing. Free some space: MIA tries again every few seconds, "
                "and ends as soon as all is saved."
            )
        )
        anyway = box.addButton(self.tr("Quit anyway"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Do not quit"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.finished.connect(lambda: self._closed(ends=box.clickedButton() is anyway))
        box.open()

    def see(self, event: Event) -> None:
        """Go away once nothing waits any more; end MIA if nothing was lost."""
        if self.box is not None and isinstance(event, KeepingResumed):
            self.box.close()
            if not event.lost:  # else the window tells of it first
                self.answered.emit()

    def _closed(self, *, ends: bool) -> None:
        self.box = None
        if ends:
            self.answered.emit()
