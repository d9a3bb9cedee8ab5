import logging
import sys
import threading

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QMessageBox

from mia_desktop.core.paths import Paths
from mia_desktop.gui.crash import CrashGuard

SECRET = "my password is hunter2"


@pytest.fixture
def guard(qapp, home):
    guard = CrashGuard(Paths.choose(home))
    guard.stand()
    yield guard
    guard.leave()


def raised(message=SECRET):
    try:
        try:
            raise KeyError(message)
        except KeyError as error:
            raise ValueError(message) from error
    except ValueError as error:
        return error


def dialogs():
    return [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox) and widget.isVisible()
    ]


def close_dialogs(qtbot):
    for dialog in dialogs():
        dialog.done(0)
    qtbot.waitUntil(lambda: not dialogs())


def test_an_error_becomes_a_calm_dialog_with_the_id_of_its_report(qtbot, guard, home):
    with qtbot.waitSignal(guard.unforeseen) as told:
        error = raised()
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(dialogs()))
    [dialog] = dialogs()
    words = dialog.text() + dialog.informativeText() + dialog.detailedText()
    assert told.args[0] in words
    assert "Traceback" not in words
    assert "ValueError" not in words
    report = (home / "logs" / "reports" / f"{told.args[0]}.txt").read_text("utf-8")
    assert "builtins.ValueError" in report
    assert "builtins.KeyError" in report
    assert "test_crash.py:" in report
    close_dialogs(qtbot)


def test_the_report_holds_nothing_personal(qtbot, guard, home, tmp_path):
    with qtbot.waitSignal(guard.unforeseen):
        guard.note(raised())
    kept = "".join(file.read_text("utf-8") for file in (home / "logs").rglob("*.txt"))
    assert "hunter2" not in kept
    assert str(tmp_path) not in kept
    assert "/home/" not in kept
    assert "/root/" not in kept
    qtbot.waitUntil(lambda: bool(dialogs()))
    close_dialogs(qtbot)


def test_an_error_of_another_thread_is_told_in_this_one_and_only_once(qtbot, guard):
    def fail():
        raise ZeroDivisionError(SECRET)

    for _ in range(3):
        with qtbot.waitSignal(guard.unforeseen):
            thread = threading.Thread(target=fail)
            thread.start()
            thread.join()
    qtbot.waitUntil(lambda: bool(dialogs()))
    assert len(dialogs()) == 1
    close_dialogs(qtbot)


def test_reports_do_not_pile_up(qtbot, guard, home):
    for _ in range(25):
        guard.note(raised())
    assert len(list((home / "logs" / "reports").glob("????????.txt"))) <= 20
    qtbot.waitUntil(lambda: bool(dialogs()))
    close_dialogs(qtbot)


def test_qts_messages_go_to_the_log_without_their_text(guard, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("mia_desktop"), "propagate", True)
    with caplog.at_level(logging.WARNING, logger="mia_desktop.qt"):
        qWarning("could not read /home/anna/diary.txt")
    assert "diary" not in caplog.text
    assert "35 characters" in caplog.text


def test_afterwards_python_has_its_own_ways_back(qapp, home):
    before = (sys.excepthook, threading.excepthook)
    guard = CrashGuard(Paths.choose(home))
    guard.stand()
    assert sys.excepthook != before[0]
    guard.leave()
    assert (sys.excepthook, threading.excepthook) == before
