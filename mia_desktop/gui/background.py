"""Work that would hold up the window, done beside it."""

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from mia_desktop.core.errors import MiaError
from mia_desktop.core.worker import explain

T = TypeVar("T")


class _Relay(QObject):
    """Carries calls into the main thread."""

    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.ended.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()


_relays: list[_Relay] = []


def call_later(owner: QObject, call: Callable[[], None]) -> None:
    """Call `call` in the main thread, from any thread; never when `owner` is gone by then."""
    _relays[0].ended.emit(lambda: call() if isValid(owner) else None)


def in_background(
    owner: QObject,
    work: Callable[[], T],
    done: Callable[[T], None] = lambda _: None,
    failed: Callable[[str], None] = lambda _: None,
) -> None:
    """Do `work` in a thread of its own, then call `done` with what it returned in the main thread.

    Args:
        owner: nothing is called any more when this is gone.
        work: touches no widget; tells of its progress with `call_later`.
        done: takes the result.
        failed: takes a sentence for the user when `work` raised.
    """
    if not _relays:
        _relays.append(_Relay())

    def run() -> None:
        try:
            result = work()
        except (MiaError, OSError, RuntimeError, ValueError, ImportError, MemoryError) as error:
            sentence = str(explain(error))
            call_later(owner, lambda: failed(sentence))
        else:
            call_later(owner, lambda: done(result))

    threading.Thread(target=run, name="mia-page", daemon=True).start()
