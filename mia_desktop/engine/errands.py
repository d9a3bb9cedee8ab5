"""What the user asks of memory itself, answered by rule: no language model decides what is kept, erased or believed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mia_desktop.core.commands import Forget, Lock, MemoryCommand, Remember, UndoMemory
from mia_desktop.core.errors import VaultLockedError
from mia_desktop.core.events import MemoryChanged, MemoryDeed
from mia_desktop.core.items import MemoryRequest, UserText
from mia_desktop.core.memories import AboutPerson, Between, ById, Everything, Hit
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.part import Part
from mia_desktop.language.human_time import when
from mia_desktop.language.recollection import because, quoted
from mia_desktop.memory import requests
from mia_desktop.memory.procedural import proposed_procedure
from mia_desktop.memory.requests import Request, request

_GUEST = "You are a guest, so I keep nothing. Make a vault, or unlock it, and say that again."
_UNDO_HINT = "Say “undo that” within a minute if you did not mean it."
_DONE: Final[dict[MemoryDeed, str]] = {
    "remembered": "I will remember that.",
    "taken back": "That is taken back.",
    "confirmed": "I will use it.",
    "edited": "That is changed.",
    "locked": "I am locked. Nothing of what you say now is kept.",
    "unlocked": "I am unlocked.",
    "named": "It is called so now.",
    "pinned": "That is done.",
    "taken in": "They are taken in.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How the user wants things done from now on, perhaps.

    Attributes:
        how: in their words.
    """

    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAnswer:
    """What was said last.

    Attributes:
        turn: its turn.
        said: the user's words.
        hits: the memories that the answer rests on.
    """

    turn: TurnId
    said: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What MIA will do when the user says yes.

    Attributes:
        command: what.
        refused: what she says when they say no.
    """

    command: MemoryCommand
    refused: str


class Errands:
    """Understands requests to memory, has the keeper carry them out, and says what became of them.

    Args:
        memory: the long-term memory; None for a guest.
        ask: hands a request to the keeper; None for a guest.
        drop: takes turns out of the present conversation.
        between: gives the turns of the present conversation from a time until before another.
    """

    def __init__(
        self,
        memory: Part[LongTermMemory] | None,
        ask: Callable[[MemoryRequest], object] | None,
        drop: Callable[[tuple[TurnId, ...]], None],
        between: Callable[[datetime, datetime], tuple[TurnId, ...]],
    ) -> None:
        self._memory = memory
        self._ask = ask
        self._drop = drop
        self._between = between
        self._question: _Question | None = None
        self._asked: dict[TurnId, MemoryCommand] = {}
        self._last: LastAnswer | None = None

    def note(self, last: LastAnswer) -> None:
        """Take note of an answer of the language model: what was asked before is no longer the question."""
        self._last, self._question = last, None

    def understood(self, text: str, now: datetime) -> Request | Wish | None:
        """Return what `text` asks of memory, or None when a language model is to answer it."""
        asked = request(text, now)
        if isinstance(asked, requests.Answer):
            return asked if self._question is not None else None
        if isinstance(asked, requests.AskWhy) and asked.bare and not (self._last and self._last.hits):
            return None  # they want to know more of the matter
        if asked is None and not self._guest() and (how := proposed_procedure(text)):
            return Wish(how=how)
        return asked

    def serve(self, asked: Request | Wish, said: UserText, now: datetime) -> str | None:
        """Do what was asked; return what to say, or None when the keeper's `MemoryChanged` will tell that."""
        question, self._question = self._question, None
        guest = self._guest()
        match asked:
            case requests.AskWhy():
                return because(self._last.hits if self._last else (), now, aloud=said.aloud)
            case requests.ListRules():
                return self._rules()
            case requests.ForgetLast() | requests.ForgetTime():
                return self._forget_turns(asked, said, now)
            case _ if guest:
                return _GUEST
            case requests.RememberThis(what=what):
                text = what or (self._last.said if self._last else "")
                if not text:
                    return "What shall I remember?"
                self._last = LastAnswer(turn=said.turn, said=text, hits=())  # what "forget that" would be about
                return self._hand_over(Remember(text=_sentence(text)), said, now)
            case requests.LockUp():
                return self._hand_over(Lock(), said, now)
            case requests.Undo():
                return self._hand_over(UndoMemory(), said, now)
            case requests.Answer(yes=True) if question is not None:
                return self._hand_over(question.command, said, now)
            case requests.Answer() if question is not None:
                return question.refused
            case Wish(how=how):
                self._question = _Question(command=Remember(text=how, kind="procedure"), refused="Not as a rule, then.")
                return f"Shall I hold to that from now on: {quoted(how)}? Say yes or no."
            case _:
                return self._asked_back(asked, said, now)

    def carried_out(self, event: MemoryChanged) -> str:
        """Return what to say of what the keeper did."""
        command = self._asked.pop(event.turn, None) if event.turn is not None else None
        if event.did == "refused":
            return event.why
        if event.did == "forgotten":
            if not event.ids and not event.turns:
                return "There was nothing of that."
            return f"That is forgotten. {_UNDO_HINT}" if event.undoable else "That is forgotten for good."
        if event.did == "remembered" and isinstance(command, Remember):
            return "I will from now on." if command.kind == "procedure" else f"I will remember: {quoted(command.text)}"
        return _DONE[event.did]

    def reasons(self, asked: Request | Wish | None) -> tuple[Hit, ...]:
        """Return the memories that an answer to `asked` tells of."""
        return self._last.hits if isinstance(asked, requests.AskWhy) and self._last else ()

    def forget(self, turns: Collection[TurnId]) -> None:
        """Let what was said last go when it was in one of these turns."""
        if self._last is not None and self._last.turn in turns:
            self._last = None

    def let_go(self) -> None:
        """Forget what was said last and what was asked."""
        self._question = self._last = None

    def _forget_turns(
        self, asked: requests.ForgetLast | requests.ForgetTime, said: UserText, now: datetime
    ) -> str | None:
        if isinstance(asked, requests.ForgetLast):
            turns: tuple[TurnId, ...] = (self._last.turn,) if self._last else ()
            command = Forget(what=ById(ids=()))
        else:
            turns = self._between(asked.start, asked.end)
            command = Forget(what=Between(start=asked.start, end=asked.end))
        self._last = None
        if self._guest():
            self._drop(turns)
            return "That is out of this conversation, and nothing of it was kept."
        return self._hand_over(command, said, now, turns)

    def _asked_back(self, asked: Request, said: UserText, now: datetime) -> str | None:
        """Ask before something goes that the user may not have before their eyes."""
        kept = "Nothing is forgotten."
        match asked:
            case requests.ForgetRules():
                rules = tuple(one.id for one in self._memory.get().procedures()) if self._memory else ()
                return self._hand_over(Forget(what=ById(ids=rules)), said, now)
            case requests.ForgetFact(what=what):
                hits = self._memory.get().recall(what, now) if self._memory else []
                one = next((hit.memory for hit in hits if hit.memory.trust == "user"), None)
                if one is None:
                    return "I remember nothing like that."
                self._question = _Question(command=Forget(what=ById(ids=(one.id,))), refused=kept)
                told = when(one.at, now).removeprefix("on ").removeprefix("in ")
                return f"From {told}: {quoted(one.text)} Shall I forget that? Say yes or no."
            case requests.ForgetAbout(name=name):
                self._question = _Question(command=Forget(what=AboutPerson(name=name)), refused=kept)
                return f"Shall I forget all that {name} said and all that names {name}, for good? Say yes or no."
            case requests.ForgetAll():
                self._question = _Question(command=Forget(what=Everything()), refused=kept)
                return "Shall I forget everything, for good? Say yes or no."
        return None

    def _rules(self) -> str:
        held = [] if self._guest() or self._memory is None else self._memory.get().procedures()
        if not held:
            return "You have told me no rules."
        return "You told me: " + "; ".join(quoted(one.text) for one in held) + ". Say “forget my rules” to end that."

    def _hand_over(
        self, command: MemoryCommand, said: UserText, now: datetime, turns: tuple[TurnId, ...] = ()
    ) -> str | None:
        if self._ask is None:
            return _GUEST
        self._asked[said.turn] = command
        self._ask(MemoryRequest(command=command, at=now, turn=said.turn, turns=turns, spoken=said.spoken))
        return None

    def _guest(self) -> bool:
        try:
            return self._ask is None or self._memory is None or self._memory.get().locked
        except VaultLockedError:
            return True


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
