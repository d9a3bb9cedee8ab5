"""The one visible state of MIA: a shape, a colour, a word and, when there is one, a sentence."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from mia_desktop.core.events import State
from mia_desktop.gui.look import Look
from mia_desktop.gui.way_out import in_window

_GAP_PX = 8


class StateShape(QWidget):
    """A small drawing that differs by form as well as by colour."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state: State = "warming up"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: State, look: Look) -> None:
        """Draw `state` in the colours of `look`."""
        self._state, self._look = state, look
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Grow with the font."""
        side = int(self.fontMetrics().height() * 1.25)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the shape of the state in a square of one unit."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width(), self.height())
        draw_state(painter, self._state, self._look.states[self._state], self._look.ground)
        painter.end()


class StateBadge(QWidget):
    """Shape and word of the state.

    Attributes:
        state: what is shown.
        sentence: a label with the reason; whoever owns the badge gives it a place.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state: State = "warming up"
        self._look = look
        self._shape = StateShape(look, self)
        self._word = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        font = self._word.font()
        font.setBold(True)
        self._word.setFont(font)
        self._word.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it gives way to the rest
        self.sentence = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.sentence.setObjectName("why")
        self.sentence.setAccessibleName(self.tr("Reason of the state"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP_PX)
        layout.addWidget(self._shape)
        layout.addWidget(self._word, 1)
        self.show_state("warming up", "")

    @property
    def why(self) -> str:
        """The reason that is shown, or empty."""
        return self.sentence.text()

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        self._shape.show_state(self.state, look)

    def show_state(self, state: State, why: str) -> None:
        """Show `state` and the sentence `why`."""
        self.state = state
        why = in_window(why)
        word = self._words()[state]
        self._show_word()
        self.sentence.setText(why)
        self.sentence.setVisible(bool(why))
        self._shape.show_state(state, self._look)
        self.setAccessibleName(self.tr("State: {0}").format(word))
        self.setAccessibleDescription(why)
        self.setToolTip(self.tr("MIA's state: {0}").format(word))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say as much of the word as there is room for; the shape says it too."""
        super().resizeEvent(event)
        self._show_word()

    def _show_word(self) -> None:
        room = self.width() - self._shape.sizeHint().width() - _GAP_PX
        shown = self._word.fontMetrics().elidedText(self._words()[self.state], Qt.TextElideMode.ElideRight, room)
        self._word.setText(shown if len(shown) > 1 else "")

    def _words(self) -> dict[State, str]:
        return {
            "warming up": self.tr("Warming up"),
            "ready": self.tr("Ready"),
            "listening": self.tr("Listening"),
            "thinking": self.tr("Thinking"),
            "speaking": self.tr("Speaking"),
            "muted": self.tr("Muted"),
            "trouble": self.tr("Trouble"),
        }


def draw_state(painter: QPainter, state: State, colour: QColor, ground: QColor) -> None:
    """Draw the shape of `state` in the square from 0 to 1."""
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    if state == "warming up":
        _draw_arc(painter, QPen(colour, 0.13, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    elif state == "ready":
        painter.drawEllipse(QPointF(0.5, 0.5), 0.3, 0.3)
    elif state == "listening":
        painter.drawEllipse(QPointF(0.5, 0.5), 0.18, 0.18)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 0.1))
        painter.drawEllipse(QPointF(0.5, 0.5), 0.37, 0.37)
    elif state == "thinking":
        for x in (0.2, 0.5, 0.8):
            painter.drawEllipse(QPointF(x, 0.5), 0.11, 0.11)
    elif state == "speaking":
        for x, high in ((0.14, 0.3), (0.38, 0.8), (0.62, 0.5), (0.86, 0.3)):
            painter.drawRoundedRect(QRectF(x - 0.07, 0.5 - high / 2, 0.14, high), 0.07, 0.07)
    elif state == "muted":
        painter.setPen(QPen(colour, 0.12, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(0.5, 0.5), 0.36, 0.36)
        painter.drawLine(QPointF(0.25, 0.75), QPointF(0.75, 0.25))
    else:
        _draw_warning(painter, ground)


def _draw_arc(painter: QPainter, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(0.18, 0.18, 0.64, 0.64), 60 * 16, 280 * 16)


def _draw_warning(painter: QPainter, ground: QColor) -> None:
    corners = [QPointF(0.5 + 0.5 * math.sin(a), 0.56 - 0.5 * math.cos(a)) for a in (0.0, 2.094, 4.189)]
    painter.drawPolygon(QPolygonF(corners))
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(0.45, 0.32, 0.1, 0.24), 0.05, 0.05)
    painter.drawEllipse(QPointF(0.5, 0.67), 0.06, 0.06)
