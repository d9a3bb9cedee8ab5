"""How MIA does: devices, models, what she costs, how fast she answers, what is wrong and how to mend it."""

import platform
from typing import Final

from PySide6 import __version__ as qt_version
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from mia_desktop import __version__
from mia_desktop.core import config
from mia_desktop.core.config import SETTINGS, Settings
from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import CameraClosed, CameraOpened, Event, ModelLoaded
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.engine.checkup import Check, checks
from mia_desktop.gui import setting_choices
from mia_desktop.gui.alert_watch import in_words, over_bound
from mia_desktop.gui.background import call_later, in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.numbers import number
from mia_desktop.gui.pages import TITLES
from mia_desktop.gui.pages.page import Page, Section, faint
from mia_desktop.gui.pages.settings import ApplyBar
from mia_desktop.gui.setting_editor import Choice, ChoiceEditor
from mia_desktop.gui.way_out import in_window
from mia_desktop.library.catalog import Catalog
from mia_desktop.monitor.alerts import Alert
from mia_desktop.monitor.observed import CLOCKS
from mia_desktop.monitor.report import Facts, report
from mia_desktop.monitor.resources import Usage, UsageMeter

_LOOK_MS: Final = 5000
_METER: Final = 1000
_FIELD_EM: Final = 15
_DEVICES: Final = ("hearing.microphone", "speech.speaker")


