"""One model of the models page: what it is, how it suits this machine, what is done to it and what one can do."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.look import Look
from mia_desktop.gui.model_words import ModelWords
from mia_desktop.gui.pages.page import faint
from mia_desktop.gui.way_out import in_window
from mia_desktop.library.machine import Machine
from mia_desktop.library.survey import CHOSEN_BY, Surveyed
from mia_desktop.library.worklist import Errand

_STEPS = 1000


class ErrandView(QWidget):
    """How far something that is done to a model is, and what holds it.

    Attributes:
        pause: the user wants it held.
        resume: the user wants it to go on, or tried again.
        drop: the user no longer wants it.
    """

    pause = Signal()
    resume = Signal()
    drop = Signal()

    def __init__(self, words: ModelWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.bar = QProgressBar(minimum=0, maximum=_STEPS, textVisible=False)
        self.told = QLabel(wordWrap=True)
        self.told.setObjectName("faint")
        self.hold = QPushButton()
        self.give_up = QPushButton(self.tr("Cancel"))
        self.give_up.setToolTip(self.tr("Give it up; what was fetched of it is deleted"))
        self.hold.clicked.connect(self._held)
        self.give_up.clicked.connect(self.drop)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.told, 1)
        line.addWidget(self.hold)
        line.addWidget(self.give_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addLayout(line)
        self._goes_on = True
        self.hide()

    def show_errand(self, errand: Errand | None, name: str) -> None:
        """Show how far `errand` is; nothing when there is none to show."""
        if errand is None or errand.phase in ("done", "dropped") or (errand.deed == "clear" and not errand.open):
            self.hide()
            return
        failed, standing = errand.phase == "failed", errand.standing
        self._goes_on = errand.open
        self.bar.setVisible(not failed)
        self.bar.setAccessibleName(self.tr("Progress of {0}").format(name))
        if standing is not None and standing.total_bytes:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(_STEPS * min(standing.done_bytes, standing.total_bytes) // standing.total_bytes)
        else:
            self.bar.setRange(0, _STEPS if not errand.open or errand.phase == "queued" else 0)
            self.bar.setValue(0)
        self.told.setObjectName("trouble" if failed else "faint")
        self.told.setText(in_window(errand.sentence) if failed else self._words.how_far(errand))
        self.told.style().polish(self.told)
        can_hold = errand.deed in ("fetch", "verify", "add")
        self.hold.setVisible(can_hold)
        self.give_up.setVisible(can_hold)
        self.hold.setText(self.tr("Try again") if failed else self.tr("Pause") if errand.open else self.tr("Go on"))
        self.hold.setAccessibleName(f"{self.hold.text()}: {name}")
        self.give_up.setText(self.tr("Dismiss") if failed else self.tr("Cancel"))
        self.give_up.setAccessibleName(f"{self.give_up.text()}: {name}")
        self.show()

    @Slot()
    def _held(self) -> None:
        (self.pause if self._goes_on else self.resume).emit()


class ModelRow(QFrame):
    """A model in the list.

    Attributes:
        wants: what the user wants: "fetch", "use", "verify", "remove", "pause", "resume" or "drop".
        errand: how far what is done to it is.
    """

    wants = Signal(str)

    def __init__(self, words: ModelWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model")
        self._words = words
        self._open = False
        self._offers = (False, "missing")
        self.name = QLabel(wordWrap=True)
        self.name.setObjectName("model_name")
        self.state = QLabel()
        self.advised = QLabel(self.tr("Best for this machine"))
        self.advised.setObjectName("chip_advised")
        self.facts, self.fit = faint(""), faint("")
        self.do = QPushButton()
        self.more = QToolButton()
        self.more.setObjectName("tool")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.verify = menu.addAction(self.tr("Check every byte"), lambda: self.wants.emit("verify"))
        self.remove = menu.addAction(self.tr("Remove…"), lambda: self.wants.emit("remove"))
        self.more.setMenu(menu)
        self.errand = ErrandView(words)
        self.errand.pause.connect(lambda: self.wants.emit("pause"))
        self.errand.resume.connect(lambda: self.wants.emit("resume"))
        self.errand.drop.connect(lambda: self.wants.emit("drop"))
        self._deed = ""
        self.do.clicked.connect(lambda: self.wants.emit(self._deed))
        self._lay_out()

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(self.name, 1)
        title.addWidget(self.advised, 0, Qt.AlignmentFlag.AlignTop)
        title.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        left = QVBoxLayout()
        left.setSpacing(3)
        for one in (self.facts, self.fit):
            left.addWidget(one)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addLayout(left, 1)
        line.addWidget(self.do, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(4)
        column.addLayout(title)
        column.addLayout(line)
        column.addWidget(self.errand)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self.more.setIcon(glyph("more", look.ink))

    def show_model(self, one: Surveyed, machine: Machine) -> None:
        """Show what a survey tells of the model."""
        words, name = self._words, one.model.summary or one.model.name
        state = words.state(one)
        self.setAccessibleName(f"{name}: {state}")
        self.name.setText(name)
        self.state.setText(state)
        kind = "chip_bad" if one.state == "damaged" else "chip_on" if one.used else "chip_model"
        self.state.setObjectName(kind)
        self.state.style().polish(self.state)
        self.advised.setVisible(one.recommended)
        self.facts.setText(words.facts(one))
        self.facts.setToolTip(words.languages(one.model.languages, len(one.model.languages)))
        self.fit.setText(words.fits(one, machine))
        here = one.state == "installed"
        if not here and one.model.folder is None:
            text = self.tr("Fetch again") if one.state == "damaged" else self.tr("Fetch")
            self._deed, text = "fetch", self.tr("Go on") if one.kept_bytes and one.state == "missing" else text
        else:
            self._deed, text = "use", self.tr("Use this")
        self.do.setText(text)
        self.do.setAccessibleName(f"{text}: {name}")
        self.do.setEnabled(one.fit.verdict != "no" and not one.lacks)
        self.more.setAccessibleName(self.tr("More about {0}").format(name))
        self.more.setToolTip(self.tr("Check or remove it"))
        self.verify.setEnabled(one.state != "missing")
        self._offers = (self._deed == "fetch" or (here and one.model.role in CHOSEN_BY and not one.used), one.state)
        self._offer()

    def show_errand(self, errand: Errand | None) -> None:
        """Show what is done to the model."""
        self._open = errand is not None and errand.phase in ("queued", "running", "paused")
        self.errand.show_errand(errand, self.name.text())
        self._offer()

    def _offer(self) -> None:
        """Offer only what makes sense now."""
        offered, state = self._offers
        self.state.setVisible(not self._open)
        self.do.setVisible(offered and not self._open)
        self.more.setVisible(state != "missing" and not self._open)
