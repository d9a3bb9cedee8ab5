"""The page where one talks: the conversation, the field to type into and the button to hold."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mia_desktop.core.commands import AskText, NewConversation
from mia_desktop.core.events import (
    DeviceReturned,
    EchoChanged,
    Event,
    MemoryChanged,
    SpeechStarted,
    State,
    StateChanged,
    TranscriptReady,
    TurnFinished,
    WorkerFailed,
)
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.gui.attachments import gives_pictures
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.composer import Composer
from mia_desktop.gui.conversation_pane import ConversationPane
from mia_desktop.gui.drafts import DraftKeeper
from mia_desktop.gui.household import Household
from mia_desktop.gui.keeping_notice import KeepingNotice
from mia_desktop.gui.loading_notice import LoadingNotice
from mia_desktop.gui.locked_vault import LockedVault
from mia_desktop.gui.look import Look
from mia_desktop.gui.message import Message
from mia_desktop.gui.notice import Notice
from mia_desktop.gui.shown_pictures import ShownPictures
from mia_desktop.gui.side_by_side import SideBySide
from mia_desktop.gui.sidebar import Sidebar
from mia_desktop.gui.taking_back import TakingBack
from mia_desktop.gui.talk_foot import TalkFoot
from mia_desktop.gui.talk_head import TalkHead
from mia_desktop.gui.wanted_list import list_wanted, want_list
from mia_desktop.gui.way_out import of_error
from mia_desktop.gui.way_out_button import WayOutButton

_SIDE_PX = 16


class TalkPage(QWidget):
    """Shows what the bridge tells of the conversation and sends what the user wants.

    Attributes:
        wants_page: the name of another page that the user wants to see.
    """

    wants_page = Signal(str)

    def __init__(self, bridge: Bridge, household: Household | None, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("talk_page")
        self._bridge = bridge
        self._household = household
        self._has_engine = True
        self.head = TalkHead(bridge, household, look)
        self.badge, self.guest, self.new = self.head.badge, self.head.guest, self.head.new
        self.hands_free, self.mute = self.head.hands_free, self.head.mute
        self.way_out = WayOutButton(has_pages=household is not None)
        self.notice = Notice()
        self.locked: LockedVault | None = None
        self.pane = ConversationPane(bridge, household, look)
        self.conversation = self.pane.conversation
        self.composer = Composer(bridge, household)
        self.attachments, self.camera = self.composer.attachments, self.composer.camera
        self.text, self.send = self.composer.text, self.composer.send
        self.attach, self.look_button = self.composer.attach, self.composer.look_button
        self.foot = TalkFoot(bridge, look)
        self.talk, self.stop, self.hold = self.foot.talk, self.foot.stop, self.foot.hold
        self.sidebar = Sidebar(bridge, household, look)
        self.beside = SideBySide(self.sidebar, self._main(), wanted=list_wanted(household))
        self.taking_back = TakingBack(self.pane.deeds, self.sidebar, bridge, self.notice)
        self.loading = LoadingNotice(self.notice, self.foot.cancel)
        self.keeping = KeepingNotice(self.notice, lambda: self.wants_page.emit("models"))
        self.drafts = DraftKeeper(self.composer, household)
        self._parts = (
            *(self.pane, self.composer, self.sidebar),
            *(self.taking_back, self.loading, self.keeping, self.drafts, self.way_out),
            ShownPictures(self.attachments, self.conversation.rows),
        )
        self.setAcceptDrops(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.beside)
        self._order()
        self._connect()
        self.dress(look)
        self._show_state("warming up", "")

    def show_dead_end(self, sentence: str, error: Exception | None = None) -> None:
        """Show that there is no engine, why, and what can be done about it; nothing can be asked then."""
        self._set_engine(there=False)
        self.way_out.offer(of_error(error))
        self._show_state("trouble", sentence)

    def show_engine(self) -> None:
        """Show that there is an engine: what was said of a dead end holds no longer."""
        if not self._has_engine:
            self._set_engine(there=True)
            self._show_state("warming up", "")

    def open_files(self, files: Sequence[Path]) -> None:
        """Show files to MIA."""
        self.composer.open_files(files)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        for one in (self.head, self.foot, self.pane, self.composer, self.sidebar):
            one.dress(look)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take pictures and files, wherever they are dropped."""
        if gives_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was dropped to MIA."""
        if self.attachments.take_in(event.mimeData(), "drop"):
            event.acceptProposedAction()

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Show a sentence for the user until the next turn begins."""
        self.notice.say(sentence, passing=True)

    def _set_engine(self, *, there: bool) -> None:
        self._has_engine = there
        self.composer.set_engine(there=there)
        self.head.set_engine(there=there)
        self.foot.set_engine(there=there)

    def _main(self) -> QWidget:
        """Return all but the list of conversations."""
        told = QVBoxLayout()
        told.setContentsMargins(_SIDE_PX, 0, _SIDE_PX, 10)
        told.setSpacing(10)
        why = QHBoxLayout()
        why.setSpacing(10)
        why.addWidget(self.badge.sentence, 1)
        why.addWidget(self.way_out, 0, Qt.AlignmentFlag.AlignTop)
        told.addLayout(why)
        told.addWidget(self.notice)
        self._told = told
        foot = QVBoxLayout()
        foot.setContentsMargins(_SIDE_PX, 12, _SIDE_PX, 8)
        foot.setSpacing(10)
        foot.addWidget(self.composer)
        foot.addWidget(self.foot)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(told)
        column.addWidget(self.pane, 1)
        column.addLayout(foot)
        return main

    def _order(self) -> None:
        order: tuple[QWidget, ...] = (
            *(self.text, self.send, self.talk, self.stop, self.attach, self.look_button, self.head.side, self.guest),
            *(
                self.hands_free,
                self.mute,
                self.new,
                self.way_out,
                self.notice.offered,
                self.notice.dismiss,
                self.conversation,
            ),
            *(self.sidebar.search, self.sidebar.more, self.sidebar.way_out, self.sidebar.view),
        )
        for before, following in pairwise(order):
            QWidget.setTabOrder(before, following)

    def _connect(self) -> None:
        self._bridge.happened.connect(self._on_event)
        self._bridge.polled.connect(self._on_status)
        self.composer.asked.connect(self._ask)
        self.composer.trouble.connect(self.tell)
        for wants_memory in (self.pane.wants_memory, self.sidebar.wants_memory):
            wants_memory.connect(self._show_memory)
        for wants_keeping in (self.guest.clicked, self.sidebar.wants_unlocking):
            wants_keeping.connect(self._show_vault)
        self.pane.deeds.edit_wanted.connect(self._edit)
        self.new.clicked.connect(self._begin_anew)
        self.way_out.wants_page.connect(self.wants_page)
        self.way_out.wants_engine.connect(self._bridge.engine_wanted)
        self.sidebar.trouble.connect(self.tell)
        self.sidebar.chosen.connect(self._go_on)
        self.head.side.clicked.connect(self.beside.toggle)
        self.beside.toggled.connect(lambda on: want_list(self._household, on, self))
        for keys, deed in (
            (QKeySequence(Qt.Key.Key_Escape), self._escape),
            (QKeySequence(QKeySequence.StandardKey.New), self._begin_anew),
            (QKeySequence(QKeySequence.StandardKey.Find), self.pane.find_bar.open_bar),
            (QKeySequence("Ctrl+B"), self.beside.toggle),
            (QKeySequence("Ctrl+Shift+F"), self._search_all),
        ):
            QShortcut(keys, self).activated.connect(deed)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        for part in self._parts:
            part.see(event)
        match event:
            case StateChanged():
                self._show_state(event.state, event.why)
                if event.state == "ready":
                    self.pane.deeds.learn_models()
            case SpeechStarted() | TranscriptReady():
                self.notice.pass_on()
            case TurnFinished() if self.taking_back.brings_back(event):
                pass
            case TurnFinished(outcome="failed" | "nothing heard"):
                self.notice.say(event.why, passing=True)
            case DeviceReturned():
                self.notice.say(self.tr("MIA uses the {0} now.").format(event.name), passing=True)
            case EchoChanged():
                self.notice.say(event.why, passing=not event.half_duplex)
            case MemoryChanged() if self.locked is not None:
                self.locked.see(event)
            case WorkerFailed(gave_up=False):
                self.notice.say(str(event.error), passing=True)
            case _:  # the others are for the monitor
                pass

    @Slot(object)
    def _on_status(self, status: EngineStatus) -> None:
        self.talk.show_levels(status.level, status.voice_level)

    @Slot(str, object)
    def _ask(self, text: str, instead_of: Message | None) -> None:
        self.notice.pass_on()
        if instead_of is not None:
            self.pane.deeds.ask_instead(instead_of, text)
        else:
            self.conversation.rows.typed(text)
            self._bridge.submit(AskText(text=text))

    @Slot(object)
    def _edit(self, message: Message) -> None:
        turns = self.conversation.rows.turns_from(message.turn) if message.turn is not None else ()
        self.composer.edit(message, last=len(turns) < 2)

    @Slot()
    def _escape(self) -> None:
        """Leave what is open for a moment; with nothing of that kind, stop."""
        if self.pane.picture_view.isVisible():
            self.pane.picture_view.close_view()
        elif self.pane.find_bar.isVisible() and not self.hold.held:
            self.pane.find_bar.close_bar()
        elif self.composer.editing_message and not self.hold.held:
            self.composer.give_up_editing()
        elif self.locked is not None and self.locked.isVisible() and not self.hold.held:
            self._leave_vault()
        else:
            self.beside.done()
            self.foot.cancel()

    @Slot()
    def _begin_anew(self) -> None:
        self.conversation.rows.clear()
        self.attachments.clear()
        self.notice.pass_on()
        self._bridge.submit(NewConversation())
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        """Turn from the list of conversations to the one that is open."""
        self.composer.give_up_editing()
        self.pane.find_bar.close_bar()
        self.beside.done()
        self.text.setFocus()

    @Slot()
    def _search_all(self) -> None:
        self.beside.show_side()
        self.sidebar.search.setFocus()
        self.sidebar.search.selectAll()

    @Slot()
    def _show_vault(self) -> None:
        """Let the user open the vault here when it is locked; the memory page knows of all else."""
        household = self._household
        if household is None or household.standing != "locked":
            self._show_memory()
            return
        if self.locked is None:
            self.locked = LockedVault(self._bridge, household)
            self.locked.leave.show()
            self.locked.told.connect(self.tell)
            self.locked.left.connect(self._leave_vault)
            self._told.addWidget(self.locked)
        self.beside.done()
        self.locked.look()
        self.locked.show()

    @Slot()
    def _leave_vault(self) -> None:
        if self.locked is not None and self.locked.isVisibleTo(self):
            self.locked.hide()
            self.text.setFocus()

    @Slot()
    def _show_memory(self) -> None:
        self.wants_page.emit("memory")

    def _show_state(self, state: State, why: str) -> None:
        self.badge.show_state(state, why)
        self.way_out.show_state(state)
        self.foot.show_state(state, self.badge.why)
