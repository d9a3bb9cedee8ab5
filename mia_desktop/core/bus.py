"""Events to everybody."""

import threading
from collections.abc import Callable

from mia_desktop.core.events import Event

Listener = Callable[[Event], None]


class Bus:
    """Hands each event to all listeners, in the publisher's thread and in the order of subscription.

    Listeners only pass the event on (into a mailbox or a deque) and never block.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Add `listener`; return the call that takes it off again."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Give `event` to every listener."""
        for listener in self._listeners:
            listener(event)
