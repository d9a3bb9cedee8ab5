"""What took how long in a turn, as bars."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from mia_desktop.gui.look import Look
from mia_desktop.gui.numbers import number
from mia_desktop.monitor.latency import Timings


class WaterfallDialog(QDialog):
    """The times of one turn, and a way to close them."""

    def __init__(self, timings: Timings, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Times of this answer"))
        bars = _Bars(self._steps(timings), look)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(bars)
        column.addWidget(buttons)

    def _steps(self, timings: Timings) -> list[tuple[str, float]]:
        named = (
            (self.tr("You have finished"), timings.endpoint_s),
            (self.tr("Words understood"), timings.text_s),
            (self.tr("Answer begun"), timings.first_token_s),
            (self.tr("First sound"), timings.first_audio_s),
            (self.tr("Answer over"), timings.reply_done_s),
        )
        return [(name, at_s) for name, at_s in named if at_s is not None]


class _Bars(QWidget):
    """A bar for each step, from the end of the one before to its own."""

    def __init__(self, steps: list[tuple[str, float]], look: Look) -> None:
        super().__init__()
        self._steps = steps
        self._look = look
        told = "; ".join(f"{name}: {number(at_s, 2)} s" for name, at_s in steps)
        self.setAccessibleName(self.tr("Times of this answer"))
        self.setAccessibleDescription(told)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Grow with the font."""
        em = self.fontMetrics().height()
        return QSize(em * 34, int(em * 1.9 * max(1, len(self._steps)) + em))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the names, the bars and the seconds."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em = self.fontMetrics().height()
        names = max((self.fontMetrics().horizontalAdvance(name) for name, _ in self._steps), default=0) + em
        room = self.width() - names - em * 4.5
        longest_s = max((at_s for _, at_s in self._steps), default=0.0) or 1.0
        before_s, high = 0.0, em * 1.9
        for row, (name, at_s) in enumerate(self._steps):
            top = em * 0.5 + row * high
            painter.setPen(self._look.ink)
            painter.drawText(QPointF(0, top + em), name)
            x, width = names + room * min(before_s, at_s) / longest_s, room * abs(at_s - before_s) / longest_s
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.accent)
            painter.drawRoundedRect(QRectF(x, top + em * 0.25, max(3.0, width), em), 4, 4)
            painter.setPen(self._look.faint)
            painter.drawText(QPointF(names + room + em * 0.6, top + em), f"{number(at_s, 2)} s")
            before_s = at_s
        painter.end()
