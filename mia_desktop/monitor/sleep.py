"""Hears that the machine is about to sleep, and holds that up for a moment: systemd-logind's PrepareForSleep.

Where there is no logind (macOS, Windows, some Linux systems), nothing is heard; who must know finds out on waking.
Interface: https://systemd.io/INHIBITOR_LOCKS
"""

from collections import deque
from collections.abc import Callable
from typing import Any, Final

from mia_desktop.core.clock import Clock

_WAIT_S: Final = 0.5
_AGAIN_S: Final = 60.0
_MANAGER: Final = "org.freedesktop.login1.Manager"


class SleepSignal:
    """Calls `before` each time before the machine sleeps, which it does once that has returned, and `after` on waking.

    Args:
        before: what is to be done; it has about three seconds.
        after: what is to be done when it is awake again, or did not sleep after all.
        clock: for waiting where nothing can be heard.
    """

    def __init__(self, before: Callable[[], None], after: Callable[[], None], clock: Clock) -> None:
        self._before = before
        self._after = after
        self._clock = clock
        self._bus: Any = None
        self._hold: Any = None
        self._signals: deque[Any] = deque()
        self._ask_again_s = clock.now_s()

    def step(self) -> None:
        """Wait half a second for news."""
        if self._bus is None and (self._clock.now_s() < self._ask_again_s or not self._connect()):
            self._clock.wait(_WAIT_S)
            return
        try:
            signal = self._bus.recv_until_filtered(self._signals, timeout=_WAIT_S)
            if signal.body[0]:
                self._before()
                self._let_go()
            else:
                self._after()
                self._hold_up()
        except TimeoutError:
            return
        except (OSError, EOFError, ValueError):  # the bus is gone
            self.close()

    def close(self) -> None:
        """Stop listening."""
        self._let_go()
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.close()

    def _connect(self) -> bool:
        """Begin to listen; tell whether there is anything to hear."""
        from jeepney import MatchRule, message_bus
        from jeepney.io.blocking import open_dbus_connection

        self._ask_again_s = self._clock.now_s() + _AGAIN_S
        try:
            self._bus = open_dbus_connection("SYSTEM", enable_fds=True)
            rule = MatchRule(type="signal", interface=_MANAGER, member="PrepareForSleep")
            self._bus.filter(rule, queue=self._signals)
            self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=_WAIT_S)
            self._hold_up()
        except (OSError, EOFError, ValueError, KeyError, StopIteration, RuntimeError, TimeoutError):
            self.close()
        return self._bus is not None

    def _hold_up(self) -> None:
        """Ask the system to wait with its next sleep until this process lets go."""
        from jeepney import DBusAddress, MessageType, new_method_call

        address = DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", _MANAGER)
        words = ("sleep", "MIA", "Locks what she remembers", "delay")
        reply = self._bus.send_and_get_reply(new_method_call(address, "Inhibit", "ssss", words), timeout=_WAIT_S)
        if reply.header.message_type is MessageType.error:
            raise ValueError("there is no logind on this bus")
        self._let_go()
        self._hold = reply.body[0]

    def _let_go(self) -> None:
        hold, self._hold = self._hold, None
        if hold is not None:
            hold.close()
