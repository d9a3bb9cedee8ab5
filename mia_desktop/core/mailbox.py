"""Bounded inboxes between stages."""

import enum
import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Overflow(enum.Enum):
    """What a full data lane does with one more item."""

    WAIT = "wait"
    DROP_OLDEST = "drop the oldest"
    DROP_NEWEST = "drop the newest"


class Lane(enum.IntEnum):
    """Lanes in the order in which they are emptied."""

    URGENT = 0
    CONTROL = 1
    DATA = 2


class Mailbox(Generic[T]):
    """The inbox of one stage: three lanes, the data lane bounded, one reader.

    Within a lane the order is kept. Urgent items come before control items, those before data.
    """

    def __init__(self, capacity: int = 64, overflow: Overflow = Overflow.WAIT) -> None:
        if capacity < 1:
            raise ValueError("capacity must be at least one item")
        self._capacity = capacity
        self._overflow = overflow
        self._lanes: tuple[deque[T], ...] = (deque(), deque(), deque())
        self._changed = threading.Condition()
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Items that the overflow policy threw away."""
        return self._dropped

    def __len__(self) -> int:
        with self._changed:
            return sum(len(lane) for lane in self._lanes)

    def put(self, item: T, lane: Lane = Lane.DATA, timeout_s: float | None = None) -> bool:
        """Add `item`; return False when it was dropped, the wait timed out or the mailbox is closed."""
        with self._changed:
            data = self._lanes[Lane.DATA]
            if lane is Lane.DATA and len(data) >= self._capacity:
                if self._overflow is Overflow.WAIT:
                    self._changed.wait_for(lambda: self._closed or len(data) < self._capacity, timeout_s)
                    if len(data) >= self._capacity:
                        return False
                else:
                    self._dropped += 1
                    if self._overflow is Overflow.DROP_NEWEST:
                        return False
                    data.popleft()
            if self._closed:
                return False
            self._lanes[lane].append(item)
            self._changed.notify_all()
            return True

    def get(self, timeout_s: float | None = None) -> T | None:
        """Return the next item, or None when the wait timed out or the mailbox is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or any(self._lanes), timeout_s)
            for lane in self._lanes:
                if lane:
                    item = lane.popleft()
                    self._changed.notify_all()
                    return item
            return None

    def clear(self) -> int:
        """Throw away all data items; return how many there were. The other lanes stay."""
        with self._changed:
            count = len(self._lanes[Lane.DATA])
            self._lanes[Lane.DATA].clear()
            self._changed.notify_all()
            return count

    def close(self) -> None:
        """Refuse new items and wake everybody who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
