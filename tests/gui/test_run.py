import os
import signal
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mia_desktop.core.errors import ModelMissingError
from mia_desktop.gui.icon import mia_icon
from mia_desktop.gui.run import run
from mia_desktop.gui.window import Window


def the_window():
    return next(
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window) and widget.isVisible()
    )


def test_the_window_is_shown_before_the_engine_is_made(qapp, engine):
    shown = []

    def make():
        window = the_window()
        shown.append((window.isVisible(), window.windowHandle().isExposed()))
        QTimer.singleShot(0, window.close)
        return engine

    assert run(make) == 0
    assert shown == [(True, True)]
    assert engine.calls == ["subscribe", "start", "unsubscribe", "stop"]


def test_without_an_engine_the_window_says_why(qapp):
    seen = []

    def look():
        window = the_window()
        seen.append(
            (
                window.talk_page.badge.state,
                window.talk_page.badge.why,
                window.talk_page.text.isEnabled(),
                window.talk_page.talk.isEnabled(),
            )
        )
        window.close()

    def make():
        QTimer.singleShot(50, look)
        raise ModelMissingError("Run `mia models fetch`.")

    assert run(make) == ModelMissingError.exit_code
    assert seen == [("trouble", "Run `mia models fetch`.", False, False)]


def test_an_unforeseen_error_does_not_leave_the_window_warming_up(qtbot):
    seen = []

    def look():
        seen.append(the_window().talk_page.badge.state)
        the_window().close()

    def make():
        QTimer.singleShot(50, look)
        raise ZeroDivisionError

    with qtbot.capture_exceptions() as errors:
        assert run(make) == 1
    assert seen == ["trouble"]
    assert [kind for kind, _, _ in errors] == [ZeroDivisionError]


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends a process there")
def test_ctrl_c_closes_the_window(qapp, engine):
    before = signal.getsignal(signal.SIGINT)

    def make():
        QTimer.singleShot(20, lambda: os.kill(os.getpid(), signal.SIGINT))
        return engine

    assert run(make) == 0
    assert engine.calls[-1] == "stop"
    assert signal.getsignal(signal.SIGINT) is before


def test_it_closes_by_itself_with_a_picture(qapp, engine, tmp_path):
    picture = tmp_path / "window.png"
    assert run(lambda: engine, screenshot=picture, exit_after_s=0.2) == 0
    assert picture.stat().st_size > 1000


def test_the_icon_is_drawn(qapp):
    image = mia_icon().pixmap(64, 64).toImage()
    assert image.pixelColor(32, 8).alpha() == 255
    assert image.pixelColor(0, 0).alpha() == 0
