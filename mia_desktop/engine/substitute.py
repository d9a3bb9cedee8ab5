"""Another language model for one answer: "try again with that one"."""

import gc
from collections.abc import Callable
from typing import TypeVar

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import ModelError
from mia_desktop.core.events import ModelLoaded
from mia_desktop.core.ports import LanguageModel

T = TypeVar("T")


class Substitute:
    """Loads a model when it is asked for and lets it go after the answer: beside the usual one there is one at most.

    Args:
        make: loads the language model of that name; raises ModelMissingError when it is not on this machine.
        bus: hears of a model that can be used.
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
        self._model: LanguageModel | None = None
        self._stopped = False

    def lend(self, name: str, use: Callable[[LanguageModel], T]) -> T:
        """Return what `use` makes of the model of that name; raises MiaError when it cannot be had."""
        try:
            return use(self._load(name))
        finally:
            self._model = None
            gc.collect()  # a model and the callback by which it is broken off hold each other

    def _load(self, name: str) -> LanguageModel:
        before_s, before_bytes = self._clock.now_s(), self._rss_bytes()
        self._model = model = self._make(name)
        if self._stopped:
            raise ModelError("MIA is closing.")
        took_s, grew_bytes = self._clock.now_s() - before_s, self._rss_bytes() - before_bytes
        self._bus.publish(ModelLoaded(role="language", model=name, load_s=took_s, rss_bytes=grew_bytes))
        return model

    def stop(self) -> None:
        """Break off what it reads or writes now; from any thread."""
        self._stopped = True
        if (model := self._model) is not None:
            model.stop()
