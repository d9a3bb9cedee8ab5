"""The conversation: what was said, the field to type into and the button to hold."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from mia_desktop.core.commands import (
    AskText,
    CancelTurn,
    LookThroughCamera,
    NewConversation,
    SetHandsFree,
    SetMuted,
    StartListening,
    StopListening,
)
from mia_desktop.core.errors import RefusedError
from mia_desktop.core.events import (
    CameraClosed,
    CameraOpened,
    DeviceLost,
    DeviceReturned,
    EchoChanged,
    Event,
    ReplyGrew,
    ReplyWritten,
    SentenceSpoken,
    SightFailed,
    SightSeen,
    SpeechStarted,
    State,
    StateChanged,
    TranscriptGrew,
    TranscriptReady,
    TurnFinished,
    WorkerFailed,
)
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.gui.attachments import Attachments, gives_pictures
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.camera_view import CameraView
from mia_desktop.gui.consent_question import allowed
from mia_desktop.gui.conversation import Conversation
from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.notice import Notice
from mia_desktop.gui.state_badge import StateBadge
from mia_desktop.gui.talk_keys import TalkHold
from mia_desktop.gui.talk_orb import TalkOrb
from mia_desktop.gui.text_field import TextField

_SIDE_PX = 16
_SCREEN_AFTER_MS = 350  # the window is gone from the screen by then


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
        self._hands_free_seen = False
        self._mute_seen = False
        self.badge = StateBadge(look)
        self.notice = Notice()
        self.conversation = Conversation(look)
        self.attachments = Attachments(bridge)
        self.camera = CameraView(bridge)
        self.text = TextField()
        self.attach = _tool(self.tr("Attach"), self.tr("Show MIA a picture, a document or the screen"))
        self.look_button = _tool(self.tr("Camera"), self.tr("Let MIA look through the camera (Ctrl+Shift+C)"))
        self.look_button.setCheckable(True)
        self.send = _tool(self.tr("Send"), self.tr("Send the text (Enter)"))
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
        self.attachments.open_files(files)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self.badge.dress(look)
        self.talk.dress(look)
        self.conversation.dress(look)
        self.attach.setIcon(glyph("attach", look.ink))
        self.look_button.setIcon(glyph("camera", look.ink, look.listening))
        self.send.setIcon(glyph("send", look.on_accent))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take pictures and files, wherever they are dropped."""
        if gives_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Show what was dropped to MIA."""
        if self.attachments.take_in(event.mimeData(), "drop"):
            event.acceptProposedAction()

    def _set_engine(self, *, there: bool) -> None:
        self._has_engine = there
        for one in (self.text, self.send, self.hands_free, self.mute, self.attach, self.look_button):
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
        typing = QHBoxLayout()
        typing.setSpacing(8)
        for tool in (self.attach, self.look_button):
            typing.addWidget(tool, 0, Qt.AlignmentFlag.AlignBottom)
        typing.addWidget(self.text, 1)
        typing.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
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
        foot.addWidget(self.camera)
        foot.addWidget(self.attachments)
        foot.addLayout(typing)
        foot.addLayout(talking)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(told)
        whole.addWidget(self.conversation, 1)
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
        self.text.sent.connect(self._ask)
        self.text.pictures_given.connect(lambda data: self.attachments.take_in(data, "paste"))
        self.attachments.trouble.connect(self.tell)
        self.send.clicked.connect(self.text.send)
        self.talk.pressed.connect(lambda: self.hold.hold("button"))
        self.talk.released.connect(lambda: self.hold.release("button"))
        self.hold.began.connect(self._start_listening)
        self.hold.ended.connect(self._stop_listening)
        self.stop.clicked.connect(self._cancel)
        self.guest.clicked.connect(lambda: self.wants_page.emit("memory"))
        self.hands_free.clicked.connect(lambda on: self._bridge.submit(SetHandsFree(on=on)))
        self.mute.clicked.connect(lambda on: self._bridge.submit(SetMuted(on=on)))
        self.new.clicked.connect(self._begin_anew)
        menu = QMenu(self.attach)
        menu.addAction(self.tr("Pictures or documents..."), QKeySequence.StandardKey.Open, self._choose_files)
        menu.addAction(self.tr("The screen"), QKeySequence("Ctrl+Shift+S"), self._show_screen)
        self.attach.setMenu(menu)
        self.attach.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.addActions(menu.actions())
        self.look_button.clicked.connect(self._set_camera)
        for keys, deed in (
            (QKeySequence(Qt.Key.Key_Escape), self._cancel),
            (QKeySequence(QKeySequence.StandardKey.New), self._begin_anew),
            (QKeySequence("Ctrl+Shift+C"), self.look_button.click),
        ):
            QShortcut(keys, self).activated.connect(deed)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        match event:
            case StateChanged():
                self._show_state(event.state, event.why)
            case SpeechStarted():
                self.conversation.meet(event.turn)
                self.notice.pass_on()
            case TranscriptReady():
                self.notice.pass_on()
                self.conversation.asked(event.turn, event.text, spoken=event.spoken)
            case ReplyGrew():
                self.conversation.reply_grew(event.turn, event.text)
            case ReplyWritten():
                self.conversation.reply_written(event.turn, event.text)
            case SentenceSpoken():
                self.conversation.heard(event.turn, event.up_to_char)
            case TranscriptGrew():
                self.conversation.hearing(event.turn, event.text)
            case TurnFinished():
                self._finished(event)
            case SightSeen():
                self.attachments.seen(event.key, event.sight)
            case SightFailed():
                self.attachments.failed(event.key, str(event.error))
            case CameraOpened():
                self.look_button.setChecked(True)
                self.camera.show_open(event.name)
            case CameraClosed():
                self.look_button.setChecked(False)
                self.camera.hide()
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

    def _finished(self, event: TurnFinished) -> None:
        if event.outcome != "answered":
            self.conversation.unsaid(event.turn)
        if event.outcome in ("failed", "nothing heard"):
            self.notice.say(event.why, passing=True)
        elif event.outcome == "cancelled":
            self.conversation.stopped(event.turn)

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

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Show a sentence for the user until the next turn begins."""
        self.notice.say(sentence, passing=True)

    @Slot(str)
    def _ask(self, text: str) -> None:
        self.notice.pass_on()
        self.conversation.typed(text)
        self._bridge.submit(AskText(text=text))

    @Slot()
    def _start_listening(self) -> None:
        self._bridge.submit(StartListening())
        self._show_held()

    @Slot()
    def _stop_listening(self) -> None:
        self._bridge.submit(StopListening())
        self._show_held()

    @Slot()
    def _cancel(self) -> None:
        self.hold.forget()
        self._bridge.submit(CancelTurn())
        self._show_held()

    @Slot()
    def _begin_anew(self) -> None:
        self.conversation.clear()
        self.attachments.clear()
        self.notice.pass_on()
        self._bridge.submit(NewConversation())
        self.text.setFocus()

    @Slot()
    def _choose_files(self) -> None:
        kinds = self.tr("Pictures and documents") + " (*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff *.heic *.pdf)"
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Show to MIA"), "", f"{kinds};;{self.tr('All files')} (*)"
        )
        self.open_files([Path(name) for name in names])

    @Slot()
    def _show_screen(self) -> None:
        if self._may("screen.look"):
            self.window().setWindowOpacity(0.0)
            QTimer.singleShot(_SCREEN_AFTER_MS, self, self._grab_screen)

    @Slot()
    def _grab_screen(self) -> None:
        screen = self.screen() or QGuiApplication.primaryScreen()
        picture = screen.grabWindow(0)
        self.window().setWindowOpacity(1.0)
        if picture.isNull():
            self.tell(
                self.tr("This desktop does not let programs see the screen. Take a screenshot and paste it here.")
            )
        else:
            self.attachments.give(picture.toImage(), self.tr("the screen"), "screen")

    @Slot(bool)
    def _set_camera(self, on: bool) -> None:
        self.look_button.setChecked(False)  # until it is really open
        if not on or self._may("camera.look"):
            self._bridge.submit(LookThroughCamera(on=on))

    def _may(self, use: str) -> bool:
        try:
            return allowed(use, self._household, self)
        except RefusedError as refused:
            self.tell(str(refused))
            return False

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


def _tool(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("tool")
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    return button


def _switch(words: str, tip: str) -> QCheckBox:
    switch = QCheckBox(words)
    switch.setToolTip(tip)
    switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    switch.setAccessibleName(words.replace("&", ""))
    return switch
