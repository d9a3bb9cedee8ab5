"""Offers to take back what was deleted of conversations, or gave way to an answer that did not come."""

from PySide6.QtCore import QCoreApplication, QObject, Slot

from mia_desktop.core.commands import OpenConversation, UndoMemory
from mia_desktop.core.events import Event, MemoryChanged, ModelLoading, ReplyStarted, TurnFinished
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.deeds import Deeds
from mia_desktop.gui.notice import Notice
from mia_desktop.gui.sidebar import Sidebar


class TakingBack(QObject):
    """Tells of what was forgotten at the user's wish, and offers to bring it back as long as that is possible."""

    def __init__(self, deeds: Deeds, sidebar: Sidebar, bridge: Bridge, notice: Notice) -> None:
        super().__init__(notice)
        self._sidebar = sidebar
        self._bridge = bridge
        self._notice = notice
        self._turns: set[TurnId] = set()
        self._reopened = ""
        self._wanted = False
        self._after: TurnId | None = None
        self._gave_way: TurnId | None = None
        self._held = False
        self._awaited: TurnId | None = None
        deeds.deleted.connect(self._note)
        deeds.replaced.connect(self._note_replaced)

    def see(self, event: Event) -> None:
        """Offer what an event allows."""
        match event:
            case MemoryChanged(did="forgotten") if event.conversation:
                self._tell(QCoreApplication.translate("TakingBack", "The conversation is deleted."), event)
                self._reopened = event.conversation
            case MemoryChanged(did="forgotten") if self._turns.intersection(event.turns):
                self._turns.difference_update(event.turns)
                self._tell(QCoreApplication.translate("TakingBack", "Question and answer are deleted."), event)
                self._reopened = self._sidebar.list.open_name
            case MemoryChanged(did="forgotten") if self._gave_way in event.turns:
                self._gave_way, self._held = None, event.undoable
                self._reopened = self._sidebar.list.open_name
            case ModelLoading():
                self._awaited = event.turn
            case ReplyStarted(turn=turn) if turn == self._awaited:
                self._awaited, self._held = None, False
            case MemoryChanged(did="forgotten") if event.turns and event.turn is not None:  # asked for in words
                self._reopened = self._sidebar.list.open_name
            case MemoryChanged(did="taken in"):
                self._notice.say(QCoreApplication.translate("TakingBack", "The conversations are here."), passing=True)
            case MemoryChanged(did="refused") if event.turn is None:
                self._notice.say(event.why, passing=True)
            case MemoryChanged(did="taken back") if self._wanted:
                self._wanted = False
                self._reopen()
            case MemoryChanged(did="taken back") if self._reopened == self._sidebar.list.open_name:
                self._after = event.turn
            case TurnFinished(turn=turn) if turn == self._after:  # the answer to "undo that" was heard
                self._after = None
                self._reopen()
            case _:
                pass

    def brings_back(self, event: TurnFinished) -> bool:
        """Offer the answer of before when the one of another model did not come; tell whether that is possible."""
        if event.turn != self._awaited:
            return False
        held, self._awaited, self._held = self._held, None, False
        if held:
            sentence = event.why or QCoreApplication.translate("TakingBack", "The other model was called off.")
            words = QCoreApplication.translate("TakingBack", "Bring the answer back")
            self._notice.offer(sentence, words, self._take_back)
        return held

    def _reopen(self) -> None:
        if self._reopened:
            self._bridge.submit(OpenConversation(name=self._reopened))

    def _tell(self, sentence: str, event: MemoryChanged) -> None:
        if event.undoable:
            self._notice.offer(sentence, QCoreApplication.translate("TakingBack", "Undo"), self._take_back)
        else:
            self._notice.say(sentence, passing=True)

    @Slot()
    def _take_back(self) -> None:
        self._wanted = True
        self._bridge.submit(UndoMemory())

    @Slot(object)
    def _note_replaced(self, turn: TurnId) -> None:
        self._gave_way, self._held = turn, False

    @Slot(object)
    def _note(self, turns: tuple[TurnId, ...]) -> None:
        self._turns.update(turns)
