"""The list of conversations: those that are pinned, then by the days on which something was said in them."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mia_desktop.core.conversations import ConversationInfo
from mia_desktop.gui.glyphs import draw_glyph
from mia_desktop.gui.look import Look

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WEEK = timedelta(days=7)
_RADIUS_PX = 8.0
_PAD_PX = 10


class ConversationList(QAbstractListModel):
    """Rows are headings (texts) and conversations.

    Attributes:
        rows: the rows.
        open_name: the conversation that is open; may be empty.
        renamed: a conversation's name, and what the user wants to call it.
    """

    renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str | ConversationInfo] = []
        self.open_name = ""

    def show(self, conversations: Sequence[ConversationInfo], today: date) -> None:
        """Show conversations in the order in which they are given."""
        self.beginResetModel()
        self.rows = []
        before = ""
        for one in conversations:
            heading = self._heading(one, today)
            if heading != before:
                self.rows.append(heading)
                before = heading
            self.rows.append(one)
        self.endResetModel()

    def mark_open(self, name: str) -> None:
        """Show which conversation is open."""
        self.open_name = name
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def info(self, index: _Index) -> ConversationInfo | None:
        """Return the conversation of a row; None for a heading."""
        row = self.rows[index.row()] if index.isValid() else None
        return row if isinstance(row, ConversationInfo) else None

    def row_named(self, name: str) -> QModelIndex:
        """Return the row of a conversation."""
        for number, row in enumerate(self.rows):
            if isinstance(row, ConversationInfo) and row.name == name:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, or what a screen reader says."""
        row = self.rows[index.row()]
        if isinstance(row, str):
            return row if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            pinned = self.tr("{0}, pinned").format(row.title) if row.pinned else row.title
            return f"{pinned}. {row.excerpt}" if row.excerpt else pinned
        if role == Qt.ItemDataRole.ToolTipRole:
            at = row.changed_at.astimezone()
            day = QLocale().toString(QDate(at.year, at.month, at.day), QLocale.FormatType.ShortFormat)
            return self.tr("{0}\n{1}, turns: {2}").format(row.title, f"{day} {at:%H:%M}", row.turns)
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's
        """Tell of a new title; it is shown when it is kept."""
        info = self.info(index)
        title = " ".join(str(value).split())
        if info is None or role != Qt.ItemDataRole.EditRole or title == info.title:
            return False
        self.renamed.emit(info.name, title)
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let conversations be chosen and renamed."""
        if self.info(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def _heading(self, one: ConversationInfo, today: date) -> str:
        if one.pinned:
            return self.tr("Pinned")
        day = one.changed_at.astimezone().date()
        if day >= today:
            return self.tr("Today")
        if day == today - timedelta(days=1):
            return self.tr("Yesterday")
        if day > today - _WEEK:
            return self.tr("Last seven days")
        return QLocale().toString(QDate(day.year, day.month, 1), "MMMM yyyy")


class ConversationRows(QStyledItemDelegate):
    """Draws the rows."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look = look

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of a heading, a title, or a title with the words that were found."""
        em = QFontMetrics(option.font).height()
        model = index.model()
        info = model.info(index) if isinstance(model, ConversationList) else None
        if info is None:
            return QSize(0, int(em * 1.9))
        return QSize(0, int(em * (3.0 if info.excerpt else 1.85)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        model = index.model()
        assert isinstance(model, ConversationList)
        rect: QRect = option.rect
        font: QFont = option.font
        state = option.state
        info = model.info(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if info is None:
            self._draw_heading(painter, rect, font, str(index.data()))
        else:
            is_open = info.name == model.open_name
            self._draw_ground(painter, rect, state, is_open=is_open)
            self._draw_info(painter, rect, font, info, is_open=is_open)
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802
        """Let a title be written over the whole row."""
        editor.setGeometry(option.rect.adjusted(4, 1, -4, -1))

    def _draw_heading(self, painter: QPainter, rect: QRect, font: QFont, words: str) -> None:
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        small.setWeight(QFont.Weight.DemiBold)
        painter.setFont(small)
        painter.setPen(self._look.faint)
        painter.drawText(
            rect.adjusted(_PAD_PX + 4, 0, -_PAD_PX, -3),
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom,
            words,
        )

    def _draw_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, is_open: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        room = rect.adjusted(4, 1, -4, -1)
        if is_open or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._look.pressed if is_open else self._look.hovered)
            painter.drawRoundedRect(room, _RADIUS_PX, _RADIUS_PX)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._look.accent)
            painter.drawRoundedRect(room, _RADIUS_PX, _RADIUS_PX)

    def _draw_info(self, painter: QPainter, rect: QRect, font: QFont, info: ConversationInfo, *, is_open: bool) -> None:
        metrics = QFontMetrics(font)
        em = metrics.height()
        room = rect.adjusted(_PAD_PX + 4, 0, -_PAD_PX - 4, 0)
        if info.pinned:
            side = int(em * 0.85)
            right_to_left = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
            x = room.left() if right_to_left else room.right() - side
            painter.save()
            painter.translate(x, room.top() + (int(em * 1.85) - side) / 2)
            painter.scale(side / 24, side / 24)
            draw_glyph(painter, "pin", self._look.faint)
            painter.restore()
            room.adjust(side + 6 if right_to_left else 0, 0, 0 if right_to_left else -side - 6, 0)
        painter.setPen(self._look.ink)
        title = QRect(room.left(), room.top(), room.width(), int(em * 1.85))
        align = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.drawText(title, align, metrics.elidedText(info.title, Qt.TextElideMode.ElideRight, title.width()))
        if info.excerpt:
            small = QFont(font)
            small.setPointSizeF(font.pointSizeF() * 0.9)
            painter.setFont(small)
            painter.setPen(self._look.faint)
            below = QRect(room.left(), room.top() + int(em * 1.5), room.width(), int(em * 1.3))
            words = QFontMetrics(small).elidedText(info.excerpt, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, align, words)


class ConversationListView(QListView):
    """Shows the list. A conversation is opened by a click or Enter; a menu, F2 and Delete do the rest.

    Attributes:
        opened: the row of a conversation that the user wants to see.
        wants_menu: a row, and where on the screen its menu is wanted.
        wants_delete: the row of a conversation that is to go.
    """

    opened = Signal(QModelIndex)
    wants_menu = Signal(QModelIndex, QPoint)
    wants_delete = Signal(QModelIndex)

    def __init__(self, conversations: ConversationList, look: Look) -> None:
        super().__init__()
        self.setObjectName("conversations")
        self.setAccessibleName(self.tr("Conversations"))
        self.setToolTip(self.tr("Enter opens, F2 renames, Delete deletes"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setModel(conversations)
        self._rows = ConversationRows(look, self)
        self.setItemDelegate(self._rows)
        self.clicked.connect(self.opened)
        self.customContextMenuRequested.connect(self._ask_menu)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._rows.dress(look)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open on Enter, delete on Delete."""
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.opened.emit(index)
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self.wants_delete.emit(index)
        else:
            super().keyPressEvent(event)

    @Slot(QPoint)
    def _ask_menu(self, where: QPoint) -> None:
        index = self.indexAt(where)
        self.wants_menu.emit(index if index.isValid() else self.currentIndex(), self.viewport().mapToGlobal(where))
