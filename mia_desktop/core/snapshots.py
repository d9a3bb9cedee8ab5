"""Snapshots: the state of the engine, on request."""

from dataclasses import dataclass

from mia_desktop.core.events import State


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """What a face shows between events.

    Attributes:
        state: the visible state.
        why: a sentence in "trouble", else empty.
        level: loudness of the microphone now, 0 to 1.
        voice_level: loudness of what MIA says now, 0 to 1.
        samples_heard: samples read from the microphone so far; it stands still when no frames arrive.
        samples_lost: samples overwritten before they could be read.
        hands_free: whether the voice detector opens turns.
        muted: whether the microphone's sound is thrown away.
        guest: whether nothing of what is said is kept, because there is no vault or it is locked.
        half_duplex: whether MIA listens only while she is silent, because she hears herself.
        microphone: name of the microphone in use; empty for none.
        speaker: name of the speaker in use; empty for none.
        unsaved: how many turns wait because they cannot be written to memory, and are lost when MIA ends.
        queues: how many items wait for each stage, by the stage's name.
    """

    state: State
    why: str
    level: float
    samples_heard: int
    samples_lost: int
    hands_free: bool
    muted: bool = False
    half_duplex: bool = False
    voice_level: float = 0.0
    guest: bool = True
    microphone: str = ""
    speaker: str = ""
    unsaved: int = 0
    queues: tuple[tuple[str, int], ...] = ()
