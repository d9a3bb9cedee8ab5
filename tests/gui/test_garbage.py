import gc
import threading
import weakref

from PySide6.QtWidgets import QWidget


class Circle(QWidget):
    def __init__(self):
        super().__init__()
        self.itself = self


def test_a_dead_widget_goes_in_the_main_thread_though_another_one_allocates(qtbot):
    went, kept = [], []
    weakref.finalize(Circle(), lambda: went.append(threading.current_thread()))
    busy = threading.Thread(target=lambda: kept.extend([number] for number in range(200_000)))
    busy.start()
    busy.join()
    assert not went
    qtbot.waitUntil(lambda: bool(went))
    assert went == [threading.main_thread()]


def test_what_stays_is_searched_more_and_more_seldom(garbage):
    gc.collect()
    kept = [[number] for number in range(100)]
    garbage.search()
    assert gc.get_count()[0] >= len(kept), "nothing was due"
    kept += [[number] for number in range(gc.get_threshold()[0] + 1)]
    young = gc.get_count()[1]
    garbage.search()
    assert gc.get_count()[1] == young + 1, "only the youngest generation was"
