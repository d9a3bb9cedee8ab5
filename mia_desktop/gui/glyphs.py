"""The window's small drawings: lines on a grid of 24, in the colour of the text around them."""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

_GRID = 24.0
_LINE = 1.8


def _path(*strokes: str) -> QPainterPath:
    """Return a path of strokes: points ``x,y`` joined by lines; a stroke that ends in ``z`` is closed."""
    path = QPainterPath()
    for stroke in strokes:
        words = stroke.split()
        closed = words[-1] == "z"
        points = [QPointF(*map(float, word.split(","))) for word in (words[:-1] if closed else words)]
        path.moveTo(points[0])
        for point in points[1:]:
            path.lineTo(point)
        if closed:
            path.closeSubpath()
    return path


def _circle(x: float, y: float, radius: float, path: QPainterPath | None = None) -> QPainterPath:
    path = path or QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _box(x: float, y: float, width: float, height: float, radius: float, *more: QPainterPath) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
    for one in more:
        path.addPath(one)
    return path


def _talk() -> QPainterPath:
    path = QPainterPath(QPointF(8, 19.5))
    path.lineTo(4, 21)
    path.lineTo(5, 16.8)
    path.arcTo(QRectF(3, 3.5, 18, 16), 205, -325)
    path.closeSubpath()
    return path


def _models() -> QPainterPath:
    return _path("12,3 20,7.5 20,16.5 12,21 4,16.5 4,7.5 z", "4,7.5 12,12 20,7.5", "12,12 12,21")


def _memory() -> QPainterPath:
    return _box(5, 3, 14, 18, 2.5, _path("9,8 15,8", "9,12 15,12", "9,16 13,16"))


def _privacy() -> QPainterPath:
    path = QPainterPath(QPointF(12, 3))
    path.cubicTo(14.5, 5, 17, 5.6, 19.5, 5.8)
    path.cubicTo(19.8, 13, 17.5, 18, 12, 21)
    path.cubicTo(6.5, 18, 4.2, 13, 4.5, 5.8)
    path.cubicTo(7, 5.6, 9.5, 5, 12, 3)
    path.addPath(_path("8.8,12 11.2,14.4 15.4,9.6"))
    return path


def _settings() -> QPainterPath:
    path = _path("4,7 13,7", "19,7 20,7", "4,17 5,17", "11,17 20,17")
    return _circle(8, 17, 3, _circle(16, 7, 3, path))


def _diagnostics() -> QPainterPath:
    return _path("3,13 7,13 10,5 14,19 17,11 21,11")


def _paperclip() -> QPainterPath:
    path = QPainterPath(QPointF(19.5, 11.5))
    path.lineTo(12, 19)
    path.cubicTo(9, 22, 4, 18, 7, 14.5)
    path.lineTo(14.5, 6.5)
    path.cubicTo(16.8, 4.2, 20, 7.4, 17.8, 9.7)
    path.lineTo(10.5, 17)
    path.cubicTo(9.3, 18.1, 7.8, 16.6, 8.9, 15.4)
    path.lineTo(15, 9)
    return path


def _camera() -> QPainterPath:
    return _circle(12, 13, 3.6, _box(3, 7, 18, 13, 2.5, _path("8,7 9.5,4 14.5,4 16,7")))


def _screen() -> QPainterPath:
    return _box(3, 4, 18, 12.5, 2, _path("9,20 15,20", "12,16.5 12,20"))


def _history() -> QPainterPath:
    return _box(3, 4, 18, 16, 2.5, _path("9,4 9,20", "12,9 18,9", "12,13 18,13"))


def _pin() -> QPainterPath:
    return _path("9,3 15,3 14.5,10 18,13.5 6,13.5 9.5,10 z", "12,13.5 12,21")


def _search() -> QPainterPath:
    return _circle(10.5, 10.5, 6.5, _path("15.5,15.5 21,21"))


def _more() -> QPainterPath:
    return _circle(19, 12, 0.9, _circle(12, 12, 0.9, _circle(5, 12, 0.9)))


def _cross() -> QPainterPath:
    return _path("5,5 19,19", "19,5 5,19")


def _stop() -> QPainterPath:
    return _box(6, 6, 12, 12, 2)


def _lock() -> QPainterPath:
    path = _box(5, 11, 14, 10, 2)
    path.moveTo(8, 11)
    path.arcTo(QRectF(8, 3.5, 8, 9), 180, -180)
    path.lineTo(16, 11)
    return path


def _microphone() -> QPainterPath:
    path = _box(9, 3, 6, 11, 3, _path("12,18 12,21", "9,21 15,21"))
    path.moveTo(6, 11)
    path.arcTo(QRectF(6, 6, 12, 12), 180, 180)
    return path


