"""Items: what one stage hands to the next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mia_desktop.core.commands import MemoryCommand
from mia_desktop.core.ring import Samples
from mia_desktop.core.sights import Percept
from mia_desktop.core.turn import TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What was said so far in one turn, pre-roll included.

    Attributes:
        turn: the turn that it begins.
        revision: twice the samples up to the last voiced one, so that who speaks on makes a new revision, and better
            words for the same sound have one of their own between two.
        samples: float32, shape (n,), 16 kHz, mono, in [-1, 1].
        voiced_s: how much of it is voiced, seconds.
        progress: "speaking" while the user speaks, "paused" in a silence, "ended" once and last.
        by_key: whether the user held the talk key.
        over: the turn whose answer the user speaks over, or None.
        rested_at: number of the samples before the last silence after which the user spoke on, of those that are long
            enough to part what was said from what follows; 0: none.
    """

    turn: TurnId
    revision: int
    samples: Samples
    voiced_s: float
    progress: Literal["speaking", "paused", "ended"]
    by_key: bool
    over: TurnId | None = None
    rested_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a transcript with its place in the sound.

    Attributes:
        start_s: seconds from the beginning of the sound.
        end_s: seconds from the beginning of the sound.
        text: what was said.
        no_speech_probability: the recogniser's belief that nobody spoke, 0 to 1.
        mean_log_probability: mean log probability of the tokens, <= 0.
        compression_ratio: characters over zlib-compressed characters; a loop has a high one.
    """

    start_s: float
    end_s: float
    text: str
    no_speech_probability: float
    mean_log_probability: float
    compression_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What the audio encoder made of a sound.

    Attributes:
        text: all segments' text, joined and stripped.
        language: ISO 639-1 code.
        segments: the pieces, in order.
        audio_s: length of the sound, seconds.
        compute_s: time that it took, seconds.
        sure: whether a more thorough reading would hardly change it.
    """

    text: str
    language: str
    segments: tuple[Segment, ...]
    audio_s: float
    compute_s: float
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class UserText:
    """What the user said or typed, ready to be thought about.

    Attributes:
        turn: its turn.
        revision: of the utterance; 0 for typed text.
        text: the words.
        aloud: whether the answer is to be spoken.
        certain: whether the user has finished; until then the answer is worked on, but not told to anybody.
        judged: whether the ears want to know if these words can be all.
        spoken: whether they were heard rather than typed.
        model: the language model that is to answer, by its name in the catalogue; empty: the usual one.
    """

    turn: TurnId
    revision: int
    text: str
    aloud: bool
    certain: bool
    judged: bool = False
    spoken: bool = False
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overheard:
    """The beginning of what the user is still saying.

    Attributes:
        turn: its turn.
        text: the words so far; the last ones may change.
    """

    turn: TurnId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """A turn that is over, as it is to be remembered.

    Attributes:
        turn: its turn.
        at: when it was said; has a time zone.
        user: who said it.
        said: the user's words.
        spoken: whether they were heard rather than typed.
        answered: what of the answer reached the user.
        recalled: ids of the memories that the answer could use.
        conversation: name of the conversation that it belongs to.
        seen: the pictures that the answer was about.
    """

    turn: TurnId
    at: datetime
    user: str
    said: str
    spoken: bool
    answered: str
    recalled: tuple[int, ...]
    conversation: str = ""
    seen: tuple[Percept, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """A conversation of before goes on.

    Attributes:
        turns: its turns, each with the ids of the memories that it is kept in.
    """

    turns: tuple[tuple[TurnId, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A reply of before that is to be read aloud.

    Attributes:
        turn: the turn that the reading is.
        text: the reply.
    """

    turn: TurnId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryRequest:
    """Something asked of long-term memory.

    Attributes:
        command: what; a `Forget` whose selector names no id means `turns`.
        at: when it was asked; has a time zone.
        turn: the turn in which the user asked for it, or None for a command of a face.
        turns: the turns to forget.
        spoken: whether the user said rather than typed it.
    """

    command: MemoryCommand
    at: datetime
    turn: TurnId | None = None
    turns: tuple[TurnId, ...] = ()
    spoken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether the words so far can be all.

    Attributes:
        turn: their turn.
        revision: of the utterance.
        text: the words.
        sentence_end: probability that a sentence ends after them, 0 to 1.
    """

    turn: TurnId
    revision: int
    text: str
    sentence_end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a prompt.

    Attributes:
        role: who speaks.
        text: what is said.
    """

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A piece of the reply that can be spoken by itself.

    Attributes:
        turn: its turn.
        revision: of the user's words that it answers.
        text: as written, markdown included; may be empty on the last one.
        up_to_char: where it ends in the written reply, characters.
        last: whether the reply ends with it.
    """

    turn: TurnId
    revision: int
    text: str
    up_to_char: int
    last: bool
