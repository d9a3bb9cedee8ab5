"""The conversation: what the user and MIA said, newest below, however long it is."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal, Slot
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
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from mia_desktop.gui.bubble import RADIUS_PX, Bubble, Part, found, selected
from mia_desktop.gui.conversation_selection import Selection
from mia_desktop.gui.conversation_view import ConversationView
from mia_desktop.gui.look import Look
from mia_desktop.gui.message import Message
from mia_desktop.gui.words import Code, Mark

_COPIED_MS = 1400
_FOCUS_GAP_PX = 3


class Conversation(ConversationView):
    """Draws the messages in sight, and hears the pointer and the keys.

    Attributes:
        wants_menu: a message, and where on the screen its menu is wanted.
        link_clicked: an address, and where on the screen.
        picture_clicked: an `Attached`.
        noticed: the message under the pointer or the keyboard, or None, with the room below its bubble.
    """

    wants_menu = Signal(object, QPoint)
    link_clicked = Signal(str, QPoint)
    picture_clicked = Signal(object)
    noticed = Signal(object, QRect)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._pressed: Part | None = None
        self._hovered = -1
        self._copied: Code | None = None
        self._needle = ""
        self._by_keys = False
        self._selection = Selection()
        self.setObjectName("conversation")
        self.setAccessibleName(self.tr("Conversation"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setMouseTracking(True)

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

    def _ask_menu(self) -> None:
        message = self.message_here()
        if message is not None:
            rect = self._layout.bubble_rect(self.currentIndex().row()).intersected(self.viewport().rect())
            self.wants_menu.emit(message, self.viewport().mapToGlobal(rect.center()))

    # Where the user is

    def _shown(self) -> None:
        super()._shown()
        self._notice()

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

    @Slot()
    def _show_others(self) -> None:
        self._leave_messages()
        super()._show_others()

    @Slot(QModelIndex, int, int)
    def _rows_went(self, parent: QModelIndex, first: int, last: int) -> None:
        self._leave_messages()
        super()._rows_went(parent, first, last)

    def _leave_messages(self) -> None:
        """Select and point at nothing: the rows are others now."""
        self._selection.clear()
        self._hovered = -1
