"""The messages of a conversation in their order, brought up to date by the engine's events."""

import re
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from mia_desktop.core.conversations import PastTurn
from mia_desktop.core.events import (
    ConversationOpened,
    Event,
    MemoryChanged,
    MemoryUsed,
    ReadingStarted,
    ReplyGrew,
    ReplyStarted,
    ReplyWritten,
    SentenceSpoken,
    SpeechStarted,
    TranscriptGrew,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.memories import Hit
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.attachments import Attached
from mia_desktop.gui.message import Message
from mia_desktop.monitor.latency import Waterfall

_Index = QModelIndex | QPersistentModelIndex
_MARKUP = re.compile(r"[*_`#>]+")
_NOWHERE = QModelIndex()


class ConversationModel(QAbstractListModel):
    """One row for each message, oldest first.

    Attributes:
        messages: the messages, for reading.
    """

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []
        self._pending: list[Message] = []
        self._asked: dict[TurnId, Message] = {}
        self._replies: dict[TurnId, Message] = {}
        self._watched: dict[TurnId, Waterfall] = {}
        self._models: dict[TurnId, str] = {}
        self._hits: dict[TurnId, tuple[Hit, ...]] = {}
        self._readings: dict[TurnId, Message] = {}
        self._cleared = 0
        self._newest_turn = TurnId(0)
        self._gone_up_to = TurnId(0)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many messages there are."""
        return 0 if parent.isValid() else len(self.messages)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, or what a screen reader says."""
        if not index.isValid():
            return None
        message = self.messages[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return message.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken_name(message)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.tr("Stopped") if message.stopped else ""
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let messages be read and reached."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def spoken_name(self, message: Message) -> str:
        """Return a message as a screen reader says it."""
        said = self.tr("MIA said: {0}") if message.of_mia else self.tr("You said: {0}")
        text = _MARKUP.sub("", message.text) if message.of_mia else message.text
        shown = "".join(self.tr(" With the picture {0}.").format(one.name) for one in message.pictures)
        return said.format(text) + shown

    def reply_of(self, turn: TurnId | None) -> Message | None:
        """Return what MIA said in a turn."""
        return None if turn is None else self._replies.get(turn)

    def question_of(self, turn: TurnId | None) -> Message | None:
        """Return what the user said in a turn."""
        return None if turn is None else self._asked.get(turn)

    def under_way(self, turn: TurnId) -> bool:
        """Tell whether something may still come of a turn."""
        return turn in self._watched

    def turns_from(self, turn: TurnId) -> tuple[TurnId, ...]:
        """Return a turn and those that came after it."""
        return tuple(one for one in self._turns() if one >= turn)

    def row_of(self, message: Message) -> int:
        """Return the row of a message; -1 when it is gone."""
        for row in range(len(self.messages) - 1, -1, -1):
            if self.messages[row] is message:
                return row
        return -1

    def see(self, event: Event) -> None:
        """Bring the messages up to date."""
        self._watch(event)
        match event:
            case SpeechStarted():
                self._meet(event.turn)
            case TranscriptGrew():
                self._hearing(event.turn, event.text)
            case TranscriptReady():
                self._heard(event)
            case ReplyStarted():
                self._models[event.turn] = event.model
            case ReplyGrew() if self._is_current(event.turn):
                reply = self._replies.get(event.turn)
                self._answer(event.turn, event.text if reply is None else reply.text + event.text)
            case ReplyWritten() if self._is_current(event.turn) and (event.text or event.turn in self._replies):
                self._answer(event.turn, event.text)
            case SentenceSpoken() if event.turn in self._replies:
                self._change(self._replies[event.turn], heard_chars=event.up_to_char)
            case ReadingStarted() if event.of in self._replies:
                self._readings[event.turn] = self._replies[event.of]
                self._change(self._replies[event.of], heard_chars=0, aloud=True, stopped=False)
            case MemoryUsed():
                self._hits[event.turn] = event.hits
            case TurnFinished():
                self._finished(event)
            case ConversationOpened() if not event.why:
                self._opened(event)
            case MemoryChanged(did="forgotten") if event.turns:
                self.drop(event.turns)
            case MemoryChanged(did="locked") if event.turn is not None:  # else another conversation is opened
                self.drop([one for one in self._turns() if one != event.turn])
            case _:  # the others say nothing of messages
                pass

    def typed(self, text: str, pictures: Sequence[Attached] = ()) -> Message:
        """Show at once what the user typed; its turn is known later."""
        message = Message(of_mia=False, text=text, pictures=list(pictures), at=datetime.now().astimezone())
        self._pending.append(message)
        self._insert(len(self.messages), message)
        return message

    def show_pictures(self, turn: TurnId, pictures: Sequence[Attached]) -> None:
        """Put pictures to what the user said in a turn."""
        message = self._asked.get(turn)
        if message is not None and pictures:
            self._change(message, pictures=[*message.pictures, *pictures])

    def drop(self, turns: Sequence[TurnId]) -> None:
        """Take turns away."""
        going = set(turns)
        for row in range(len(self.messages) - 1, -1, -1):
            if self.messages[row].turn in going:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self.messages[row]
                self.endRemoveRows()
        for turn in going:
            self._asked.pop(turn, None)
            self._replies.pop(turn, None)
            self._watched.pop(turn, None)
            self._models.pop(turn, None)
            self._hits.pop(turn, None)

    def clear(self) -> None:
        """Begin a new conversation; what still comes of the turns seen so far is not shown."""
        self._pending.clear()
        self._cleared += 1
        self.open(())

    def open(self, turns: Sequence[PastTurn]) -> None:
        """Show the turns of another conversation, and below them what was typed since."""
        self.beginResetModel()
        self._gone_up_to = self._newest_turn
        self._asked.clear()
        self._replies.clear()
        self._watched.clear()
        self._models.clear()
        self._hits.clear()
        self._readings.clear()
        self.messages = []
        for one in turns:
            self._meet(one.turn)
            if one.said:
                asked = Message(of_mia=False, text=one.said, turn=one.turn, at=one.at)
                self._asked[one.turn] = asked
                self.messages.append(asked)
            if one.answered:
                reply = Message(of_mia=True, text=one.answered, turn=one.turn, at=one.at)
                self._replies[one.turn] = reply
                self.messages.append(reply)
        self.messages.extend(self._pending)
        self.endResetModel()

    def _opened(self, event: ConversationOpened) -> None:
        """Show another conversation, unless it is the new one that is shown already."""
        if not event.name and self._cleared:
            self._cleared -= 1
        else:
            self._cleared = 0
            self.open(event.turns)

    def _watch(self, event: Event) -> None:
        """Take the times of the turns that are under way."""
        if isinstance(event, SpeechStarted | TranscriptReady):
            self._watched.setdefault(event.turn, Waterfall())
        turn = getattr(event, "turn", None)
        if turn in self._watched:
            self._watched[turn].see(event)

    def _turns(self) -> list[TurnId]:
        return sorted({one.turn for one in self.messages if one.turn is not None})

    def _meet(self, turn: TurnId) -> None:
        self._newest_turn = max(self._newest_turn, turn)

    def _is_current(self, turn: TurnId) -> bool:
        self._meet(turn)
        return turn > self._gone_up_to

    def _hearing(self, turn: TurnId, text: str) -> None:
        """Show what was understood so far of what the user is saying in `turn`."""
        if not self._is_current(turn):
            return
        asked = self._asked.get(turn)
        if asked is None:
            self._asked[turn] = Message(of_mia=False, text=text, turn=turn, unsure=True)
            self._insert(len(self.messages), self._asked[turn])
        elif asked.unsure:
            self._change(asked, text=text)

    def _heard(self, event: TranscriptReady) -> None:
        """Show what the user said, unless it stands there since it was typed."""
        turn = event.turn
        if not self._is_current(turn):
            return
        asked = self._asked.get(turn)
        if asked is not None:
            if asked.unsure:
                asked.at = datetime.now().astimezone()
                self._change(asked, text=event.text, unsure=False)
            return
        if not event.spoken:
            for place, message in enumerate(self._pending):
                if message.text.strip() == event.text.strip():
                    del self._pending[: place + 1]
                    message.turn = turn
                    self._asked[turn] = message
                    return
        self._asked[turn] = Message(of_mia=False, text=event.text, turn=turn, at=datetime.now().astimezone())
        self._insert(len(self.messages), self._asked[turn])

    def _answer(self, turn: TurnId, text: str) -> None:
        reply = self._replies.get(turn)
        if reply is not None:
            self._change(reply, text=text)
            return
        reply = self._replies[turn] = Message(
            of_mia=True,
            text=text,
            turn=turn,
            aloud=True,
            model=self._models.pop(turn, ""),
            memories=self._hits.pop(turn, ()),
            at=datetime.now().astimezone(),
        )
        asked = self._asked.get(turn)
        self._insert(self.row_of(asked) + 1 if asked is not None else len(self.messages), reply)

    def _finished(self, event: TurnFinished) -> None:
        if event.turn in self._readings:
            self._change(self._readings.pop(event.turn), aloud=False)
            return
        asked, reply = self._asked.get(event.turn), self._replies.get(event.turn)
        watched = self._watched.pop(event.turn, None)
        self._models.pop(event.turn, None)
        self._hits.pop(event.turn, None)
        if asked is not None and asked.unsure and event.outcome != "answered":
            self.drop((event.turn,))
            return
        if reply is None:
            return
        reply.timings = watched.timings if watched is not None else None
        cut = event.outcome == "cancelled"
        self._change(reply, stopped=cut, aloud=cut and 0 < reply.heard_chars < len(reply.text))

    def _change(self, message: Message, **values: object) -> None:
        """Set fields of a message and tell the view."""
        different = {name: value for name, value in values.items() if getattr(message, name) != value}
        for name, value in different.items():
            setattr(message, name, value)
        if different.keys() - {"heard_chars", "aloud"}:
            message.revision += 1
        row = self.row_of(message) if different else -1
        if row >= 0:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def _insert(self, row: int, message: Message) -> None:
        self.beginInsertRows(QModelIndex(), row, row)
        self.messages.insert(row, message)
        self.endInsertRows()
