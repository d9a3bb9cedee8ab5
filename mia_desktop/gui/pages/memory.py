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

from mia_desktop.core.commands import ConfirmMemory, EditMemory, Forget, Lock, Remember, UndoMemory
from mia_desktop.core.events import Event, HealthChanged, MemoryChanged, ModelLoaded
from mia_desktop.core.memories import Between, ById, MemoryStats, Recollection, Selector
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.core_words import reasons
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.pages import TITLES
from mia_desktop.gui.pages.forget_panel import ForgetPanel
from mia_desktop.gui.pages.memory_files import ExportPanel, ImportPanel
from mia_desktop.gui.pages.memory_list import PAGE, ROW, MemoryDelegate, MemoryList, MemoryView, Row
from mia_desktop.gui.pages.page import Page, Section, faint
from mia_desktop.gui.pages.question import Question
from mia_desktop.gui.pages.undo_bar import UndoBar
from mia_desktop.gui.pages.vault_door import VaultDoor
from mia_desktop.gui.way_out import in_window

_TYPING_MS: Final = 250
_MOST_FOUND: Final = 60
_WAITING: Final = "waiting"
_LIST_EM: Final = 16
_QUOTED: Final = 80


class MemoryPage(Page):
    """The door of the vault, and behind it the memories.

    Attributes:
        door: what is shown without an open vault.
        search: finds memories by words and meaning.
        kinds: which kind is listed.
        list: the memories.
        view: shows them.
    """

    title = TITLES["memory"]

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(bridge, household, parent)
        self.question = Question()
        self.undo = UndoBar()
        self.undo.undone.connect(self._undo)
        self.door = VaultDoor(bridge, household)
        self.door.told.connect(self.tell)
        self._chosen: Recollection | None = None
        self._turn = 0
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
            self._show(None)
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
        self._panel("add", self._add_panel(), column)
        forget = ForgetPanel(_now)
        forget.chosen.connect(self._ask_forget)
        forget.closed.connect(self._close_panels)
        self._panel("forget", forget, column)
        export, taking = ExportPanel(self.household), ImportPanel(self.household)
        for name, panel in (("export", export), ("import", taking)):
            panel.told.connect(self._tell_done)
            panel.closed.connect(self._close_panels)
            self._panel(name, panel, column)
        self.list = MemoryList(self._row)
        self.list.failed.connect(self.tell)
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
        column.addWidget(self._detail())
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
            (self.tr("Waiting for you"), _WAITING),
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

    def _add_panel(self) -> Section:
        panel = Section("")
        panel.setAccessibleName(self.tr("Add a memory"))
        self.new_text = _words(self.tr("What MIA shall remember"), self)
        self.new_kind = QComboBox()
        self.new_kind.setAccessibleName(self.tr("What it is"))
        self.new_kind.addItem(self.tr("A fact"), "fact")
        self.new_kind.addItem(self.tr("A rule: how you want things done"), "procedure")
        self.keep = QPushButton(self.tr("Remember"))
        self.keep.setObjectName("first")
        self.keep.clicked.connect(self._remember)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self._close_panels)
        line = QHBoxLayout()
        line.addWidget(self.new_kind)
        line.addStretch(1)
        line.addWidget(leave)
        line.addWidget(self.keep)
        panel.rows.addWidget(self.new_text)
        panel.rows.addLayout(line)
        return panel

    def _panel(self, name: str, panel: Section, column: QVBoxLayout) -> None:
        panel.hide()
        self.panels[name] = panel
        column.addWidget(panel)

    def _detail(self) -> Section:
        self.detail = Section("")
        self.detail.setAccessibleName(self.tr("The chosen memory"))
        self.words = _words(self.tr("Its words"), self)
        self.about = faint("")
        self.save = QPushButton(self.tr("Save the change"))
        self.save.clicked.connect(self._edit)
        self.use = QPushButton(self.tr("Let MIA use it"))
        self.use.clicked.connect(self._confirm)
        self.forget = QPushButton(self.tr("Forget…"))
        self.forget.setObjectName("danger")
        self.forget.clicked.connect(self._ask_forget_chosen)
        self.words.textChanged.connect(self._changed)
        line = QHBoxLayout()
        line.addStretch(1)
        for button in (self.use, self.save, self.forget):
            line.addWidget(button)
        self.detail.rows.addWidget(self.words)
        self.detail.rows.addWidget(self.about)
        self.detail.rows.addLayout(line)
        self.detail.hide()
        return self.detail

    # Reading.

    @Slot()
    def _refresh(self) -> None:
        memory = self.household.memory
        if memory is None or memory.locked:
            return
        words, kind = self.search.text().strip(), str(self.kinds.currentData())
        self._turn += 1
        turn = self._turn
        if words:
            in_background(
                self,
                lambda: _found(memory, words, kind),
                lambda found: self._show_found(turn, found),
                self.tell,
            )
        elif kind == _WAITING:
            in_background(
                self, lambda: memory.memory.waiting(), lambda found: self._show_waiting(turn, found), self.tell
            )
        else:
            self.list.show_all(lambda after: memory.memory.newest(PAGE, kind or None, before=after))
        in_background(self, lambda: memory.memory.stats(), self._count, self.tell)

    def _show_found(self, turn: int, found: list[tuple[Recollection, str]]) -> None:
        if turn == self._turn:
            self.list.show_these([self._row(one, why) for one, why in found])

    def _show_waiting(self, turn: int, found: list[Recollection]) -> None:
        if turn == self._turn:
            self.list.show_these([self._row(one) for one in found])

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
            self._show(None)

    def _count(self, counted: MemoryStats) -> None:
        words = self.tr("{0} memories: {1} of conversations, {2} facts, {3} rules").format(
            f"{counted.memories:,}", f"{counted.episodes:,}", f"{counted.facts:,}", f"{counted.procedures:,}"
        )
        if counted.quarantined:
            words += self.tr("; waiting for your word: {0}").format(f"{counted.quarantined:,}")
        if counted.superseded:
            words += self.tr("; older versions: {0}").format(f"{counted.superseded:,}")
        self._counted.setText(f"{words}.")

    def _row(self, one: Recollection, why: str = "") -> Row:
        kinds = {"fact": self.tr("Fact"), "procedure": self.tr("Rule"), "episode": one.speaker or self.tr("Somebody")}
        about = [kinds[one.kind], f"{one.at.astimezone():%Y-%m-%d %H:%M}"]
        sources = {
            "voice": self.tr("spoken"),
            "image": self.tr("from a picture"),
            "document": self.tr("from a document"),
            "screen": self.tr("from the screen"),
            "import": self.tr("taken in"),
        }
        about += [sources[one.source]] if one.source in sources else []
        about += [self.tr("waits for your word")] if one.quarantined else []
        about += [self.tr("held until {0}").format(f"{one.valid_to:%Y-%m-%d}")] if one.valid_to else []
        about += [self.tr("told {0} times").format(one.seen)] if one.seen > 1 else []
        about += [self.tr("goes on {0}").format(f"{one.expires_at:%Y-%m-%d}")] if one.expires_at else []
        return Row(memory=one, about=" · ".join(about), why=why)

    @Slot(QModelIndex, QModelIndex)
    def _select(self, current: QModelIndex, _: QModelIndex) -> None:
        row = current.data(ROW) if current.isValid() else None
        self._show(row if isinstance(row, Row) else None)

    def _show(self, row: Row | None) -> None:
        self._chosen = row.memory if row is not None else None
        self.detail.setVisible(row is not None)
        if row is None:
            return
        self.words.setPlainText(row.memory.text)
        self.words.setReadOnly(row.memory.valid_to is not None)
        found = self.tr("Found because it {0}.").format(row.why) if row.why else ""
        self.about.setText(f"{row.about}. {found}".rstrip())
        self.use.setVisible(row.memory.quarantined)
        self._changed()

    @Slot()
    def _changed(self) -> None:
        text = self.words.toPlainText().strip()
        self.save.setEnabled(self._chosen is not None and bool(text) and text != self._chosen.text.strip())

    # Changing.

    def open_panel(self, name: str) -> None:
        """Show one of: add, forget, export, import."""
        self._close_panels()
        self.panels[name].show()
        first = {"add": self.new_text}.get(name)
        (first or self.panels[name].findChild(QLineEdit) or self.panels[name]).setFocus()
        self.ensureWidgetVisible(self.panels[name])

    @Slot()
    def _close_panels(self) -> None:
        for panel in self.panels.values():
            panel.hide()

    @Slot()
    def _remember(self) -> None:
        text = self.new_text.toPlainText().strip()
        if text:
            self.bridge.submit(Remember(text=text, kind=self.new_kind.currentData()))

    @Slot()
    def _edit(self) -> None:
        if self._chosen is not None:
            self.bridge.submit(EditMemory(memory=self._chosen.id, text=self.words.toPlainText().strip()))

    @Slot()
    def _confirm(self) -> None:
        if self._chosen is not None:
            self.bridge.submit(ConfirmMemory(memory=self._chosen.id))

    @Slot()
    def _ask_forget_chosen(self) -> None:
        one = self._chosen
        if one is None:
            return
        text = " ".join(one.text.split())
        quoted = text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
        words = self.tr("Forget “{0}”, its older versions and what was made from it?").format(quoted)
        self.question.ask(words, self.tr("Forget it"), lambda: self._forget(ById(ids=(one.id,))))

    @Slot(object, str)
    def _ask_forget(self, what: Selector, named: str) -> None:
        memory = self.household.memory
        if memory is None:
            return
        if not isinstance(what, Between):
            words = self.tr("Forget all memories {0}? They go for good, with what was made from them.").format(named)
            self.question.ask(words, self.tr("Forget them for good"), lambda: self._forget(what))
            return

        def ask(some: list[Recollection]) -> None:
            if not some:
                self.tell(self.tr("There are no memories {0}.").format(named))
                return
            words = self.tr("Forget the {0} memories {1}? What was made from them goes too.").format(len(some), named)
            self.question.ask(words, self.tr("Forget them"), lambda: self._forget(what))

        in_background(self, lambda: memory.selected(what), ask, self.tell)

    def _forget(self, what: Selector) -> None:
        self._close_panels()
        self.bridge.submit(Forget(what=what))

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
        told = {
            "remembered": self.tr("Remembered."),
            "edited": self.tr("Changed. The old words stay for questions about that time."),
            "forgotten": self._forgotten(event),
            "taken back": self.tr("Taken back."),
            "confirmed": self.tr("MIA will use it."),
        }.get(event.did)
        if told is None:
            return
        self.undo.tell(told, undoable=event.undoable)
        if event.did == "remembered":
            self.new_text.clear()
            self._close_panels()
        self._refresh()

    def _forgotten(self, event: MemoryChanged) -> str:
        if not event.ids:
            return self.tr("There was nothing of that.")
        if event.undoable:
            return self.tr("{0} forgotten. For a minute it can be taken back.").format(len(event.ids))
        return self.tr("{0} forgotten for good.").format(len(event.ids))


def _found(memory: RuledMemory, words: str, kind: str) -> list[tuple[Recollection, str]]:
    """Return what comes to mind of `words`, best first, then what holds these very words, each with the reason."""
    hits = memory.recall(words, _now(), _MOST_FOUND)
    found = [(hit.memory, reasons(hit.why)) for hit in hits]
    there = {one.id for one, _ in found}
    held = reasons("has these words")
    found += [(one, held) for one in memory.memory.containing(words, _MOST_FOUND) if one.id not in there]
    return [(one, why) for one, why in found if _fits(one, kind)]


def _fits(one: Recollection, kind: str) -> bool:
    return one.quarantined if kind == _WAITING else not kind or one.kind == kind


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _words(name: str, owner: QWidget) -> QPlainTextEdit:
    field = QPlainTextEdit(placeholderText=name, tabChangesFocus=True)
    field.setAccessibleName(name)
    field.setObjectName("words")
    field.setFixedHeight(owner.fontMetrics().height() * 4)
    return field
