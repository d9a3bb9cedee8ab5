"""The big round button that one holds to talk; it moves with the sound."""

import math
from collections import deque

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QPolygonF, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mia_desktop.core.events import State
from mia_desktop.gui.ease import still
from mia_desktop.gui.glyphs import draw_glyph
from mia_desktop.gui.look import Look
from mia_desktop.gui.state_badge import draw_state

_FRAME_MS = 16
_DISC_EM = 4.4
_HALO_EM = 1.0
_POINTS = 72
_KEPT = 36
"""Loudness values that the halo shows, newest at the bottom, the same on both sides."""
_RIM = [
    (-math.sin(at * math.tau / _POINTS), math.cos(at * math.tau / _POINTS), 4 * math.pi * at / _POINTS)
    for at in range(_POINTS)
]
"""Each point of the halo: its direction to the right and downwards, and where in the breath it is."""
_AGES = [1 + round((_KEPT - 1) * (1 - abs(2 * at / _POINTS - 1))) for at in range(_POINTS)]
"""How old the loudness is that each of them shows, frames."""
_FALL = 0.86  # of the shown level remains after a frame
_MOVING: tuple[State, ...] = ("warming up", "listening", "thinking", "speaking")


class TalkOrb(QAbstractButton):
    """A disc with the state in it; around it a halo drawn from the sound: the user's, or MIA's while she speaks.

    Attributes:
        level: the loudness that is shown now, 0 to 1.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("talk")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._look = look
        self._state: State = "warming up"
        self._target = 0.0
        self.level = 0.0
        self._levels: deque[float] = deque([0.0] * _KEPT, maxlen=_KEPT)
        self._phase = 0.0
        self._frames = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._advance)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        self.update()

    def show_state(self, state: State) -> None:
        """Show what MIA does."""
        self._state = state
        self._wake()
        self.update()

    def show_levels(self, microphone: float, voice: float) -> None:
        """Show how loud it is, 0 to 1: MIA's voice while she speaks, else the microphone."""
        self._target = min(1.0, max(0.0, voice if self._state == "speaking" else microphone))
        if self._target > 0.01:
            self._wake()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Grow with the font."""
        em = self.fontMetrics().height()
        return QSize(int(em * 18), int(em * (_DISC_EM + 2 * _HALO_EM) + em * 1.3))

    def hitButton(self, at: object) -> bool:  # noqa: N802 - Qt's name
        """Let the words below count as well."""
        return bool(self.rect().contains(at))  # type: ignore[call-overload]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Move again."""
        super().showEvent(event)
        self._wake()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._frames.stop()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw halo, disc, sign and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em = self.fontMetrics().height()
        radius = em * _DISC_EM / 2
        centre = QPointF(self.width() / 2, em * _HALO_EM + radius)
        colour = self._colour()
        self._draw_halo(painter, centre, radius, colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour.darker(112) if self.isDown() else colour)
        painter.drawEllipse(centre, radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.ink, 2))
            painter.drawEllipse(centre, radius + 3, radius + 3)
        self._draw_sign(painter, centre, radius, colour)
        painter.setPen(self._look.ink if self.isEnabled() else self._look.faint)
        below = QRectF(0, centre.y() + radius + em * 0.55, self.width(), em * 1.5)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self.text())
        painter.end()

    def _colour(self) -> QColor:
        if self.property("held"):
            return self._look.listening
        if not self.isEnabled():
            return self._look.handle
        return self._look.accent if self._state == "ready" else self._look.filled(self._state)

    def _draw_halo(self, painter: QPainter, centre: QPointF, radius: float, colour: QColor) -> None:
        room = self.fontMetrics().height() * _HALO_EM
        soft = QColor(colour)
        soft.setAlphaF(0.28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        if self._still():
            painter.drawEllipse(centre, radius + room * self.level, radius + room * self.level)
            return
        deep = 0.06 if self._state in _MOVING else 0.0
        # Each call of Qt waits for the interpreter while other threads use it, so the outline is one.
        levels, x, y, phase = list(self._levels), centre.x(), centre.y(), self._phase
        outline = []
        for (right, down, turn), age in zip(_RIM, _AGES, strict=True):
            reach = radius + room * min(1.0, levels[-age] + deep * (1 + math.sin(phase + turn)))
            outline.append(QPointF(x + right * reach, y + down * reach))
        painter.drawPolygon(QPolygonF(outline))

    def _draw_sign(self, painter: QPainter, centre: QPointF, radius: float, colour: QColor) -> None:
        side = radius * 0.95
        painter.save()
        painter.translate(centre - QPointF(side / 2, side / 2))
        if self._state in ("ready", "listening") or self.property("held"):
            painter.scale(side / 24, side / 24)
            draw_glyph(painter, "microphone", self._look.on_accent)
        else:
            painter.scale(side, side)
            if self._state == "warming up":
                painter.translate(0.5, 0.5)
                painter.rotate(math.degrees(self._phase))
                painter.translate(-0.5, -0.5)
            draw_state(painter, self._state, self._look.on_accent, colour)
        painter.restore()

    def _still(self) -> bool:
        """Tell whether the user wants nothing to move."""
        return still(self)

    def _wake(self) -> None:
        if not self._frames.isActive() and self.isVisible():
            self._frames.start()

    @Slot()
    def _advance(self) -> None:
        self.level = max(self._target, self.level * _FALL)
        if self.level < 0.01:
            self.level = 0.0
        self._levels.append(self.level)
        self._phase = 0.0 if self._still() else (self._phase + 0.05) % math.tau
        self.update()
        if not any(self._levels) and (self._state not in _MOVING or self._still()):
            self._frames.stop()
