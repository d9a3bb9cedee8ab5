"""Items: what one stage hands to the next."""

from dataclasses import dataclass
from typing import Literal

from mia_desktop.core.ring import Samples
from mia_desktop.core.turn import TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One stretch of speech, pre-roll included.

    Attributes:
        turn: the turn that it begins.
        samples: float32, shape (n,), 16 kHz, mono, in [-1, 1].
        last_voiced_at_s: clock time of the last voiced sample, seconds.
    """

    turn: TurnId
    samples: Samples
    last_voiced_at_s: float


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
    """

    text: str
    language: str
    segments: tuple[Segment, ...]
    audio_s: float
    compute_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UserText:
    """What the user said or typed, ready to be thought about.

    Attributes:
        turn: its turn.
        text: the words.
        spoken: whether they were heard rather than typed.
        aloud: whether the answer is to be spoken.
    """

    turn: TurnId
    text: str
    spoken: bool
    aloud: bool


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
        text: as written, markdown included; may be empty on the last one.
        up_to_char: where it ends in the written reply, characters.
        last: whether the reply ends with it.
    """

    turn: TurnId
    text: str
    up_to_char: int
    last: bool
