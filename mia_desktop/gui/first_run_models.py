"""The step of the first run that fetches the models that suit this machine."""

import html

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QRadioButton, QWidget

from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.first_run_step import Step
from mia_desktop.gui.household import Household
from mia_desktop.gui.model_words import ModelWords, size
from mia_desktop.gui.model_work import work_of
from mia_desktop.gui.pages.model_row import ErrandView
from mia_desktop.gui.pages.page import Section, faint
from mia_desktop.library.catalog import ROLES
from mia_desktop.library.survey import Survey
from mia_desktop.library.tally import Standing
from mia_desktop.library.worklist import Errand


class ModelsStep(Step):
    """Shows a set of models, fetches it when asked, and goes on with what is there at any time.

    Attributes:
        best: the choice of the set that suits the machine best.
        small: the choice of the set that is smallest to fetch.
        fetch: fetches the chosen set.
        progress: how far that is.
        states: for each role whether its model is here.
    """

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.heading.setText(self.tr("The models"))
        self.setAccessibleName(self.heading.text())
        self.work = work_of(household, bridge)
        self.words = ModelWords(self)
        self.best, self.small = QRadioButton(), QRadioButton()
        self.fetch = QPushButton()
        self.fetch.setObjectName("first")
        self.progress = ErrandView(self.words)
        self.states: dict[str, QLabel] = {}
        self._abouts: dict[str, QLabel] = {}
        self._section = Section("")
        self._told = QLabel(wordWrap=True)
        self._grid = QGridLayout()
        self._lay_out()
        self.work.surveyed.connect(self._show)
        self.work.changed.connect(self._on_errand)
        self.work.trouble.connect(self._told.setText)
        self.fetch.clicked.connect(self._fetch)
        self.best.toggled.connect(self._refresh)
        self.progress.pause.connect(self._pause)
        self.progress.resume.connect(self._resume)
        self.progress.drop.connect(self._drop)

    def _lay_out(self) -> None:
        self.column.addWidget(
            QLabel(
                self.tr(
                    "MIA thinks with models: files that are fetched once, and work without a network then. "
                    "Nothing is fetched before you click."
                ),
                wordWrap=True,
            )
        )
        self.best.setChecked(True)
        for choice in (self.best, self.small):
            choice.hide()
            self.column.addWidget(choice)
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(8)
        self._section.rows.addLayout(self._grid)
        self._told.setText(self.tr("Looking at this machine…"))
        self.fetch.hide()
        self.column.addWidget(self._told)
        self.column.addWidget(self.fetch, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.progress)
        self.column.addWidget(self._section)
        self.column.addStretch(1)

    def enter(self) -> None:
        """Look at the models and the machine."""
        if self.work.survey is not None:
            self._show(self.work.survey)
        self.work.look()

    def _set(self, survey: Survey) -> dict[str, str]:
        """Return the chosen set: for each role a model, what is needed to talk first."""
        chosen = survey.small if self.small.isChecked() else survey.best
        return {role: chosen[role] for role in ROLES if role in chosen}

    @Slot()
    def _refresh(self) -> None:
        if self.work.survey is not None:
            self._show(self.work.survey)

    @Slot(object)
    def _show(self, survey: Survey) -> None:
        best, small = survey.to_fetch_bytes(survey.best), survey.to_fetch_bytes(survey.small)
        differ = dict(survey.best) != dict(survey.small)
        self.best.setText(self.tr("The best for this machine: {0} to fetch").format(size(best)))
        self.small.setText(self.tr("A small set to begin with: {0} to fetch").format(size(small)))
        for choice in (self.best, self.small):
            choice.setVisible(differ)
        chosen = self._set(survey)
        for number, (role, name) in enumerate(chosen.items()):
            self._show_model(number, role, name, survey)
        to_fetch = survey.to_fetch_bytes(chosen)
        if not to_fetch:
            self._told.setText(self.tr("✓ All of them are here. Nothing has to be fetched."))
        else:
            self._told.setText(
                self.tr("{0} are to be fetched, {1} of the disk are free. You can go on meanwhile, or without.").format(
                    size(to_fetch), size(survey.free_bytes)
                )
            )
        self.fetch.setText(self.tr("&Fetch them ({0})").format(size(to_fetch)))
        self._offer()

    def _show_model(self, row: int, role: str, name: str, survey: Survey) -> None:
        one = survey.models[name]
        if role not in self.states:
            self._abouts[role], self.states[role] = faint(""), QLabel()
            self._grid.addWidget(self._abouts[role], row, 0)
            self._grid.addWidget(self.states[role], row, 1)
        facts = [size(one.model.bytes), one.model.licence, self.words.speed(one, survey.machine)]
        summary, told = html.escape(one.model.summary), html.escape(" · ".join(facts))
        self._abouts[role].setText(f"<b>{self.words.role(role)}</b> · {summary}<br>{told}")
        self.states[role].setText(self.tr("✓ Here") if one.state == "installed" else self.words.state(one))

    @Slot()
    def _fetch(self) -> None:
        survey = self.work.survey
        if survey is not None:
            chosen = self._set(survey)
            self.work.use_when_here(*chosen.values())
            self.work.fetch(*(name for name in chosen.values() if survey.models[name].state != "installed"))

    @Slot(object)
    def _on_errand(self, errand: Errand) -> None:
        if errand.deed != "fetch" or self.work.survey is None:
            return
        if errand.phase in ("running", "failed", "paused"):
            self.progress.show_errand(self._whole(errand), self.heading.text())
        self._offer()

    def _whole(self, errand: Errand) -> Errand:
        """Return the errand with how far the whole set is."""
        survey = self.work.survey
        assert survey is not None
        here = total = 0
        for name in self._set(survey).values():
            one, other = survey.models[name], self.work.list.errand(name)
            total += one.model.bytes
            if one.state == "installed" or (other is not None and other.phase == "done"):
                here += one.model.bytes
            elif other is not None and other.standing is not None and other.standing.stage != "verifying":
                here += min(one.model.bytes, other.standing.done_bytes)
            else:
                here += min(one.model.bytes, one.kept_bytes)
        standing = errand.standing
        whole = Standing(
            stage=standing.stage if standing is not None else "downloading",
            done_bytes=here,
            total_bytes=total,
            bytes_per_s=standing.bytes_per_s if standing is not None else None,
        )
        return Errand(
            deed=errand.deed, model=errand.model, phase=errand.phase, standing=whole, sentence=errand.sentence
        )

    def _offer(self) -> None:
        survey = self.work.survey
        open_ = [one for one in self.work.list.errands() if one.deed == "fetch"]
        if not open_:
            self.progress.hide()
        to_fetch = survey.to_fetch_bytes(self._set(survey)) if survey is not None else 0
        self.fetch.setVisible(to_fetch > 0 and not open_)
        for choice in (self.best, self.small):
            choice.setEnabled(not open_)

    @Slot()
    def _pause(self) -> None:
        for one in self.work.list.errands():
            if one.deed == "fetch" and one.open:
                self.work.list.pause(one.model)

    @Slot()
    def _resume(self) -> None:
        for one in self.work.list.errands():
            if one.deed == "fetch" and not one.open:
                self.work.list.resume(one.model)

    @Slot()
    def _drop(self) -> None:
        for one in self.work.list.errands():
            if one.deed == "fetch":
                self.work.list.drop(one.model)
        self._offer()