class DiagnosticsPage(Page):
    """Shows what is so now; every five seconds while it is open it looks again.

    Attributes:
        levels: how loud microphone and speaker are.
        devices: the field of each device.
        alerts: what is over its bound.
        copied: the report that was copied last.
    """

    title = TITLES["diagnostics"]

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(bridge, household, parent)
        self._meter = UsageMeter()
        self._usage: Usage | None = None
        self._checked: list[Check] = []
        self._checking = False
        self.alerts: list[Alert] = []
        self.copied = ""
        self._look_again = QTimer(self, interval=_LOOK_MS)
        self._look_again.timeout.connect(self.look)
        self.column.addLayout(self._top())
        self.apply = ApplyBar(bridge)
        self.column.addWidget(self.apply)
        for section in (self._devices(), self._costs(), self._times(), self._checks()):
            self.column.addWidget(section)
        self.column.addStretch(1)
        bridge.happened.connect(self._on_event)
        bridge.polled.connect(self._on_status)

    def enter(self) -> None:
        """Begin to look."""
        self._look_again.start()
        self.look()
        self._show_devices()
        if not self._checked:
            self.check()

    def leave(self) -> None:
        """Look no more."""
        self._look_again.stop()

    # What stands on the page.

    def _top(self) -> QHBoxLayout:
        self._health = QLabel(wordWrap=True)
        self._health.setAccessibleName(self.tr("Alerts"))
        self.copy = QPushButton(self.tr("Copy a report"))
        self.copy.setObjectName("first")
        self.copy.setToolTip(self.tr("Versions, times and figures; no words, names or folders of yours"))
        self.copy.clicked.connect(self._copy)
        line = QHBoxLayout()
        line.addWidget(self._health, 1)
        line.addWidget(self.copy)
        return line

    def _devices(self) -> Section:
        section = Section(self.tr("Devices"))
        self.devices: dict[str, ChoiceEditor] = {}
        self._in_use: dict[str, QLabel] = {}
        self.levels: dict[str, QProgressBar] = {}
        for key, words in zip(_DEVICES, (self.tr("Microphone"), self.tr("Speaker")), strict=True):
            editor = ChoiceEditor()
            editor.widget.setAccessibleName(words)
            editor.widget.setFixedWidth(self.fontMetrics().height() * _FIELD_EM)
            editor.changed.connect(lambda name, key=key: self._choose(key, name))
            level = QProgressBar(minimum=0, maximum=_METER, textVisible=False)
            level.setAccessibleName(self.tr("{0}: how loud it is").format(words))
            self._in_use[key] = section.row(words, editor.widget)
            section.rows.addWidget(level)
            self.devices[key], self.levels[key] = editor, level
        self._camera = section.row(self.tr("Camera: closed"))
        return section

    def _costs(self) -> Section:
        section = Section(self.tr("Models and what they cost"))
        self._models = QGridLayout()
        self._models.setHorizontalSpacing(18)
        self._no_models = faint(self.tr("No model is loaded yet."))
        section.rows.addWidget(self._no_models)
        section.rows.addLayout(self._models)
        self._used = faint("")
        self._queues = faint("")
        section.rows.addWidget(self._used)
        section.rows.addWidget(self._queues)
        return section

    def _times(self) -> Section:
        section = Section(
            self.tr("How fast she answers"), self.tr("From your last word, or from sending what you typed.")
        )
        self._clocks = QGridLayout()
        self._clocks.setHorizontalSpacing(18)
        self._no_turns = faint(self.tr("Nothing was answered yet since the window was opened."))
        section.rows.addWidget(self._no_turns)
        section.rows.addLayout(self._clocks)
        return section

    def _checks(self) -> Section:
        section = Section(self.tr("What works"))
        self._answers = QVBoxLayout()
        self._answers.setSpacing(6)
        self._busy = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self._busy.setAccessibleName(self.tr("Checking"))
        self.again = QPushButton(self.tr("Check again"))
        self.again.clicked.connect(self.check)
        section.rows.addLayout(self._answers)
        section.rows.addWidget(self._busy)
        section.rows.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        return section

    # Looking.

    @Slot()
    def look(self) -> None:
        """Measure, and show what is over its bound."""
        self._usage = used = self._meter.read()
        self.alerts = over_bound(used, self.household.observed)
        self._health.setText("\n".join(map(in_words, self.alerts)) or self.tr("All is well."))
        self._health.setObjectName("trouble" if self.alerts else "faint")
        self._health.style().polish(self._health)
        self._used.setText(
            self.tr(
                "MIA uses {0} % of a core and {1} MB; the whole machine {2} % of {3} cores and {4} % of {5} GB."
            ).format(
                number(used.cpu_percent, 0),
                number(used.rss_bytes / 1e6, 0),
                number(used.machine_cpu_percent, 0),
                used.cores,
                number(used.machine_memory_percent, 0),
                number(used.machine_memory_bytes / 1e9, 1),
            )
        )
        status = self.bridge.snapshot()
        waiting = [f"{name} {depth}" for name, depth in status.queues if depth]
        self._queues.setText(
            self.tr("Waiting for a stage: {0}. Samples lost: {1}.").format(
                ", ".join(waiting) or self.tr("nothing"), number(status.samples_lost)
            )
        )
        self._show_models()
        self._show_times()

    def _show_models(self) -> None:
        models = list(self.household.observed.models.values())
        self._no_models.setVisible(not models)
        named = {
            "voice_activity": self.tr("Voice activity"),
            "speech_to_text": self.tr("Speech to text"),
            "end_of_turn": self.tr("End of turn"),
            "language": self.tr("Language"),
            "text_to_speech": self.tr("Text to speech"),
            "memory": self.tr("Memory"),
        }
        _fill(
            self._models,
            [
                [
                    named.get(one.role, one.role.replace("_", " ").capitalize()),
                    one.model,
                    f"{number(one.load_s, 1)} s",
                    f"{number(max(0, one.rss_bytes) / 1e6, 0)} MB",
                ]
                for one in models
            ],
            named=True,
        )

    def _show_times(self) -> None:
        observed = self.household.observed
        named = (
            self.tr("You have finished"),
            self.tr("Words understood"),
            self.tr("Answer begun"),
            self.tr("First sound"),
            self.tr("Answer over"),
        )
        rows = []
        for clock, words in zip(CLOCKS, named, strict=True):
            half, most = observed.within_s(clock, 0.5), observed.within_s(clock, 0.95)
            if half is not None and most is not None:
                rows.append([words, f"{number(half, 2)} s", f"{number(most, 2)} s"])
        self._no_turns.setVisible(not rows)
        heading = [[self.tr("Of {0} answers").format(observed.turns), self.tr("half within"), self.tr("95 % within")]]
        _fill(self._clocks, [*heading, *rows] if rows else [], named=False)

    # Devices.

    def _show_devices(self) -> None:
        settings = self._settings()
        for key, editor in self.devices.items():
            editor.show_value(config.get(settings, key))
            in_background(
                self,
                lambda key=key: setting_choices.slow(key, self.household.paths),  # type: ignore[misc]
                lambda choices, key=key: self._offer(key, choices),  # type: ignore[misc]
            )

    def _offer(self, key: str, choices: list[Choice]) -> None:
        self.devices[key].offer(choices)

    def _choose(self, key: str, name: str) -> None:
        try:
            config.save(config.with_value(self.household.settings, key, name), self.household.paths.settings)
            self.apply.saved(key)
        except MiaError as error:
            self.tell(str(error))
        except OSError:
            self.tell(self.tr("The settings cannot be written. Check the disk, and who may write in MIA's folder."))

    def _settings(self) -> Settings:
        try:
            return self.household.settings
        except MiaError:
            return Settings()

    @Slot(object)
    def _on_status(self, status: EngineStatus) -> None:
        if not self.isVisible():
            return
        levels = (status.level, status.voice_level)
        for key, level in zip(_DEVICES, levels, strict=True):
            self.levels[key].setValue(round(level * _METER))
        names = (status.microphone, status.speaker)
        for key, words, name in zip(_DEVICES, (self.tr("Microphone"), self.tr("Speaker")), names, strict=True):
            shown = self.tr("{0}, in use: {1}").format(words, name) if name else words
            if self._in_use[key].text() != shown:
                self._in_use[key].setText(shown)

    # Checks.

    @Slot()
    def check(self) -> None:
        """Check everything; each answer stands there as soon as it is known."""
        if self._checking:
            return
        self._checking = True
        self._checked = []
        _empty(self._answers)
        self._busy.show()
        self.again.setDisabled(True)

        def work() -> None:
            for one in checks(self.household.paths):
                call_later(self, lambda one=one: self._answer(one))  # type: ignore[misc]

        in_background(self, work, lambda _: self._done_checking(), self._not_checked)

    def _answer(self, one: Check) -> None:
        self._checked.append(one)
        mark = "✓" if one.ok else "✗"
        name, why = in_window(one.name), in_window(one.why)
        label = QLabel(f"{mark}  {name}: {why}", textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        if not one.ok:
            label.setObjectName("trouble")
        works = self.tr("works") if one.ok else self.tr("does not work")
        label.setAccessibleName(f"{name}: {works}. {why}")
        self._answers.addWidget(label)
        if one.mend:
            self._answers.addWidget(faint(in_window(one.mend)))

    def _done_checking(self) -> None:
        self._checking = False
        self._busy.hide()
        self.again.setDisabled(False)

    def _not_checked(self, sentence: str) -> None:
        self._done_checking()
        self.tell(sentence)

    # The report.

    @Slot()
    def _copy(self) -> None:
        settings, first = self._settings(), Settings()
        status = self.bridge.snapshot()
        facts = Facts(
            versions={
                "MIA": __version__,
                "system": f"{platform.system()} {platform.release()} {platform.machine()}",
                "Python": platform.python_version(),
                "Qt": qt_version,
            },
            state=status.state,
            usage=self._usage,
            queues=status.queues,
            samples_lost=status.samples_lost,
            checks=[(one.name, one.ok) for one in self._checked],
            alerts=self.alerts,
            changed=[key for key in SETTINGS if config.get(settings, key) != config.get(first, key)],
            known_models=frozenset(one.name for one in Catalog.load()),
        )
        self.copied = report(facts, self.household.observed)
        QGuiApplication.clipboard().setText(self.copied)
        self.tell(self.tr("The report is copied. It holds figures only: paste it where you ask for help."))

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if isinstance(event, CameraOpened):
            self._camera.setText(self.tr("Camera: open, {0}").format(event.name))
        elif isinstance(event, CameraClosed):
            self._camera.setText(self.tr("Camera: closed"))
        elif isinstance(event, ModelLoaded) and self.isVisible():
            self._show_models()


def _fill(grid: QGridLayout, rows: list[list[str]], *, named: bool) -> None:
    """Show `rows` in the place of what stands there; after the first one or, if `named`, two words come figures."""
    _empty(grid)
    for down, row in enumerate(rows):
        for across, words in enumerate(row):
            label = QLabel(words, textFormat=Qt.TextFormat.PlainText, wordWrap=across == 1)
            if across > 1 or (across == 1 and not named):
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, down, across)
    grid.setColumnStretch(1 if named else 0, 1)


def _empty(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
