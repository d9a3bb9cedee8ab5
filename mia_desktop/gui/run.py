"""Opens the window, then makes the engine, and closes both."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from mia_desktop.core.errors import MiaError
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.engine_face import EngineFace
from mia_desktop.gui.icon import mia_icon
from mia_desktop.gui.window import Window

_UNFORESEEN = "Something went wrong inside MIA. Start it again; `mia doctor` tells what works."
_WITHOUT_PAINT_MS = 2000  # a window that starts minimised is not painted


class _Opening(QObject):
    """Makes the engine once, after the window was painted."""

    def __init__(self, make_engine: Callable[[], EngineFace], bridge: Bridge, window: Window) -> None:
        super().__init__(window)
        self._make_engine = make_engine
        self._bridge = bridge
        self._window = window
        self._begun = False
        self.engine: EngineFace | None = None
        self.exit_code = 0

    @Slot()
    def begin(self) -> None:
        if self._begun or not self._window.isVisible():
            return
        self._begun = True
        why, self.exit_code = _UNFORESEEN, MiaError.exit_code
        try:
            self.engine = self._make_engine()
            self._bridge.attach(self.engine)
            self.engine.start()
            why, self.exit_code = "", 0
        except MiaError as error:
            why, self.exit_code = str(error), error.exit_code
        finally:  # after an unforeseen error too, the window must not seem to warm up for ever
            if why:
                self._window.show_dead_end(why)


def run(
    make_engine: Callable[[], EngineFace], *, screenshot: Path | None = None, exit_after_s: float | None = None
) -> int:
    """Show MIA's window until it is closed.

    Args:
        make_engine: makes the engine; called in the main thread when the window is already on the screen.
        screenshot: where to save a picture of the window when it closes by itself.
        exit_after_s: when it closes by itself, seconds; never without.

    Returns:
        The exit code: that of the error when the engine could not be made, else Qt's.
    """
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("MIA")
    app.setApplicationDisplayName("MIA")
    app.setDesktopFileName("mia")
    app.setWindowIcon(mia_icon())
    bridge = Bridge()
    window = Window(bridge)
    opening = _Opening(make_engine, bridge, window)
    window.painted.connect(opening.begin, Qt.ConnectionType.QueuedConnection)
    QTimer.singleShot(_WITHOUT_PAINT_MS, opening, opening.begin)

    def close(_number: int, _frame: FrameType | None) -> None:
        window.close()

    def close_by_itself() -> None:
        if screenshot is not None:
            window.grab().save(str(screenshot))
        window.close()

    before = signal.signal(signal.SIGINT, close)  # Python sees the signal at the bridge's next tick
    if exit_after_s is not None:
        QTimer.singleShot(round(exit_after_s * 1000), window, close_by_itself)
    try:
        window.show()
        code = app.exec()
    finally:
        signal.signal(signal.SIGINT, before)
        bridge.detach()
        if opening.engine is not None:
            opening.engine.stop()
    return code or opening.exit_code
