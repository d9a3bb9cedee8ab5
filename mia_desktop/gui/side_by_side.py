"""A bar beside the main thing; where there is no room for both, it lies over it while it is wanted."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

_LEAST_SHARES = 2.9
"""The whole must be so many times as wide as the bar for both to have room."""


class SideBySide(QWidget):
    """Shows or hides the bar.

    Attributes:
        toggled: whether the user wants the bar beside the main thing from now on.
    """

    toggled = Signal(bool)

    def __init__(self, side: QWidget, main: QWidget, *, wanted: bool) -> None:
        super().__init__()
        self._side, self._main = side, main
        self._wanted = wanted
        self._over = False
        main.setParent(self)
        side.setParent(self)
        self._place()

    @property
    def has_room(self) -> bool:
        """Whether both fit beside each other."""
        return self.width() >= self._side.width() * _LEAST_SHARES

    def toggle(self) -> None:
        """Show the bar or hide it."""
        if self.has_room:
            self._wanted = not self._wanted
            self.toggled.emit(self._wanted)
        else:
            self._over = not self._over
        self._place()

    def show_side(self) -> None:
        """Show the bar if it is hidden."""
        if not self._side.isVisibleTo(self):
            self.toggle()

    def done(self) -> None:
        """Take away a bar that lies over the main thing."""
        if self._over:
            self._over = False
            self._place()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Need what the main thing needs."""
        return self._main.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the room."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        beside = self.has_room and self._wanted
        if self.has_room:
            self._over = False
        shown = beside or self._over
        wide, high, side = self.width(), self.height(), self._side.width()
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = side if beside and not right_to_left else 0
        self._main.setGeometry(QRect(left, 0, wide - (side if beside else 0), high))
        self._side.setGeometry(QRect(wide - side if right_to_left else 0, 0, side, high))
        self._side.setVisible(shown)
        if self._over:
            self._side.raise_()
