from types import SimpleNamespace
from typing import Any

import pytest

from mia_desktop.core.clock import ManualClock
from mia_desktop.core.device_watch import DeviceWatch

RATE = 1000
BLOCK = 10


class FakeStream:
    """A stream whose callbacks come when told to; its own clock is 50 s behind ours, a block sounds 40 ms later."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.actions: set[Any] = set()
        self.count = 0
        self.latency_s = 0.04
        self.tells_times = True
        self._orders: list[Any] = []
        self._counts = dict.fromkeys(("blocks", "max_blocksize", "input_overflows", "output_underflows"), 0)

    @property
    def time(self) -> float:
        return self.clock.now_s() - 50.0

    def fetch_and_reset_stats(self) -> Any:
        return self._order("stats")

    def mark(self) -> Any:
        return self._order("mark")

    def number(self) -> int:
        return self.count

    def call(self, block: int = BLOCK, xrun: bool = False, after_s: float = BLOCK / RATE) -> None:
        """One callback."""
        self.clock.advance(after_s)
        self._counts["blocks"] += 1
        self._counts["max_blocksize"] = max(self._counts["max_blocksize"], block)
        self._counts["output_underflows"] += xrun
        for order in self._orders:
            order.stats = SimpleNamespace(**self._counts)
            order.actual_time = self.tells_times * (self.time + (self.latency_s if order.kind == "mark" else 0))
            if order.kind == "stats":
                self._counts = dict.fromkeys(self._counts, 0)
        self.actions -= set(self._orders)
        self._orders = []
        self.count += block

    def _order(self, kind: str) -> Any:
        order = _Order(kind)
        self._orders.append(order)
        self.actions.add(order)
        return order


class _Order:
    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.actual_time = 0.0
        self.stats: Any = None


@pytest.fixture
def stream() -> FakeStream:
    return FakeStream(ManualClock(100.0))


@pytest.fixture
def watch(stream: FakeStream) -> Any:
    watch = DeviceWatch(stream.clock)
    watch.start(stream, RATE, 0.1, stream.mark)
    yield watch
    watch.stop()


def _run(watch: DeviceWatch, stream: FakeStream, blocks: int, **more: Any) -> None:
    for _ in range(blocks):
        watch.look(stream.number)
        stream.call(**more)
    watch.look(stream.number)


def test_a_sound_server_may_take_six_seconds_to_wake(watch: DeviceWatch, stream: FakeStream) -> None:
    stream.clock.advance(5.9)
    watch.look(stream.number)
    assert watch.alive()
    stream.clock.advance(0.2)
    assert not watch.alive()


def test_a_device_that_goes_silent_for_two_seconds_is_dead(watch: DeviceWatch, stream: FakeStream) -> None:
    _run(watch, stream, 1)
    stream.clock.advance(1.9)
    watch.look(stream.number)
    assert watch.alive()
    stream.clock.advance(0.2)
    watch.look(stream.number)
    assert not watch.alive()
    _run(watch, stream, 1)
    assert watch.alive()
    watch.stop()
    assert not watch.alive()


def test_samples_are_dated_by_the_devices_own_times(watch: DeviceWatch, stream: FakeStream) -> None:
    _run(watch, stream, 100)
    assert watch.air.settled
    next_s = stream.clock.now_s() + BLOCK / RATE + stream.latency_s
    assert watch.air.at_s(stream.count) == pytest.approx(next_s)


@pytest.mark.parametrize("latency_s", [0.02, 0.4])
def test_a_stream_that_jumped_is_followed_within_a_second(
    watch: DeviceWatch, stream: FakeStream, latency_s: float
) -> None:
    _run(watch, stream, 100)
    stream.latency_s = latency_s
    _run(watch, stream, 100)
    next_s = stream.clock.now_s() + BLOCK / RATE + stream.latency_s
    assert watch.air.at_s(stream.count) == pytest.approx(next_s)


def test_without_sensible_times_the_usual_latency_counts(watch: DeviceWatch, stream: FakeStream) -> None:
    stream.tells_times = False
    _run(watch, stream, 50)
    assert watch.air.at_s(stream.count) == pytest.approx(stream.clock.now_s() + 0.1, abs=0.011)


def test_a_callback_between_the_orders_dates_nothing(watch: DeviceWatch, stream: FakeStream) -> None:
    def number() -> int:
        stream.call()
        return stream.count

    for _ in range(20):
        watch.look(number)
    assert not watch.air.settled


def test_xruns_are_counted_once_the_stream_has_settled(watch: DeviceWatch, stream: FakeStream) -> None:
    stream.call(block=200, xrun=True, after_s=0.2)
    _run(watch, stream, 120)
    assert watch.xruns == 0
    assert watch.block == BLOCK
    _run(watch, stream, 1, xrun=True)
    _run(watch, stream, 50)
    assert watch.xruns == 1


def test_streams_are_counted_while_they_are_open() -> None:
    before = DeviceWatch.running
    stream = FakeStream(ManualClock())
    watch = DeviceWatch(stream.clock)
    watch.start(stream, RATE, 0.1, stream.mark)
    watch.start(stream, RATE, 0.1, stream.mark)
    assert DeviceWatch.running == before + 1
    watch.stop()
    watch.stop()
    assert DeviceWatch.running == before
