"""Ports: what the rooms need of each other, as protocols. Each has one contract suite under ``tests/contracts``."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from mia_desktop.core.items import Hearing, Message
from mia_desktop.core.ring import Samples

HEARING_RATE_HZ = 16_000
"""Sample rate of everything between the microphone and the audio encoder."""


class SoundInput(Protocol):
    """A microphone: gives 16 kHz mono samples while it is open."""

    name: str

    def open(self) -> None:
        """Begin to listen. Raises DeviceError when there is no such device."""
        ...

    def read(self) -> Samples:
        """Return what has come since the last call (float32, shape (n,), maybe empty), without waiting.

        Raises DeviceError when the device died.
        """
        ...

    def lost(self) -> int:
        """Return how many samples were overwritten before they could be read."""
        ...

    def close(self) -> None:
        """Let the device go. Closing twice is fine."""
        ...


class SoundOutput(Protocol):
    """A speaker: plays mono samples in order and knows how far it got."""

    name: str

    def open(self) -> None:
        """Make ready to play. Raises DeviceError when there is no such device."""
        ...

    def write(self, samples: Samples, sample_rate_hz: int) -> int:
        """Queue as many of `samples` as there is room for, without waiting; return how many were taken."""
        ...

    def pending_s(self) -> float:
        """Return how much of what was queued has not been played, seconds. Raises DeviceError when the device died."""
        ...

    def flush(self) -> None:
        """Drop what was queued and not yet played."""
        ...

    def close(self) -> None:
        """Let the device go. Closing twice is fine."""
        ...


class VoiceDetector(Protocol):
    """Tells speech from everything else, block by block."""

    block_samples: int

    def probability(self, block: Samples) -> float:
        """Return the probability (0 to 1) that `block` (float32, `block_samples` at 16 kHz) holds speech."""
        ...

    def reset(self) -> None:
        """Forget the blocks heard so far."""
        ...


class AudioEncoder(Protocol):
    """Turns speech into text."""

    model: str

    def transcribe(self, samples: Samples, language: str | None) -> Hearing:
        """Return what is said in `samples` (float32, 16 kHz, mono); `language` None means: find out."""
        ...


class LanguageModel(Protocol):
    """Continues a conversation."""

    model: str
    context_tokens: int

    def count_tokens(self, text: str) -> int:
        """Return how many tokens `text` has."""
        ...

    def warm_up(self, messages: Sequence[Message]) -> None:
        """Read `messages` so that a prompt beginning with them starts sooner."""
        ...

    def reply(self, messages: Sequence[Message], most_tokens: int) -> Iterator[str]:
        """Yield the reply piece by piece; closing the iterator stops the work."""
        ...


class Synthesizer(Protocol):
    """Turns text into speech."""

    model: str
    sample_rate_hz: int

    def synthesize(self, text: str) -> Iterator[Samples]:
        """Yield the speech (float32, mono, in [-1, 1]) of `text` (no markup); nothing for nothing sayable."""
        ...
