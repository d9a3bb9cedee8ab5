"""The conversations that were held, beside the one that is open."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mia_desktop.core import whole_file
from mia_desktop.core.commands import (
    ForgetConversation,
    ImportConversations,
    NameConversation,
    OpenConversation,
    PinConversation,
)
from mia_desktop.core.conversations import ConversationInfo
from mia_desktop.core.events import ConversationOpened, Event, HealthChanged, MemoryChanged, MemoryKept, StateChanged
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.conversation_list import ConversationList, ConversationRows
from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.way_out import in_window

_SOON_MS = 150
_WIDE_EM = 17
_LONGEST_FILE = 200_000_000


class Sidebar(QFrame):
    """A list with a field that searches all conversations, and what can be done with one.

    Attributes:
        wants_memory: the user wants the page of memories.
        wants_unlocking: the user wants to open the locked vault.
        chosen: a conversation was chosen.
        trouble: a sentence for the user.
        search: the field.
        view: the list.
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
        self.search = QLineEdit(placeholderText=self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search all conversations"))
        self.search.setToolTip(self.tr("Finds words in all conversations (Ctrl+Shift+F)"))
        self.search.setClearButtonEnabled(True)
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear the search"))
            button.setToolTip(button.accessibleName())
        self.more = _tool(self.tr("More"), self.tr("Take conversations in from a file"))
        self.view = _List()
        self.view.setModel(self.list)
        self._rows = ConversationRows(look, self.view)
        self.view.setItemDelegate(self._rows)
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
        self._rows.dress(look)
        side = int(self.fontMetrics().height() * 1.1)
        self.more.setIcon(glyph("more", look.ink))
        self.more.setIconSize(QSize(side, side))
        self.view.viewport().update()

    def export(self, info: ConversationInfo, file: Path) -> None:
        """Write a conversation into a file: JSON where its name says so, else Markdown."""
        household = self._household
        if household is None or household.memory is None:
            return
        memory, user = household.memory, self.tr("You")

        def work() -> None:
            from mia_desktop.memory.conversation_files import as_json, as_markdown

            turns = memory.conversation(info.name)
            text = as_json(info, turns) if file.suffix.lower() == ".json" else as_markdown(info, turns, user)
            whole_file.write(file, text)

        told = self.tr("The conversation is in {0} now. That file is not encrypted.").format(file.name)
        in_background(self, work, lambda _: self.trouble.emit(told), self.trouble.emit)

    def take_in(self, file: Path) -> None:
        """Take conversations in from a file."""

        def content() -> str:
            with file.open(encoding="utf-8") as opened:
                return opened.read(_LONGEST_FILE)

        in_background(
            self, content, lambda text: self._bridge.submit(ImportConversations(untrusted_text=text)), self.trouble.emit
        )

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
        self.search.textChanged.connect(self.refresh)
        self.way_out.clicked.connect(self._go_way_out)
        self.view.opened.connect(self._open)
        self.view.wants_menu.connect(self._show_menu)
        self.view.wants_delete.connect(self._forget)
        self.list.renamed.connect(lambda name, title: self._bridge.submit(NameConversation(name=name, title=title)))
        menu = QMenu(self.more)
        menu.addAction(self.tr("Take in from a file..."), self._choose_file)
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
            ("", self.tr("Export..."), "", lambda: self._choose_place(info)),
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

    def _choose_place(self, info: ConversationInfo) -> None:
        plain = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in info.title)
        suggested = " ".join(plain.split())[:60] or "MIA"
        kinds = (self.tr("Markdown, for people") + " (*.md)", self.tr("JSON, for another MIA") + " (*.json)")
        name, kind = QFileDialog.getSaveFileName(
            self, self.tr("Export the conversation"), f"{suggested}.md", ";;".join(kinds)
        )
        if name:
            file = Path(name)
            if kind == kinds[1] and file.suffix.lower() != ".json":
                file = file.with_suffix(".json")
            self.export(info, file)

    @Slot()
    def _choose_file(self) -> None:
        kinds = self.tr("Conversations of MIA or ChatGPT") + " (*.json)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Take conversations in"), "", kinds)
        if name:
            self.take_in(Path(name))


class _List(QListView):
    """Opens by a click or Enter; a menu, F2 and Delete do the rest."""

    opened = Signal(QModelIndex)
    wants_menu = Signal(QModelIndex, QPoint)
    wants_delete = Signal(QModelIndex)

    def __init__(self) -> None:
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
        self.clicked.connect(self.opened)
        self.customContextMenuRequested.connect(self._ask_menu)

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


def _tool(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("tool")
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    return button
