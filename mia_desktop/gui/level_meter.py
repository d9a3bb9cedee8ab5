"""A row of bars that shows how loud it is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_BARS = 28
_FALL = 0.88  # of the shown level remains after a look
_GAP = 0.35


class LevelMeter(QWidget):
    """Shows a loudness of 0 to 1; loud is also longer, not only of another colour.

    Attributes:
        level: what is shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.level = 0.0
        self._on, self._off = QColor("green"), QColor("gray")

    def dress(self, on: QColor, off: QColor) -> None:
        """Take the colours of a bar that is reached and of one that is not."""
        self._on, self._off = on, off
        self.update()

    def show_level(self, level: float) -> None:
        """Show how loud it is; a fall is slower than a rise."""
        before, self.level = self.level, max(min(1.0, level), self.level * _FALL)
        if self.level < 0.005:
            self.level = 0.0
        if before != self.level:
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Grow with the font."""
        em = self.fontMetrics().height()
        return QSize(em * 12, em)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bars; from the right in a language that is read so."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = self.width() / _BARS
        reached = round(self.level**0.6 * _BARS)  # what is half as loud sounds more than half as loud
        for bar in range(_BARS):
            place = _BARS - 1 - bar if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else bar
            painter.setBrush(self._on if bar < reached else self._off)
            painter.drawRoundedRect(QRectF(place * step, 0, step * (1 - _GAP), self.height()), 2, 2)
        painter.end()
