"""Thinks: from the user's words to sentences of a reply."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.commands import DropTurns, Forget, ForgetConversation, NewConversation, OpenConversation
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import (
    ConversationOpened,
    Event,
    MemoryChanged,
    MemoryKept,
    MemoryUsed,
    ReplyGrew,
    ReplyStarted,
    ReplyWritten,
    SentenceSpoken,
    TurnFinished,
)
from mia_desktop.core.items import (
    Exchanged,
    Judgement,
    MemoryRequest,
    Message,
    Overheard,
    Reading,
    Reopened,
    Sentence,
    UserText,
)
from mia_desktop.core.mailbox import Lane, Mailbox
from mia_desktop.core.memories import ById, Hit
from mia_desktop.core.ports import LanguageModel, LongTermMemory
from mia_desktop.core.sights import Focus, Percept
from mia_desktop.core.turn import TurnId
from mia_desktop.core.worker import REST_S
from mia_desktop.engine.errands import Errands, LastAnswer
from mia_desktop.engine.eyes import Eyes
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.engine.recalling import Recalling
from mia_desktop.engine.reopening import Reopening
from mia_desktop.engine.seer import Seer
from mia_desktop.engine.shown_before import ShownBefore
from mia_desktop.engine.substitute import Substitute
from mia_desktop.language.context import Exchange, heard_part, prompt
from mia_desktop.language.output_format import SentenceCutter
from mia_desktop.language.prompts import with_rules
from mia_desktop.language.recollection import told_when, with_memories
from mia_desktop.language.sights import IsOrder, beside_pictures, not_sure, read_out, tells, whose, with_sights

MindItem = (
    UserText
    | Overheard
    | Reading
    | SentenceSpoken
    | TurnFinished
    | MemoryKept
    | MemoryChanged
    | NewConversation
    | OpenConversation
    | ForgetConversation
    | DropTurns
)

_OVERHEAD_TOKENS = 64
_LEAST_TOKENS = 16
"""So many tokens at least has a past turn in the prompt, for the marks around what was said."""
_VOICE_FIRST_S = 0.5
_SOON_S = 0.05  # without another item so long, there is time to read ahead
_POLL_S = 0.005
_TOO_LONG = "That is more text than the model can read at once. Shorten it."


@dataclass(slots=True, kw_only=True)
class _Thought:
    """A reply that has not reached the user yet, or not all of it."""

    said: UserText
    reply: str = ""
    heard_chars: int = 0
    written: bool = False
    told: bool = False
    hits: tuple[Hit, ...] = ()
    own_chars: int | None = None
    errand: bool = False
    seen: tuple[Percept, ...] = ()

    @property
    def own(self) -> str:
        """The model's words, without what MIA added about where they come from."""
        return self.reply[: self.own_chars]


