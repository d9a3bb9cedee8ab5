"""What MIA remembered for an answer, and why that."""

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mia_desktop.core.memories import Hit
from mia_desktop.gui.core_words import reasons
from mia_desktop.gui.message import Message

_WIDE_EM = 26
_HIGH_EM = 26
_LONGEST = 400


class WhyCard(QFrame):
    """A small card that goes away when one clicks beside it.

    Attributes:
        wants_memory: the user wants the page of memories.
    """

    wants_memory = Signal()

    def __init__(self, message: Message, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("What MIA remembered for this answer"))
        em = self.fontMetrics().height()
        inner = QWidget()
        inner.setObjectName("card_inner")
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        for hit in message.memories:
            rows.addLayout(self._row(hit))
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("card_inner")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        heading = QLabel(self.tr("MIA remembered this for her answer"))
        heading.setObjectName("section_title")
        self.memory = QPushButton(self.tr("Open the memory page"))
        self.memory.setAccessibleName(self.memory.text())
        self.memory.clicked.connect(self._open_memory)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(scroll, 1)
        column.addWidget(self.memory, 0, Qt.AlignmentFlag.AlignLeft)
        width = em * _WIDE_EM
        inner.setFixedWidth(width - 32 - 14)
        high = rows.heightForWidth(width - 46) if rows.hasHeightForWidth() else inner.sizeHint().height()
        scroll.setFixedHeight(min(em * _HIGH_EM, high + 4))
        self.setFixedWidth(width)
        self.adjustSize()

    def show_at(self, where: QPoint) -> None:
        """Show the card at a place of the screen, within it."""
        room = self.screen().availableGeometry()
        x = max(room.left(), min(where.x(), room.right() - self.width()))
        above = where.y() + self.height() > room.bottom()
        y = max(room.top(), where.y() - self.height() if above else where.y())
        self.move(x, y)
        self.show()
        self.memory.setFocus()

    def _row(self, hit: Hit) -> QVBoxLayout:
        text = hit.memory.text if len(hit.memory.text) <= _LONGEST else hit.memory.text[:_LONGEST] + "…"
        what = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        at = hit.memory.at
        day = QLocale().toString(QDate(at.year, at.month, at.day), QLocale.FormatType.LongFormat)
        why = QLabel(
            self.tr("{0}, {1}. {2}").format(hit.memory.speaker, day, reasons(hit.why)),
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        why.setObjectName("faint")
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(what)
        column.addWidget(why)
        return column

    def _open_memory(self) -> None:
        self.close()
        self.wants_memory.emit()
