"""Memories as a list that reads as far as it is scrolled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mia_desktop.core.memories import Recollection
from mia_desktop.gui.background import in_background
from mia_desktop.gui.look import Look

PAGE = 200
ROW = Qt.ItemDataRole.UserRole
_LINES = 2

Index = QModelIndex | QPersistentModelIndex
Read = Callable[[int | None], list[Recollection]]
"""Gives the memories that follow the one of an id, or the first ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A memory in the list.

    Attributes:
        memory: the memory.
        about: what it is, when and whose, in a line.
        why: why it was found; empty where nothing was searched for.
    """

    memory: Recollection
    about: str
    why: str = ""


class MemoryList(QAbstractListModel):
    """The rows read so far. Reading is done beside the window, a page at a time.

    Attributes:
        failed: a sentence, when memories could not be read.
        read: more rows came, or there are no more.
    """

    failed = Signal(str)
    read = Signal()

    def __init__(self, row: Callable[[Recollection], Row], parent: QWidget | None = None) -> None:
        """Take what makes a memory a row."""
        super().__init__(parent)
        self._row = row
        self._rows: list[Row] = []
        self._source: Read | None = None
        self._reading = self._whole = False
        self._turn = 0

    @property
    def empty(self) -> bool:
        """Whether all was read and there was nothing."""
        return not self._rows and not self._reading and self._whole

    def show_all(self, read: Read) -> None:
        """Show what `read` gives, page by page."""
        self._begin([], read)
        self.fetchMore()

    def show_these(self, rows: Sequence[Row]) -> None:
        """Show these and no others."""
        self._begin(list(rows), None)
        self.read.emit()

    def _begin(self, rows: list[Row], read: Read | None) -> None:
        self.beginResetModel()
        self._turn += 1
        self._rows, self._source = rows, read
        self._reading, self._whole = False, read is None
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many rows were read."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text for the eye or for a screen reader, or the row itself."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.memory.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (row.memory.text, row.about, row.why) if part)
        return None

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Tell whether there may be more."""
        return not parent.isValid() and not self._whole and not self._reading

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: N802, B008 - Qt's name and default
        """Read the next page."""
        read, turn = self._source, self._turn
        if read is None or self._reading or self._whole:
            return
        after = self._rows[-1].memory.id if self._rows else None
        self._reading = True
        in_background(
            self,
            lambda: read(after),
            lambda more: self._take(turn, more),
            lambda sentence: self._fail(turn, sentence),
        )

    def _take(self, turn: int, more: list[Recollection]) -> None:
        if turn != self._turn:
            return
        self._reading = False
        self._whole = len(more) < PAGE
        if more:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(more) - 1)
            self._rows += [self._row(one) for one in more]
            self.endInsertRows()
        self.read.emit()

    def _fail(self, turn: int, sentence: str) -> None:
        if turn == self._turn:
            self._reading, self._whole = False, True
            self.failed.emit(sentence)


class MemoryDelegate(QStyledItemDelegate):
    """Draws a memory: two lines of its words and a quiet line about it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Give every row the same height, so that a hundred thousand need not be measured."""
        metrics = QFontMetricsF(option.font)
        return QSize(0, round(metrics.height() * (_LINES + 1) + metrics.height() * 1.1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row: Row = index.data(ROW)
        look = self.look
        font, rect = option.font, QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        metrics = QFontMetricsF(font)
        em = metrics.height()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = rect.adjusted(4, 2, -4, -2)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.user if chosen else look.mia)
            painter.drawRoundedRect(inner, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 8, 8)
        left, top, width = inner.left() + em * 0.6, inner.top() + em * 0.4, inner.width() - em * 1.2
        held = row.memory.valid_to is None
        painter.setPen(look.ink if held else look.faint)
        painter.setFont(font)
        lines = _lines(row.memory.text, font, width)
        top += em * (_LINES - len(lines)) / 2
        for number, line in enumerate(lines):
            painter.drawText(QPointF(left, top + number * em + metrics.ascent()), line)
        painter.setPen(look.faint)
        quiet = f"{row.about} · {row.why}" if row.why else row.about
        below = QRectF(left, top + len(lines) * em + em * 0.1, width, em)
        painter.drawText(
            below, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(quiet, Qt.TextElideMode.ElideRight, width)
        )
        painter.restore()


class MemoryView(QListView):
    """Shows the list, smoothly however long it is.

    Attributes:
        deleted: the delete key was pressed.
    """

    deleted = Signal()

    def __init__(self, model: MemoryList, delegate: MemoryDelegate) -> None:
        super().__init__()
        self.setUniformItemSizes(True)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setObjectName("memories")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tell of the delete key."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


def _lines(text: str, font: QFont, width_px: float) -> list[str]:
    """Return at most two lines of `text`; what is left is told by an ellipsis."""
    shown = " ".join(text.split())[:600]
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < _LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(width_px)
        rest = shown[line.textStart() :]
        if len(lines) == _LINES - 1 and line.textLength() < len(rest):
            lines.append(QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width_px))
        else:
            lines.append(rest[: line.textLength()])
    layout.endLayout()
    return lines
