"""MIA's window."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QPaintEvent, QShortcut, QShowEvent
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
    ReplyGrew,
    ReplyWritten,
    SentenceSpoken,
    SpeechStarted,
    State,
    StateChanged,
    TranscriptGrew,
    TranscriptReady,
    TurnFinished,
    WorkerFailed,
)
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.conversation import Conversation
from mia_desktop.gui.household import Household
from mia_desktop.gui.level_meter import LevelMeter
from mia_desktop.gui.look import Look
from mia_desktop.gui.notice import Notice
from mia_desktop.gui.state_badge import StateBadge
from mia_desktop.gui.talk_keys import TalkHold
from mia_desktop.gui.text_field import TextField

_SIDE_PX = 14


class Window(QWidget):
    """Shows what the bridge tells and sends what the user wants.

    Attributes:
        painted: the window was drawn for the first time.
    """

    painted = Signal()

    def __init__(self, bridge: Bridge, household: Household | None = None) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("MIA")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._household = household
        self._was_painted = False
        self._has_engine = True
        self._hands_free_seen = False
        self._mute_seen = False
        look = Look.of(self.palette())
        self._style = ""
        self.badge = StateBadge(look)
        self.notice = Notice()
        self.conversation = Conversation(look)
        self.text = TextField()
        self.send = _button("Send", "Send the text (Enter)")
        self.talk = _button("", "", name="talk")
        self.talk.setAccessibleName("Hold to talk")
        self.meter = LevelMeter(look)
        self.stop = _button("Stop", "Stop listening, thinking and speaking (Esc)")
        self.hands_free = QCheckBox("&Hands-free")
        self.hands_free.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hands_free.setToolTip("Listen all the time instead of by the talk key (Alt+H)")
        self.hands_free.setAccessibleName("Hands-free")
        self.mute = QCheckBox("&Mute")
        self.mute.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.mute.setToolTip("Hear nothing at all (Alt+M)")
        self.mute.setAccessibleName("Mute")
        self.new = _button("&New conversation", "Forget what was said so far (Ctrl+N)")
        self.hold = TalkHold(self)
        self._lay_out()
        self._connect()
        self._show_state("warming up", "")
        self._dress()
        em = self.fontMetrics().height()
        self.setMinimumSize(em * 22, em * 22)
        self.resize(em * 40, em * 44)
        self.text.setFocus()

    def show_dead_end(self, sentence: str) -> None:
        """Show that there is no engine and why; nothing can be asked then."""
        self._set_engine(there=False)
        self._show_state("trouble", sentence)

    def show_engine(self) -> None:
        """Show that there is an engine: what was said of a dead end holds no longer."""
        if not self._has_engine:
            self._set_engine(there=True)
            self._show_state("warming up", "")

    def _set_engine(self, *, there: bool) -> None:
        self._has_engine = there
        for one in (self.text, self.send, self.hands_free, self.mute):
            one.setEnabled(there)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell of the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to watch the engine."""
        super().showEvent(event)
        self._bridge.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Cease to watch, and let go of the talk key."""
        super().hideEvent(event)
        self._bridge.watch(False)
        self.hold.release_all()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the system's colours and the minimising of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "hold"):
            self._dress()
        elif event.type() == QEvent.Type.WindowStateChange:
            self._bridge.watch(self.isVisible() and not self.isMinimized())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE_PX, 12, _SIDE_PX, 10)
        head.setSpacing(10)
        head.addWidget(self.badge, 1)
        head.addWidget(self.hands_free)
        head.addWidget(self.mute)
        head.addWidget(self.new)
        told = QVBoxLayout()
        told.setContentsMargins(_SIDE_PX, 0, _SIDE_PX, 10)
        told.setSpacing(10)
        told.addWidget(self.badge.sentence)
        told.addWidget(self.notice)
        typing = QHBoxLayout()
        typing.setSpacing(10)
        typing.addWidget(self.text, 1)
        typing.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        talking = QHBoxLayout()
        talking.setSpacing(10)
        talking.addWidget(self.talk, 1)
        talking.addWidget(self.meter)
        talking.addWidget(self.stop)
        foot = QVBoxLayout()
        foot.setContentsMargins(_SIDE_PX, 12, _SIDE_PX, 14)
        foot.setSpacing(10)
        foot.addLayout(typing)
        foot.addLayout(talking)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(told)
        whole.addWidget(self.conversation, 1)
        whole.addLayout(foot)
        order = (self.text, self.send, self.talk, self.stop, self.hands_free, self.mute, self.new, self.notice.dismiss)
        for one, following in zip(order, (*order[1:], self.conversation), strict=True):
            QWidget.setTabOrder(one, following)

    def _connect(self) -> None:
        self._bridge.happened.connect(self._on_event)
        self._bridge.polled.connect(self._on_status)
        self.text.sent.connect(self._ask)
        self.send.clicked.connect(self.text.send)
        self.talk.pressed.connect(self._button_down)
        self.talk.released.connect(self._button_up)
        self.hold.began.connect(self._start_listening)
        self.hold.ended.connect(self._stop_listening)
        self.stop.clicked.connect(self._cancel)
        self.hands_free.clicked.connect(self._set_hands_free)
        self.mute.clicked.connect(self._set_muted)
        self.new.clicked.connect(self._begin_anew)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self._cancel)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self).activated.connect(self._begin_anew)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)

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
            case TurnFinished(outcome="not for MIA"):
                self.conversation.unsaid(event.turn)
            case TurnFinished(outcome="failed" | "nothing heard"):
                self.conversation.unsaid(event.turn)
                self.notice.say(event.why, passing=True)
            case TurnFinished(outcome="cancelled"):
                self.conversation.unsaid(event.turn)
                self.conversation.stopped(event.turn)
            case DeviceLost():
                self.notice.say(event.why, passing=False)
            case DeviceReturned():
                self.notice.say(f"MIA uses the {event.name} now.", passing=True)
            case EchoChanged(half_duplex=True):
                self.notice.say(event.why, passing=False)
            case WorkerFailed():
                self.notice.say(str(event.error), passing=not event.gave_up)
            case _:  # the others are for the monitor
                pass

    @Slot(object)
    def _on_status(self, status: EngineStatus) -> None:
        self.meter.show_level(status.level)
        if status.hands_free != self._hands_free_seen:  # a change of the engine's, not the user's click on its way
            self._hands_free_seen = status.hands_free
            self.hands_free.setChecked(status.hands_free)
        if status.muted != self._mute_seen:
            self._mute_seen = status.muted
            self.mute.setChecked(status.muted)

    @Slot(str)
    def _ask(self, text: str) -> None:
        self.notice.pass_on()
        self.conversation.typed(text)
        self._bridge.submit(AskText(text=text))

    @Slot()
    def _button_down(self) -> None:
        self.hold.hold("button")

    @Slot()
    def _button_up(self) -> None:
        self.hold.release("button")

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

    @Slot(bool)
    def _set_hands_free(self, on: bool) -> None:
        self._bridge.submit(SetHandsFree(on=on))

    @Slot(bool)
    def _set_muted(self, on: bool) -> None:
        self._bridge.submit(SetMuted(on=on))

    @Slot()
    def _begin_anew(self) -> None:
        self.conversation.clear()
        self.notice.pass_on()
        self._bridge.submit(NewConversation())
        self.text.setFocus()

    def _show_state(self, state: State, why: str) -> None:
        self.badge.show_state(state, why)
        self.hold.allowed = self._has_engine and state != "warming up"
        self.talk.setEnabled(self.hold.allowed)
        self.stop.setEnabled(self._has_engine)
        self._show_held()

    def _show_held(self) -> None:
        if not self._has_engine:
            words, tip = "MIA cannot listen now", self.badge.why
        elif not self.hold.allowed:
            words, tip = "Warming up; you can type already", "MIA can listen when its models are loaded"
        elif self.hold.held:
            words, tip = "Listening; release to send", "Release to send, Esc to drop it"
        else:
            words, tip = "Hold to talk", "Hold the button, F4 or, outside the text field, Space, and speak"
        self.talk.setText(words)
        self.talk.setToolTip(tip)
        self.talk.setAccessibleDescription(tip)
        if self.talk.property("held") != self.hold.held:
            self.talk.setProperty("held", self.hold.held)
            self.talk.style().unpolish(self.talk)  # a style sheet looks at properties only when polished
            self.talk.style().polish(self.talk)

    @Slot()
    def _dress(self) -> None:
        look = Look.of(QGuiApplication.palette())
        style = look.style()
        if style == self._style:
            return
        self._style = style
        self.setStyleSheet(style)
        self.badge.dress(look)
        self.meter.dress(look)
        self.conversation.dress(look)


def _button(words: str, tip: str, *, name: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(words.replace("&", ""))
    return button
