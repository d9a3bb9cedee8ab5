"""The conversation: what the user and MIA said, newest below, however long it is."""

import time
from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from mia_desktop.core.conversations import PastTurn
from mia_desktop.core.events import Event
from mia_desktop.gui.bubble import RADIUS_PX, Bubble, Part, found, selected
from mia_desktop.gui.conversation_layout import ConversationLayout
from mia_desktop.gui.conversation_model import ConversationModel
from mia_desktop.gui.conversation_selection import Selection
from mia_desktop.gui.look import Look
from mia_desktop.gui.message import Message
from mia_desktop.gui.welcome import Welcome
from mia_desktop.gui.words import Code, Mark

_RENDER_MS = 40
_STEP_PX = 20
_COPIED_MS = 1400
_FOCUS_GAP_PX = 3
_ANYWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class Conversation(QListView):
    """Draws the messages in sight. It follows the newest words unless the user scrolled up.

    Attributes:
        wants_menu: a message, and where on the screen its menu is wanted.
        link_clicked: an address, and where on the screen.
        picture_clicked: an `Attached`.
        noticed: the message under the pointer or the keyboard, or None, with the room below its bubble.
        followed: whether the newest words are in sight.
        rows: the messages.
    """

    wants_menu = Signal(object, QPoint)
    link_clicked = Signal(str, QPoint)
    picture_clicked = Signal(object)
    noticed = Signal(object, QRect)
    followed = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conversation")
        self.setAccessibleName(self.tr("Conversation"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setMouseTracking(True)
        self._look = look
        self._layout = ConversationLayout(look, self.font())
        self._following = True
        self._settling = False
        self._pressed: Part | None = None
        self._hovered = -1
        self._copied: Code | None = None
        self._needle = ""
        self._by_keys = False
        self._selection = Selection()
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

    def find_words(self, needle: str) -> list[int]:
        """Mark `needle` wherever it stands and return the rows with it; empty: mark nothing."""
        self._needle = needle.casefold()
        self.viewport().update()
        if not self._needle:
            return []
        return [row for row, message in enumerate(self.messages) if self._needle in message.text.casefold()]

    def selected_text(self) -> str:
        """Return what is selected."""
        pieces = []
        for row in self._selection.rows():
            words = self._layout.bubble(row).words
            pieces.append(words.text_between(*self._selection.within(row, words.letters())))
        return "\n\n".join(pieces)

    def message_here(self) -> Message | None:
        """Return the message that the keyboard is at, or None."""
        row = self.currentIndex().row()
        return self.messages[row] if row >= 0 else None

    # Qt's questions and news

    @Slot()
    def _show_others(self) -> None:
        """Show another conversation from its end."""
        self._selection.clear()
        self._hovered = -1
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

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the messages in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in self._layout.visible_rows():
            rect = self._layout.bubble_rect(row)
            if rect.intersects(event.rect()):
                self._draw(painter, row, rect, event.rect())
        painter.end()

    def _draw(self, painter: QPainter, row: int, rect: QRect, dirty: QRect) -> None:
        bubble = self._layout.bubble(row)
        painter.save()
        painter.translate(rect.topLeft())
        clip = QRectF(dirty.translated(-rect.topLeft()))
        bubble.draw(painter, list(self._marks(row, bubble)), clip, self._copied, row == self._hovered)
        if self._by_keys and self.hasFocus() and row == self.currentIndex().row():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.accent, 2))
            gap = _FOCUS_GAP_PX
            around = QRectF(QPointF(0, 0), bubble.size).adjusted(-gap, -gap, gap, gap)
            painter.drawRoundedRect(around, RADIUS_PX + gap, RADIUS_PX + gap)
        painter.restore()

    def _marks(self, row: int, bubble: Bubble) -> Iterator[Mark]:
        if self._needle:
            text, at = bubble.rendered.casefold(), 0
            while (at := text.find(self._needle, at)) >= 0:
                yield Mark(start=at, end=at + len(self._needle), letters=found(self._look))
                at += len(self._needle)
        start, end = self._selection.within(row, bubble.words.letters())
        if start < end:
            yield Mark(start=start, end=end, letters=selected(self._look))

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to select, or press what is there."""
        self._by_keys = False
        row, part, place = self._at(event.position())
        self._pressed = part
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self.setCurrentIndex(self.rows.index(row))
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._selection.extend(row, place)
            else:
                self._selection.begin(row, place)
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Select on, or show what can be clicked."""
        row, part, place = self._at(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton and row >= 0:
            self._selection.extend(row, place)
            beyond = event.position().y() - max(0.0, min(event.position().y(), float(self.viewport().height())))
            if beyond:
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + int(beyond))
            self.viewport().update()
            return
        self._hover(row)
        shapes = {"words": Qt.CursorShape.IBeamCursor, "ground": Qt.CursorShape.ArrowCursor}
        self.viewport().setCursor(shapes.get(part.kind, Qt.CursorShape.PointingHandCursor))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Do what was clicked, unless letters were selected."""
        _, part, _ = self._at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or part != self._pressed or self._selection.rows():
            return
        where = event.globalPosition().toPoint()
        if part.kind == "link":
            self.link_clicked.emit(part.address, where)
        elif part.kind == "picture":
            self.picture_clicked.emit(part.picture)
        elif part.code is not None:
            self.copy_code(part.code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Select a word."""
        row, part, place = self._at(event.position())
        if row >= 0 and part.kind == "words":
            self._selection.take(row, *self._layout.bubble(row).words.word_at(place))
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Show no buttons where nobody points."""
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the menu of the message under the pointer, or that the keyboard is at."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask_menu()
            return
        row, _, _ = self._at(QPointF(event.pos()))
        if row >= 0 and self._layout.bubble_rect(row).contains(event.pos()):
            self.setCurrentIndex(self.rows.index(row))
            self.wants_menu.emit(self.messages[row], event.globalPos())

    def copy_code(self, code: Code) -> None:
        """Put a block of code on the clipboard, and show that it is there."""
        QGuiApplication.clipboard().setText(code.text)
        self._copied = code
        self.viewport().update()
        QTimer.singleShot(_COPIED_MS, self, self._forget_copied)

    @Slot()
    def _forget_copied(self) -> None:
        self._copied = None
        self.viewport().update()

    def _at(self, point: QPointF) -> tuple[int, Part, int]:
        """Return the row nearest to a point, what lies there, and the gap between letters."""
        row = self._layout.row_at(int(point.y()))
        if row < 0:
            return -1, Part(kind="ground"), 0
        bubble, rect = self._layout.bubble(row), self._layout.bubble_rect(row)
        inner = point - QPointF(rect.topLeft())
        part = bubble.part_at(inner) if rect.contains(point.toPoint()) else Part(kind="ground")
        return row, part, bubble.place_at(inner)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()
            self._notice()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from message to message; copy; ask for the menu."""
        self._by_keys = True
        if event.matches(QKeySequence.StandardKey.Copy):
            message = self.message_here()
            text = self.selected_text() or (message.text if message is not None else "")
            QGuiApplication.clipboard().setText(text)
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self.currentIndex().isValid():
            row = self.currentIndex().row()
            self._selection.take(row, 0, self._layout.bubble(row).words.letters())
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.messages:
            self.setCurrentIndex(self.rows.index(0 if event.key() == Qt.Key.Key_Home else len(self.messages) - 1))
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + (1 if event.key() == Qt.Key.Key_PageDown else -1) * int(bar.pageStep() * 0.9))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask_menu()
        else:
            event.ignore()
        self.viewport().update()
        self._notice()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Begin at the newest message in sight."""
        QWidget.focusInEvent(self, event)
        self._by_keys = event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        rows = list(self._layout.visible_rows())
        if rows and self.currentIndex().row() not in rows:
            self.selectionModel().setCurrentIndex(
                self.rows.index(rows[-1]), self.selectionModel().SelectionFlag.NoUpdate
            )
        self.viewport().update()
        self._notice()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show no ring."""
        QWidget.focusOutEvent(self, event)
        self.viewport().update()
        self._notice()

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

    def _ask_menu(self) -> None:
        message = self.message_here()
        if message is not None:
            rect = self._layout.bubble_rect(self.currentIndex().row()).intersected(self.viewport().rect())
            self.wants_menu.emit(message, self.viewport().mapToGlobal(rect.center()))

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
        self._notice()
        self._ahead.start()

    @Slot()
    def _measure_ahead(self) -> None:
        """Lay out what one may scroll to next while there is nothing else to do."""
        if self._layout.measure_ahead():
            self.updateGeometries()
            self._ahead.start()

    def _notice(self) -> None:
        """Tell which message the user is at."""
        row = self._hovered
        if row < 0 and self._by_keys and self.hasFocus():
            row = self.currentIndex().row()
        if not 0 <= row < len(self.messages):
            self.noticed.emit(None, QRect())
            return
        rect = self._layout.bubble_rect(row)
        self.noticed.emit(
            self.messages[row], QRect(rect.left(), rect.bottom() + 1, rect.width(), self._layout.strip_px)
        )

    def _set_following(self, on: bool) -> None:
        if on != self._following:
            self._following = on
            self.followed.emit(on)

    @Slot(QModelIndex, int, int)
    def _rows_went(self, _parent: QModelIndex, first: int, last: int) -> None:
        row, y = self._layout.pivot(self._layout.offset)
        self._layout.removed(first, last)
        self._selection.clear()
        self._hovered = -1
        if row > last:
            row -= last - first + 1
        self._settle(min(row, len(self.messages) - 1), y)
