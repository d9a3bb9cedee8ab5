"""Another language model for one answer: "try again with that one"."""

import contextlib
import threading
from collections.abc import Callable
from typing import Final, TypeVar

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import MiaError, ModelError
from mia_desktop.core.events import ModelLoaded, ModelLoading
from mia_desktop.core.ports import LanguageModel
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.part import Part

T = TypeVar("T")

_LOOK_S: Final = 0.02


class Substitute:
    """Loads a model when it is asked for and lets it go after the answer: beside the usual one there is one at most.

    Args:
        make: loads the language model of that name; raises ModelMissingError when it is not on this machine.
        bus: hears of a model that is loaded, and that can be used.
        clock: for how long that took.
        rss_bytes: for how much the process grew by it.
    """

    def __init__(
        self, make: Callable[[str], LanguageModel], bus: Bus, clock: Clock, rss_bytes: Callable[[], int]
    ) -> None:
        self._make = make
        self._bus = bus
        self._clock = clock
        self._rss_bytes = rss_bytes
        self._loading: _Loading | None = None
        self._model: LanguageModel | None = None
        self._stopped = False

    def lend(self, name: str, turn: TurnId, is_void: Callable[[], bool], use: Callable[[LanguageModel], T]) -> T | None:
        """Return what `use` makes of the model of that name, for a turn; raises MiaError when it cannot be had.

        None when the turn was over before the model could be used: nobody waits for the rest of the loading.
        """
        self._bus.publish(ModelLoading(turn=turn, role="language", model=name))
        try:
            self._model = model = self._load(name, is_void)
            return None if model is None else use(model)
        finally:
            self._model = None

    def _load(self, name: str, is_void: Callable[[], bool]) -> LanguageModel | None:
        before_s, before_bytes = self._clock.now_s(), self._rss_bytes()
        if self._loading is not None and not self._wait(self._loading, is_void):  # one that nobody waits for any more
            return None
        self._loading = loading = _Loading(lambda: self._make(name))
        if not self._wait(loading, is_void):
            loading.abandon()
            return None
        self._loading = None
        model = loading.part.get()
        took_s, grew_bytes = self._clock.now_s() - before_s, self._rss_bytes() - before_bytes
        self._bus.publish(ModelLoaded(role="language", model=name, load_s=took_s, rss_bytes=grew_bytes))
        return model

    def _wait(self, loading: "_Loading", is_void: Callable[[], bool]) -> bool:
        """Wait for the end of a loading; tell whether it came before the end of the turn."""
        while not loading.over(_LOOK_S):
            if self._stopped:
                raise ModelError("MIA is closing.")
            if is_void():
                return False
        return True

    def stop(self) -> None:
        """Break off what it loads, reads or writes now; from any thread."""
        self._stopped = True
        if (model := self._model) is not None:
            model.stop()


class _Loading:
    """A model that is being loaded in a thread of its own: loading cannot be broken off, but left alone.

    Attributes:
        part: the model.
    """

    def __init__(self, load: Callable[[], LanguageModel]) -> None:
        self.part = Part(load)
        self._abandoned = False
        self._thread = threading.Thread(target=self._run, name="mia-substitute", daemon=True)
        self._thread.start()

    def over(self, within_s: float) -> bool:
        """Tell whether it ended, for better or worse, within that time."""
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def abandon(self) -> None:
        """Let the model go as soon as it is loaded."""
        self._abandoned = True

    def _run(self) -> None:
        with contextlib.suppress(MiaError):  # the part holds it for whoever asks
            self.part.load()
        if self._abandoned:
            del self.part
