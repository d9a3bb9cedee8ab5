"""How loud the microphone is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mia_desktop.gui.look import Look

_BARS = 16
_FALL = 0.82  # of the shown level remains after 1/30 s


class LevelMeter(QWidget):
    """A row of bars that rises at once and falls softly."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.level = 0.0
        self.setAccessibleName("Microphone level")
        self.setToolTip("How loud the microphone is")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        self.update()

    def show_level(self, level: float) -> None:
        """Show `level`, 0 to 1."""
        shown = max(min(max(level, 0.0), 1.0), self.level * _FALL)
        shown = shown if shown > 0.01 else 0.0
        if shown != self.level:
            self.level = shown
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Grow with the font."""
        height = self.fontMetrics().height()
        return QSize(height * 6, int(height * 1.4))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = self.width() / _BARS
        for bar in range(_BARS):
            lit = self.level * _BARS > bar + 0.5
            painter.setBrush(self._look.accent if lit else self._look.line)
            height = self.height() * (0.35 + 0.65 * bar / (_BARS - 1))
            area = QRectF(bar * step + 1, (self.height() - height) / 2, step - 2.5, height)
            painter.drawRoundedRect(area, 1.5, 1.5)
        painter.end()
