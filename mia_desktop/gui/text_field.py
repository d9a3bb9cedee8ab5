"""The field to type into."""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from mia_desktop.gui.attachments import gives_pictures

_MOST_LINES = 6
_FRAME_PX = 14


class TextField(QPlainTextEdit):
    """Enter sends, Shift+Enter begins a new line. It grows to six lines.

    Attributes:
        sent: the text, stripped and never empty.
        pictures_given: something pasted or dropped (a `QMimeData`) that is no text.
    """

    sent = Signal(str)
    pictures_given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("text")
        self.setPlaceholderText(self.tr("Type to MIA"))
        self.setAccessibleName(self.tr("Text to MIA"))
        self.setToolTip(self.tr("Enter sends, Shift+Enter begins a new line"))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @Slot()
    def send(self) -> None:
        """Give the text out and empty the field; nothing when there are only blanks."""
        text = self.toPlainText().strip()
        if text:
            self.clear()
            self.sent.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Send on Enter."""
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shifted:
            self.send()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, data: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Take pictures and files too."""
        return gives_pictures(data) or super().canInsertFromMimeData(data)

    def insertFromMimeData(self, data: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Hand on what is no text."""
        if gives_pictures(data):
            self.pictures_given.emit(data)
        else:
            super().insertFromMimeData(data)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Measure again when font or style change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    @Slot()
    def _fit(self) -> None:
        lines = min(max(1, round(self.document().size().height())), _MOST_LINES)
        self.setFixedHeight(int((lines + 0.35) * self.fontMetrics().lineSpacing()) + _FRAME_PX)
        more = self.document().size().height() > _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if more else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
