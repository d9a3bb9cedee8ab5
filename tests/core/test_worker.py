import threading

from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import Event, WorkerFailed
from mia_desktop.core.worker import Worker


def test_a_failing_stage_is_restarted_a_bounded_number_of_times() -> None:
    events: list[Event] = []

    def step() -> None:
        raise DeviceError("The cable is out.")

    worker = Worker("test", step, events.append, restarts=2)
    worker.start()
    assert worker.join(5)
    failures = [event for event in events if isinstance(event, WorkerFailed)]
    assert [failure.gave_up for failure in failures] == [False, False, True]
    assert str(failures[0].error) == "The cable is out."


def test_an_error_that_nobody_foresaw_reaches_the_user_without_its_text() -> None:
    events: list[Event] = []

    def step() -> None:
        raise KeyError("the user's secret")

    worker = Worker("test", step, events.append, restarts=0)
    worker.start()
    assert worker.join(5)
    assert isinstance(events[0], WorkerFailed)
    assert "secret" not in str(events[0].error)


def test_stopping_ends_the_thread() -> None:
    waiting = threading.Event()
    worker = Worker("test", lambda: waiting.wait(0.01) and None, lambda _: None)
    worker.start()
    worker.stop()
    assert worker.join(5)
    assert not worker.alive
