"""Thinks: from the user's words to sentences of a reply."""

from collections.abc import Callable
from dataclasses import dataclass

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.commands import NewConversation
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import Event, ReplyGrew, ReplyStarted, ReplyWritten, SentenceSpoken, TurnFinished
from mia_desktop.core.items import Message, Sentence, UserText
from mia_desktop.core.mailbox import Lane, Mailbox
from mia_desktop.core.ports import LanguageModel
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.language.context import Exchange, heard_part, prompt
from mia_desktop.language.output_format import SentenceCutter

MindItem = UserText | SentenceSpoken | TurnFinished | NewConversation


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A turn whose reply has not reached the user yet."""

    turn: TurnId
    said: str
    reply: str = ""
    heard_chars: int = 0


class Mind:
    """Keeps the conversation, in memory only, and lets the language model continue it."""

    def __init__(
        self,
        inbox: Mailbox[MindItem],
        model: Part[LanguageModel],
        system: str,
        settings: Settings,
        ledger: Ledger,
        bus: Bus,
        clock: Clock,
        deliver: Callable[[Sentence], object],
    ) -> None:
        self._inbox = inbox
        self._model = model
        self._system = system
        self._settings = settings
        self._ledger = ledger
        self._bus = bus
        self._clock = clock
        self._deliver = deliver
        self._past: list[Exchange] = []
        self._draft: _Draft | None = None

    def note(self, event: Event) -> None:
        """Listen to the bus for what became of a reply."""
        if isinstance(event, SentenceSpoken | TurnFinished):
            self._inbox.put(event, Lane.CONTROL)

    def step(self) -> None:
        """Take the next item."""
        match self._inbox.get(timeout_s=0.1):
            case UserText() as said:
                self._think(said)
            case SentenceSpoken(turn=turn, up_to_char=up_to_char):
                if self._draft is not None and self._draft.turn == turn:
                    self._draft.heard_chars = up_to_char
            case TurnFinished(turn=turn):
                self._remember(turn)
            case NewConversation():
                self._past, self._draft = [], None

    def warm_up(self, model: LanguageModel) -> None:
        """Let `model` read what begins every prompt."""
        model.warm_up([Message(role="system", text=self._system), Message(role="user", text="Hello.")])

    def _remember(self, turn: TurnId) -> None:
        draft = self._draft
        if draft is None or draft.turn != turn:
            return
        self._draft = None
        if draft.heard_chars:
            self._past.append(Exchange(said=draft.said, answered=heard_part(draft.reply, draft.heard_chars)))

    def _think(self, said: UserText) -> None:
        if self._ledger.is_void(said.turn):
            return
        try:
            self._reply(said)
        except MiaError as error:
            self._ledger.finish(said.turn, "failed", str(error))

    def _reply(self, said: UserText) -> None:
        model = self._model.get()
        budget = model.context_tokens - self._settings.reply_tokens
        if model.count_tokens(self._system) + model.count_tokens(said.text) + 64 > budget:
            self._ledger.finish(said.turn, "failed", "That is more text than the model can read at once. Shorten it.")
            return
        messages, dropped = prompt(
            self._system, self._past, said.text, budget_tokens=budget, count_tokens=model.count_tokens
        )
        del self._past[:dropped]
        draft = self._draft = _Draft(turn=said.turn, said=said.text)
        cutter = SentenceCutter()
        pieces = model.reply(messages, self._settings.reply_tokens)
        for piece in pieces:
            if self._ledger.is_void(said.turn):
                pieces.close()  # type: ignore[attr-defined]
                return
            if not draft.reply:
                self._bus.publish(ReplyStarted(turn=said.turn, at_s=self._clock.now_s(), model=model.model))
            draft.reply += piece
            self._bus.publish(ReplyGrew(turn=said.turn, text=piece))
            if said.aloud:
                for text, end in cutter.feed(piece):
                    self._deliver(Sentence(turn=said.turn, text=text, up_to_char=end, last=False))
        self._bus.publish(ReplyWritten(turn=said.turn, at_s=self._clock.now_s(), text=draft.reply))
        if said.aloud:
            text, end = cutter.rest()
            self._deliver(Sentence(turn=said.turn, text=text, up_to_char=end, last=True))
        else:
            draft.heard_chars = len(draft.reply)
            self._ledger.finish(said.turn, "answered")
