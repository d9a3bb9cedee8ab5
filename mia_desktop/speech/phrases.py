"""Short phrases that were spoken lately, in memory only."""

from collections import OrderedDict
from collections.abc import Sequence

from mia_desktop.core.frames import Speech

_LONGEST_CHARS = 40

Key = tuple[str, float]
"""Text and speed; a cache serves one voice."""


class PhraseCache:
    """The most recently used phrases, up to a number of samples in all."""

    def __init__(self, most_samples: int) -> None:
        self._most_samples = most_samples
        self._samples = 0
        self._phrases: OrderedDict[Key, tuple[Speech, ...]] = OrderedDict()

    def get(self, key: Key) -> tuple[Speech, ...] | None:
        """Return the speech kept for `key`, or None."""
        kept = self._phrases.get(key)
        if kept is not None:
            self._phrases.move_to_end(key)
        return kept

    def put(self, key: Key, speech: Sequence[Speech]) -> None:
        """Keep `speech` when its text is short; the least recently used phrases go when there is no room."""
        size = _size(speech)
        if len(key[0]) > _LONGEST_CHARS or size > self._most_samples or key in self._phrases:
            return
        self._phrases[key] = tuple(speech)
        self._samples += size
        while self._samples > self._most_samples:
            _, dropped = self._phrases.popitem(last=False)
            self._samples -= _size(dropped)


def _size(speech: Sequence[Speech]) -> int:
    return sum(len(one.samples) for one in speech)
