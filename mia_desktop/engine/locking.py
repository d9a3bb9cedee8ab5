"""Locks memory by itself: after long silence, and when the machine sleeps."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from mia_desktop.core.clock import Clock
from mia_desktop.core.commands import Lock, MemoryCommand, Unlock
from mia_desktop.core.config import Settings
from mia_desktop.core.events import Event, MemoryChanged
from mia_desktop.core.items import MemoryRequest
from mia_desktop.core.ports import LongTermMemory
from mia_desktop.engine.part import Part

_LOOK_S: Final = 0.25
_SLEPT_S: Final = 2.0
_STOOD_STILL_S: Final = 60.0
"""Who looks four times a second and misses a minute was not running: the machine slept, whatever its clocks say."""
_LOCKED_WITHIN_S: Final = 3.0
"""A system that was asked to wait with its sleep does so for five seconds."""


def slept_s() -> float:
    """Return how long this machine has slept since a fixed moment, seconds.

    Linux counts it. Elsewhere it is how far the time of day has got ahead of the monotonic clock, so that a clock which
    is put forward looks like sleep.
    """
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.time() - time.monotonic()


class Locking:
    """Has the keeper lock memory when nobody has talked with MIA for long, and over the machine's sleep.

    After sleep a vault that the keyring alone opens is opened again; one with a passphrase waits for it.

    Args:
        memory: the long-term memory.
        ask: hands a request to the keeper, after all that is to be kept.
        settings: after how long, and whether sleep locks.
        clock: the monotonic one.
        slept_s: gives how long the machine has slept so far.
    """

    def __init__(
        self,
        memory: Part[LongTermMemory],
        ask: Callable[[MemoryRequest], object],
        settings: Settings,
        clock: Clock,
        slept_s: Callable[[], float] = slept_s,
    ) -> None:
        self._memory = memory
        self._ask = ask
        self._idle_s = 60.0 * settings.lock_idle_min
        self._over_sleep = settings.lock_asleep
        self._clock = clock
        self._sleep_s = slept_s
        self._slept_s = slept_s()
        self._active_s = self._looked_s = clock.now_s()
        self._opens_again = False

    def note(self, event: Event) -> None:
        """Listen to the bus for signs that somebody is there."""
        if getattr(event, "turn", None) is not None or isinstance(event, MemoryChanged):
            self._active_s = self._clock.now_s()

    def step(self) -> None:
        """Look once."""
        self._clock.wait(_LOOK_S)
        slept = self._slept()
        if not self._memory.loaded:
            return
        memory = self._memory.get()
        if memory.locked:
            if slept:
                self.after_sleep()
        elif (slept and self._over_sleep and not memory.opens_alone) or self._idle():
            self._hand_over(Lock())

    def before_sleep(self) -> None:
        """Lock memory, because the machine is about to sleep; return when it is, or when that takes too long."""
        if not self._over_sleep or not self._memory.loaded or self._memory.get().locked:
            return
        memory = self._memory.get()
        self._opens_again = memory.opens_alone
        self._hand_over(Lock())
        give_up_s = self._clock.now_s() + _LOCKED_WITHIN_S
        while not memory.locked and self._clock.now_s() < give_up_s:
            self._clock.wait(0.02)

    def after_sleep(self) -> None:
        """Open again what was locked for the sleep that is over, or did not come, when the keyring alone opens it."""
        if self._opens_again:
            self._opens_again = False
            self._hand_over(Unlock())

    def _slept(self) -> bool:
        """Tell whether the machine has slept since this was asked last."""
        before_s, self._slept_s = self._slept_s, self._sleep_s()
        looked_s, self._looked_s = self._looked_s, self._clock.now_s()
        return self._slept_s - before_s > _SLEPT_S or self._looked_s - looked_s > _STOOD_STILL_S

    def _idle(self) -> bool:
        return bool(self._idle_s) and self._clock.now_s() - self._active_s >= self._idle_s

    def _hand_over(self, command: MemoryCommand) -> None:
        self._active_s = self._clock.now_s()  # asked once, not at each look until it is done
        self._ask(MemoryRequest(command=command, at=datetime.now().astimezone()))
