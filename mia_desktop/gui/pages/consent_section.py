"""What MIA may do: a field for each use of a device or of what the user gives."""

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget

from mia_desktop.core.commands import Forget
from mia_desktop.core.memories import ById
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages.page import ChangingSection, choice_field, faint, moment
from mia_desktop.gui.pages.question import Question
from mia_desktop.gui.setting_editor import Choice, ChoiceEditor
from mia_desktop.security.consent import USES, Consent

_SHOWN: Final = ("microphone.keep", "keyboard.keep", "files.keep", "screen.keep", "camera.look", "screen.look")
"""Uses that something in MIA asks about; the others are refused, or come with a later sense."""
_ASKING: Final = ("camera.look", "screen.look")


class ConsentSection(ChangingSection):
    """Takes the user's word for each use, and offers to forget what was kept under one that is refused now.

    Attributes:
        fields: the field of each use.
    """

    def __init__(self, bridge: Bridge, household: Household, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("What MIA may do"),
            self.tr("Each change holds at once and stands in the audit."),
            parent,
        )
        self._bridge = bridge
        self._household = household
        self._question = question
        self.fields: dict[str, ChoiceEditor] = {}
        self._since: dict[str, QLabel] = {}
        yes, ask, no = self.tr("Allowed"), self.tr("Ask each time"), self.tr("Refused")
        for use in _SHOWN:
            choices = [Choice(value="allowed", words=yes)]
            choices += [Choice(value="asks", words=ask)] if use in _ASKING else []
            choices += [Choice(value="refused", words=no)]
            words = QCoreApplication.translate("Consent", USES[use].help)
            if use == "files.keep":  # its help follows that of looking at them
                words = self.tr("Remember what was found in pictures and documents that you give.")
            editor = choice_field(self, words, choices)
            editor.changed.connect(lambda answer, use=use: self._answer(use, answer))
            since = faint("")
            since.hide()
            self.row(words, editor.widget)
            self.rows.addWidget(since)
            self.fields[use], self._since[use] = editor, since

    def show_answers(self, consents: list[Consent]) -> None:
        """Show what was answered, and since when."""
        for one in consents:
            if one.use in self.fields:
                self.fields[one.use].show_value(one.answer)
                self._since[one.use].setVisible(one.since_s is not None)
                if one.since_s is not None:
                    self._since[one.use].setText(self.tr("Your word since {0}.").format(moment(one.since_s)))

    def _answer(self, use: str, answer: str) -> None:
        memory = self._household.open_memory
        if memory is None:
            return

        def work() -> tuple[int, ...]:
            memory.consents.set(use, answer)  # type: ignore[arg-type] # one of the choices
            return memory.memory.kept_under(use) if answer == "refused" else ()

        def done(kept: tuple[int, ...]) -> None:
            self.changed.emit()
            if kept:
                words = self.tr("{0} memories were kept under this consent. Forget them too?").format(f"{len(kept):,}")
                self._question.ask(
                    words,
                    self.tr("Forget them"),
                    lambda: self._bridge.submit(Forget(what=ById(ids=kept))),
                    no=self.tr("Keep them"),
                )

        in_background(self, work, done, self.fail)
