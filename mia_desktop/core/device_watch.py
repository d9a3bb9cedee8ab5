"""Notices that a sound device stands still, and knows when its samples sound."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Protocol

from mia_desktop.core.air_time import AirTime
from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import DeviceError

_SILENT_S: Final = 2.0
_WAKING_S: Final = 6.0
_FAST_S: Final = 0.05
_SLOW_S: Final = 0.25
_SETTLING_S: Final = 1.0
"""A stream that was just opened catches up with itself: no sign that anything is late."""


class WatchedStream(Protocol):
    """A stream of rtmixer's: its callbacks are C and take their orders from a queue."""

    @property
    def time(self) -> float:
        """Return the stream's own time now, seconds."""
        ...

    @property
    def actions(self) -> Collection[Any]:
        """Return the orders that are not carried out yet."""
        ...

    def fetch_and_reset_stats(self) -> Any:
        """Order the counts since the last order; they are there once it has left `actions`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Probe:
    """Two orders that the next callback carries out together.

    Attributes:
        stats: counts of the callbacks before it, with the stream's time at it.
        mark: one sample, with the stream's time at which the block's first one is in the air.
        number: of that sample.
        certain: whether no callback came between the orders.
        asked_s: clock time of the order.
        stream_s: the stream's own time at that moment.
    """

    stats: Any
    mark: Any
    number: int
    certain: bool
    asked_s: float
    stream_s: float


class DeviceWatch:
    """The pulse of one sound stream. Whoever uses it lets it `look` now and then, and asks whether it is `alive`.

    No callback of ours runs in Python, so nothing here is ever in a hurry. The number of samples standing still is the
    one sign of a lost device that every sound system gives. A sound server may need seconds to wake its first stream.

    Attributes:
        air: when each sample is in the air.
        block: samples of a usual callback; 0 before that is known.
        moved: whether any sample has passed since the stream was started.
        xruns: how often, ever, samples were lost (input) or missing (output).
    """

    running: ClassVar[int] = 0
    """Streams open in this process. The list of devices may be read anew only while there are none."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._running = False
        self._stream: WatchedStream | None = None
        self._mark: Callable[[], Any] = lambda: None
        self._probe: _Probe | None = None
        self._usual_s = 0.0
        self.block = 0
        self._seen = 0
        self._seen_s = self._started_s = self._next_s = 0.0
        self.air = AirTime(1, 0.0)
        self.moved = False
        self.xruns = 0

    def start(self, stream: WatchedStream, rate_hz: int, usual_s: float, mark: Callable[[], Any]) -> None:
        """Begin to watch a stream that was just opened.

        Args:
            stream: the stream, before its first sample.
            rate_hz: its samples per second.
            usual_s: signed distance from the callback to the air, where the sound system tells no sensible times.
            mark: orders one sample to be played or recorded at once.
        """
        if not self._running:
            self._running = True
            DeviceWatch.running += 1
        self._stream, self._mark, self._probe = stream, mark, None
        self._usual_s = usual_s
        self.block = 0
        self._seen, self.moved = 0, False
        self._started_s = self._seen_s = self._clock.now_s()
        self._next_s = self._started_s
        self.air = AirTime(rate_hz, self._started_s + usual_s)

    def stop(self) -> None:
        """The stream is about to be closed. Stopping twice is fine."""
        if self._running:
            self._running = False
            DeviceWatch.running -= 1
        self._stream = self._probe = None

    def look(self, number: Callable[[], int]) -> None:
        """Learn how far the stream is; `number` tells how many samples the callbacks have moved so far."""
        stream = self._stream
        if stream is None:
            return
        count = number()
        now_s = self._clock.now_s()
        self.air.look(count, now_s)
        if count != self._seen:
            self._seen, self._seen_s = count, now_s
            self.moved = True
        if self._probe is not None:
            actions = stream.actions
            if self._probe.stats in actions or self._probe.mark in actions:
                return
            self._learn(self._probe)
            self._probe = None
        if now_s >= self._next_s:
            self._probe = self._ask(stream, number)
            self._next_s = now_s + (_SLOW_S if self.air.settled else _FAST_S)

    def broke_off(self) -> None:
        """The stream had nothing to play, or no room to record: samples are missing."""
        self.xruns += 1
        self.air.forget()

    def alive(self) -> bool:
        """Tell whether samples still pass: within 2 s of each other, the first within 6 s."""
        patience_s = _SILENT_S if self.moved else _WAKING_S
        return self._stream is not None and self._clock.now_s() - self._seen_s <= patience_s

    def _ask(self, stream: WatchedStream, number: Callable[[], int]) -> _Probe:
        before, asked_s, stream_s = number(), self._clock.now_s(), stream.time
        mark, stats = self._mark(), stream.fetch_and_reset_stats()
        certain = number() == before
        return _Probe(stats=stats, mark=mark, number=before, certain=certain, asked_s=asked_s, stream_s=stream_s)

    def _learn(self, probe: _Probe) -> None:
        counts = probe.stats.stats
        if counts.blocks and probe.asked_s - self._started_s >= _SETTLING_S:
            xruns = counts.input_overflows + counts.output_underflows
            self.xruns += xruns
            if xruns:
                self.air.forget()
            self.block = min(self.block or counts.max_blocksize, counts.max_blocksize)
        if probe.certain:
            self._place(probe)

    def _place(self, probe: _Probe) -> None:
        """Note when the probe's sample is in the air."""
        callback_s, at_s = probe.stats.actual_time, probe.mark.actual_time
        distance_s = at_s - callback_s
        if callback_s <= 0 or at_s <= 0 or abs(distance_s) > 1.0 or distance_s * self._usual_s < 0:
            self.air.note(probe.number, probe.asked_s + self._usual_s)
        else:
            self.air.note(probe.number, at_s - probe.stream_s + probe.asked_s)


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
