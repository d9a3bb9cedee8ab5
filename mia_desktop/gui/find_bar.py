"""Finds words in the conversation that is open."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from mia_desktop.gui.conversation import Conversation
from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.look import Look


class FindBar(QFrame):
    """A field, how often its words were found, and the way from one place to the next.

    Attributes:
        closed: the user has found enough.
    """

    closed = Signal()

    def __init__(self, conversation: Conversation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self.setAccessibleName(self.tr("Find in this conversation"))
        self.hide()
        self._conversation = conversation
        self._rows: list[int] = []
        self._at = -1
        self.words = QLineEdit(placeholderText=self.tr("Find in this conversation"))
        self.words.setAccessibleName(self.tr("Words to find"))
        self.words.setToolTip(self.tr("Enter goes to the next place, Shift+Enter to the one before, Esc closes"))
        self.count = QLabel()
        self.count.setObjectName("faint")
        self._before = self._tool("up", self.tr("The place before"))
        self._next = self._tool("below", self.tr("The next place"))
        self._close = self._tool("close", self.tr("Close"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 6, 6)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        for widget in (self.count, self._before, self._next, self._close):
            row.addWidget(widget)
        self.words.textChanged.connect(self._find)
        self._before.clicked.connect(lambda: self._go(-1))
        self._next.clicked.connect(lambda: self._go(1))
        self._close.clicked.connect(self.close_bar)

    def open_bar(self) -> None:
        """Show it and begin to type."""
        self.show()
        self.words.setFocus()
        self.words.selectAll()
        self._find(self.words.text())

    @Slot()
    def close_bar(self) -> None:
        """Hide it; nothing is marked any more."""
        if not self.isHidden():
            self.hide()
            self._conversation.find_words("")
            self.closed.emit()

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        for button, name in ((self._before, "up"), (self._next, "below"), (self._close, "close")):
            button.setIcon(glyph(name, look.ink))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the next place or the one before."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _find(self, words: str) -> None:
        self._rows = self._conversation.find_words(words)
        self._at = len(self._rows)
        if self._rows:
            self._go(-1)
        else:
            self.count.setText(self.tr("Not found") if words else "")

    def _go(self, by: int) -> None:
        if self._rows:
            self._at = (self._at + by) % len(self._rows)
            self._conversation.show_message(self._rows[self._at])
            self.count.setText(self.tr("{0} of {1}").format(self._at + 1, len(self._rows)))

    def _tool(self, name: str, words: str) -> QToolButton:
        side = self.fontMetrics().height()
        button = QToolButton()
        button.setObjectName("deed")
        button.setIconSize(QSize(side, side))
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
