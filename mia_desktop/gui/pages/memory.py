"""What MIA remembers: seen, searched, changed, forgotten."""

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mia_desktop.core.commands import Lock, UndoMemory
from mia_desktop.core.events import Event, HealthChanged, MemoryChanged, ModelLoaded
from mia_desktop.core.memories import MemoryStats
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.pages import TITLES
from mia_desktop.gui.pages.add_panel import AddPanel
from mia_desktop.gui.pages.chosen_memory import ChosenMemory
from mia_desktop.gui.pages.forget_panel import ForgetPanel
from mia_desktop.gui.pages.forget_question import ForgetQuestion
from mia_desktop.gui.pages.memory_files import ExportPanel, ImportPanel
from mia_desktop.gui.pages.memory_list import ROW, MemoryDelegate, MemoryView, Row
from mia_desktop.gui.pages.memory_search import WAITING, MemorySearch
from mia_desktop.gui.pages.memory_words import MemoryWords
from mia_desktop.gui.pages.page import Page, Section, faint
from mia_desktop.gui.pages.question import Question
from mia_desktop.gui.pages.undo_bar import UndoBar
from mia_desktop.gui.pages.vault_door import VaultDoor
from mia_desktop.gui.way_out import in_window

_TYPING_MS: Final = 250
_LIST_EM: Final = 16


