"""Does what is asked of memory, and tells what became of it."""

from typing import Final

from mia_desktop.core.commands import (
    ConfirmMemory,
    EditMemory,
    Forget,
    ForgetConversation,
    ImportConversations,
    Lock,
    NameConversation,
    PinConversation,
    Remember,
    UndoMemory,
    Unlock,
)
from mia_desktop.core.errors import InputError
from mia_desktop.core.events import MemoryChanged
from mia_desktop.core.items import MemoryRequest
from mia_desktop.core.memories import ById, Experience, OfConversation, Recollection
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.engine.chores import Chores
from mia_desktop.engine.chronicle import Chronicle
from mia_desktop.engine.undo import Undo, brought_back

_MOST_UNDOABLE: Final = 1000
"""So many memories of a conversation are held for an undo; more would take minutes to embed again."""


class Deeds:
    """Carries out requests, each with what it takes to undo it.

    Args:
        chronicle: knows which memories the turns of a request are.
        chores: begin anew when memory is unlocked.
        undo: holds how the last change is taken back.
        user: who tells what is remembered.
    """

    def __init__(self, chronicle: Chronicle, chores: Chores, undo: Undo, user: str) -> None:
        self._chronicle = chronicle
        self._chores = chores
        self._undo = undo
        self._user = user

    def do(self, asked: MemoryRequest, memory: LongTermMemory) -> MemoryChanged:
        """Do what is asked; raises MiaError with the reason when that cannot be."""
        match asked.command:
            case Remember() as command:
                return self._remember(asked, command, memory)
            case Forget() as command:
                return self._forget(asked, command, memory)
            case EditMemory() as command:
                return self._edit(asked, command, memory)
            case UndoMemory():
                return MemoryChanged(turn=asked.turn, did="taken back", ids=self._undo.take_back())
            case ConfirmMemory(memory=number):
                memory.confirm(number)
                return MemoryChanged(turn=asked.turn, did="confirmed", ids=(number,))
            case Lock():
                self._undo.let_go()
                self._chronicle.let_go()
                memory.lock()
                return MemoryChanged(turn=asked.turn, did="locked")
            case Unlock(passphrase=passphrase):
                memory.unlock(passphrase)
                self._chores.begin_anew()
                return MemoryChanged(turn=asked.turn, did="unlocked")
            case NameConversation(name=name, title=title):
                memory.name_conversation(name, title)
                return MemoryChanged(turn=asked.turn, did="named", conversation=name)
            case PinConversation(name=name, on=on):
                memory.pin_conversation(name, on=on)
                return MemoryChanged(turn=asked.turn, did="pinned", conversation=name)
            case ForgetConversation(name=name):
                return self._forget_conversation(asked, name, memory)
            case ImportConversations(untrusted_text=untrusted):
                ids = memory.import_conversations(untrusted, self._user)
                return MemoryChanged(turn=asked.turn, did="taken in", ids=tuple(ids))

    def _remember(self, asked: MemoryRequest, command: Remember, memory: LongTermMemory) -> MemoryChanged:
        source = "voice" if asked.spoken else "typed"
        new = Experience(text=command.text, at=asked.at, speaker=self._user, kind=command.kind, source=source)  # type: ignore[arg-type]
        before = memory.procedures()
        number = memory.learn(new) if command.kind == "procedure" else memory.remember_all([new])[0]
        if number is None:
            raise InputError("That is not kept: there is nothing in it, or you do not allow it to be kept.")
        if asked.turn is not None:
            self._chronicle.note([(asked.turn, (number,))])
        (kept,) = memory.selected(ById(ids=(number,)))
        if undoable := kept.seen == 1 and kept not in before:

            def undo() -> tuple[int, ...]:
                memory.forget(ById(ids=(number,)))
                return brought_back(memory, [one for one in before if one not in memory.procedures()])

            self._undo.offer(undo)
        return MemoryChanged(turn=asked.turn, did="remembered", ids=(number,), undoable=undoable)

    def _edit(self, asked: MemoryRequest, command: EditMemory, memory: LongTermMemory) -> MemoryChanged:
        old = memory.selected(ById(ids=(command.memory,)))
        number = memory.edit(command.memory, command.text, asked.at)
        self._undo.offer(lambda: (memory.edit(number, old[0].text, asked.at),))
        return MemoryChanged(turn=asked.turn, did="edited", ids=(command.memory, number), undoable=True)

    def _forget(self, asked: MemoryRequest, command: Forget, memory: LongTermMemory) -> MemoryChanged:
        kept = self._chronicle.of(asked.turns)
        gone: set[int] = set()
        held: dict[int, Recollection] = {}
        for what in (command.what, ById(ids=kept)):
            if what != ById(ids=()):
                held.update((one.id, one) for one in memory.selected(what))
                gone.update(memory.forget(what).ids)
        if undoable := bool(held):
            self._undo.offer(lambda: brought_back(memory, list(held.values())))
        return MemoryChanged(
            turn=asked.turn,
            did="forgotten",
            ids=tuple(sorted(gone)),
            turns=tuple(sorted(self._chronicle.over(gone) | set(asked.turns))),
            undoable=undoable,
        )

    def _forget_conversation(self, asked: MemoryRequest, name: str, memory: LongTermMemory) -> MemoryChanged:
        before, held = memory.conversation_info(name), memory.selected(OfConversation(name=name))
        gone = memory.forget(OfConversation(name=name)).ids
        if undoable := len(held) <= _MOST_UNDOABLE:

            def undo() -> tuple[int, ...]:
                if not (ids := brought_back(memory, held)):
                    return ()
                memory.name_conversation(name, before.title)
                memory.pin_conversation(name, on=before.pinned)
                return ids

            self._undo.offer(undo)
        return MemoryChanged(
            turn=asked.turn,
            did="forgotten",
            ids=gone,
            turns=tuple(sorted(self._chronicle.over(gone))),
            conversation=name,
            undoable=undoable,
        )
