"""Who keeps the processor busy now, so that a model takes all cores only when nobody else needs one."""

import contextlib
import threading
from collections.abc import Iterator

_lock = threading.Lock()
_at_work: set[int] = set()


@contextlib.contextmanager
def heavy() -> Iterator[None]:
    """Mark the calling thread as one that keeps a core busy; within itself it changes nothing."""
    me = threading.get_ident()
    outermost = me not in _at_work
    with _lock:
        _at_work.add(me)
    try:
        yield
    finally:
        if outermost:
            with _lock:
                _at_work.discard(me)


def others() -> int:
    """Return how many other threads keep a core busy."""
    with _lock:
        return len(_at_work - {threading.get_ident()})
