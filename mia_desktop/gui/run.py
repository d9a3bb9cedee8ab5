"""Opens the window, then makes the engine, and closes both."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog

from mia_desktop.core import config
from mia_desktop.core.errors import DeviceError, MiaError
from mia_desktop.core.events import Event, HealthChanged, StateChanged
from mia_desktop.core.paths import Paths
from mia_desktop.gui import probe
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.crash import CrashGuard
from mia_desktop.gui.desktop import Desktop
from mia_desktop.gui.ease import wish
from mia_desktop.gui.engine_face import EngineFace
from mia_desktop.gui.garbage import MainThreadGarbage
from mia_desktop.gui.household import Household
from mia_desktop.gui.icon import mia_icon
from mia_desktop.gui.single_instance import SingleInstance
from mia_desktop.gui.translation import speak
from mia_desktop.gui.window import Window

_UNFORESEEN = "Something went wrong inside MIA. Start it again; `mia doctor` tells what works."
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_WITHOUT_PAINT_MS = 2000  # a window that starts minimised is not painted


class _Opening(QObject):
    """Makes the engine once, after the window was painted."""

    def __init__(self, make_engine: Callable[[], EngineFace], bridge: Bridge, window: Window, *, in_tray: bool) -> None:
        super().__init__(window)
        self._make_engine = make_engine
        self._in_tray = in_tray
        self._bridge = bridge
        self._window = window
        self._begun = self._stopping = False
        self.engine: EngineFace | None = None
        self.exit_code = 0
        bridge.engine_wanted.connect(self.again)
        bridge.happened.connect(self._settle)

    @Slot(object)
    def _settle(self, event: Event) -> None:
        """Keep what was loaded out of Python's search for garbage, which stops every thread until it is through."""
        if isinstance(event, HealthChanged):
            gc.freeze()

    @Slot()
    def begin(self) -> None:
        if not self._begun and (self._in_tray or self._window.isVisible()):
            self._begun = True
            self._make()

    @Slot()
    def again(self) -> None:
        """Put another engine in the place of this one."""
        if self._stopping or not self._begun:
            return  # one is to be made anyway
        engine, self.engine = self.engine, None
        if engine is None:
            self._make()
            return
        self._stopping = True
        self._bridge.let_go()
        self._bridge.happened.emit(StateChanged(state="warming up"))
        in_background(self, engine.stop, lambda _: self._make(), lambda _: self._make())

    def _make(self) -> None:
        self._stopping = False
        why, self.exit_code, met = _UNFORESEEN, MiaError.exit_code, None
        try:
            self.engine = self._make_engine()
            self._bridge.attach(self.engine)
            self.engine.start()
            why, self.exit_code = "", 0
            self._window.show_engine()
        except MiaError as error:
            why, self.exit_code, met = str(error), error.exit_code, error
        finally:  # after an unforeseen error too, the window must not seem to warm up for ever
            if why:
                self._window.show_dead_end(why, met)


