"""The one place where a stage's thread lives, fails and is restarted."""

import logging
import threading
from collections.abc import Callable

from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import Event, WorkerFailed

log = logging.getLogger(__name__)

REST_S = 1.0
"""So long a stage may wait for work when the closing of its inbox wakes it; each waking up costs power at rest."""


class Worker:
    """One thread that calls `step` until told to stop.

    `step` waits for work itself, for at most a fraction of a second, so that the stop flag is seen soon, or for
    `REST_S` at an inbox that is closed at the end. An exception is published as `WorkerFailed`; after `restarts` of
    them in a row without a good step between, the worker gives up.
    """

    def __init__(
        self, name: str, step: Callable[[], None], publish: Callable[[Event], None], *, restarts: int = 3
    ) -> None:
        self.name = name
        self._step = step
        self._publish = publish
        self._restarts = restarts
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"mia-{name}", daemon=True)

    @property
    def alive(self) -> bool:
        """Tell whether the thread runs."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end after its current step."""
        self._stopping.set()

    def join(self, deadline_s: float) -> bool:
        """Wait for the end at most `deadline_s`; tell whether it came."""
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                self._step()
                failures = 0
            except Exception as error:  # the only broad one: a stage must not die in silence
                failures += 1
                gave_up = failures > self._restarts
                log.error("worker %s failed: %s", self.name, type(error).__name__, exc_info=_without_values(error))
                self._publish(WorkerFailed(worker=self.name, error=explain(error), gave_up=gave_up))
                if gave_up:
                    return


def explain(error: Exception) -> MiaError:
    """Return `error` itself when it can be shown to a user, else one that can."""
    if isinstance(error, MiaError):
        return error
    return MiaError(
        f"Something went wrong inside MIA ({type(error).__name__}). Try again; `mia doctor` tells what works."
    )


def _without_values(error: Exception) -> Exception:
    """Return a copy of `error` whose message cannot carry what the user said."""
    bare = RuntimeError(type(error).__name__)
    bare.__traceback__ = error.__traceback__
    return bare
