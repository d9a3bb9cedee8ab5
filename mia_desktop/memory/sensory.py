"""Sensory memory: the last moments of a sense, raw. It is never written anywhere."""

from typing import Final

from mia_desktop.core.ring import SampleRing, Samples

SHORTEST_S: Final = 0.2
LONGEST_S: Final = 2.0


class SensoryMemory:
    """The newest `lasts_s` of sound, from which the beginning of an utterance is taken.

    Args:
        lasts_s: how much is held, 0.2 to 2 seconds.
        rate_hz: samples a second.
    """

    def __init__(self, lasts_s: float, rate_hz: int) -> None:
        if not SHORTEST_S <= lasts_s <= LONGEST_S:
            raise ValueError(f"sensory memory lasts {SHORTEST_S} to {LONGEST_S} seconds")
        self._ring = SampleRing(round(lasts_s * rate_hz))

    def sense(self, samples: Samples) -> None:
        """Take in `samples` (float32, shape (n,)); what is too old is gone."""
        self._ring.write(samples)

    def recent(self) -> Samples:
        """Return all that is held, oldest first, and let it go."""
        return self._ring.read(self._ring.capacity)

    def clear(self) -> None:
        """Let all go."""
        self._ring.clear()

    def __reduce__(self) -> str:
        raise TypeError("sensory memory is never stored")
