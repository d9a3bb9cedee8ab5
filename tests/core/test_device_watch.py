import pytest

from mia_desktop.core.clock import ManualClock
from mia_desktop.core.device_watch import DeviceWatch


def _watch() -> tuple[DeviceWatch, ManualClock]:
    clock = ManualClock(100.0)
    watch = DeviceWatch(clock)
    watch.start()
    return watch, clock


def _block(watch: DeviceWatch, device_now_s: float, device_at_s: float) -> float:
    return watch.block_at_s(device_now_s, device_at_s, 0.1, False)


def test_a_sound_server_may_take_six_seconds_to_wake() -> None:
    watch, clock = _watch()
    clock.advance(5.9)
    assert watch.alive()
    clock.advance(0.2)
    assert not watch.alive()
    watch.stop()


def test_a_device_that_goes_silent_for_two_seconds_is_dead() -> None:
    watch, clock = _watch()
    _block(watch, 1.0, 1.1)
    assert watch.alive()
    clock.advance(1.9)
    assert watch.alive()
    clock.advance(0.2)
    assert not watch.alive()
    _block(watch, 3.0, 3.1)
    assert watch.alive()
    watch.end()
    assert not watch.alive()
    watch.stop()


def test_a_block_that_waited_for_python_still_sounds_when_the_device_says() -> None:
    watch, clock = _watch()
    assert _block(watch, 5.0, 5.1) == pytest.approx(100.1)
    clock.advance(0.125)  # 25 ms later, and called 100 ms late
    assert _block(watch, 5.025, 5.125) == pytest.approx(100.125)
    assert watch.stalls == 1
    watch.stop()


@pytest.mark.parametrize(("now_s", "at_s"), [(0.0, 0.0), (5.0, 0.0), (5.0, 9.0), (5.0, 4.95)])
def test_without_sensible_times_the_usual_latency_counts(now_s: float, at_s: float) -> None:
    watch, _ = _watch()
    assert _block(watch, now_s, at_s) == pytest.approx(100.1)
    watch.stop()


def test_open_streams_and_xruns_are_counted() -> None:
    before = DeviceWatch.running
    watch, _ = _watch()
    watch.start()
    assert DeviceWatch.running == before + 1
    watch.block_at_s(1.0, 1.1, 0.1, True)
    watch.block_at_s(1.0, 1.1, 0.1, False)
    assert (watch.blocks, watch.xruns) == (2, 1)
    watch.stop()
    watch.stop()
    assert DeviceWatch.running == before
