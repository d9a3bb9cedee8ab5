"""Messages below each other: where each lies, how far they are scrolled, and what comes into sight next."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from mia_desktop.core.conversations import PastTurn
from mia_desktop.core.events import Event
from mia_desktop.gui.bubble import Bubble
from mia_desktop.gui.conversation_layout import ConversationLayout
from mia_desktop.gui.conversation_model import ConversationModel
from mia_desktop.gui.look import Look
from mia_desktop.gui.message import Message
from mia_desktop.gui.welcome import Welcome

_RENDER_MS = 40
_STEP_PX = 20
_Index = QModelIndex | QPersistentModelIndex


class ConversationView(QListView):
    """Keeps what is in sight in its place. It follows the newest words unless the user scrolled up.

    Attributes:
        followed: whether the newest words are in sight.
        rows: the messages.
    """

    followed = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._look = look
        self._layout = ConversationLayout(look, self.font())
        self._following = True
        self._settling = False
        self._soon = QTimer(self, interval=_RENDER_MS, singleShot=True)
        self._soon.timeout.connect(self._render)
        self._ahead = QTimer(self, interval=0, singleShot=True)
        self._ahead.timeout.connect(self._measure_ahead)
        self._welcome = Welcome(self.viewport())
        self.rows = ConversationModel()
        self.rows.setParent(self)
        self.setModel(self.rows)
        self.rows.modelReset.connect(self._show_others)
        self.rows.rowsRemoved.connect(self._rows_went)
        self._layout.show(self.rows.messages)

    @property
    def messages(self) -> list[Message]:
        """The messages, oldest first."""
        return self.rows.messages

    def bubble(self, row: int) -> Bubble:
        """Return a message as it is laid out."""
        return self._layout.bubble(row)

    def see(self, event: Event) -> None:
        """Show what an event tells of the conversation."""
        self.rows.see(event)

    def open(self, turns: tuple[PastTurn, ...]) -> None:
        """Show the turns of another conversation."""
        self.rows.open(turns)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        self._layout.dress(look)
        self._refit()

    def follow(self) -> None:
        """Show the newest words, and those to come."""
        self._set_following(True)
        self._settle_again()

    def show_message(self, row: int) -> None:
        """Scroll so that a message is in sight."""
        self.scrollTo(self.rows.index(row))

    # Qt's questions and news

    @Slot()
    def _show_others(self) -> None:
        """Show another conversation from its end."""
        self._layout.show(self.rows.messages)
        self._set_following(True)
        self._settle_again()

    def rowsInserted(self, parent: _Index, start: int, end: int) -> None:  # noqa: N802 - Qt's name
        """Make room for new messages; what the user typed is shown wherever they were."""
        super().rowsInserted(parent, start, end)
        row, y = self._layout.pivot(self._layout.offset)
        self._layout.inserted(start, end)
        if any(not message.of_mia and message.turn is None for message in self.messages[start : end + 1]):
            self._set_following(True)
        self._settle(row + (end - start + 1 if start <= row else 0), y)

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:  # noqa: N802 - Qt's name
        """Draw a message anew, once for all that came in between."""
        super().dataChanged(first, last, list(roles))
        if not self._soon.isActive():
            self._soon.start()

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        """Leave the list's own way of laying out alone."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Let the scroll bar know how much there is."""
        if not hasattr(self, "_layout"):
            return
        bar = self.verticalScrollBar()
        self._settling = True
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(_STEP_PX)
        bar.setRange(0, self._layout.most_offset)
        bar.setValue(self._layout.offset)
        self._settling = False

    def visualRect(self, index: _Index) -> QRect:  # noqa: N802 - Qt's name
        """Return where a message lies."""
        return self._layout.bubble_rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """Return the message at a point."""
        for row in self._layout.visible_rows():
            if self._layout.bubble_rect(row).contains(point):
                return self.rows.index(row)
        return QModelIndex()

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a message into sight, its beginning if it is too high."""
        if not index.isValid() or not self.messages:
            return
        rect, high = self._layout.row_rect(index.row()), self.viewport().height()
        if rect.top() >= 0 and rect.bottom() <= high:
            return
        last = index.row() == len(self.messages) - 1
        self._set_following(last)
        if last:
            self._layout.settle_at_end()
        below = rect.top() > 0 and rect.height() < high
        if not last or rect.height() > high:
            self._layout.settle(index.row(), high - rect.height() if below else 0)
        self._shown()

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Return how far it is scrolled."""
        return self._layout.offset

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Return 0: there is nothing beside what is shown."""
        return 0

    def isIndexHidden(self, index: _Index) -> bool:  # noqa: N802 - Qt's name
        """Hide nothing."""
        return False

    def visualRegionForSelection(self, selection: object) -> QRegion:  # noqa: N802 - Qt's name
        """Return nothing: letters are selected, not rows."""
        return QRegion()

    def setSelection(self, rect: QRect, command: object) -> None:  # noqa: N802 - Qt's name
        """Select no rows: letters are selected."""

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the message that a key goes to."""
        row, last = self.currentIndex().row(), len(self.messages) - 1
        if row < 0:
            return self.rows.index(last) if last >= 0 else QModelIndex()
        to = {
            QAbstractItemView.CursorAction.MoveUp: row - 1,
            QAbstractItemView.CursorAction.MovePrevious: row - 1,
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: last,
        }.get(action, row + 1)
        return self.rows.index(max(0, min(to, last)))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Move, and lay out what comes into sight."""
        if self._settling or not self.messages:
            return
        value = self.verticalScrollBar().value()
        self._set_following(value >= self.verticalScrollBar().maximum() - 4)
        row, y = self._layout.pivot(value)
        self._layout.settle(row, y)
        self._shown()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the messages to the new width."""
        QAbstractItemView.resizeEvent(self, event)
        self._refit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the messages to another font or direction."""
        super().changeEvent(event)
        kinds = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange)
        if event.type() in kinds and hasattr(self, "_layout"):
            self._refit()

    def _step(self, by: int) -> None:
        """Go one message on; within one that is higher than the view, some lines."""
        row = self.currentIndex().row()
        if row >= 0:
            rect, high = self._layout.row_rect(row), self.viewport().height()
            more = rect.bottom() > high + 1 if by > 0 else rect.top() < -1
            if more and rect.intersects(self.viewport().rect()):
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + by * 3 * _STEP_PX)
                return
        to = max(0, min(row + by, len(self.messages) - 1)) if row >= 0 else len(self.messages) - 1
        self.setCurrentIndex(self.rows.index(to))

    # Layout

    @Slot()
    def _render(self) -> None:
        """Lay out what changed, and leave the window twice as much time as that took."""
        before_s = time.perf_counter()
        self._settle_again()
        took_ms = (time.perf_counter() - before_s) * 1000.0
        self._soon.setInterval(max(_RENDER_MS, int(3 * took_ms)))

    def _settle_again(self) -> None:
        self._settle(*self._layout.pivot(self._layout.offset))

    def _settle(self, row: int, y: int) -> None:
        if self._following:
            self._layout.settle_at_end()
        elif 0 <= row < len(self.messages):
            self._layout.settle(row, y)
        self._shown()

    def _refit(self) -> None:
        row, y = self._layout.pivot(self._layout.offset)
        self._welcome.setGeometry(self.viewport().rect())
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._layout.take_room(self.viewport().size(), self.font(), right_to_left=right_to_left)
        self._settle(row, y)

    def _shown(self) -> None:
        self._welcome.setVisible(not self.messages)
        self.updateGeometries()
        self.viewport().update()
        self._ahead.start()

    @Slot()
    def _measure_ahead(self) -> None:
        """Lay out what one may scroll to next while there is nothing else to do."""
        if self._layout.measure_ahead():
            self.updateGeometries()
            self._ahead.start()

    def _set_following(self, on: bool) -> None:
        if on != self._following:
            self._following = on
            self.followed.emit(on)

    @Slot(QModelIndex, int, int)
    def _rows_went(self, _parent: QModelIndex, first: int, last: int) -> None:
        row, y = self._layout.pivot(self._layout.offset)
        self._layout.removed(first, last)
        if row > last:
            row -= last - first + 1
        self._settle(min(row, len(self.messages) - 1), y)
