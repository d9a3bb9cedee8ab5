"""The step of the first run that tries microphone and speaker."""

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from mia_desktop.core import config
from mia_desktop.core.errors import MiaError
from mia_desktop.gui import setting_choices
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.first_run_step import Step
from mia_desktop.gui.household import Household
from mia_desktop.gui.level_meter import LevelMeter
from mia_desktop.gui.look import Look
from mia_desktop.gui.pages.page import Section
from mia_desktop.gui.setting_editor import Choice
from mia_desktop.gui.sound_check import MicrophoneCheck, play_sample
from mia_desktop.gui.way_out import in_window

_LOOK_MS = 33
_MICROPHONE, _SPEAKER = "hearing.microphone", "speech.speaker"


class SoundStep(Step):
    """Shows what the microphone hears and plays a sample through the speaker.

    Attributes:
        microphone: the choice of a microphone.
        speaker: the choice of a speaker.
        meter: how loud it is at the microphone.
        verdict: what was found of the microphone.
        play: plays the sample.
        heard: the user says that they heard it.
        not_heard: they say that they did not.
        help: what to try then.
    """

    def __init__(
        self,
        bridge: Bridge,
        household: Household,
        parent: QWidget | None = None,
        *,
        check: MicrophoneCheck | None = None,
        play: Callable[[str, threading.Event], None] = play_sample,
        choices: Callable[[str], list[Choice]] | None = None,
    ) -> None:
        """Take what listens, what plays and what finds devices; without, the real ones."""
        super().__init__("", "", parent)
        self.heading.setText(self.tr("Can we hear each other?"))
        self.setAccessibleName(self.heading.text())
        self._bridge, self._household = bridge, household
        self._check = check or MicrophoneCheck()
        self._play = play
        self._choices = choices or (lambda key: setting_choices.slow(key, household.paths))
        self._stop_playing = threading.Event()
        self._shown = False
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self._look)
        self.meter = LevelMeter()
        self.meter.setAccessibleName(self.tr("Loudness at the microphone"))
        self.verdict = QLabel(wordWrap=True)
        self.microphone, self.speaker = QComboBox(), QComboBox()
        self.microphone.setAccessibleName(self.tr("Microphone"))
        self.speaker.setAccessibleName(self.tr("Speaker"))
        self.play = QPushButton(self.tr("&Play a sample"))
        self.heard = QPushButton(self.tr("I &heard it"))
        self.not_heard = QPushButton(self.tr("I did &not"))
        self.help = QLabel(wordWrap=True)
        self._lay_out()
        for box in (self.microphone, self.speaker):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(18)
            box.addItem(self.tr("Looking…"), "")
        self.microphone.activated.connect(self._listen)
        self.play.clicked.connect(self._play_sample)
        self.heard.clicked.connect(self._was_heard)
        self.not_heard.clicked.connect(self._was_not_heard)

    def _lay_out(self) -> None:
        hearing = Section(self.tr("Microphone"))
        hearing.rows.addWidget(self.microphone)
        hearing.rows.addWidget(self.meter)
        hearing.rows.addWidget(self.verdict)
        speaking = Section(self.tr("Speaker"))
        speaking.rows.addWidget(self.speaker)
        line = QHBoxLayout()
        for button in (self.play, self.heard, self.not_heard):
            line.addWidget(button)
        line.addStretch(1)
        speaking.rows.addLayout(line)
        speaking.rows.addWidget(self.help)
        for button in (self.heard, self.not_heard):
            button.setEnabled(False)
        self.help.hide()
        self.column.addWidget(hearing)
        self.column.addWidget(speaking)
        self.column.addStretch(1)

    def enter(self) -> None:
        """Find the devices and listen."""
        self._shown = True
        self._say(self.tr("Looking for microphones…"))
        for key, box in ((_MICROPHONE, self.microphone), (_SPEAKER, self.speaker)):
            in_background(self, partial(self._choices, key), self._offering(key, box), self._no_sound)

    def leave(self) -> None:
        """Let the devices go and keep the choice."""
        self._shown = False
        self._looks.stop()
        self._check.end()
        self._stop_playing.set()
        self._keep()

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self.meter.dress(look.states["ready"], look.pressed)

    def _offering(self, key: str, box: QComboBox) -> Callable[[list[Choice]], None]:
        def offer(choices: list[Choice]) -> None:
            chosen = str(box.currentData() or config.get(self._settings(), key))
            box.clear()
            for choice in choices:
                box.addItem(choice.words, choice.value)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.setEnabled(len(choices) > 1)
            if key == _MICROPHONE and self._shown:
                self._listen()

        return offer

    def _no_sound(self, sentence: str) -> None:
        self._say(sentence)
        for widget in (self.microphone, self.speaker, self.play):
            widget.setEnabled(False)

    @Slot()
    def _listen(self) -> None:
        self._check.begin(str(self.microphone.currentData() or ""))
        self._say(self.tr("Say something: the bars move while MIA hears you. Nothing of it is kept."))
        self._looks.start()

    @Slot()
    def _look(self) -> None:
        check, level = self._check, self._check.level
        if check.trouble:
            status = self._bridge.snapshot()
            level = status.level
            if not level:  # the engine does not hear through it either
                self._say(in_window(check.trouble))
        elif check.heard:
            self._say(self.tr("✓ MIA hears you."))
        self.meter.show_level(level)

    def _say(self, sentence: str) -> None:
        if self.verdict.text() != sentence:
            self.verdict.setText(sentence)
            self.verdict.setAccessibleName(sentence)

    @Slot()
    def _play_sample(self) -> None:
        self._stop_playing.set()
        stop = self._stop_playing = threading.Event()
        name = str(self.speaker.currentData() or "")
        self.play.setEnabled(False)
        self.help.hide()
        in_background(self, lambda: self._play(name, stop), lambda _: self._played(), self._not_played)

    def _played(self) -> None:
        self.play.setEnabled(True)
        self.heard.setEnabled(True)
        self.not_heard.setEnabled(True)
        if self.play.hasFocus() or not self.focusWidget():
            self.heard.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_played(self, sentence: str) -> None:
        self.play.setEnabled(True)
        self._help(sentence)

    @Slot()
    def _was_heard(self) -> None:
        self._help(self.tr("✓ You hear MIA."))

    @Slot()
    def _was_not_heard(self) -> None:
        self._help(
            self.tr(
                "Turn the volume up, see that headphones are plugged in, and choose another speaker above; then play "
                "it again. MIA also answers in writing."
            )
        )

    def _help(self, sentence: str) -> None:
        self.help.setText(sentence)
        self.help.setAccessibleName(sentence)
        self.help.show()

    def _settings(self) -> config.Settings:
        try:
            return self._household.settings
        except MiaError:
            return config.Settings()

    def _keep(self) -> None:
        """Save other devices than before, and let the engine use them."""
        chosen = {
            key: str(box.currentData())
            for key, box in ((_MICROPHONE, self.microphone), (_SPEAKER, self.speaker))
            if box.count() > 1
        }

        path, bridge = self._household.paths.settings, self._bridge
        in_background(
            bridge,
            lambda: config.change(path, chosen),
            lambda changed: bridge.engine_wanted.emit() if changed else None,
        )
