"""What was seen of the engine since the window was opened: models, times of turns, failures. It holds no content."""

from collections import deque
from dataclasses import fields
from typing import Final

from mia_desktop.core.events import Event, KeepingFailed, ModelLoaded, StateChanged, TurnFinished, WorkerFailed
from mia_desktop.core.turn import TurnId
from mia_desktop.monitor.latency import Timings, Waterfall

_MOST_TURNS: Final = 200
_MOST_FAILURES: Final = 20
CLOCKS: Final = tuple(field.name for field in fields(Timings))
"""The times of a turn, in their order."""


class Observed:
    """Listens to events, in one thread.

    Attributes:
        models: the models of the present engine, by role.
        failures: the stages that met an error, and the error's code; oldest first.
    """

    def __init__(self) -> None:
        self.models: dict[str, ModelLoaded] = {}
        self.failures: deque[tuple[str, str]] = deque(maxlen=_MOST_FAILURES)
        self._open: dict[TurnId, Waterfall] = {}
        self._turns: deque[Timings] = deque(maxlen=_MOST_TURNS)

    def see(self, event: Event) -> None:
        """Take note of an event."""
        if isinstance(event, ModelLoaded):
            self.models[event.role] = event
        elif isinstance(event, StateChanged) and event.state == "warming up":
            self.models.clear()
            self._open.clear()
        elif isinstance(event, WorkerFailed):
            self.failures.append((event.worker, event.error.code))
        elif isinstance(event, KeepingFailed):
            self.failures.append(("keeper", event.error.code))
        turn = getattr(event, "turn", None)
        if turn is None:
            return
        fall = self._open.setdefault(turn, Waterfall())
        fall.see(event)
        if isinstance(event, TurnFinished):
            del self._open[turn]
            if event.outcome == "answered":
                self._turns.append(fall.timings)

    @property
    def turns(self) -> int:
        """From how many answered turns the times are."""
        return len(self._turns)

    def within_s(self, clock: str, share: float) -> float | None:
        """Return the time within which `share` (0 to 1) of the turns got to one of `CLOCKS`; None: none did."""
        times = sorted(at_s for one in self._turns if (at_s := getattr(one, clock)) is not None)
        return times[min(len(times) - 1, int(share * len(times)))] if times else None

    def answer_s(self, share: float) -> float | None:
        """Return the time within which `share` of the answers were first heard or, where none was spoken, read."""
        first = [
            at_s
            for one in self._turns
            if (at_s := one.first_audio_s if one.first_audio_s is not None else one.first_token_s) is not None
        ]
        first.sort()
        return first[min(len(first) - 1, int(share * len(first)))] if first else None
