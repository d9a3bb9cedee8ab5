"""Frames: pieces of a stream."""

from dataclasses import dataclass

from mia_desktop.core.ring import Samples
from mia_desktop.core.turn import TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechFrame:
    """Synthesised speech on its way to the speaker.

    Attributes:
        turn: the turn that it answers.
        samples: float32, shape (n,), mono, in [-1, 1]; may be empty on a last frame.
        sample_rate_hz: samples per second.
        up_to_char: how many characters of the reply have been heard once this frame has been played.
        last: whether the reply ends with this frame.
    """

    turn: TurnId
    samples: Samples
    sample_rate_hz: int
    up_to_char: int
    last: bool
