"""Notices that a sound device stands still, and knows when its blocks sound."""

from collections import deque
from collections.abc import Callable
from typing import ClassVar

from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import DeviceError

_SILENT_S = 2.0
_WAKING_S = 6.0
_OFFSETS = 64
_STALL_S = 0.01


class DeviceWatch:
    """The pulse of one sound stream. Its callback calls `block_at_s`; whoever uses the stream asks `alive`.

    The rate of callbacks falling to zero is the one sign of a lost device that every sound system gives. A sound
    server may need seconds to wake its first stream.

    Attributes:
        blocks: callbacks since the stream was started.
        xruns: callbacks, ever, before which samples were lost (input) or missing (output).
        stalls: callbacks, ever, that had to wait for Python for more than 10 ms.
    """

    running: ClassVar[int] = 0
    """Streams open in this process. The list of devices may be read anew only while there are none."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._running = False
        self._ended = True
        self._offsets: deque[float] = deque(maxlen=_OFFSETS)
        self._seen_blocks = 0
        self._seen_s = 0.0
        self.blocks = 0
        self.xruns = 0
        self.stalls = 0

    def start(self) -> None:
        """Begin to watch a stream that was just opened."""
        if not self._running:
            self._running = True
            DeviceWatch.running += 1
        self._ended = False
        self.blocks = self._seen_blocks = 0
        self._seen_s = self._clock.now_s()
        self._offsets.clear()

    def stop(self) -> None:
        """The stream was closed. Stopping twice is fine."""
        if self._running:
            self._running = False
            DeviceWatch.running -= 1
        self._ended = True

    def end(self) -> None:
        """The stream ended by itself or would not go on."""
        self._ended = True

    def block_at_s(self, device_now_s: float, device_at_s: float, usual_s: float, xrun: bool) -> float:
        """Count a callback and return the clock time at which the first sample of its block is in the air.

        Args:
            device_now_s: the stream's own time at the callback, seconds; 0 where the sound system tells none.
            device_at_s: the same of the block's first sample.
            usual_s: signed distance from now to take where the sound system tells no sensible times, seconds.
            xrun: whether samples were lost before this block.
        """
        now_s = self._clock.now_s()
        self.blocks += 1
        self.xruns += xrun
        distance_s = device_at_s - device_now_s
        if not device_now_s or not device_at_s or abs(distance_s) > 1.0 or distance_s * usual_s < 0:
            return now_s + usual_s
        # The callback may have waited for Python; the smallest difference of the two clocks is the true one.
        self._offsets.append(now_s - device_now_s)
        least_s = min(self._offsets)
        self.stalls += self._offsets[-1] - least_s > _STALL_S
        return device_at_s + least_s

    def alive(self) -> bool:
        """Tell whether blocks still come: within 2 s of each other, the first within 6 s."""
        now_s = self._clock.now_s()
        if self.blocks != self._seen_blocks:
            self._seen_blocks, self._seen_s = self.blocks, now_s
        return not self._ended and now_s - self._seen_s <= (_SILENT_S if self._seen_blocks else _WAKING_S)


def open_first(
    wanted: str,
    default: str,
    start: Callable[[str | None], None],
    close: Callable[[], None],
    refusals: tuple[type[Exception], ...],
) -> str:
    """Open a sound device, or the system's default one where that is missing; return the name of the one that is open.

    Args:
        wanted: name of the device; empty for the system's default one.
        default: what to call the system's default one.
        start: starts the stream on the device of that name, or on the default one.
        close: clears up after a start that failed.
        refusals: what `start` raises when the device cannot be used.

    Raises:
        DeviceError: neither can be used.
    """
    for device in dict.fromkeys((wanted, "")):
        try:
            start(device or None)
        except refusals:
            close()
        else:
            return device or default
    raise DeviceError(
        f"The {wanted or default} cannot be used. Plug one in or choose another; `mia devices` lists them."
    )
