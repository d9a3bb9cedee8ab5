"""Work that would hold up the window, done beside it."""

import itertools
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from mia_desktop.core.errors import MiaError
from mia_desktop.core.worker import explain
from mia_desktop.gui.way_out import in_window

T = TypeVar("T")


class _Relay(QObject):
    """Carries calls into the main thread. The signal has no argument: Python objects do not travel through Qt."""

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.calls: deque[Callable[[], object]] = deque()  # append and popleft are atomic
        self.ended.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _call(self) -> None:
        while self.calls:
            self.calls.popleft()()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What is done, and who hears of it.

    Attributes:
        owner: nothing is called when this is gone.
        work: done in another thread.
        done: takes its result.
        failed: takes a sentence.
    """

    owner: QObject
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[str], None]


_relays: list[_Relay] = []
_jobs: dict[int, _Job] = {}
"""Held here, and let go in the main thread: a widget whose last reference goes in another thread takes MIA down."""
_numbers = itertools.count()


def call_later(owner: QObject, call: Callable[[], None]) -> None:
    """Call `call` in the main thread, from the thread of `in_background`; never when `owner` is gone by then."""
    _relays[0].calls.append(lambda: call() if isValid(owner) else None)
    _relays[0].ended.emit()


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
    number = next(_numbers)
    _jobs[number] = _Job(owner=owner, work=work, done=done, failed=failed)
    threading.Thread(target=_run, args=(number,), name="mia-page", daemon=True).start()


def _run(number: int) -> None:
    result: object = None
    sentence = ""
    try:
        result = _jobs[number].work()
    except (MiaError, OSError, RuntimeError, ValueError, ImportError, MemoryError) as error:
        sentence = str(explain(error))
    except BaseException:
        _end(lambda: _jobs.pop(number))
        raise
    _end(lambda: _finish(number, result, sentence))


def _finish(number: int, result: object, sentence: str) -> None:
    job = _jobs.pop(number)
    if not isValid(job.owner):
        return
    if sentence:
        job.failed(in_window(sentence))
    else:
        job.done(result)


def _end(call: Callable[[], object]) -> None:
    _relays[0].calls.append(call)
    _relays[0].ended.emit()
