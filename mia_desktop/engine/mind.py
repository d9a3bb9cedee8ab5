"""Thinks: from the user's words to sentences of a reply."""

from collections.abc import Callable, Sequence
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
    SentenceSpoken,
    TurnFinished,
)
from mia_desktop.core.items import (
    Exchanged,
    Judgement,
    MemoryRequest,
    Overheard,
    Reading,
    Reopened,
    Sentence,
    UserText,
)
from mia_desktop.core.mailbox import Lane, Mailbox
from mia_desktop.core.memories import ById
from mia_desktop.core.ports import LanguageModel, LongTermMemory
from mia_desktop.core.turn import TurnId
from mia_desktop.core.worker import REST_S
from mia_desktop.engine.briefing import Briefing
from mia_desktop.engine.dialogue import Dialogue
from mia_desktop.engine.errands import Errands, LastAnswer
from mia_desktop.engine.eyes import Eyes
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.engine.recalling import Recalling
from mia_desktop.engine.reopening import Reopening
from mia_desktop.engine.replying import Replying
from mia_desktop.engine.seer import Seer
from mia_desktop.engine.shown_before import ShownBefore
from mia_desktop.engine.substitute import Substitute
from mia_desktop.engine.telling import Telling
from mia_desktop.engine.thought import Thought
from mia_desktop.language.context import Exchange
from mia_desktop.language.sights import IsOrder, with_sights

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

_LEAST_TOKENS = 16
"""So many tokens at least has a past turn in the prompt, for the marks around what was said."""
_SOON_S = 0.05  # without another item so long, there is time to read ahead


