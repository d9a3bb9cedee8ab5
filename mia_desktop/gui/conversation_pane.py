"""The conversation with what lies on it: buttons of a message, the way to the newest words, the field that finds."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QCursor, QDesktopServices, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from mia_desktop.core.events import Event
from mia_desktop.gui.action_bar import ActionBar, Deed, menu_of
from mia_desktop.gui.attachments import Attached
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.conversation import Conversation
from mia_desktop.gui.deeds import Deeds
from mia_desktop.gui.find_bar import FindBar
from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.message import Message
from mia_desktop.gui.picture_view import PictureView
from mia_desktop.gui.waterfall import WaterfallDialog
from mia_desktop.gui.why_card import WhyCard

_FOLLOWED = ("http", "https", "mailto")
_LONGEST_LINK = 60


class ConversationPane(QWidget):
    """Shows the conversation and lets the user do something with its messages.

    Attributes:
        wants_memory: the user wants the page of memories.
        conversation: the conversation.
        deeds: what can be done with messages.
        find_bar: finds words.
    """

    wants_memory = Signal()

    def __init__(self, bridge: Bridge, household: Household | None, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.conversation = Conversation(look)
        self.deeds = Deeds(self.conversation, bridge, household)
        self.find_bar = FindBar(self.conversation)
        self.action_bar = ActionBar(look, self.conversation.viewport())
        self.picture_view = PictureView(self)
        self.to_newest = QToolButton(self.conversation)
        self.to_newest.setObjectName("to_newest")
        self.to_newest.setText(self.tr("Newest words"))
        self.to_newest.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.to_newest.setAccessibleName(self.tr("Go to the newest words"))
        self.to_newest.setToolTip(self.tr("Go to the newest words (Ctrl+End)"))
        self.to_newest.setShortcut(QKeySequence("Ctrl+End"))
        self.to_newest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.to_newest.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self.conversation, 1)
        self.conversation.noticed.connect(self._offer)
        self.conversation.wants_menu.connect(self._show_menu)
        self.conversation.link_clicked.connect(self._ask_about_link)
        self.conversation.picture_clicked.connect(self._enlarge)
        self.conversation.followed.connect(self._show_way)
        self.conversation.installEventFilter(self)
        self.action_bar.wants_menu.connect(self._show_menu_below)
        self.to_newest.clicked.connect(self.conversation.follow)
        self.find_bar.closed.connect(self.conversation.setFocus)
        self.deeds.why_wanted.connect(self._show_why)
        self.deeds.times_wanted.connect(self._show_times)
        self._at: Message | None = None
        self.dress(look)

    def see(self, event: Event) -> None:
        """Show what an event tells of the conversation."""
        self.conversation.see(event)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        self.conversation.dress(look)
        self.find_bar.dress(look)
        self.action_bar.dress(look)
        self.to_newest.setIcon(glyph("down", look.ink))
        side = self.fontMetrics().height()
        self.to_newest.setIconSize(QSize(side, side))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hear the keys that do something with a message; keep the button in its place."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            message = self.conversation.message_here()
            keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
            if message is not None and keys != "Ctrl+C":  # that may mean selected letters
                return self.deeds.by_keys(message, keys)
        return super().eventFilter(watched, event)

    @Slot(object, QRect)
    def _offer(self, message: Message | None, strip: QRect) -> None:
        inside = self.action_bar.isVisible() and self.action_bar.rect().contains(
            self.action_bar.mapFromGlobal(QCursor.pos())
        )
        if message is None and inside:
            return
        self._at = message
        if message is None:
            self.action_bar.put_away()
        else:
            self.action_bar.show_for(message, self.deeds.of(message), strip)

    @Slot(object, QPoint)
    def _show_menu(self, message: Message, where: QPoint) -> None:
        deeds = self.deeds.of(message)
        text = self.conversation.selected_text()
        if text:
            selected = Deed(
                name="copy",
                words=self.tr("Copy what is selected"),
                do=lambda: QGuiApplication.clipboard().setText(text),
            )
            deeds.insert(0, selected)
        codes = self.conversation.bubble(self.conversation.rows.row_of(message)).words.codes
        for code in codes[:9]:
            named = code.language or self.tr("code")
            deeds.append(
                Deed(
                    name="",
                    words=self.tr("Copy {0}: {1}").format(named, code.text.strip().splitlines()[0][:30]),
                    do=lambda code=code: self.conversation.copy_code(code),  # type: ignore[misc]
                )
                if code.text.strip()
                else deeds[0]
            )
        for picture in message.pictures:
            deeds.append(
                Deed(
                    name="",
                    words=self.tr("Show {0}").format(picture.name),
                    do=lambda picture=picture: self._enlarge(picture),  # type: ignore[misc]
                )
            )
        menu_of(deeds, self._look, self).popup(where)

    @Slot(QPoint)
    def _show_menu_below(self, where: QPoint) -> None:
        if self._at is not None:
            self._show_menu(self._at, where)

    @Slot(str, QPoint)
    def _ask_about_link(self, address: str, where: QPoint) -> None:
        """Ask before anything leaves MIA: the browser opens an address only when the user says so."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        short = address if len(address) <= _LONGEST_LINK else address[:_LONGEST_LINK] + "…"
        menu.addSection(short)
        url = QUrl(address)
        if url.scheme() in _FOLLOWED:
            menu.addAction(self.tr("Open {0} in the browser").format(url.host() or short)).triggered.connect(
                lambda: QDesktopServices.openUrl(url)
            )
        menu.addAction(self.tr("Copy the address")).triggered.connect(
            lambda: QGuiApplication.clipboard().setText(address)
        )
        menu.popup(where)

    @Slot(object)
    def _enlarge(self, picture: Attached) -> None:
        self.picture_view.setParent(self.window())
        self.picture_view.show_picture(picture)

    @Slot(object)
    def _show_why(self, message: Message) -> None:
        card = WhyCard(message, self)
        card.wants_memory.connect(self.wants_memory)
        card.show_at(self._below(message))

    @Slot(object)
    def _show_times(self, message: Message) -> None:
        if message.timings is not None:
            dialog = WaterfallDialog(message.timings, self._look, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _below(self, message: Message) -> QPoint:
        rows = self.conversation.rows
        rect = self.conversation.visualRect(rows.index(rows.row_of(message)))
        corner = rect.bottomLeft() if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else rect.bottomRight()
        return self.conversation.viewport().mapToGlobal(corner + QPoint(0, 4))

    @Slot(bool)
    def _show_way(self, following: bool) -> None:
        self.to_newest.setVisible(not following)
        self._place()

    def _place(self) -> None:
        self.to_newest.adjustSize()
        room = self.conversation.rect()
        x = (room.width() - self.to_newest.width()) // 2
        self.to_newest.move(x, room.height() - self.to_newest.height() - 12)
        self.to_newest.raise_()
