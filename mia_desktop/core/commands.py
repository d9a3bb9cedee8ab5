"""Commands: what a face asks of the engine, through ``engine.submit``."""

from dataclasses import dataclass, field

from mia_desktop.core.memories import Kind, Selector
from mia_desktop.core.sights import PictureBytes
from mia_desktop.core.turn import TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class StartListening:
    """The talk key went down. What MIA says is cut short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopListening:
    """The talk key went up: what was said is a whole utterance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHandsFree:
    """Let the voice detector decide when a turn begins and ends.

    Attributes:
        on: whether it does.
    """

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMuted:
    """Hear nothing at all, or hear again.

    Attributes:
        on: whether the microphone's sound is thrown away.
    """

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAway:
    """The window went out of the user's sight, or came back. Out of sight, sound devices that nobody needs are closed.

    Attributes:
        on: whether it is out of sight.
    """

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskText:
    """The user typed something.

    Attributes:
        text: what.
        aloud: whether the answer is to be spoken.
        model: the language model that answers this once, by its name in the catalogue; empty: the one of the settings.
    """

    text: str
    aloud: bool = True
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTurn:
    """Stop: listening, thinking and speaking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConversation:
    """Begin a conversation in which nothing was said yet; a `ConversationOpened` without a name answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConversation:
    """Go on with a conversation that was held before; a `ConversationOpened` answers.

    Attributes:
        name: which, as in `ConversationInfo`.
    """

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameConversation:
    """Give a conversation a title of the user's own.

    Attributes:
        name: which.
        title: what to call it; empty: the beginning of what was said first.
    """

    name: str
    title: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PinConversation:
    """Keep a conversation at the top of the list, or do so no longer.

    Attributes:
        name: which.
        on: whether it is to stay at the top.
    """

    name: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetConversation:
    """Erase all of a conversation for good. When it is the present one, a new one begins.

    Attributes:
        name: which.
    """

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportConversations:
    """Take conversations in from a file. What is there already is not taken in again.

    Attributes:
        untrusted_text: the content of what `memory.conversation_files` wrote, or of a ChatGPT export's
            ``conversations.json``. It is in no log and in no `repr`.
    """

    untrusted_text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DropTurns:
    """Take turns out of this conversation, and forget what memory kept of them; `MemoryChanged` tells when it is done.

    A turn that is under way is cancelled. What is asked next is answered as if they had never been.

    Attributes:
        turns: which.
    """

    turns: tuple[TurnId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAloud:
    """Say something that MIA wrote before once more; a `ReadingStarted` answers.

    It is a turn of its own that nobody remembers.

    Attributes:
        turn: the turn whose reply it is; `SentenceSpoken` tells of that turn.
        text: the reply.
    """

    turn: TurnId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remember:
    """Keep something for long. A procedure is used from now on: the user has confirmed it.

    Attributes:
        text: what.
        kind: an episode, a fact, or a procedure: how the user wants things done.
    """

    text: str
    kind: Kind = "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """Erase memories for good.

    Attributes:
        what: which.
    """

    what: Selector


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMemory:
    """Put other words in the place of what a memory says. The old ones are still there for "as of" questions.

    Attributes:
        memory: its id.
        text: what it says from now on.
    """

    memory: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoMemory:
    """Take back the last `Remember`, `EditMemory` or `Forget`, within a minute and where that is possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmMemory:
    """Let a memory be used that was held back.

    Attributes:
        memory: its id.
    """

    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Write what is waiting, lock the vault and go on as with a guest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """Open the vault.

    Attributes:
        passphrase: the user's; None for a vault that the keyring opens. It is in no log and in no `repr`.
    """

    passphrase: str | None = field(default=None, repr=False)


MemoryCommand = (
    Remember
    | Forget
    | UndoMemory
    | EditMemory
    | ConfirmMemory
    | Lock
    | Unlock
    | NameConversation
    | PinConversation
    | ForgetConversation
    | ImportConversations
)
"""What is asked of long-term memory; a `MemoryChanged` tells what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPicture:
    """Look at a picture now; what is said next may be about it. `SightSeen` or `SightFailed` answers.

    Attributes:
        key: how the face calls it, unlike any other one of this conversation.
        picture: the picture.
    """

    key: str
    picture: PictureBytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAway:
    """Forget pictures that were shown.

    Attributes:
        keys: which; empty: all.
    """

    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LookThroughCamera:
    """Open the camera, or close it. Whoever sends this has the user's consent to ``camera.look``.

    Attributes:
        on: whether it is to be open.
        once: whether it closes by itself when the next question was answered.
    """

    on: bool
    once: bool = True


ConversationCommand = NewConversation | OpenConversation | DropTurns | ReadAloud
SightCommand = ShowPicture | PutAway | LookThroughCamera
Command = (
    StartListening
    | StopListening
    | SetHandsFree
    | SetMuted
    | SetAway
    | AskText
    | CancelTurn
    | ConversationCommand
    | MemoryCommand
    | SightCommand
)
