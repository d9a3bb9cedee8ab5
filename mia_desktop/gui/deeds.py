"""What can be done with a message, and doing it."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from mia_desktop.core.commands import AskText, DropTurns, ReadAloud
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.action_bar import Deed
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.conversation import Conversation
from mia_desktop.gui.household import Household
from mia_desktop.gui.message import Message


class Deeds(QObject):
    """Knows what a message allows and does what the user chose.

    Attributes:
        edit_wanted: a message of the user's that is to be said in other words.
        why_wanted: a reply whose memories are to be shown.
        times_wanted: a reply whose times are to be shown.
        deleted: turns that the user took away for good.
        replaced: a turn in whose place another model is to answer.
    """

    edit_wanted = Signal(object)
    why_wanted = Signal(object)
    times_wanted = Signal(object)
    deleted = Signal(object)
    replaced = Signal(object)

    def __init__(self, conversation: Conversation, bridge: Bridge, household: Household | None) -> None:
        super().__init__(conversation)
        self._conversation = conversation
        self._rows = conversation.rows
        self._bridge = bridge
        self._household = household
        self._models: list[str] = []

    def learn_models(self) -> None:
        """Look up which language models are on this machine."""
        if self._household is not None:
            household = self._household
            in_background(self, lambda: _language_models(household), self._know_models)

    def of(self, message: Message) -> list[Deed]:
        """Return what can be done with a message now."""
        deeds = [Deed(name="copy", words=self.tr("Copy"), do=lambda: self._copy(message), keys="Ctrl+C")]
        turn = message.turn
        if turn is None or message.unsure or self._rows.under_way(turn):
            return deeds
        asked = self._rows.question_of(turn)
        if message.of_mia:
            deeds += self._of_reply(message, turn, asked)
        else:
            deeds.append(
                Deed(
                    name="edit",
                    words=self.tr("Say it differently"),
                    do=lambda: self.edit_wanted.emit(message),
                    keys="F2",
                )
            )
            if not self._is_newest(turn):
                deeds.append(Deed(name="again", words=self.tr("Ask this again"), do=lambda: self._ask(message)))
        deeds.append(
            Deed(name="bin", words=self.tr("Delete question and answer"), do=lambda: self._delete(turn), keys="Del")
        )
        return deeds

    def delete(self, turns: tuple[TurnId, ...]) -> None:
        """Take turns out of the conversation."""
        self._rows.drop(turns)
        self._bridge.submit(DropTurns(turns=turns))

    def ask_instead(self, message: Message, text: str) -> None:
        """Ask something in the place of what was said before, and of all that came after it."""
        pictures = message.pictures
        if message.turn is not None:
            self.delete(self._rows.turns_from(message.turn))
        self._rows.typed(text, pictures)
        self._bridge.submit(AskText(text=text))

    def by_keys(self, message: Message, keys: str) -> bool:
        """Do what `keys`, in Qt's writing, stand for; tell whether there is such a thing."""
        for deed in self.of(message):
            if deed.keys == keys:
                deed.do()
                return True
        return False

    def _of_reply(self, reply: Message, turn: TurnId, asked: Message | None) -> list[Deed]:
        deeds = [
            Deed(name="aloud", words=self.tr("Read aloud"), do=lambda: self._read_aloud(reply, turn), keys="Ctrl+R"),
        ]
        if asked is not None and self._is_newest(turn):
            deeds.append(Deed(name="again", words=self.tr("Answer anew"), do=lambda: self._answer_anew(asked, turn)))
            others = [name for name in self._models if name != reply.model]
            if others:
                choices = [(name, lambda name=name: self._answer_anew(asked, turn, name)) for name in others]
                deeds.append(
                    Deed(name="", words=self.tr("Answer with another model"), do=lambda: None, choices=choices)
                )
        if reply.memories:
            deeds.append(Deed(name="why", words=self.tr("Why?"), do=lambda: self.why_wanted.emit(reply)))
        if reply.timings is not None:
            deeds.append(Deed(name="times", words=self.tr("Times"), do=lambda: self.times_wanted.emit(reply)))
        return deeds

    def _delete(self, turn: TurnId) -> None:
        self.deleted.emit((turn,))
        self.delete((turn,))

    def _is_newest(self, turn: TurnId) -> bool:
        return self._rows.turns_from(turn) == (turn,)

    def _copy(self, message: Message) -> None:
        QGuiApplication.clipboard().setText(message.text)

    def _read_aloud(self, reply: Message, turn: TurnId) -> None:
        self._bridge.submit(ReadAloud(turn=turn, text=reply.text))

    def _answer_anew(self, asked: Message, turn: TurnId, model: str = "") -> None:
        text, pictures = asked.text, asked.pictures
        if model:
            self.replaced.emit(turn)
        self.delete((turn,))
        self._rows.typed(text, pictures)
        self._bridge.submit(AskText(text=text, model=model))

    def _ask(self, message: Message) -> None:
        self._rows.typed(message.text, message.pictures)
        self._bridge.submit(AskText(text=message.text))

    def _know_models(self, models: list[str]) -> None:
        self._models = models


def _language_models(household: Household) -> list[str]:
    """Return the names of the language models on this machine."""
    from mia_desktop.library.store import Store

    store = Store(household.paths)
    return [
        model.name for model in store.catalog if model.role == "language" and store.status(model.name) == "installed"
    ]
