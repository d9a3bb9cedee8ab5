"""The models page: what is here, what suits this machine, and what one wants fetched, used or removed."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QMessageBox, QPushButton, QToolButton, QWidget

from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.model_words import ModelWords, size
from mia_desktop.gui.model_work import work_of
from mia_desktop.gui.pages import TITLES
from mia_desktop.gui.pages.model_row import ErrandView, ModelRow
from mia_desktop.gui.pages.page import Page, Section, faint
from mia_desktop.library.catalog import ROLES
from mia_desktop.library.survey import Survey
from mia_desktop.library.worklist import Errand


class ModelsPage(Page):
    """Shows the catalogue by roles.

    Attributes:
        rows: each model's row, once its role was laid out.
        wants_first_run: the user wants to see the wizard again.
        fetch_best: fetches what suits this machine.
        asking: the question that is open, or None.
    """

    title = TITLES["models"]
    wants_first_run = Signal()

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(bridge, household, parent)
        self.work = work_of(household, bridge)
        self.words = ModelWords(self)
        self.rows: dict[str, ModelRow] = {}
        self.asking: QMessageBox | None = None
        self._look: Look | None = None
        self._sections: dict[str, Section] = {}
        self._to_lay_out: list[str] = []
        self._adding: dict[str, ErrandView] = {}
        self.setAcceptDrops(True)
        self._head = Section(self.tr("This machine"))
        self._machine, self._disk = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.fetch_best = QPushButton()
        self.fetch_best.setObjectName("first")
        self.fetch_best.hide()
        self.check_all = QPushButton(self.tr("Check all"))
        self.check_all.setToolTip(self.tr("Read every byte of the models that are here"))
        self.add = QToolButton()
        self.add.setObjectName("text_tool")
        self.add.setText(self.tr("Add your own"))
        self._lay_out_head()
        self.column.addStretch(1)
        self.work.surveyed.connect(self._show)
        self.work.changed.connect(self._on_errand)
        self.work.trouble.connect(self.tell)
        self.fetch_best.clicked.connect(self._fetch_best)
        self.check_all.clicked.connect(self._check_all)

    def enter(self) -> None:
        """Look at the models."""
        if self.work.survey is not None and not self.rows:
            self._show(self.work.survey)
        self.work.look()

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        for row in self.rows.values():
            row.dress(look)
        self.add.setIcon(glyph("new", look.ink))

    def take(self, paths: Iterable[Path]) -> None:
        """Make models known that lie on this machine."""
        self.work.add(*paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files and folders."""
        if _local(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Add what was dropped."""
        self.take(_local(event))
        event.acceptProposedAction()

    def _lay_out_head(self) -> None:
        menu = QMenu(self.add)
        menu.addAction(self.tr("A language model or a voice…"), self._choose_file)
        menu.addAction(self.tr("A folder with a Whisper or CLIP…"), self._choose_folder)
        self.add.setMenu(menu)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add.setToolTip(self.tr("A GGUF file, a Piper voice or a folder of a Whisper; you can also drop it here"))
        for label in (self._machine, self._disk):
            self._head.rows.addWidget(label)
        self._machine.setText(self.tr("Looking…"))
        self._disk.hide()
        self._head.rows.addWidget(
            faint(
                self.tr(
                    "MIA reaches the network only while she fetches a model, and only when you click on one of these "
                    "buttons. Everything is checked before it is used, and works without a network then."
                )
            )
        )
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.fetch_best, self.add, self.check_all):
            line.addWidget(button)
        line.addStretch(1)
        self._head.rows.addLayout(line)
        self.column.addWidget(self._head)

    @Slot(object)
    def _show(self, survey: Survey) -> None:
        self._machine.setText(self.words.machine(survey))
        self._disk.setText(self.words.disk(survey))
        self._disk.setToolTip(str(survey.folder))
        self._disk.show()
        to_fetch = survey.to_fetch_bytes(survey.best)
        self.fetch_best.setText(self.tr("Fetch what suits this machine ({0})").format(size(to_fetch)))
        self.fetch_best.setVisible(to_fetch > 0)
        for name in [name for name in self.rows if name not in survey.models]:
            self.rows.pop(name).deleteLater()
        laying_out, self._to_lay_out = bool(self._to_lay_out), list(ROLES)
        if not laying_out:
            self._lay_out_next()

    @Slot()
    def _lay_out_next(self) -> None:
        """Show the models of one role, the next ones when the window had time for other things."""
        survey = self.work.survey
        if not self._to_lay_out or survey is None:
            return
        role = self._to_lay_out.pop(0)
        for one in survey.models.values():
            if one.model.role == role:
                row = self.rows.get(one.model.name) or self._new_row(one.model.name, role)
                row.show_model(one, survey.machine)
                row.show_errand(self.work.list.errand(one.model.name))
        if self._to_lay_out:
            QTimer.singleShot(0, self, self._lay_out_next)

    def _new_row(self, name: str, role: str) -> ModelRow:
        if role not in self._sections:
            self._sections[role] = Section(self.words.role(role), self.words.about(role))
            self.column.insertWidget(self.column.count() - 1, self._sections[role])
        row = self.rows[name] = ModelRow(self.words)
        if self._look is not None:
            row.dress(self._look)
        row.wants.connect(lambda wish, name=name: self._on_wish(name, wish))
        self._sections[role].rows.addWidget(row)
        return row

    def _on_wish(self, name: str, wish: str) -> None:
        if wish == "use":
            self.work.use(name)
        elif wish == "remove":
            self._ask_remove(name)
        elif wish == "fetch":
            self.work.fetch(name)
        elif wish == "verify":
            self.work.list.want("verify", name)
        elif wish == "pause":
            self.work.list.pause(name)
        elif wish == "drop":
            self.work.list.drop(name)
        else:
            errand = self.work.list.errand(name)
            mends = errand is not None and errand.deed == "verify" and errand.phase == "failed"
            if mends:  # what a check found is mended by fetching
                self.work.fetch(name)
            else:
                self.work.list.resume(name)

    def _ask_remove(self, name: str) -> None:
        assert self.work.survey is not None
        one = self.work.survey.models[name]
        box = self.asking = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("MIA")
        title = one.model.summary or one.model.name
        if one.model.folder is not None:
            box.setText(self.tr("Forget {0}?").format(title))
            told = [self.tr("Your own files in {0} stay.").format(one.model.folder)]
        else:
            box.setText(self.tr("Remove {0}?").format(title))
            told = [self.tr("{0} of disk become free. You can fetch it again.").format(size(one.model.bytes))]
        if one.used:
            told.insert(0, self.words.without(one.model.role))
        box.setInformativeText(" ".join(told))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        remove.clicked.connect(lambda: self.work.list.want("remove", name))
        box.finished.connect(self._asked)
        box.open()

    @Slot()
    def _asked(self) -> None:
        if self.asking is not None:
            self.asking.deleteLater()
            self.asking = None

    @Slot(object)
    def _on_errand(self, errand: Errand) -> None:
        row = self.rows.get(errand.model)
        if row is not None:
            row.show_errand(errand)
        elif errand.deed == "add":
            self._show_adding(errand)

    def _show_adding(self, errand: Errand) -> None:
        """Show a file that is being added: it has no row yet."""
        view = self._adding.get(errand.model)
        if view is None:
            view = self._adding[errand.model] = ErrandView(self.words)
            view.pause.connect(lambda name=errand.model: self.work.list.pause(name))
            view.resume.connect(lambda name=errand.model: self.work.list.resume(name))
            view.drop.connect(lambda name=errand.model: self.work.list.drop(name))
            self._head.rows.addWidget(view)
        view.show_errand(errand, errand.model)
        if errand.phase == "done":
            self.tell(self.tr("{0} was added; it is used where it lies.").format(errand.model))

    @Slot()
    def _fetch_best(self) -> None:
        survey = self.work.survey
        if survey is not None:
            self.work.fetch(*(name for name in survey.best.values() if survey.models[name].state != "installed"))

    @Slot()
    def _check_all(self) -> None:
        survey = self.work.survey
        for name, one in survey.models.items() if survey is not None else ():
            if one.state != "missing":
                self.work.list.want("verify", name)

    @Slot()
    def _choose_file(self) -> None:
        kinds = self.tr("Language models and voices") + " (*.gguf *.onnx)"
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Add a model"), "", kinds)
        self.take([Path(name) for name in names])

    @Slot()
    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Add a model"))
        if name:
            self.take([Path(name)])


def _local(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
