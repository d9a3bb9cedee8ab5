"""Frames: pieces of a stream."""

from dataclasses import dataclass

from mia_desktop.core.ring import Samples
from mia_desktop.core.turn import TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What a synthesizer made of a text, or of a part of it, without silence around.

    Attributes:
        samples: float32, shape (n,), mono, in [-1, 1]; a sentence begins and ends at zero.
        words: where words end, in order: samples since the beginning, and the share (0 to 1) of the whole text that is
            spoken by then. The last one stands at the end of the samples.
        ends: whether a sentence ends here; if not, the next part goes on with the next sample.
    """

    samples: Samples
    words: tuple[tuple[int, float], ...]
    ends: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechFrame:
    """Synthesised speech on its way to the speaker.

    Attributes:
        turn: the turn that it answers.
        revision: of the user's words that it answers.
        samples: float32, shape (n,), mono, in [-1, 1]; may be empty on a last frame.
        sample_rate_hz: samples per second.
        up_to_char: how many characters of the reply have been heard once this frame has been played.
        last: whether the reply ends with this frame.
    """

    turn: TurnId
    revision: int
    samples: Samples
    sample_rate_hz: int
    up_to_char: int
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanFrame:
    """What a microphone heard, and what of it the speaker may have caused. Four arrays of one length.

    Attributes:
        samples: without the echo, and with as much of a voice beside it as could be kept; float32, shape (n,), 16 kHz,
            in [-1, 1].
        residue: with every echo suppressed, and most of a voice beside it: not to listen to, but loud only when
            somebody else is there.
        captured: as the microphone gave it.
        played: what the speaker put into the air at that time; silence when it played nothing.
        until_s: when the last sample was in the air, clock seconds.
    """

    samples: Samples
    residue: Samples
    captured: Samples
    played: Samples
    until_s: float
