"""Answers what the user said: from what comes to mind and what is in sight, by the model that can do it best."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from mia_desktop.core.config import Settings
from mia_desktop.core.events import MemoryUsed
from mia_desktop.core.items import Judgement, Message, UserText
from mia_desktop.core.ports import LanguageModel
from mia_desktop.core.sights import Focus
from mia_desktop.engine.briefing import Briefing
from mia_desktop.engine.dialogue import Dialogue
from mia_desktop.engine.eyes import Eyes
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.engine.recalling import Recalling
from mia_desktop.engine.seer import Seer
from mia_desktop.engine.shown_before import ShownBefore
from mia_desktop.engine.substitute import Substitute
from mia_desktop.engine.telling import Telling
from mia_desktop.engine.thought import Thought
from mia_desktop.language.recollection import told_when, with_memories
from mia_desktop.language.sights import IsOrder, beside_pictures, not_sure, read_out, tells, whose, with_sights


class Replying:
    """Makes replies, each from its first word to its last, unless the user speaks on meanwhile.

    Args:
        model: the usual language model.
        substitute: lends another one for one answer; None: there is no other.
        eyes: tell what the words are about; None: MIA sees nothing.
        seer: the language model that sees pictures itself.
        shown_before: knows the pictures of before.
        recalling: what comes to mind.
        dialogue: the present conversation.
        briefing: makes the prompts.
        telling: tells the reply while it is written.
        judge: hears whether the words so far look like all that the user wants to say.
        is_order: tells whether a text in a picture is addressed to the model.
        ledger: knows what is void.
        settings: which model is the usual one, and how long a reply may be.
        today: gives the time of day, with its time zone.
    """

    def __init__(
        self,
        *,
        model: Part[LanguageModel],
        substitute: Substitute | None,
        eyes: Eyes | None,
        seer: Seer,
        shown_before: ShownBefore,
        recalling: Recalling,
        dialogue: Dialogue,
        briefing: Briefing,
        telling: Telling,
        judge: Callable[[Judgement], object],
        is_order: IsOrder,
        ledger: Ledger,
        settings: Settings,
        today: Callable[[], datetime],
    ) -> None:
        self._model = model
        self._substitute = substitute
        self._eyes = eyes
        self._seer = seer
        self._shown_before = shown_before
        self._recalling = recalling
        self._dialogue = dialogue
        self._briefing = briefing
        self._telling = telling
        self._judge = judge
        self._is_order = is_order
        self._ledger = ledger
        self._settings = settings
        self._today = today

    def reply(self, thought: Thought, known: Collection[str]) -> bool:
        """Make the reply; tell whether it was brought to its end.

        The memories of what is `known` already, the words of this conversation, are not told to the model once more.
        """
        said = thought.said
        if self._substitute is None or said.model in ("", self._settings.language_model):
            return self._reply_by(self._model.get(), thought, known)

        def use(other: LanguageModel) -> bool:
            return self._reply_by(other, thought, known)

        return bool(self._substitute.lend(said.model, said.turn, lambda: self._is_void(said), use))

    def judge(self, said: UserText) -> None:
        """Tell the ears, if they want to know, whether these words can be all, without an answer to them."""
        if said.judged:
            model = self._model.get()
            messages, _ = self._briefing.messages(model, said.turn, said.text)
            self._judge_by(model, said, messages)

    def _reply_by(self, model: LanguageModel, thought: Thought, known: Collection[str]) -> bool:
        said = thought.said
        if self._is_void(said):  # loading took a while
            return False
        asked = self._with_what_comes_to_mind(thought, known)
        focus = self._eyes.focus(said.turn, said.revision, said.text) if self._eyes else None
        thought.seen = focus.percepts if focus else ()
        messages, dropped = self._briefing.messages(model, said.turn, with_sights(asked, focus, self._is_order))
        if not said.model:  # the usual model may be able to read more
            self._dialogue.drop_oldest(dropped)
        if said.judged:
            self._judge_by(model, said, [*messages[:-1], Message(role="user", text=said.text)])
        by, pieces = self._answering(thought, focus, asked, messages, model)
        for piece in pieces:
            if self._is_void(said):
                pieces.close()  # type: ignore[attr-defined]
                return False
            if not thought.reply:
                self._telling.begin(thought, by)
            self._telling.grow(thought, piece)
        if source := self._source(thought):
            thought.own_chars = len(thought.reply)
            self._telling.add(thought, source)
        self._telling.end(thought)
        return True

    def _with_what_comes_to_mind(self, thought: Thought, known: Collection[str]) -> str:
        """Return the user's words with the memories that may answer them."""
        said = thought.said
        thought.hits = self._recalling.recall(said.text, known)
        if thought.hits:
            self._telling.tell(thought, MemoryUsed(turn=said.turn, hits=thought.hits))
        return with_memories(said.text, [hit.memory for hit in thought.hits], self._today())

    def _answering(
        self, thought: Thought, focus: Focus | None, known: str, messages: list[Message], model: LanguageModel
    ) -> tuple[str, Iterator[str]]:
        """Return who answers, and the answer: read out of a picture, by a model that sees, or by the language model."""
        asked, most_tokens = thought.said.text, self._settings.reply_tokens
        earlier = self._eyes.earlier(focus) if self._eyes and focus else ()
        if known_again := self._shown_before.answer(asked, focus, earlier, self._dialogue.name):
            return model.model, (one for one in (known_again,))
        told = any(tells(one) for one in self._dialogue.words())  # then the answer may be in the user's words
        if read := read_out(asked, focus, self._is_order) or ("" if told else whose(asked, focus)):
            return model.model, (one for one in (read,))
        shown = [*messages[:-1], Message(role="user", text=beside_pictures(known, focus))]
        if not thought.said.model and (seen := self._seer.begin(shown, focus, most_tokens)):
            return seen.model, seen.pieces
        if doubt := "" if told else not_sure(asked, focus):
            return model.model, (one for one in (doubt,))
        return model.model, model.reply(messages, most_tokens)

    def _source(self, thought: Thought) -> str:
        """Return the sentence that says when the user told what the reply rests on; empty when it rests on nothing."""
        if not self._settings.say_when or "told me" in thought.reply.lower():
            return ""
        used = self._recalling.rested_on(thought.said.text, thought.reply, thought.hits)
        return f" {told_when(used[0].memory, self._today())}" if used else ""

    def _judge_by(self, model: LanguageModel, said: UserText, messages: list[Message]) -> None:
        end = model.read(messages)
        self._judge(Judgement(turn=said.turn, revision=said.revision, text=said.text, sentence_end=end))

    def _is_void(self, said: UserText) -> bool:
        return self._ledger.is_void(said.turn, said.revision)