class Mind:
    """Takes what is said and done, and lets the language model continue the conversation.

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
        self._user = settings.user_name
        self._ledger = ledger
        self._bus = bus
        self._keep = keep
        self._today = today
        self._eyes = eyes
        self._is_order = is_order
        self._dialogue = Dialogue(self._new_name())
        self._briefing = Briefing(model, system, settings, self._dialogue)
        self._recalling = Recalling(memory, settings.memory_hits, clock, today)
        self._errands = Errands(memory, keep, self._drop_unkept, self._dialogue.between)
        self._reopening = Reopening(memory, keep, ledger, settings.context_tokens // _LEAST_TOKENS)
        self._telling = Telling(deliver, ledger, floor, clock)
        self._replying = Replying(
            model=model,
            substitute=substitute,
            eyes=eyes,
            seer=seer or Seer(),
            shown_before=ShownBefore(memory, today),
            recalling=self._recalling,
            dialogue=self._dialogue,
            briefing=self._briefing,
            telling=self._telling,
            judge=judge,
            is_order=is_order,
            ledger=ledger,
            settings=settings,
            today=today,
        )

    @property
    def conversation(self) -> str:
        """What identifies the present conversation; from any thread."""
        return self._dialogue.name

    def note(self, event: Event) -> None:
        """Listen to the bus for what became of a reply."""
        if isinstance(event, SentenceSpoken | TurnFinished | MemoryKept | MemoryChanged):
            self._inbox.put(event, Lane.CONTROL)

    def warm_up(self, model: LanguageModel) -> None:
        """Let a new model read what never changes."""
        self._briefing.follow(self._recalling.rules())
        self._briefing.warm_up(model)

    def step(self) -> None:
        """Take the next item, or when there is none, read what the next prompt will begin with."""
        match self._inbox.get(timeout_s=REST_S if self._briefing.read_up else _SOON_S):
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
                self._telling.read_out(reading)
            case NewConversation() | OpenConversation() | ForgetConversation() | DropTurns() as command:
                self._turn_to(command)
            case None if not self._briefing.read_up:
                self._briefing.read()

    def finish(self) -> None:
        """Take note, after the last step, of what became of the replies and what is to be forgotten."""
        while (item := self._inbox.get(timeout_s=0.0)) is not None:
            if isinstance(item, SentenceSpoken | TurnFinished):
                self._take_note(item)
            elif isinstance(item, DropTurns | ForgetConversation):
                self._turn_to(item)

    # What the user says, and what of the answer they hear.

    def _read_ahead(self, overheard: Overheard) -> None:
        if not self._ledger.is_void(overheard.turn):
            focus = self._eyes.focus(overheard.turn, 0, overheard.text, wait=False) if self._eyes else None
            self._briefing.read_ahead(overheard.turn, with_sights(overheard.text, focus, self._is_order))

    def _think(self, said: UserText) -> None:
        thought = self._dialogue.thoughts.get(said.turn)
        if self._ledger.is_void(said.turn, said.revision):
            return
        if thought is not None and thought.said.revision == said.revision:
            self._conclude(thought)
            return
        asked = self._errands.understood(said.text, self._today())
        if asked is not None and not said.certain:  # nothing is kept or erased before they have finished
            self._replying.judge(said)
            return
        thought = Thought(said=said, errand=asked is not None, hits=self._errands.reasons(asked))
        self._dialogue.thoughts[said.turn] = thought
        try:
            if asked is None:
                known = {said.text, *self._dialogue.words(), *self._reopening.leaving}
                finished = self._replying.reply(thought, known)
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
            del self._dialogue.thoughts[said.turn]

    def _answer(self, thought: Thought, text: str) -> bool:
        """Reply with `text`, for which no language model is needed."""
        if thought.hits:
            self._telling.tell(thought, MemoryUsed(turn=thought.said.turn, hits=thought.hits))
        self._telling.begin(thought, by="")
        self._telling.add(thought, text)
        self._telling.end(thought)
        return True

    def _conclude(self, thought: Thought) -> None:
        """Take note that the whole reply may reach the user."""
        said = thought.said
        if thought.written and self._ledger.is_certain(said.turn, said.revision):
            thought.told, self._briefing.read_up = True, False
            if not said.aloud:
                thought.heard_chars = len(thought.reply)
                self._ledger.finish(said.turn, "answered")

    def _take_note(self, event: SentenceSpoken | TurnFinished) -> None:
        if isinstance(event, TurnFinished):
            self._remember(event.turn)
        elif event.turn in self._dialogue.thoughts:
            self._dialogue.thoughts[event.turn].heard_chars = event.up_to_char

    def _remember(self, turn: TurnId) -> None:
        """Make what was heard of a reply a part of the conversation, and hand it to the keeper."""
        thought = self._dialogue.thoughts.pop(turn, None)
        if thought is None or thought.errand:
            return
        said, answered, now = thought.said.text, thought.heard, self._today()
        if answered:
            self._dialogue.past.append(Exchange(said=said, answered=answered, turn=turn, at=now))
            used = self._recalling.rested_on(said, answered, thought.hits)
            self._errands.note(LastAnswer(turn=turn, said=said, hits=used))
            heard_all = thought.told and thought.heard_chars >= len(thought.reply)
            self._briefing.read_up = self._briefing.read_up and heard_all
        if self._keep is not None and (answered or thought.told):  # the user's words are kept though she did not speak
            exchanged = thought.exchanged(now, self._user, self._dialogue.name)
            self._reopening.handed_over(exchanged)
            self._keep(exchanged)

    # What changes the conversation itself.

    def _follow(self, changed: MemoryChanged) -> None:
        """Take over what became of memory, and tell the user when they asked for it."""
        thought = self._dialogue.thoughts.get(changed.turn) if changed.turn is not None else None
        if changed.did == "locked":
            self._begin_anew(self._new_name())
            self._reopening.let_go()
            if thought is None:  # who asked for it in words reads the answer first
                self._bus.publish(ConversationOpened())
        if changed.did == "forgotten" and changed.conversation == self._dialogue.name:
            self._turn_to(NewConversation())
        self._reopening.left(changed.turns)
        self._recalling.forget(changed.ids if changed.did == "forgotten" else ())
        self._drop(changed.turns)
        self._briefing.follow(self._recalling.rules())
        answer = self._errands.carried_out(changed)
        if thought is not None and not self._ledger.is_void(thought.said.turn):
            self._dialogue.thoughts[thought.said.turn] = thought
            self._answer(thought, answer)
            self._conclude(thought)

    def _turn_to(self, command: NewConversation | OpenConversation | ForgetConversation | DropTurns) -> None:
        """Do what the user asks of this conversation, or go on with another."""
        match command:
            case NewConversation():
                self._begin_anew(self._new_name())
                self._bus.publish(ConversationOpened())
            case OpenConversation(name=name):
                opened, past = self._reopening.open(name)
                if not opened.why:
                    self._begin_anew(name, past)
                self._bus.publish(opened)
            case ForgetConversation(name=name):
                if name == self._dialogue.name:
                    self._turn_to(NewConversation())
                if self._keep is not None:
                    self._keep(MemoryRequest(command=command, at=self._today()))
            case DropTurns(turns=turns):
                self._take_out(turns)

    def _begin_anew(self, name: str, past: Sequence[Exchange] = ()) -> None:
        self._dialogue.begin(name, past)
        self._briefing.read_up = False
        self._recalling.let_go()
        self._errands.let_go()

    def _new_name(self) -> str:
        return self._today().isoformat(timespec="milliseconds")

    def _take_out(self, turns: tuple[TurnId, ...]) -> None:
        """Go on as if turns had never been, and have what is kept of them forgotten."""
        for turn in turns:
            self._dialogue.thoughts.pop(turn, None)
        self._reopening.leave(self._dialogue.of(turns))
        self._errands.forget(turns)
        if self._keep is None:
            self._drop_unkept(turns)
        else:
            self._drop(turns)
            self._keep(MemoryRequest(command=Forget(what=ById(ids=())), at=self._today(), turns=turns))

    def _drop(self, turns: tuple[TurnId, ...]) -> None:
        """Take turns out of the conversation: they are forgotten."""
        if self._dialogue.drop(turns):
            self._briefing.read_up = False

    def _drop_unkept(self, turns: tuple[TurnId, ...]) -> None:
        """Take turns out of a guest's conversation, of which nothing is kept."""
        self._drop(turns)
        self._bus.publish(MemoryChanged(turn=None, did="forgotten", turns=turns))
