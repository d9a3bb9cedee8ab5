"""The foot of the talk page: the button that one holds to talk, and the one that stops."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mia_desktop.core.commands import CancelTurn, StartListening, StopListening
from mia_desktop.core.events import State
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.look import Look
from mia_desktop.gui.talk_keys import TalkHold
from mia_desktop.gui.talk_orb import TalkOrb


class TalkFoot(QWidget):
    """Lets the user talk while the button or a talk key is held, and says what holding does now.

    Attributes:
        talk: the button that is held.
        stop: stops listening, thinking and speaking.
        hold: what is held.
    """

    def __init__(self, bridge: Bridge, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._has_engine = True
        self._why = ""
        self.talk = TalkOrb(look)
        self.talk.setAccessibleName(self.tr("Hold to talk"))
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Stop listening, thinking and speaking (Esc)"))
        self.stop.setAccessibleName(self.stop.text())
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hold = TalkHold(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(self.talk, 2)
        right = QHBoxLayout()
        right.addStretch(1)
        right.addWidget(self.stop)
        row.addLayout(right, 1)
        self.talk.pressed.connect(lambda: self.hold.hold("button"))
        self.talk.released.connect(lambda: self.hold.release("button"))
        self.hold.began.connect(self._start_listening)
        self.hold.ended.connect(self._stop_listening)
        self.stop.clicked.connect(self.cancel)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self.talk.dress(look)

    def set_engine(self, *, there: bool) -> None:
        """Let the user talk and stop, or not, once the state is shown."""
        self._has_engine = there

    def show_state(self, state: State, why: str) -> None:
        """Show what MIA does; `why` is the reason when there is no engine."""
        self._why = why
        self.talk.show_state(state)
        self.hold.allowed = self._has_engine and state != "warming up"
        self.talk.setEnabled(self.hold.allowed)
        self.stop.setEnabled(self._has_engine)
        self._show_held()

    @Slot()
    def cancel(self) -> None:
        """Stop whatever MIA does, and drop what is held."""
        self.hold.forget()
        self._bridge.submit(CancelTurn())
        self._show_held()

    @Slot()
    def _start_listening(self) -> None:
        self._bridge.submit(StartListening())
        self._show_held()

    @Slot()
    def _stop_listening(self) -> None:
        self._bridge.submit(StopListening())
        self._show_held()

    def _show_held(self) -> None:
        if not self._has_engine:
            words, tip = self.tr("MIA cannot listen now"), self._why
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
