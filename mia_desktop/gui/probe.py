"""Measures the window from inside for `mia bench gui`: takes orders on stdin, answers in JSON lines on stdout."""

import json
import os
import sys
import threading
import time
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from mia_desktop.core.commands import AskText, LookThroughCamera, StartListening, StopListening
from mia_desktop.core.events import CameraClosed, CameraOpened, Event, StateChanged, TurnFinished
from mia_desktop.gui.bridge import Bridge
from mia_desktop.monitor.resources import rss_bytes

VARIABLE = "MIA_PROBE"  # when the process was started, seconds since the epoch; whoever sets it wants the probe
_EVERY_S = 0.005


class Probe(QObject):
    """Posts an event to the window's thread every 5 ms and notes how long it waited there.

    That is what a key press or a click would have waited; the longest wait is the longest time that the thread was
    blocked. While nothing is watched, it costs nothing.
    """

    _posted = Signal(float)
    _ordered = Signal(str)

    def __init__(self, window: QWidget, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._started_s = float(os.environ[VARIABLE])
        self._waited_s: list[float] = []
        self._watching = threading.Event()
        self._posted.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._ordered.connect(self._obey, Qt.ConnectionType.QueuedConnection)
        bridge.happened.connect(self._on_event)
        for work in (self._read, self._post):
            threading.Thread(target=work, name="mia-probe", daemon=True).start()

    @Slot()
    def painted(self) -> None:
        """Tell that the window is on the screen."""
        self._tell(window_s=time.time() - self._started_s)

    def _read(self) -> None:
        for line in sys.stdin:
            self._ordered.emit(line.strip())
        self._ordered.emit("quit")

    def _post(self) -> None:
        while self._watching.wait():
            self._posted.emit(time.perf_counter())
            time.sleep(_EVERY_S)

    @Slot(float)
    def _arrived(self, posted_s: float) -> None:
        self._waited_s.append(time.perf_counter() - posted_s)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if isinstance(event, StateChanged):
            self._tell(state=event.state, at_s=time.time() - self._started_s)
        elif isinstance(event, TurnFinished):
            self._tell(turn=event.outcome)
        elif isinstance(event, CameraOpened | CameraClosed):
            self._tell(camera=isinstance(event, CameraOpened))

    @Slot(str)
    def _obey(self, order: str) -> None:
        word, _, rest = order.partition(" ")
        if word == "watch":
            self._waited_s.clear()
            self._watching.set()
        elif word == "waited":
            self._watching.clear()
            self._tell(waited_s=sorted(self._waited_s))
        elif word == "talk":
            self._bridge.submit(StartListening())
        elif word == "send":
            self._bridge.submit(StopListening())
        elif word == "ask":
            self._bridge.submit(AskText(text=rest))
        elif word == "look":
            self._bridge.submit(LookThroughCamera(on=rest != "away", once=False))
        elif word == "hide":
            self._window.hide()
        elif word == "cost":
            self._tell(cpu_s=time.process_time(), rss_bytes=rss_bytes(), at_s=time.perf_counter())
        elif word == "quit":
            QApplication.quit()

    def _tell(self, **what: Any) -> None:
        print(json.dumps(what), flush=True)  # noqa: T201 - stdout is its way out
