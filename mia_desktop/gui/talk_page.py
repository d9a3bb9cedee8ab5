"""The page where one talks: the conversation, the field to type into and the button to hold."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mia_desktop.core.commands import (
    AskText,
    CancelTurn,
    NewConversation,
    SetHandsFree,
    SetMuted,
    StartListening,
    StopListening,
)
from mia_desktop.core.events import (
    DeviceLost,
    DeviceReturned,
    EchoChanged,
    Event,
    SightsUsed,
    SpeechStarted,
    State,
    StateChanged,
    TranscriptReady,
    TurnFinished,
    WorkerFailed,
)
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.gui.attachments import Attached, as_image, gives_pictures
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.composer import Composer
from mia_desktop.gui.conversation_pane import ConversationPane
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.message import Message
from mia_desktop.gui.notice import Notice
from mia_desktop.gui.state_badge import StateBadge
from mia_desktop.gui.talk_keys import TalkHold
from mia_desktop.gui.talk_orb import TalkOrb

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
        self._has_engine = True
        self._hands_free_seen = False
        self._mute_seen = False
        self._seen_pictures: set[str] = set()
        self.badge = StateBadge(look)
        self.notice = Notice()
        self.pane = ConversationPane(bridge, household, look)
        self.conversation = self.pane.conversation
        self.composer = Composer(bridge, household)
        self.attachments, self.camera = self.composer.attachments, self.composer.camera
        self.text, self.send = self.composer.text, self.composer.send
        self.attach, self.look_button = self.composer.attach, self.composer.look_button
        self.talk = TalkOrb(look)
        self.talk.setAccessibleName(self.tr("Hold to talk"))
        self.stop = _button(self.tr("Stop"), self.tr("Stop listening, thinking and speaking (Esc)"))
        self.guest = _button(self.tr("Guest"), self.tr("Nothing of this is kept. Open the memory page to change that"))
        self.guest.setObjectName("guest")
        self.guest.hide()
        self.hands_free = _switch(
            self.tr("&Hands-free"), self.tr("Listen all the time instead of by the talk key (Alt+H)")
        )
        self.mute = _switch(self.tr("&Mute"), self.tr("Hear nothing at all (Alt+M)"))
        self.new = _button(self.tr("&New conversation"), self.tr("Begin anew (Ctrl+N)"))
        self.hold = TalkHold(self)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.dress(look)
        self._show_state("warming up", "")

    def show_dead_end(self, sentence: str) -> None:
        """Show that there is no engine and why; nothing can be asked then."""
        self._set_engine(there=False)
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
        self.badge.dress(look)
        self.talk.dress(look)
        self.pane.dress(look)
        self.composer.dress(look)

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
        for one in (self.hands_free, self.mute):
            one.setEnabled(there)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE_PX, 12, _SIDE_PX, 10)
        head.setSpacing(10)
        head.addWidget(self.badge, 1)
        for control in (self.guest, self.hands_free, self.mute, self.new):
            head.addWidget(control)
        told = QVBoxLayout()
        told.setContentsMargins(_SIDE_PX, 0, _SIDE_PX, 10)
        told.setSpacing(10)
        told.addWidget(self.badge.sentence)
        told.addWidget(self.notice)
        talking = QHBoxLayout()
        talking.addStretch(1)
        talking.addWidget(self.talk, 2)
        right = QHBoxLayout()
        right.addStretch(1)
        right.addWidget(self.stop)
        talking.addLayout(right, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(_SIDE_PX, 12, _SIDE_PX, 8)
        foot.setSpacing(10)
        foot.addWidget(self.composer)
        foot.addLayout(talking)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(told)
        whole.addWidget(self.pane, 1)
        whole.addLayout(foot)
        order: tuple[QWidget, ...] = (
            *(self.text, self.send, self.talk, self.stop, self.attach, self.look_button, self.guest),
            *(self.hands_free, self.mute, self.new, self.notice.dismiss),
        )
        for before, following in zip(order, (*order[1:], self.conversation), strict=True):
            QWidget.setTabOrder(before, following)

    def _connect(self) -> None:
        self._bridge.happened.connect(self._on_event)
        self._bridge.polled.connect(self._on_status)
        self.composer.asked.connect(self._ask)
        self.composer.trouble.connect(self.tell)
        self.talk.pressed.connect(lambda: self.hold.hold("button"))
        self.talk.released.connect(lambda: self.hold.release("button"))
        self.hold.began.connect(self._start_listening)
        self.hold.ended.connect(self._stop_listening)
        self.stop.clicked.connect(self._cancel)
        self.guest.clicked.connect(lambda: self.wants_page.emit("memory"))
        self.pane.wants_memory.connect(lambda: self.wants_page.emit("memory"))
        self.pane.deeds.edit_wanted.connect(self._edit)
        self.hands_free.clicked.connect(lambda on: self._bridge.submit(SetHandsFree(on=on)))
        self.mute.clicked.connect(lambda on: self._bridge.submit(SetMuted(on=on)))
        self.new.clicked.connect(self._begin_anew)
        for keys, deed in (
            (QKeySequence(Qt.Key.Key_Escape), self._escape),
            (QKeySequence(QKeySequence.StandardKey.New), self._begin_anew),
            (QKeySequence(QKeySequence.StandardKey.Find), self.pane.find_bar.open_bar),
        ):
            QShortcut(keys, self).activated.connect(deed)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        self.pane.see(event)
        self.composer.see(event)
        match event:
            case StateChanged():
                self._show_state(event.state, event.why)
            case SpeechStarted():
                self.notice.pass_on()
            case TranscriptReady():
                self.notice.pass_on()
                self._show_pictures(event)
            case SightsUsed():
                self._show_sights(event)
            case TurnFinished(outcome="failed" | "nothing heard"):
                self.notice.say(event.why, passing=True)
            case DeviceLost():
                self.notice.say(event.why, passing=False)
            case DeviceReturned():
                self.notice.say(self.tr("MIA uses the {0} now.").format(event.name), passing=True)
            case EchoChanged(half_duplex=True):
                self.notice.say(event.why, passing=False)
            case WorkerFailed():
                self.notice.say(str(event.error), passing=not event.gave_up)
            case _:  # the others are for the monitor
                pass

    def _show_pictures(self, event: TranscriptReady) -> None:
        """Put the pictures that waited to the words that came."""
        taken = self.attachments.take()
        self._seen_pictures.update(one.key for one in taken)
        self.conversation.rows.show_pictures(event.turn, taken)

    def _show_sights(self, event: SightsUsed) -> None:
        """Show pictures that MIA looked at and the user has not seen yet, such as the camera's."""
        new = [one for one in event.focus.percepts if one.key not in self._seen_pictures]
        self._seen_pictures.update(one.key for one in new)
        shown = [
            Attached(
                key=one.key,
                name=one.sight.picture.name,
                image=as_image(one.sight.picture.pixels),
                text="\n".join(line.text for line in one.sight.lines),
            )
            for one in new
        ]
        self.conversation.rows.show_pictures(event.turn, shown)

    @Slot(object)
    def _on_status(self, status: EngineStatus) -> None:
        self.talk.show_levels(status.level, status.voice_level)
        self.guest.setVisible(status.guest and self._has_engine and status.state != "warming up")
        if status.hands_free != self._hands_free_seen:  # a change of the engine's, not the user's click on its way
            self._hands_free_seen = status.hands_free
            self.hands_free.setChecked(status.hands_free)
        if status.muted != self._mute_seen:
            self._mute_seen = status.muted
            self.mute.setChecked(status.muted)

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
    def _start_listening(self) -> None:
        self._bridge.submit(StartListening())
        self._show_held()

    @Slot()
    def _stop_listening(self) -> None:
        self._bridge.submit(StopListening())
        self._show_held()

    @Slot()
    def _escape(self) -> None:
        """Leave what is open for a moment; with nothing of that kind, stop."""
        if self.pane.find_bar.isVisible() and not self.hold.held:
            self.pane.find_bar.close_bar()
        elif self.composer.editing_message and not self.hold.held:
            self.composer.give_up_editing()
        else:
            self._cancel()

    @Slot()
    def _cancel(self) -> None:
        self.hold.forget()
        self._bridge.submit(CancelTurn())
        self._show_held()

    @Slot()
    def _begin_anew(self) -> None:
        self.conversation.rows.clear()
        self.attachments.clear()
        self.composer.give_up_editing()
        self.notice.pass_on()
        self._bridge.submit(NewConversation())
        self.text.setFocus()

    def _show_state(self, state: State, why: str) -> None:
        self.badge.show_state(state, why)
        self.talk.show_state(state)
        self.hold.allowed = self._has_engine and state != "warming up"
        self.talk.setEnabled(self.hold.allowed)
        self.stop.setEnabled(self._has_engine)
        self._show_held()

    def _show_held(self) -> None:
        if not self._has_engine:
            words, tip = self.tr("MIA cannot listen now"), self.badge.why
        elif not self.hold.allowed:
            words = self.tr("Warming up; you can type already")
            tip = self.tr("MIA can listen when its models are loaded")
        elif self.hold.held:
            words, tip = self.tr("Listening; release to send"), self.tr("Release to send, Esc to drop it")
        else:
            words = self.tr("Hold to talk")
            tip = self.tr("Hold the button, F4 or, outside the text field, Space, and speak")
        self.talk.setText(words)
        self.talk.setToolTip(tip)
        self.talk.setAccessibleDescription(tip)
        self.talk.setProperty("held", self.hold.held)
        self.talk.update()


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(words.replace("&", ""))
    return button


def _switch(words: str, tip: str) -> QCheckBox:
    switch = QCheckBox(words)
    switch.setToolTip(tip)
    switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    switch.setAccessibleName(words.replace("&", ""))
    return switch