def _copy() -> QPainterPath:
    path = _box(8.5, 8.5, 12, 12, 2.5)
    path.moveTo(5.5, 15.5)
    path.lineTo(5.5, 15.5)
    path.cubicTo(4.2, 15.5, 3.5, 14.7, 3.5, 13.5)
    path.lineTo(3.5, 6)
    path.cubicTo(3.5, 4.5, 4.5, 3.5, 6, 3.5)
    path.lineTo(13.5, 3.5)
    path.cubicTo(14.7, 3.5, 15.5, 4.2, 15.5, 5.5)
    return path


def _aloud() -> QPainterPath:
    path = _path("3.5,9.5 7,9.5 11.5,5.5 11.5,18.5 7,14.5 3.5,14.5 z")
    for radius in (3.5, 7.0):
        path.arcMoveTo(QRectF(12.5 - radius, 12 - radius, 2 * radius, 2 * radius), 50)
        path.arcTo(QRectF(12.5 - radius, 12 - radius, 2 * radius, 2 * radius), 50, -100)
    return path


def _again() -> QPainterPath:
    path = QPainterPath()
    path.arcMoveTo(QRectF(4, 4, 16, 16), 20)
    path.arcTo(QRectF(4, 4, 16, 16), 20, 310)
    path.addPath(_path("20,4 20,9.5 14.5,9.5"))
    return path


def _edit() -> QPainterPath:
    return _path("4,20 5,15.5 16,4.5 19.5,8 8.5,19 z", "13.5,7 17,10.5")


def _why() -> QPainterPath:
    path = _path("9.5,20.5 14.5,20.5", "9.5,17.5 14.5,17.5")
    path.moveTo(9.5, 17.5)
    path.cubicTo(9.5, 15, 6, 13.5, 6, 9.3)
    path.cubicTo(6, 1.2, 18, 1.2, 18, 9.3)
    path.cubicTo(18, 13.5, 14.5, 15, 14.5, 17.5)
    return path


def _times() -> QPainterPath:
    return _path("4,6 11,6", "8,12 17,12", "14,18 20,18")


def _bin() -> QPainterPath:
    return _path(
        "4.5,7 19.5,7",
        "9,7 9.5,4 14.5,4 15,7",
        "6.5,7 7.5,20.5 16.5,20.5 17.5,7",
        "10.5,11 10.5,16.5",
        "13.5,11 13.5,16.5",
    )


_GLYPHS: dict[str, Callable[[], QPainterPath]] = {
    "talk": _talk,
    "memory": _memory,
    "models": _models,
    "privacy": _privacy,
    "settings": _settings,
    "diagnostics": _diagnostics,
    "attach": _paperclip,
    "camera": _camera,
    "screen": _screen,
    "history": _history,
    "pin": _pin,
    "search": _search,
    "more": _more,
    "close": _cross,
    "stop": _stop,
    "microphone": _microphone,
    "lock": _lock,
    "copy": _copy,
    "aloud": _aloud,
    "again": _again,
    "edit": _edit,
    "why": _why,
    "times": _times,
    "bin": _bin,
    "done": lambda: _path("5,12.5 10,17.5 19.5,7"),
    "down": lambda: _path("12,5 12,19", "5.5,12.5 12,19 18.5,12.5"),
    "up": lambda: _path("5.5,15.5 12,9 18.5,15.5"),
    "below": lambda: _path("5.5,9 12,15.5 18.5,9"),
    "new": lambda: _path("12,5 12,19", "5,12 19,12"),
    "send": lambda: _path("12,20 12,5", "5.5,11.5 12,5 18.5,11.5"),
}


def glyph(name: str, colour: QColor, active: QColor | None = None) -> QIcon:
    """Return a drawing as an icon.

    Args:
        name: which: talk, memory, models, privacy, settings, diagnostics, attach, camera, screen, history, pin, search,
            more, close, stop, lock, new, send, microphone, copy, aloud, again, edit, why, times, bin, done, down, up,
            below.
        colour: its colour.
        active: its colour on a button that is on.
    """
    icon = QIcon()
    for state, ink in ((QIcon.State.Off, colour), (QIcon.State.On, active or colour)):
        for side in (20, 40, 60):
            icon.addPixmap(_drawn(name, ink, side), QIcon.Mode.Normal, state)
        faint = QColor(ink)
        faint.setAlphaF(0.4)
        icon.addPixmap(_drawn(name, faint, 40), QIcon.Mode.Disabled, state)
    return icon


def _drawn(name: str, colour: QColor, side: int) -> QPixmap:
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / _GRID, side / _GRID)
    width = _LINE if side > 20 else math.ceil(_LINE)
    draw_glyph(painter, name, colour, width)
    painter.end()
    return pixmap


def draw_glyph(painter: QPainter, name: str, colour: QColor, width: float = _LINE) -> None:
    """Draw one in the square from 0 to 24."""
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_GLYPHS[name]())
