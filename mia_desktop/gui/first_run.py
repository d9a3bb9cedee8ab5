"""The first run: what MIA is, whether we hear each other, the models, the vault. Any of it can be skipped."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mia_desktop.core import config
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.first_run_models import ModelsStep
from mia_desktop.gui.first_run_sound import SoundStep
from mia_desktop.gui.first_run_step import Step
from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.household import Household
from mia_desktop.gui.icon import mia_icon
from mia_desktop.gui.look import Look
from mia_desktop.gui.pages.page import Section
from mia_desktop.gui.vault_making import VaultMaking
from mia_desktop.security.vault import KEY_FILE

_SIDE_PX = 28


class WelcomeStep(Step):
    """Says what MIA is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.heading.setText(self.tr("Hello, I am MIA"))
        self.setAccessibleName(self.heading.text())
        icon = QLabel()
        side = self.fontMetrics().height() * 4
        icon.setPixmap(mia_icon().pixmap(QSize(side, side)))
        self.column.insertWidget(0, icon)
        self.column.addWidget(
            QLabel(self.tr("I hear, see, answer, speak and remember, and I live on this computer."), wordWrap=True)
        )
        self._signs: list[tuple[str, QLabel]] = []
        promises = Section("")
        for sign, words in (
            ("lock", self.tr("Nothing that you say, show or write leaves this machine. There is no account.")),
            ("models", self.tr("The network is used for one thing: fetching models, when you click on it.")),
            ("memory", self.tr("What I remember is encrypted. You can see, change and erase it.")),
            ("settings", self.tr("Four short steps set me up. Skip what you like; all of it can be done later.")),
        ):
            line, drawn = QHBoxLayout(), QLabel()
            line.setSpacing(12)
            self._signs.append((sign, drawn))
            line.addWidget(drawn, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(QLabel(words, wordWrap=True), 1)
            promises.rows.addLayout(line)
        self.column.addWidget(promises)
        self.column.addStretch(1)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        side = int(self.fontMetrics().height() * 1.3)
        for sign, drawn in self._signs:
            drawn.setPixmap(glyph(sign, look.accent_ink).pixmap(QSize(side, side)))


class VaultStep(Step):
    """Makes the vault, or says that there is one."""

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.heading.setText(self.tr("Shall I remember you?"))
        self.setAccessibleName(self.heading.text())
        self._bridge, self._household = bridge, household
        self._told = QLabel(wordWrap=True)
        self._section = Section("")
        self.making: VaultMaking | None = None
        self.column.addWidget(self._told)
        self.column.addWidget(self._section)
        self.column.addStretch(1)

    def enter(self) -> None:
        """Offer to make a vault where there is none."""
        there = (self._household.paths.vault / KEY_FILE).exists() or self._household.vault is not None
        if there and self.making is None:
            self._show_done(self.tr("✓ There is a vault already. What I remember of you is in it, encrypted."))
        elif self.making is None:
            self._told.setText(
                self.tr(
                    "What I remember is kept in a vault, encrypted on this machine. Without one you are a guest: when "
                    "the window closes, all is forgotten. You can also make it later, on the memory page."
                )
            )
            making = self.making = VaultMaking(self._household)
            making.made.connect(self.changed)
            making.finished.connect(self._finished)
            self._section.rows.addWidget(making)

    def stays(self) -> str:
        """Keep the wizard open while the recovery kit is on the screen: it is shown only once."""
        if self.making is not None and self.making.kit:
            return self.tr("Put the recovery kit away first: it is shown only now.")
        return ""

    @Slot()
    def _finished(self) -> None:
        if self.making is not None:
            self.making.deleteLater()
            self.making = None
        self._show_done(self.tr("✓ Your vault is made. From now on I remember what you tell me."))
        self.changed.emit()
        self._bridge.engine_wanted.emit()

    def _show_done(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._section.hide()


class FirstRun(QDialog):
    """The wizard. Whoever closes it, by its last button, Skip or Escape, is not asked again.

    Attributes:
        closed: it was closed for good.
        steps: its pages.
        onward: goes on, and ends it on the last page.
        back: goes back.
        skip: ends it.
    """

    closed = Signal()

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget, steps: list[Step] | None = None) -> None:
        """Take the steps, or make the real ones."""
        super().__init__(parent)
        self.setObjectName("first_run")
        self.setWindowTitle(self.tr("Setting MIA up"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._bridge, self._household = bridge, household
        self.steps = steps or [
            WelcomeStep(),
            SoundStep(bridge, household),
            ModelsStep(bridge, household),
            VaultStep(bridge, household),
        ]
        self._stack = QStackedWidget()
        for step in self.steps:
            step.changed.connect(self._refresh)
            self._stack.addWidget(_scrolled(step))
        self._where = QLabel()
        self._where.setObjectName("faint")
        self._why = QLabel(wordWrap=True)
        self._why.setObjectName("faint")
        self.skip = QPushButton(self.tr("&Skip all"))
        self.skip.setToolTip(self.tr("Close this; the tray and the settings bring it back"))
        self.back, self.onward = QPushButton(self.tr("&Back")), QPushButton()
        self.onward.setObjectName("first")
        self.onward.setDefault(True)
        self._lay_out()
        self.skip.clicked.connect(self.reject)
        self.back.clicked.connect(self._go_back)
        self.onward.clicked.connect(self._go_on)
        self._number = -1
        em = self.fontMetrics().height()
        self.setMinimumSize(em * 24, em * 20)
        room = (self.screen() or QGuiApplication.primaryScreen()).availableSize()
        self.resize(min(em * 43, room.width()), min(em * 41, room.height() - em * 3))
        self.dress(Look.of(QGuiApplication.palette()))

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(_SIDE_PX, 10, _SIDE_PX, 14)
        foot.setSpacing(10)
        foot.addWidget(self.skip)
        foot.addWidget(self._where)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.onward)
        told = QHBoxLayout()
        told.setContentsMargins(_SIDE_PX, 0, _SIDE_PX, 0)
        told.addWidget(self._why)
        line = QFrame()
        line.setObjectName("line")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addLayout(told)
        column.addWidget(line)
        column.addLayout(foot)

    def begin(self) -> None:
        """Show the wizard from its first step; returns at once."""
        self.show_step(0)
        self.open()

    def show_step(self, number: int) -> None:
        """Turn to a step."""
        if self._number >= 0:
            self.steps[self._number].leave()
        self._number = number
        self._stack.setCurrentIndex(number)
        self.steps[number].enter()
        self._refresh()
        self.onward.setFocus()

    def dress(self, look: Look) -> None:
        """Take colours that a style sheet cannot give."""
        for step in self.steps:
            step.dress(look)

    def done(self, result: int) -> None:
        """Close for good, unless a step must not be left now."""
        stays = self.steps[self._number].stays()
        if stays:
            self._why.setText(stays)
            return
        self.steps[self._number].leave()
        self._remember()
        super().done(result)
        self.closed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Take the window's own button for Skip."""
        if self.isVisible():
            self.reject()
        if self.isVisible():
            event.ignore()
        else:
            super().closeEvent(event)

    @Slot()
    def _refresh(self) -> None:
        last = self._number == len(self.steps) - 1
        self._where.setText(self.tr("Step {0} of {1}").format(self._number + 1, len(self.steps)))
        self.setAccessibleName(f"{self._where.text()}: {self.steps[self._number].accessibleName()}")
        self.onward.setText(self.tr("&Talk to MIA") if last else self.tr("&Next"))
        self.back.setEnabled(self._number > 0)
        self.skip.setVisible(not last)
        stays = self.steps[self._number].stays()
        self.onward.setDisabled(bool(stays))
        self._why.setText(stays)
        self._why.setVisible(bool(stays))

    @Slot()
    def _go_back(self) -> None:
        if not self.steps[self._number].stays():
            self.show_step(self._number - 1)

    @Slot()
    def _go_on(self) -> None:
        if self._number == len(self.steps) - 1:
            self.accept()
        else:
            self.show_step(self._number + 1)

    def _remember(self) -> None:
        path = self._household.paths.settings
        in_background(self._bridge, lambda: config.change(path, {"desktop.first_run_done": True}))


def _scrolled(step: Step) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName("page")
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = QWidget()
    inner.setObjectName("page_inner")
    column = QVBoxLayout(inner)
    column.setContentsMargins(_SIDE_PX, _SIDE_PX - 4, _SIDE_PX, 12)
    column.addWidget(step)
    area.setWidget(inner)
    return area
