"""Keeps what is being typed, for each conversation: in the vault while it is open, else only in memory."""

from PySide6.QtCore import QObject, QTimer, Slot

from mia_desktop.core.events import ConversationOpened, Event, MemoryChanged, StateChanged
from mia_desktop.gui.background import in_background
from mia_desktop.gui.composer import Composer
from mia_desktop.gui.household import Household

_REST_MS = 700


class DraftKeeper(QObject):
    """Keeps the text soon after the last key, and puts it back when its conversation is opened again."""

    def __init__(self, composer: Composer, household: Household | None) -> None:
        super().__init__(composer)
        self._composer = composer
        self._household = household
        self._conversation = ""
        self._texts: dict[str, str] = {}
        self._looked = False
        self._soon = QTimer(self, interval=_REST_MS, singleShot=True)
        self._soon.timeout.connect(self._keep)
        composer.text.textChanged.connect(self._soon.start)

    def see(self, event: Event) -> None:
        """Follow the conversation that is open."""
        match event:
            case ConversationOpened() if not event.why and event.name != self._conversation:
                self._turn_to(event.name)
            case MemoryChanged(did="locked"):
                self._conversation, self._looked = "", False
                self._texts.clear()
            case StateChanged(state="ready") | MemoryChanged(did="unlocked") if not self._looked:
                self._put_back()
            case _:
                pass

    def _turn_to(self, conversation: str) -> None:
        """Leave the text where it was typed; into a new conversation the user takes it along."""
        if conversation:
            self._keep()
            self._composer.text.clear()
        else:
            self._keep_as("")
        self._conversation = conversation
        self._put_back()
        self._soon.start()

    @Slot()
    def _keep(self) -> None:
        if not self._composer.editing_message:
            self._keep_as(self._composer.text.toPlainText())

    def _keep_as(self, text: str) -> None:
        self._soon.stop()
        conversation = self._conversation
        if text == self._texts.get(conversation, ""):
            return
        self._texts[conversation] = text
        household = self._household
        if household is not None and household.unlocked and household.memory is not None:
            memory = household.memory
            in_background(self, lambda: memory.keep_draft(conversation, text))

    def _put_back(self) -> None:
        """Show what was being typed in this conversation, unless something is being typed already."""
        conversation, household = self._conversation, self._household
        if conversation in self._texts:
            self._show(conversation, self._texts[conversation])
        elif household is not None and household.unlocked and household.memory is not None:
            self._looked = True
            memory = household.memory
            in_background(self, lambda: memory.draft(conversation), lambda text: self._show(conversation, text))

    def _show(self, conversation: str, text: str) -> None:
        if conversation == self._conversation and text and not self._composer.text.toPlainText():
            self._texts[conversation] = text
            self._composer.text.setPlainText(text)
            self._composer.text.moveCursor(self._composer.text.textCursor().MoveOperation.End)
