import threading

from mia_desktop.core import workload
from mia_desktop.language.pace import Pace


class Steps:
    """Steps of a given length on a clock of their own; knows how many threads each got."""

    def __init__(self, threads: int) -> None:
        self.now_s = 0.0
        self.used: list[int] = []
        self.pace = Pace(threads, lambda: self.now_s)

    def take(self, *lengths_s: float) -> list[int]:
        for length_s in lengths_s:
            with self.pace.step(self.used.append):
                self.now_s += length_s
        return self.used[-len(lengths_s) :]


def test_a_model_that_is_alone_gets_all_cores() -> None:
    assert Steps(2).take(0.4, 0.02, 0.03, 0.02) == [2, 2, 2, 2]


def test_a_core_is_left_to_whoever_works_beside_it() -> None:
    steps, working, done = Steps(4), threading.Event(), threading.Event()

    def work() -> None:
        with workload.heavy():
            working.set()
            done.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    assert working.wait(10)
    assert steps.take(0.02) == [3]
    done.set()
    thread.join()
    assert steps.take(0.02) == [4]


def test_its_own_work_is_no_reason_to_leave_a_core() -> None:
    steps = Steps(2)
    with workload.heavy(), workload.heavy():
        assert steps.take(0.02) == [2]
    assert workload.others() == 0


def test_steps_that_slow_down_tell_of_other_programs_until_the_next_reply() -> None:
    steps = Steps(2)
    steps.take(0.4, 0.02, 0.02)
    assert steps.take(0.09, 0.09, 0.09, 0.03) == [2, 2, 2, 1]
    steps.pace.begin()
    assert steps.take(0.02) == [2]


def test_text_that_was_there_already_is_no_measure() -> None:
    steps = Steps(2)
    assert steps.take(0.4, 0.02, 0.0001, 0.02, 0.02, 0.02, 0.02) == [2] * 7


def test_one_core_stays_one() -> None:
    assert Steps(1).take(0.4, 0.02, 0.5, 0.5, 0.5, 0.5) == [1] * 6
