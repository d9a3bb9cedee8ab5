"""How long MIA keeps what: a field for each source of memories."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from mia_desktop.core.memories import Forgotten
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.gui.background import in_background
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages.page import ChangingSection, choice_field
from mia_desktop.gui.pages.question import Question
from mia_desktop.gui.setting_editor import Choice, ChoiceEditor
from mia_desktop.security import retention


class RetentionSection(ChangingSection):
    """Takes a length of time for each source, and asks first when something goes at once.

    Attributes:
        fields: the field of each source.
    """

    def __init__(self, household: Household, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("How long it is kept"),
            self.tr("What is older is forgotten by itself, for good, backups included."),
            parent,
        )
        self._household = household
        self._question = question
        self.fields: dict[str, ChoiceEditor] = {}
        names = {
            "for good": self.tr("Until I forget it"),
            "a year": self.tr("A year"),
            "90 days": self.tr("90 days"),
            "30 days": self.tr("30 days"),
            "a week": self.tr("A week"),
            "a day": self.tr("A day"),
        }
        sources = {
            "voice": self.tr("What you said"),
            "typed": self.tr("What you typed"),
            "image": self.tr("What was found in pictures"),
            "document": self.tr("What was found in documents"),
            "screen": self.tr("What was seen on the screen"),
            "mia": self.tr("What MIA answered"),
            "import": self.tr("What was taken in from files"),
        }
        for source, words in sources.items():
            editor = choice_field(self, words, [Choice(value=name, words=names[name]) for name in retention.CLASSES])
            editor.changed.connect(lambda name, source=source: self._ask_keep(source, name))
            self.row(words, editor.widget)
            self.fields[source] = editor

    def show_times(self, classes: dict[str, str]) -> None:
        """Show what was chosen for each source."""
        for source, editor in self.fields.items():
            editor.show_value(classes[source])

    def _ask_keep(self, source: str, name: str) -> None:
        memory, length = self._household.open_memory, retention.CLASSES[name]
        if memory is None:
            return
        if length is None:
            self._keep(memory, source, name)
            return
        until = datetime.now(UTC) - length

        def ask(older: int) -> None:
            if not older:
                self._keep(memory, source, name)
                return
            words = self.tr("{0} memories are older than that and go at once, for good.").format(f"{older:,}")
            self._question.ask(
                words, self.tr("Forget them"), lambda: self._keep(memory, source, name), otherwise=self.changed.emit
            )

        in_background(self, lambda: memory.memory.count_until(source, until), ask, self.fail)  # type: ignore[arg-type]

    def _keep(self, memory: RuledMemory, source: str, name: str) -> None:
        def done(gone: Forgotten) -> None:
            if gone.ids:
                self.told.emit(self.tr("{0} forgotten for good.").format(f"{len(gone.ids):,}"))
            self.changed.emit()

        in_background(self, lambda: memory.retain(source, name), done, self.fail)
