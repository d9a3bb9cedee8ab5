"""Ends turns of which nothing comes any more."""

from mia_desktop.core.clock import Clock
from mia_desktop.core.config import Settings
from mia_desktop.core.events import Event, SpeechEnded, SpeechStarted, TurnFinished
from mia_desktop.core.libraries import give_memory_back
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.ledger import Ledger

_LOOK_S = 0.5
_STUCK_S = 60.0
"""Longer than a slow machine needs to read a long conversation anew."""
_STUCK = "MIA got stuck with this and gave up. Try again; `mia doctor` tells what works."


class Watch:
    """The last resort against a conversation that stands still: every event of a turn is a sign of life."""

    def __init__(self, settings: Settings, ledger: Ledger, clock: Clock) -> None:
        self._listening_s = settings.longest_turn_s + _STUCK_S
        self._ledger = ledger
        self._clock = clock
        self._tidy = False
        self._alive: dict[TurnId, tuple[float, float]] = {}

    def see(self, event: Event) -> None:
        """Listen to the bus."""
        turn = getattr(event, "turn", None)
        if turn is None:
            return
        if isinstance(event, TurnFinished):
            self._alive.pop(turn, None)
            self._tidy = True
            return
        patience_s = self._listening_s if isinstance(event, SpeechStarted) else _STUCK_S
        if isinstance(event, SpeechEnded) or turn not in self._alive:
            self._alive[turn] = (self._clock.now_s(), patience_s)
        else:
            self._alive[turn] = (self._clock.now_s(), self._alive[turn][1])

    def step(self) -> None:
        """Look once."""
        self._clock.wait(_LOOK_S)
        if self._tidy and not self._alive:
            self._tidy = False
            give_memory_back()
        now_s = self._clock.now_s()
        for turn, (seen_s, patience_s) in tuple(self._alive.items()):
            if now_s - seen_s > patience_s:
                self._alive.pop(turn, None)
                self._ledger.finish(turn, "failed", _STUCK)
