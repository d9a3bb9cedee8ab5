import threading
import weakref

import pytest
from PySide6.QtWidgets import QLabel

from mia_desktop.core.errors import InputError
from mia_desktop.gui.background import call_later, in_background


def test_results_and_progress_come_in_the_main_thread(qtbot):
    label, seen = QLabel(), []
    qtbot.addWidget(label)

    def work():
        call_later(label, lambda: seen.append(("half", threading.current_thread())))
        return "whole"

    in_background(label, work, lambda result: seen.append((result, threading.current_thread())))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [("half", threading.main_thread()), ("whole", threading.main_thread())]


def test_what_went_wrong_becomes_a_sentence(qtbot):
    label, seen = QLabel(), []
    qtbot.addWidget(label)

    def work():
        raise InputError("There is nothing in it.")

    in_background(label, work, failed=seen.append)
    qtbot.waitUntil(lambda: seen == ["There is nothing in it."])


@pytest.mark.parametrize("fails", [False, True])
def test_a_widget_that_is_given_up_meanwhile_is_destroyed_in_the_main_thread(qtbot, fails):
    label, go, gone, told = QLabel(), threading.Event(), [], []
    weakref.finalize(label, lambda: gone.append(threading.current_thread()))

    def work(label=label):
        go.wait(5)
        if fails:
            raise InputError("No.")
        return label.metaObject().className()

    in_background(label, work, lambda _, label=label: told.append(1), lambda _, label=label: told.append(1))
    del label, work
    assert not gone
    go.set()
    qtbot.waitUntil(lambda: bool(gone))
    assert gone == [threading.main_thread()]
    assert told == [1]