class MemoryPage(Page):
    """The door of the vault, and behind it the memories.

    Attributes:
        door: what is shown without an open vault.
        search: finds memories by words and meaning.
        kinds: which kind is listed.
        list: the memories.
        view: shows them.
        panels: what is opened above the list, by its name.
        detail: the memory that is chosen.
    """

    title = TITLES["memory"]

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(bridge, household, parent)
        self.question = Question()
        self._forgetting = ForgetQuestion(bridge, household, self.question)
        self._forgetting.told.connect(self.tell)
        self._forgetting.answered.connect(self._close_panels)
        self.undo = UndoBar()
        self.undo.undone.connect(self._undo)
        self.door = VaultDoor(bridge, household)
        self.door.told.connect(self.tell)
        self._says = MemoryWords(self)
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self.door)
        self._rooms.addWidget(self._inside())
        for widget in (self.question, self.undo):
            self.column.addWidget(widget)
        self.column.addWidget(self._rooms, 1)
        bridge.happened.connect(self._on_event)

    def enter(self) -> None:
        """Show what holds now, the newest first."""
        inside = self.household.unlocked
        if self.door.making is not None and self.door.making.kit:
            inside = False
        self._rooms.setCurrentIndex(1 if inside else 0)
        if inside:
            self._ask_about_doubt()
            self._refresh()
        else:
            self.list.show_these([])
            self.detail.show_row(None)
            self.door.look()

    def dress(self, look: Look) -> None:
        """Draw the list in the colours of `look`."""
        self._delegate.look = look
        self.view.viewport().update()

    # What there is.

    def _inside(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._top())
        self.panels: dict[str, Section] = {}
        self.add = AddPanel(self.bridge)
        self.add.closed.connect(self._close_panels)
        self._panel("add", self.add, column)
        forget = ForgetPanel(_now)
        forget.chosen.connect(self._forgetting.ask)
        forget.closed.connect(self._close_panels)
        self._panel("forget", forget, column)
        export, taking = ExportPanel(self.household), ImportPanel(self.household)
        for name, panel in (("export", export), ("import", taking)):
            panel.told.connect(self._tell_done)
            panel.closed.connect(self._close_panels)
            self._panel(name, panel, column)
        self._search = MemorySearch(self)
        self._search.failed.connect(self.tell)
        self.list = self._search.list
        self.list.read.connect(self._listed)
        self._delegate = MemoryDelegate(Look.of(QGuiApplication.palette()))
        self.view = MemoryView(self.list, self._delegate)
        self.view.setAccessibleName(self.tr("Memories"))
        self.view.setMinimumHeight(self.fontMetrics().height() * _LIST_EM)
        self.view.selectionModel().currentChanged.connect(self._select)
        self.view.deleted.connect(self._ask_forget_chosen)
        self._nothing = faint("")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._counted = faint("")
        column.addWidget(self.view, 1)
        column.addWidget(self._nothing)
        self.detail = ChosenMemory(self.bridge)
        self.detail.forget_wanted.connect(self._ask_forget_chosen)
        column.addWidget(self.detail)
        column.addWidget(self._counted)
        return inside

    def _top(self) -> QHBoxLayout:
        self.search = QLineEdit(placeholderText=self.tr("Ask what MIA remembers"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search memories"))
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._refresh)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(self.tr("Which memories"))
        for words, kind in (
            (self.tr("All"), ""),
            (self.tr("Facts"), "fact"),
            (self.tr("Rules"), "procedure"),
            (self.tr("Conversations"), "episode"),
            (self.tr("Waiting for you"), WAITING),
        ):
            self.kinds.addItem(words, kind)
        self.kinds.currentIndexChanged.connect(self._kind_chosen)
        add = QPushButton(self.tr("Add…"))
        add.clicked.connect(lambda: self.open_panel("add"))
        more = QToolButton()
        more.setObjectName("tool")
        more.setText(self.tr("More"))
        more.setAccessibleName(self.tr("More for memories"))
        more.setToolTip(self.tr("Forget, export, take in, lock"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        for words, call in (
            (self.tr("Forget…"), lambda: self.open_panel("forget")),
            (self.tr("Export…"), lambda: self.open_panel("export")),
            (self.tr("Take in…"), self._ask_import),
            (self.tr("Lock the vault"), self._lock),
        ):
            menu.addAction(words, call)
        more.setMenu(menu)
        self.more = menu
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.search, 1)
        for widget in (self.kinds, add, more):
            line.addWidget(widget)
        return line

    def _panel(self, name: str, panel: Section, column: QVBoxLayout) -> None:
        panel.hide()
        self.panels[name] = panel
        column.addWidget(panel)

    # Reading.

    @Slot()
    def _refresh(self) -> None:
        memory = self.household.open_memory
        if memory is not None:
            self._search.look(memory, self.search.text().strip(), str(self.kinds.currentData()))
            in_background(self, lambda: memory.memory.stats(), self._count, self.tell)

    @Slot()
    def _kind_chosen(self) -> None:
        self._refresh()

    @Slot()
    def _listed(self) -> None:
        if self.list.empty:
            self._nothing.setText(
                self.tr("Nothing comes to mind.")
                if self.search.text().strip()
                else self.tr("There is nothing here yet. Talk with MIA, or add a fact.")
            )
        self._nothing.setVisible(self.list.empty)
        if not self.view.currentIndex().isValid():
            self.detail.show_row(None)

    def _count(self, counted: MemoryStats) -> None:
        self._counted.setText(self._says.counted(counted))

    @Slot(QModelIndex, QModelIndex)
    def _select(self, current: QModelIndex, _: QModelIndex) -> None:
        row = current.data(ROW) if current.isValid() else None
        self.detail.show_row(row if isinstance(row, Row) else None)

    # Changing.

    def open_panel(self, name: str) -> None:
        """Show one of: add, forget, export, import."""
        self._close_panels()
        panel = self.panels[name]
        panel.show()
        (panel.findChild(QPlainTextEdit) or panel.findChild(QLineEdit) or panel).setFocus()
        self.ensureWidgetVisible(panel)

    @Slot()
    def _close_panels(self) -> None:
        for panel in self.panels.values():
            panel.hide()

    @Slot()
    def _ask_forget_chosen(self) -> None:
        if self.detail.memory is not None:
            self._forgetting.ask_one(self.detail.memory)

    @Slot()
    def _undo(self) -> None:
        self.bridge.submit(UndoMemory())

    @Slot()
    def _lock(self) -> None:
        self.bridge.submit(Lock())

    @Slot()
    def _ask_import(self) -> None:
        panel = self.panels["import"]
        assert isinstance(panel, ImportPanel)
        if panel.ask():
            self.open_panel("import")

    @Slot(str)
    def _tell_done(self, sentence: str) -> None:
        self.tell(sentence)
        self._refresh()

    def _ask_about_doubt(self) -> None:
        vault = self.household.vault
        if vault is None or not vault.doubt:
            return
        words = self.tr("This vault is older than the one last seen here, or was exchanged: {0}. It can only be read.")
        self.question.ask(
            words.format(in_window(vault.doubt)),
            self.tr("Take it for good"),
            lambda: in_background(self, vault.accept, lambda _: self._refresh(), self.tell),
        )

    # Hearing.

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if not self.isVisible():
            return
        if isinstance(event, MemoryChanged):
            self._memory_changed(event)
            return
        opened = isinstance(event, HealthChanged) or (isinstance(event, ModelLoaded) and event.role == "memory")
        if opened and not (self._rooms.currentIndex() == 1 and self.household.unlocked):
            self.enter()

    def _memory_changed(self, event: MemoryChanged) -> None:
        self.door.locked.see(event)
        if event.did == "refused":
            self.tell(event.why)
            return
        if event.did in ("locked", "unlocked"):
            self.question.hide()
            self.undo.hide()
            self.notice.hide()
            self.enter()
            return
        told = self._says.done(event)
        if not told:
            return
        self.undo.tell(told, undoable=event.undoable)
        if event.did == "remembered":
            self.add.text.clear()
            self._close_panels()
        self._refresh()


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
