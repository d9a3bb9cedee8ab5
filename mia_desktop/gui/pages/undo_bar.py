"""Says what was done, and takes it back."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

_SHOWN_MS = 55_000  # the engine takes back within a minute


class UndoBar(QFrame):
    """Shows one sentence and, where that goes, a button that takes it back.

    Attributes:
        undone: the user wants it back.
    """

    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("apply")
        self._words = QLabel(wordWrap=True)
        self.undo = QPushButton(self.tr("Undo"))
        self.undo.clicked.connect(self._undo)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 8, 6)
        line.addWidget(self._words, 1)
        line.addWidget(self.undo)
        self._over = QTimer(self, interval=_SHOWN_MS, singleShot=True)
        self._over.timeout.connect(self.hide)
        self.hide()

    @property
    def words(self) -> str:
        """What is told now, or empty."""
        return self._words.text() if not self.isHidden() else ""

    def tell(self, words: str, *, undoable: bool) -> None:
        """Say what was done."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.undo.setVisible(undoable)
        self.show()
        self._over.start()

    @Slot()
    def _undo(self) -> None:
        self.hide()
        self.undone.emit()
