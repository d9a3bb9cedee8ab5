"""What is done in memory while nobody talks with MIA: what is over its time goes, what has no vector gets one."""

from typing import Final

from mia_desktop.core.bus import Bus
from mia_desktop.core.errors import MiaError, VaultLockedError
from mia_desktop.core.events import MemoryEmbedded
from mia_desktop.core.ports import LongTermMemory

_EMBEDDED_AT_ONCE: Final = 32
_TIDY_S: Final = 60.0


class Chores:
    """Does a little at a time, so that whoever speaks need not wait."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._to_embed: int | None = None
        self._embedded = 0
        self._tidy_at_s = self._rest_until_s = 0.0

    @property
    def embedding(self) -> bool:
        """Whether there are memories that wait for a vector."""
        return bool(self._to_embed)

    def begin_anew(self) -> None:
        """Look at everything again: memory was unlocked."""
        self._to_embed, self._embedded, self._tidy_at_s = None, 0, 0.0

    def due(self, now_s: float) -> bool:
        """Tell whether they may be done; not for a while after they failed."""
        return now_s >= self._rest_until_s

    def do(self, memory: LongTermMemory, now_s: float, *, tidy: bool) -> None:
        """Do the next of them, and those that take long only with `tidy`; raises why one cannot be done."""
        try:
            if tidy and now_s >= self._tidy_at_s:
                self._tidy_at_s = now_s + _TIDY_S
                memory.tidy()
            if self._to_embed != 0:
                self._embed_some(memory)
        except VaultLockedError:
            raise
        except MiaError as error:
            self._rest_until_s, self._tidy_at_s = now_s + _TIDY_S, 0.0
            if error.permanent:
                self._to_embed = 0  # until the next start: a conversation never depends on it
            raise

    def _embed_some(self, memory: LongTermMemory) -> None:
        """Embed some of what has no vector of the present model."""
        if self._to_embed is None:
            self._to_embed = memory.without_vector()
        if self._to_embed:
            done = memory.embed_some(_EMBEDDED_AT_ONCE)
            self._embedded += done
            self._to_embed = max(0, self._to_embed - done) if done else 0
            self._bus.publish(MemoryEmbedded(done=self._embedded, of=self._embedded + self._to_embed))