class _Introduction(QObject):
    """Shows the first run until the user has finished or skipped it once, and whenever they want it."""

    def __init__(self, window: Window, bridge: Bridge, household: Household, *, seen: bool) -> None:
        super().__init__(window)
        self._window, self._bridge, self._household = window, bridge, household
        self._shown: QDialog | None = None
        window.wants_first_run.connect(self.show)
        if not seen:
            window.painted.connect(self.show, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def show(self) -> None:
        """Show it; there is one at a time."""
        if self._shown is None:
            from mia_desktop.gui.first_run import FirstRun

            wizard = self._shown = FirstRun(self._bridge, self._household, self._window)
            wizard.closed.connect(self._closed)
            wizard.begin()

    @Slot()
    def _closed(self) -> None:
        if self._shown is not None:
            self._shown.deleteLater()
            self._shown = None


def run(
    make_engine: Callable[[], EngineFace],
    *,
    screenshot: Path | None = None,
    exit_after_s: float | None = None,
    paths: Paths | None = None,
    household: Household | None = None,
    files: Sequence[Path] = (),
    in_tray: bool = False,
) -> int:
    """Show MIA's window until it is closed.

    Args:
        make_engine: makes the engine; called in the main thread when the window is already on the screen.
        screenshot: where to save a picture of the window when it closes by itself.
        exit_after_s: when it closes by itself, seconds; never without.
        paths: the folders of this MIA; with them she takes her place on the desktop: one window for each home, tray,
            talk key, notifications, crash reports.
        household: what the pages beside the conversation use; without it there are none.
        files: what to open, in this window or in the one that is there already.
        in_tray: begin without a window where there is a tray.

    Returns:
        The exit code: that of the error when the engine could not be made, else Qt's.

    Raises:
        DeviceError: there is no screen.
        RefusedError: another MIA has this home and does not answer.
    """
    running = QApplication.instance()
    if running is None and sys.platform == "linux" and not any(map(os.environ.get, _SCREENS)):
        raise DeviceError("There is no screen for MIA's window. `mia listen`, `mia talk` and `mia ask` need none.")
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("MIA")
    app.setApplicationDisplayName("MIA")
    app.setDesktopFileName("mia")
    app.setWindowIcon(mia_icon())
    instance = SingleInstance(paths) if paths is not None else None
    if instance is not None and not instance.claim():
        instance.hand_over(files, os.environ.pop("XDG_ACTIVATION_TOKEN", ""))
        return 0
    settings = _settings(paths)
    speak(app, settings.window_language)
    wish(settings)
    guard = CrashGuard(paths) if paths is not None else None
    if guard is not None:
        guard.stand()
    bridge = Bridge()
    window = Window(bridge, household)
    desktop = None
    if instance is not None and paths is not None:
        app.setQuitOnLastWindowClosed(False)  # a dialog may be the only window while MIA is in the tray
        desktop = Desktop(window, bridge, settings, paths, instance)
        desktop.files_given.connect(window.talk_page.open_files)
        desktop.trouble.connect(window.talk_page.tell)
        desktop.wants_first_run.connect(window.wants_first_run)
    if probe.VARIABLE in os.environ:
        window.painted.connect(probe.Probe(window, bridge).painted)
    opening = _Opening(make_engine, bridge, window, in_tray=in_tray)
    window.painted.connect(opening.begin, Qt.ConnectionType.QueuedConnection)
    if household is not None:
        _Introduction(window, bridge, household, seen=settings.first_run_done)
    QTimer.singleShot(0 if in_tray else _WITHOUT_PAINT_MS, opening, opening.begin)

    def close(_number: int, _frame: FrameType | None) -> None:
        if desktop is not None:
            desktop.quit()
        else:
            window.close()

    def close_by_itself() -> None:
        if screenshot is not None:
            window.grab().save(str(screenshot))
        close(0, None)

    before = {number: signal.signal(number, close) for number in (signal.SIGINT, signal.SIGTERM)}
    if exit_after_s is not None:
        QTimer.singleShot(round(exit_after_s * 1000), window, close_by_itself)
    with MainThreadGarbage():  # it also lets Python see signals: Qt calls it now and then
        try:
            if desktop is not None:
                desktop.begin(in_tray=in_tray, files=files)
            else:
                window.show()
            code = app.exec()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            if desktop is not None:
                desktop.end()
                app.setQuitOnLastWindowClosed(True)
            bridge.detach()
            if opening.engine is not None:
                opening.engine.stop()
            if guard is not None:
                guard.leave()
            if instance is not None:
                instance.close()
    return code or opening.exit_code


def _settings(paths: Paths | None) -> config.Settings:
    """Return the settings; the defaults where they cannot be read, which the engine's maker tells the user."""
    try:
        return config.load(paths.settings) if paths is not None else config.Settings()
    except MiaError:
        return config.Settings()
