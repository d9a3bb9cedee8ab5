"""Asks before memories are forgotten, in words that say how many and whether they can come back."""

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from mia_desktop.core.commands import Forget
from mia_desktop.core.memories import Between, ById, Recollection, Selector
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages.question import Question

_QUOTED: Final = 80


class ForgetQuestion(QObject):
    """Puts the question, and has memories forgotten when the user says yes.

    Attributes:
        told: a sentence for the user.
        answered: the user said yes.
    """

    told = Signal(str)
    answered = Signal()

    def __init__(self, bridge: Bridge, household: Household, question: Question) -> None:
        super().__init__(question)
        self._bridge = bridge
        self._household = household
        self._question = question

    def ask_one(self, one: Recollection) -> None:
        """Ask about one memory."""
        text = " ".join(one.text.split())
        quoted = text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
        words = self.tr("Forget “{0}”, its older versions and what was made from it?").format(quoted)
        self._question.ask(words, self.tr("Forget it"), lambda: self._forget(ById(ids=(one.id,))))

    @Slot(object, str)
    def ask(self, what: Selector, named: str) -> None:
        """Ask about all memories that `what` selects; `named` says in words which these are."""
        memory = self._household.memory
        if memory is None:
            return
        if not isinstance(what, Between):
            words = self.tr("Forget all memories {0}? They go for good, with what was made from them.").format(named)
            self._question.ask(words, self.tr("Forget them for good"), lambda: self._forget(what))
            return

        def ask(some: list[Recollection]) -> None:
            if not some:
                self.told.emit(self.tr("There are no memories {0}.").format(named))
                return
            words = self.tr("Forget the {0} memories {1}? What was made from them goes too.").format(len(some), named)
            self._question.ask(words, self.tr("Forget them"), lambda: self._forget(what))

        in_background(self, lambda: memory.selected(what), ask, self.told.emit)

    def _forget(self, what: Selector) -> None:
        self.answered.emit()
        self._bridge.submit(Forget(what=what))
