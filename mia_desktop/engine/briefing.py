"""What the language model is given to read: MIA's character, the user's rules, the conversation, and the new words."""

from collections.abc import Collection

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import MiaError
from mia_desktop.core.items import Message
from mia_desktop.core.ports import LanguageModel
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.dialogue import Dialogue
from mia_desktop.engine.part import Part
from mia_desktop.language.context import prompt
from mia_desktop.language.prompts import with_rules

_OVERHEAD_TOKENS = 64
_TOO_LONG = "That is more text than the model can read at once. Shorten it."


class Briefing:
    """Makes prompts, and has the model read as much of the next one as is known, before it is needed.

    Args:
        model: the usual language model.
        system: who MIA is.
        settings: for how long a reply may be.
        dialogue: the present conversation.

    Attributes:
        read_up: whether the model has read what the next prompt will begin with.
    """

    def __init__(self, model: Part[LanguageModel], system: str, settings: Settings, dialogue: Dialogue) -> None:
        self._model = model
        self._system = self._base = system
        self._settings = settings
        self._dialogue = dialogue
        self.read_up = True

    def follow(self, rules: Collection[str]) -> None:
        """Put how the user wants things done into what never changes; it does so only when they say so."""
        system = with_rules(self._base, tuple(rules))
        if system != self._system:
            self._system, self.read_up = system, False

    def warm_up(self, model: LanguageModel) -> None:
        """Let a new model read what never changes."""
        model.read([Message(role="system", text=self._system), Message(role="user", text="Hello.")])

    def read(self) -> None:
        """Let the model read the conversation, with the answer that is being spoken."""
        self.read_up = True
        self._read(None, None)

    def read_ahead(self, turn: TurnId, words: str) -> None:
        """Let the model read the conversation and the words that the user has said so far."""
        self._read(turn, words)

    def _read(self, turn: TurnId | None, words: str | None) -> None:
        try:
            model = self._model.get()
            messages, dropped = self.messages(model, turn, words or "")
            if words is None:  # else the words that come next would move the beginning of the prompt
                self._dialogue.drop_oldest(dropped)
            model.read(messages)
        except MiaError:
            return  # whoever asks in earnest is told

    def messages(self, model: LanguageModel, turn: TurnId | None, said: str) -> tuple[list[Message], int]:
        """Return what `model` reads to answer what was said in `turn`, and how many of the oldest turns had no room.

        Raises MiaError when there is no room for the words themselves.
        """
        budget_tokens = model.context_tokens - self._settings.reply_tokens
        if model.count_tokens(self._system) + model.count_tokens(said) + _OVERHEAD_TOKENS > budget_tokens:
            raise MiaError(_TOO_LONG)
        past = self._dialogue.before(turn)
        return prompt(self._system, past, said, budget_tokens=budget_tokens, count_tokens=model.count_tokens)
