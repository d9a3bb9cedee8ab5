"""The conversations that were held, beside the one that is open."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mia_desktop.core.commands import (
    ForgetConversation,
    NameConversation,
    OpenConversation,
    PinConversation,
)
from mia_desktop.core.conversations import ConversationInfo
from mia_desktop.core.events import ConversationOpened, Event, HealthChanged, MemoryChanged, MemoryKept, StateChanged
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.conversation_files import ConversationFiles
from mia_desktop.gui.conversation_list import ConversationList, ConversationListView
from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.way_out import in_window

_SOON_MS = 150
_WIDE_EM = 17


class Sidebar(QFrame):
    """A list with a field that searches all conversations, and what can be done with one.

    Attributes:
        wants_memory: the user wants the page of memories.
        wants_unlocking: the user wants to open the locked vault.
        chosen: a conversation was chosen.
        trouble: a sentence for the user.
        search: the field.
        view: the list.
        files: writes conversations into files and takes them in.
        nothing: why nothing is listed, or not all of it.
        way_out: what can be done about that.
    """

    wants_memory = Signal()
    wants_unlocking = Signal()
    chosen = Signal()
    trouble = Signal(str)

    def __init__(self, bridge: Bridge, household: Household | None, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Conversations"))
        self._bridge = bridge
        self._household = household
        self._look = look
        self._asked = 0
        self._unread = ""
        self._way: Callable[[], object] = self.refresh
        self.list = ConversationList()
        self.list.setParent(self)
        self.files = ConversationFiles(bridge, household, self)
        self.search = QLineEdit(placeholderText=self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search all conversations"))
        self.search.setToolTip(self.tr("Finds words in all conversations (Ctrl+Shift+F)"))
        self.search.setClearButtonEnabled(True)
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear the search"))
            button.setToolTip(button.accessibleName())
        self.more = _tool(self.tr("More"), self.tr("Take conversations in from a file"))
        self.view = ConversationListView(self.list, look)
        self.nothing = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.nothing.setObjectName("faint")
        self.way_out = QPushButton()
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self.dress(look)
        self._show_nothing()

    def see(self, event: Event) -> None:
        """Bring the list up to date."""
        match event:
            case ConversationOpened() if not event.why:
                self.list.mark_open(event.name)
            case MemoryKept() if event.conversation:
                self.list.mark_open(event.conversation)
                self.refresh()
            case MemoryChanged(did="locked"):
                self.list.mark_open("")
                self.refresh()
            case MemoryChanged() | HealthChanged() | StateChanged(state="ready"):
                self.refresh()
            case _:
                pass

    def show_conversations(self, conversations: Sequence[ConversationInfo]) -> None:
        """Show these."""
        self._unread = ""
        self.list.show(conversations, datetime.now().astimezone().date())
        self.view.setCurrentIndex(self.list.row_named(self.list.open_name))
        self._show_nothing()

    @Slot()
    def refresh(self) -> None:
        """Read the list anew, soon and once for all that came in between."""
        self._soon.start()

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        self.view.dress(look)
        side = int(self.fontMetrics().height() * 1.1)
        self.more.setIcon(glyph("more", look.ink))
        self.more.setIconSize(QSize(side, side))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(10, 12, 10, 6)
        head.setSpacing(6)
        head.addWidget(self.search, 1)
        head.addWidget(self.more)
        self._empty = QWidget()
        below = QVBoxLayout(self._empty)
        below.setContentsMargins(14, 6, 14, 12)
        below.setSpacing(8)
        below.addWidget(self.nothing)
        below.addWidget(self.way_out, 0, Qt.AlignmentFlag.AlignLeading)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._empty)
        whole.addWidget(self.view, 1)
        whole.addStretch(0)
        self.setFixedWidth(self.fontMetrics().height() * _WIDE_EM)

    def _connect(self) -> None:
        self._soon.timeout.connect(self._read)
        self.files.told.connect(self.trouble)
        self.search.textChanged.connect(self.refresh)
        self.way_out.clicked.connect(self._go_way_out)
        self.view.opened.connect(self._open)
        self.view.wants_menu.connect(self._show_menu)
        self.view.wants_delete.connect(self._forget)
        self.list.renamed.connect(lambda name, title: self._bridge.submit(NameConversation(name=name, title=title)))
        menu = QMenu(self.more)
        menu.addAction(self.tr("Take in from a file..."), self.files.choose_file)
        self.more.setMenu(menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    @Slot()
    def _read(self) -> None:
        household = self._household
        self._asked += 1
        if household is None or not household.unlocked or household.memory is None:
            self.show_conversations(())
            return
        memory, words, asked = household.memory, self.search.text().strip(), self._asked

        def shown(conversations: list[ConversationInfo]) -> None:
            if asked == self._asked:  # nothing newer was asked since
                self.show_conversations(conversations)

        def failed(sentence: str) -> None:
            if asked == self._asked and household.unlocked:
                self._unread = sentence  # what was read before stays in sight
                self._show_nothing()
            elif asked == self._asked:  # it was locked in the meantime
                self.show_conversations(())

        in_background(self, lambda: memory.conversations(words), shown, failed)

    def _show_nothing(self) -> None:
        """Say in a sentence why there is nothing to see, or not all, and offer what changes that."""
        standing = self._household.standing if self._household is not None else "none"
        empty, way, tip = not self.list.rows, "", ""
        match standing:
            case "open" if self._unread:
                words = self.tr("The conversations could not be read: {0}").format(in_window(self._unread))
                way, tip = self.tr("Try again"), self.tr("Read the list of conversations again")
                self._way = self._read
            case "open" if self.search.text().strip():
                words = self.tr("Nothing was found.")
            case "open":
                words = self.tr("What you talk about will be listed here.")
            case "locked":
                words = self.tr("The vault is locked: your conversations are in it, and nothing of this one is kept.")
                way, tip = self.tr("Unlock"), self.tr("Open the vault, and list what is in it")
                self._way = self.wants_unlocking.emit
            case "opening":
                words = self.tr("The vault is being opened.")
            case "unreachable":
                words = self.tr("The vault cannot be reached: nothing of this conversation is kept.")
                way, tip = self.tr("What to do"), self.tr("Open the memory page, which says what is in the way")
                self._way = self.wants_memory.emit
            case "none":
                words = self.tr("You are a guest: nothing of this conversation is kept. A vault changes that.")
                way, tip = self.tr("Keep conversations"), self.tr("Open the memory page, where a vault is made")
                self._way = self.wants_memory.emit
        self.nothing.setText(words)
        self._empty.setVisible(empty or bool(self._unread))
        self.way_out.setVisible(bool(way))
        self.way_out.setText(way)
        self.way_out.setAccessibleName(way)
        self.way_out.setToolTip(tip)
        self.view.setVisible(not empty)
        self.search.setEnabled(standing == "open" or not empty)

    @Slot()
    def _go_way_out(self) -> None:
        self._way()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        info = self.list.info(index)
        if info is not None:
            if info.name != self.list.open_name:
                self._bridge.submit(OpenConversation(name=info.name))
            self.chosen.emit()

    @Slot(QModelIndex, QPoint)
    def _show_menu(self, index: QModelIndex, where: QPoint) -> None:
        info = self.list.info(index)
        if info is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pin = self.tr("Unpin") if info.pinned else self.tr("Pin")
        deeds: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("edit", self.tr("Rename"), "F2", lambda: self.view.edit(index)),
            ("pin", pin, "", lambda: self._bridge.submit(PinConversation(name=info.name, on=not info.pinned))),
            ("", self.tr("Export..."), "", lambda: self.files.choose_place(info)),
            ("bin", self.tr("Delete"), "Del", lambda: self._forget(index)),
        )
        for name, words, keys, do in deeds:
            action = menu.addAction(glyph(name, self._look.ink), words) if name else menu.addAction(words)
            if keys:
                action.setShortcut(QKeySequence(keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown; the list hears the keys
            action.triggered.connect(lambda _=False, do=do: do())
        menu.popup(where)

    @Slot(QModelIndex)
    def _forget(self, index: QModelIndex) -> None:
        info = self.list.info(index)
        if info is not None:
            self._bridge.submit(ForgetConversation(name=info.name))


def _tool(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("tool")
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    return button
