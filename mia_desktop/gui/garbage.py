"""Python's search for garbage, kept to the main thread.

Widgets and their wrappers hold each other, so most of them go when Python searches for such circles. It does so in
whichever thread allocates next, and a Qt object that goes in another thread than its own takes MIA down later: its
timers run on without it.
"""

import gc
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Slot

_EACH_MS = 250
"""Short enough for what one turn leaves behind; a look that finds nothing to do costs a microsecond."""


class MainThreadGarbage(QObject):
    """As long as the context is open, garbage is searched for in this thread only, by Python's own thresholds."""

    def __init__(self) -> None:
        super().__init__()
        self._was_on = True
        self._timer = QTimer(self, interval=_EACH_MS)
        self._timer.timeout.connect(self.search)

    def __enter__(self) -> "MainThreadGarbage":
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.stop()
        gc.collect()
        if self._was_on:
            gc.enable()

    @Slot()
    def search(self) -> None:
        """Search the oldest generation that is due."""
        due = [
            generation
            for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > threshold
        ]
        if due:
            gc.collect(due[-1])