class Mind:
    """Keeps the conversation, in memory only, and lets the language model continue it.

    It reads ahead: the conversation while the user is silent, their words while they speak, and at each pause it begins
    the reply, which nobody hears of before it is certain that they have finished.
    """

    def __init__(
        self,
        inbox: Mailbox[MindItem],
        model: Part[LanguageModel],
        system: str,
        settings: Settings,
        ledger: Ledger,
        floor: Floor,
        bus: Bus,
        clock: Clock,
        deliver: Callable[[Sentence], object],
        judge: Callable[[Judgement], object],
        memory: Part[LongTermMemory] | None = None,
        keep: Callable[[Exchanged | Reopened | MemoryRequest], object] | None = None,
        today: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        eyes: Eyes | None = None,
        is_order: IsOrder = lambda _: True,
        seer: Seer | None = None,
        substitute: Substitute | None = None,
    ) -> None:
        self._inbox = inbox
        self._model = model
        self._system = self._base = system
        self._settings = settings
        self._ledger = ledger
        self._floor = floor
        self._bus = bus
        self._clock = clock
        self._deliver = deliver
        self._judge = judge
        self._memory = memory
        self._keep = keep
        self._today = today
        self._eyes = eyes
        self._is_order = is_order
        self._seer = seer or Seer()
        self._substitute = substitute
        self._past: list[Exchange] = []
        self._thoughts: dict[TurnId, _Thought] = {}
        self._read_up = True
        self._recalling = Recalling(memory, settings.memory_hits, clock, today)
        self._shown_before = ShownBefore(memory, today)
        self._errands = Errands(memory, keep, self._drop_unkept, self._between)
        self._reopening = Reopening(memory, keep, ledger, settings.context_tokens // _LEAST_TOKENS)
        self._conversation = today().isoformat(timespec="milliseconds")

    @property
    def conversation(self) -> str:
        """What identifies the present conversation; from any thread."""
        return self._conversation

    def note(self, event: Event) -> None:
        """Listen to the bus for what became of a reply."""
        if isinstance(event, SentenceSpoken | TurnFinished | MemoryKept | MemoryChanged):
            self._inbox.put(event, Lane.CONTROL)

    def warm_up(self, model: LanguageModel) -> None:
        """Let a new model read what never changes."""
        self._follow_rules()
        model.read([Message(role="system", text=self._system), Message(role="user", text="Hello.")])

    def step(self) -> None:
        """Take the next item, or when there is none, read what the next prompt will begin with."""
        match self._inbox.get(timeout_s=REST_S if self._read_up else _SOON_S):
            case UserText() as said:
                self._think(said)
            case Overheard() as overheard:
                self._read_ahead(overheard)
            case SentenceSpoken() | TurnFinished() as event:
                self._take_note(event)
            case MemoryKept(turn=turn):
                self._reopening.kept(turn)
            case MemoryChanged() as changed:
                self._follow(changed)
            case Reading() as reading:
                self._read_out(reading)
            case NewConversation() | OpenConversation() | ForgetConversation() | DropTurns() as command:
                self._turn_to(command)
            case None if not self._read_up:
                self._read_up = True
                self._read(self._history(None))

    def finish(self) -> None:
        """Take note, after the last step, of what became of the replies and what is to be forgotten."""
        while (item := self._inbox.get(timeout_s=0.0)) is not None:
            if isinstance(item, SentenceSpoken | TurnFinished):
                self._take_note(item)
            elif isinstance(item, DropTurns | ForgetConversation):
                self._turn_to(item)

    def _take_note(self, event: SentenceSpoken | TurnFinished) -> None:
        if isinstance(event, TurnFinished):
            self._remember(event.turn)
        elif event.turn in self._thoughts:
            self._thoughts[event.turn].heard_chars = event.up_to_char

    def _remember(self, turn: TurnId) -> None:
        thought = self._thoughts.pop(turn, None)
        if thought is None or thought.errand:
            return
        said, now = thought.said.text, self._today()
        answered = heard_part(thought.own, thought.heard_chars) if thought.heard_chars else ""
        if answered:
            self._past.append(Exchange(said=said, answered=answered, turn=turn, at=now))
            used = self._recalling.rested_on(said, answered, thought.hits)
            self._errands.note(LastAnswer(turn=turn, said=said, hits=used))
            self._read_up = self._read_up and thought.told and thought.heard_chars >= len(thought.reply)
        if answered or thought.told:  # what the user said is kept though MIA was ended before she spoke
            self._hand_to_keeper(thought, answered, now)

    def _history(self, turn: TurnId | None) -> list[Exchange]:
        """Return what was said before `turn`; for no turn, as if all that MIA says now will be heard."""
        return self._past + [
            Exchange(
                said=one.said.text,
                answered=heard_part(one.own, one.heard_chars if turn is not None else len(one.own)),
            )
            for one in self._thoughts.values()
            if one.said.turn != turn and not one.errand and (one.heard_chars or (turn is None and one.told))
        ]

    def _read_ahead(self, overheard: Overheard) -> None:
        if not self._ledger.is_void(overheard.turn):
            focus = self._eyes.focus(overheard.turn, 0, overheard.text, wait=False) if self._eyes else None
            self._read(self._history(overheard.turn), with_sights(overheard.text, focus, self._is_order))

    def _read(self, history: list[Exchange], said: str | None = None) -> None:
        try:
            model = self._model.get()
            messages, dropped = self._prompt(model, history, said or "")
            if said is None:
                del self._past[:dropped]  # else the words that come next would move the beginning of the prompt
            model.read(messages)
        except MiaError:
            return  # whoever asks in earnest is told

    def _prompt(self, model: LanguageModel, history: list[Exchange], said: str) -> tuple[list[Message], int]:
        budget_tokens = model.context_tokens - self._settings.reply_tokens
        if model.count_tokens(self._system) + model.count_tokens(said) + _OVERHEAD_TOKENS > budget_tokens:
            raise MiaError(_TOO_LONG)
        return prompt(self._system, history, said, budget_tokens=budget_tokens, count_tokens=model.count_tokens)

    def _think(self, said: UserText) -> None:
        thought = self._thoughts.get(said.turn)
        if self._ledger.is_void(said.turn, said.revision):
            return
        if thought is not None and thought.said.revision == said.revision:
            self._conclude(thought)
            return
        asked = self._errands.understood(said.text, self._today())
        if asked is not None and not said.certain:  # nothing is kept or erased before they have finished
            self._judge_words(said)
            return
        thought = _Thought(said=said, errand=asked is not None, hits=self._errands.reasons(asked))
        self._thoughts[said.turn] = thought
        try:
            if asked is None:
                finished = self._reply(thought)
            elif (answer := self._errands.serve(asked, said, self._today())) is not None:
                finished = self._answer(thought, answer)
            else:
                return  # the keeper tells when it is done
        except MiaError as error:
            finished = False
            if said.certain:
                self._ledger.finish(said.turn, "failed", str(error))
        if finished:
            self._conclude(thought)
        elif not self._ledger.is_void(said.turn):  # of a turn that is over the heard part may be told yet
            del self._thoughts[said.turn]

    def _reply(self, thought: _Thought) -> bool:
        """Produce the reply; tell whether it was brought to its end."""
        said = thought.said
        if self._substitute is None or said.model in ("", self._settings.language_model):
            return self._reply_by(self._model.get(), thought)

        def is_void() -> bool:
            return self._ledger.is_void(said.turn, said.revision)

        return bool(self._substitute.lend(said.model, said.turn, is_void, lambda one: self._reply_by(one, thought)))

    def _reply_by(self, model: LanguageModel, thought: _Thought) -> bool:
        said = thought.said
        if self._ledger.is_void(said.turn, said.revision):  # loading took a while
            return False
        known = {said.text, *(one.said for one in self._past), *self._reopening.leaving}
        thought.hits = self._recalling.recall(said.text, known)
        if thought.hits:
            self._tell(thought, MemoryUsed(turn=said.turn, hits=thought.hits))
        focus = self._eyes.focus(said.turn, said.revision, said.text) if self._eyes else None
        thought.seen = focus.percepts if focus else ()
        asked = with_memories(said.text, [hit.memory for hit in thought.hits], self._today())
        words = with_sights(asked, focus, self._is_order)
        messages, dropped = self._prompt(model, self._history(said.turn), words)
        if not said.model:  # the usual model may be able to read more
            del self._past[:dropped]
        if said.judged:
            end = model.read([*messages[:-1], Message(role="user", text=said.text)])
            self._judge(Judgement(turn=said.turn, revision=said.revision, text=said.text, sentence_end=end))
        cutter = SentenceCutter()
        by, pieces = self._answering(thought, focus, asked, messages, model)
        for piece in pieces:
            if self._ledger.is_void(said.turn, said.revision):
                pieces.close()  # type: ignore[attr-defined]
                return False
            if not thought.reply:
                self._tell(thought, ReplyStarted(turn=said.turn, at_s=self._clock.now_s(), model=by))
            self._grow(thought, piece)
            if said.aloud:
                for text, end in cutter.feed(piece) or cutter.whole():
                    self._say(said, text, end, last=False)
                    self._let_voice_begin(said)
        if source := self._source(thought):
            thought.own_chars = len(thought.reply)
            self._grow(thought, source)
            cutter.feed(source)
        self._written(thought, cutter)
        return True

    def _answering(
        self, thought: _Thought, focus: Focus | None, known: str, messages: list[Message], model: LanguageModel
    ) -> tuple[str, Iterator[str]]:
        """Return who answers, and the answer: read out of a picture, by a model that sees, or by the language model."""
        asked, most_tokens = thought.said.text, self._settings.reply_tokens
        earlier = self._eyes.earlier(focus) if self._eyes and focus else ()
        if known_again := self._shown_before.answer(asked, focus, earlier, self._conversation):
            return model.model, (one for one in (known_again,))
        told = any(tells(one.said) for one in self._past)  # then the answer may be in the user's words
        if read := read_out(asked, focus, self._is_order) or ("" if told else whose(asked, focus)):
            return model.model, (one for one in (read,))
        shown = [*messages[:-1], Message(role="user", text=beside_pictures(known, focus))]
        if not thought.said.model and (seen := self._seer.begin(shown, focus, most_tokens)):
            return seen.model, seen.pieces
        if doubt := "" if told else not_sure(asked, focus):
            return model.model, (one for one in (doubt,))
        return model.model, model.reply(messages, most_tokens)

    def _grow(self, thought: _Thought, piece: str) -> None:
        thought.reply += piece
        self._tell(thought, ReplyGrew(turn=thought.said.turn, text=piece))

    def _written(self, thought: _Thought, cutter: SentenceCutter) -> None:
        said = thought.said
        thought.written = True
        self._tell(thought, ReplyWritten(turn=said.turn, at_s=self._clock.now_s(), text=thought.reply))
        if said.aloud:
            self._say(said, *cutter.rest(), last=True)
            self._let_voice_begin(said)

    def _source(self, thought: _Thought) -> str:
        """Return the sentence that says when the user told what the reply rests on; empty when it rests on nothing."""
        if not self._settings.say_when or "told me" in thought.reply.lower():
            return ""
        used = self._recalling.rested_on(thought.said.text, thought.reply, thought.hits)
        return f" {told_when(used[0].memory, self._today())}" if used else ""

    def _answer(self, thought: _Thought, text: str) -> bool:
        """Reply with `text`, for which no language model is needed."""
        cutter = SentenceCutter()
        if thought.hits:
            self._tell(thought, MemoryUsed(turn=thought.said.turn, hits=thought.hits))
        self._tell(thought, ReplyStarted(turn=thought.said.turn, at_s=self._clock.now_s(), model=""))
        self._grow(thought, text)
        for piece, end in cutter.feed(text) if thought.said.aloud else ():
            self._say(thought.said, piece, end, last=False)
        self._written(thought, cutter)
        return True

    def _judge_words(self, said: UserText) -> None:
        if said.judged:
            messages, _ = self._prompt(self._model.get(), self._history(said.turn), said.text)
            end = self._model.get().read(messages)
            self._judge(Judgement(turn=said.turn, revision=said.revision, text=said.text, sentence_end=end))

    def _follow(self, changed: MemoryChanged) -> None:
        """Take over what became of memory, and tell the user when they asked for it."""
        thought = self._thoughts.get(changed.turn) if changed.turn is not None else None
        if changed.did == "locked":
            self._begin_anew()
            self._reopening.let_go()
            if thought is None:  # who asked for it in words reads the answer first
                self._bus.publish(ConversationOpened())
        if changed.did == "forgotten" and changed.conversation == self._conversation:
            self._turn_to(NewConversation())
        self._reopening.left(changed.turns)
        self._recalling.forget(changed.ids if changed.did == "forgotten" else ())
        self._drop(changed.turns)
        self._follow_rules()
        answer = self._errands.carried_out(changed)
        if thought is not None and not self._ledger.is_void(thought.said.turn):
            self._thoughts[thought.said.turn] = thought
            self._answer(thought, answer)
            self._conclude(thought)

    def _follow_rules(self) -> None:
        """Put how the user wants things done into what never changes; it does so only when they say so."""
        system = with_rules(self._base, self._recalling.rules())
        if system != self._system:
            self._system, self._read_up = system, False

    def _begin_anew(self) -> None:
        self._past, self._thoughts, self._read_up = [], {}, False
        self._recalling.let_go()
        self._errands.let_go()
        self._conversation = self._today().isoformat(timespec="milliseconds")

    def _turn_to(self, command: NewConversation | OpenConversation | ForgetConversation | DropTurns) -> None:
        """Do what the user asks of this conversation, or go on with another."""
        match command:
            case NewConversation():
                self._begin_anew()
                self._bus.publish(ConversationOpened())
            case OpenConversation(name=name):
                opened, past = self._reopening.open(name)
                if not opened.why:
                    self._begin_anew()
                    self._conversation, self._past = name, past
                self._bus.publish(opened)
            case ForgetConversation(name=name):
                if name == self._conversation:
                    self._turn_to(NewConversation())
                if self._keep is not None:
                    self._keep(MemoryRequest(command=command, at=self._today()))
            case DropTurns(turns=turns):
                self._take_out(turns)

    def _take_out(self, turns: tuple[TurnId, ...]) -> None:
        """Go on as if turns had never been, and have what is kept of them forgotten."""
        for turn in turns:
            self._thoughts.pop(turn, None)
        self._reopening.leave([one for one in self._past if one.turn in turns])
        self._errands.forget(turns)
        if self._keep is None:
            self._drop_unkept(turns)
        else:
            self._drop(turns)
            self._keep(MemoryRequest(command=Forget(what=ById(ids=())), at=self._today(), turns=turns))

    def _read_out(self, reading: Reading) -> None:
        """Say what was written before."""
        said = UserText(turn=reading.turn, revision=0, text="", aloud=True, certain=True)
        cutter = SentenceCutter()
        for piece, end in cutter.feed(reading.text):
            if self._ledger.is_void(reading.turn):
                return
            self._say(said, piece, end, last=False)
        self._say(said, *cutter.rest(), last=True)

    def _drop(self, turns: tuple[TurnId, ...]) -> None:
        """Take turns out of the conversation: they are forgotten."""
        if any(one.turn in turns for one in self._past):
            self._past = [one for one in self._past if one.turn not in turns]
            self._read_up = False

    def _drop_unkept(self, turns: tuple[TurnId, ...]) -> None:
        """Take turns out of a guest's conversation, of which nothing is kept."""
        self._drop(turns)
        self._bus.publish(MemoryChanged(turn=None, did="forgotten", turns=turns))

    def _between(self, start: datetime, end: datetime) -> tuple[TurnId, ...]:
        return tuple(one.turn for one in self._past if one.turn and one.at and start <= one.at < end)

    def _hand_to_keeper(self, thought: _Thought, answered: str, at: datetime) -> None:
        if self._keep is not None:
            exchanged = Exchanged(
                turn=thought.said.turn,
                at=at,
                user=self._settings.user_name,
                said=thought.said.text,
                spoken=thought.said.spoken,
                answered=answered,
                recalled=tuple(hit.memory.id for hit in thought.hits),
                conversation=self._conversation,
                seen=thought.seen,
            )
            self._reopening.handed_over(exchanged)
            self._keep(exchanged)

    def _let_voice_begin(self, said: UserText) -> None:
        """Wait until the first clause has become sound, which takes twice as long beside a model that is at work."""
        give_up_s = self._clock.now_s() + _VOICE_FIRST_S
        answered = (said.turn, said.revision)
        while self._floor.spoken_for != answered and not self._ledger.is_void(*answered):
            if self._clock.now_s() > give_up_s:
                return
            self._clock.wait(_POLL_S)

    def _say(self, said: UserText, text: str, end: int, *, last: bool) -> None:
        self._deliver(Sentence(turn=said.turn, revision=said.revision, text=text, up_to_char=end, last=last))

    def _tell(self, thought: _Thought, event: Event) -> None:
        self._ledger.tell(thought.said.turn, thought.said.revision, event)

    def _conclude(self, thought: _Thought) -> None:
        """Take note that the whole reply may reach the user."""
        said = thought.said
        if thought.written and self._ledger.is_certain(said.turn, said.revision):
            thought.told, self._read_up = True, False
            if not said.aloud:
                thought.heard_chars = len(thought.reply)
                self._ledger.finish(said.turn, "answered")
