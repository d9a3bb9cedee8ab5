"""Events: what has happened, told to everybody. Times are clock seconds."""

from dataclasses import dataclass
from typing import Literal

from mia_desktop.core.conversations import PastTurn
from mia_desktop.core.errors import MiaError
from mia_desktop.core.memories import Hit
from mia_desktop.core.sights import Focus, Sight
from mia_desktop.core.turn import TurnId

State = Literal["warming up", "ready", "listening", "thinking", "speaking", "muted", "trouble"]
MemoryDeed = Literal[
    "remembered",
    "edited",
    "forgotten",
    "taken back",
    "confirmed",
    "locked",
    "unlocked",
    "named",
    "pinned",
    "taken in",
    "refused",
]
Outcome = Literal["answered", "cancelled", "nothing heard", "not for MIA", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChanged:
    """The one visible state of the conversation changed.

    Attributes:
        state: what MIA does now.
        why: a sentence for the user in "trouble", else empty.
    """

    state: State
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthChanged:
    """The models and devices became fit for a conversation, or not.

    Attributes:
        ok: whether they are fit.
        why: a sentence for the user when they are not, else empty.
    """

    ok: bool
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLoading:
    """A model is being loaded for one answer; `ModelLoaded` or the end of the turn follows.

    Attributes:
        turn: the turn that waits for it.
        role: what it is for, as in the catalogue.
        model: its name in the catalogue.
    """

    turn: TurnId
    role: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLoaded:
    """A model can be used.

    Attributes:
        role: what it is for, as in the catalogue.
        model: its name in the catalogue.
        load_s: time that loading and a first use took, seconds.
        rss_bytes: how much the process grew by it, bytes.
    """

    role: str
    model: str
    load_s: float
    rss_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStarted:
    """Somebody began to speak, or the talk key went down.

    Attributes:
        turn: the new turn.
        at_s: when.
        over: the turn whose answer fell silent for it and goes on when it comes to nothing, or None.
    """

    turn: TurnId
    at_s: float
    over: TurnId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEnded:
    """The utterance is complete.

    Attributes:
        turn: its turn.
        at_s: when that was decided.
        last_voiced_at_s: when the last voiced sample reached the microphone.
    """

    turn: TurnId
    at_s: float
    last_voiced_at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptGrew:
    """More of what the user is saying was understood.

    Attributes:
        turn: its turn.
        text: all words so far; the last ones may change.
    """

    turn: TurnId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptReady:
    """The words of the user are known.

    Attributes:
        turn: its turn.
        at_s: when.
        text: the words.
        language: ISO 639-1 code, or empty for typed text.
        spoken: whether they were heard rather than typed.
    """

    turn: TurnId
    at_s: float
    text: str
    language: str
    spoken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyStarted:
    """The reply began: the language model gave its first token, or none was needed.

    Attributes:
        turn: its turn.
        at_s: when.
        model: the model's name in the catalogue; empty when MIA answers without one.
    """

    turn: TurnId
    at_s: float
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyGrew:
    """More of the reply is there.

    Attributes:
        turn: its turn.
        text: what came, to be added to what was there.
    """

    turn: TurnId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyWritten:
    """The whole reply is there as text.

    Attributes:
        turn: its turn.
        at_s: when.
        text: the reply.
    """

    turn: TurnId
    at_s: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechReady:
    """The first sound of the reply was handed to the speaker.

    Attributes:
        turn: its turn.
        at_s: when.
    """

    turn: TurnId
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceSpoken:
    """A piece of the reply has left the speaker.

    Attributes:
        turn: its turn.
        at_s: when.
        up_to_char: characters of the reply heard so far.
    """

    turn: TurnId
    at_s: float
    up_to_char: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnFinished:
    """Nothing more will come of a turn.

    Attributes:
        turn: its turn.
        at_s: when.
        outcome: how it ended.
        why: a sentence for the user when it failed or nothing was heard, else empty.
    """

    turn: TurnId
    at_s: float
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationOpened:
    """A conversation goes on: what is said next belongs to it.

    Attributes:
        name: what identifies it; empty for a new one that nothing was said in yet.
        title: what to call it before the user; empty for a new one.
        turns: what was said in it, oldest first.
        why: a sentence for the user when it could not be opened, and the present one goes on; else empty.
    """

    name: str = ""
    title: str = ""
    turns: tuple[PastTurn, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingStarted:
    """MIA reads a reply of before aloud; `SpeechReady` and `TurnFinished` are of the reading.

    Attributes:
        turn: the reading.
        at_s: when.
        of: the turn whose reply it is; `SentenceSpoken` tells of that one.
    """

    turn: TurnId
    at_s: float
    of: TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryUsed:
    """Memories were given to the language model for an answer.

    Attributes:
        turn: its turn.
        hits: which, best first, with the reasons.
    """

    turn: TurnId
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryKept:
    """A turn is on disk.

    Attributes:
        turn: its turn.
        ids: the memories that it became or was counted on.
        conversation: name of the conversation that it belongs to.
    """

    turn: TurnId
    ids: tuple[int, ...]
    conversation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingFailed:
    """Nothing can be written to memory; what is said waits, and is tried again until a `KeepingResumed`.

    Attributes:
        error: what to tell the user.
    """

    error: MiaError


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingResumed:
    """What waited since a `KeepingFailed` is on disk, or was given up.

    Attributes:
        lost: how many turns were given up, because memory was locked before they could be written.
    """

    lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryChanged:
    """Long-term memory did what it was asked to do, or refused.

    Attributes:
        turn: the turn in which the user asked for it, or None for a command of a face.
        did: what was done.
        ids: the memories that came, went or changed.
        turns: the turns of this conversation of which nothing is remembered any more.
        conversation: name of the conversation that was named, pinned or forgotten as a whole; else empty.
        undoable: whether `UndoMemory` takes it back.
        why: a sentence for the user when it was refused, else empty.
    """

    turn: TurnId | None
    did: MemoryDeed
    ids: tuple[int, ...] = ()
    turns: tuple[TurnId, ...] = ()
    conversation: str = ""
    undoable: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryEmbedded:
    """Memories are being given vectors of another model; until all have one, words find what meaning cannot.

    Attributes:
        done: how many have one by now.
        of: how many are to get one.
    """

    done: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLost:
    """A sound device stopped working.

    Attributes:
        kind: which one.
        why: a sentence for the user.
    """

    kind: Literal["microphone", "speaker"]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceReturned:
    """A sound device that was lost works again, or another one took its place.

    Attributes:
        kind: which one.
        name: what it is called now.
    """

    kind: Literal["microphone", "speaker"]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteChanged:
    """The microphone was muted, or is heard again.

    Attributes:
        on: whether it is muted.
    """

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoChanged:
    """MIA hears too much of her own voice to listen while she speaks, or does so no longer.

    Attributes:
        half_duplex: whether she listens only while she is silent.
        why: a sentence for the user.
    """

    half_duplex: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SightSeen:
    """A picture was looked at.

    Attributes:
        key: how the face calls it; ``camera-`` and a number for a picture of the camera.
        at_s: when it was done.
        sight: what was found; its picture has the pixels for a thumbnail.
    """

    key: str
    at_s: float
    sight: Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class SightFailed:
    """A picture could not be opened or looked at.

    Attributes:
        key: how the face calls it.
        error: what to tell the user.
    """

    key: str
    error: MiaError


@dataclass(frozen=True, slots=True, kw_only=True)
class SightsUsed:
    """Pictures were given to the language model for an answer.

    Attributes:
        turn: its turn.
        focus: which, and why; each has the time at which it was taken.
    """

    turn: TurnId
    focus: Focus


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraOpened:
    """The camera is open: MIA can see through it.

    Attributes:
        name: what it is called.
        once: whether it closes by itself when the next question was answered.
    """

    name: str
    once: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraClosed:
    """The camera is closed, or could not be opened.

    Attributes:
        name: what it is called.
        why: a sentence for the user when it was not asked for, else empty.
    """

    name: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerFailed:
    """A stage met an error.

    Attributes:
        worker: the stage's name.
        error: what to tell the user.
        gave_up: whether the stage is gone for good.
    """

    worker: str
    error: MiaError
    gave_up: bool


Event = (
    StateChanged
    | HealthChanged
    | ModelLoading
    | ModelLoaded
    | SpeechStarted
    | SpeechEnded
    | TranscriptGrew
    | TranscriptReady
    | ReplyStarted
    | ReplyGrew
    | ReplyWritten
    | SpeechReady
    | SentenceSpoken
    | TurnFinished
    | ConversationOpened
    | ReadingStarted
    | MemoryUsed
    | MemoryKept
    | KeepingFailed
    | KeepingResumed
    | MemoryChanged
    | MemoryEmbedded
    | DeviceLost
    | DeviceReturned
    | MuteChanged
    | EchoChanged
    | SightSeen
    | SightFailed
    | SightsUsed
    | CameraOpened
    | CameraClosed
    | WorkerFailed
)
