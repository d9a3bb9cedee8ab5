import os
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QLocale

from mia_desktop.core.bus import Bus
from mia_desktop.core.events import StateChanged
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.garbage import MainThreadGarbage
from mia_desktop.gui.translation import speak
from mia_desktop.gui.window import Window


class FakeEngine:
    """Records commands and publishes from a thread of its own, as the engine does."""

    def __init__(self):
        self.bus = Bus()
        self.commands = []
        self.calls = []
        self.snapshots = 0
        self.level = 0.0
        self.hands_free = False
        self.guest = True
        self.frame = None

    def start(self):
        self.calls.append("start")

    def submit(self, command):
        self.commands.append(command)

    def subscribe(self, listener):
        self.calls.append("subscribe")
        off = self.bus.subscribe(listener)

        def unsubscribe():
            self.calls.append("unsubscribe")
            off()

        return unsubscribe

    def snapshot(self):
        self.snapshots += 1
        return EngineStatus(
            state="ready",
            why="",
            level=self.level,
            samples_heard=0,
            samples_lost=0,
            hands_free=self.hands_free,
            guest=self.guest,
        )

    def view(self):
        return self.frame

    def stop(self):
        self.calls.append("stop")

    def tell(self, *events):
        thread = threading.Thread(target=lambda: [self.bus.publish(event) for event in events])
        thread.start()
        thread.join()


@pytest.fixture(scope="package", autouse=True)
def garbage(qapp):
    """Threads of the tests, too, leave dead widgets to the main thread."""
    with MainThreadGarbage() as garbage:
        yield garbage


@pytest.fixture
def engine():
    return FakeEngine()


@pytest.fixture
def bridge(qapp, engine):
    bridge = Bridge()
    bridge.attach(engine)
    yield bridge
    bridge.detach()


@pytest.fixture
def shell(qtbot, bridge):
    window = Window(bridge)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def window(shell):
    return shell.talk_page


@pytest.fixture
def ready_window(qtbot, engine, window):
    engine.tell(StateChanged(state="ready"))
    qtbot.waitUntil(lambda: window.badge.state == "ready")
    return window


@pytest.fixture
def german(qapp):
    used = speak(qapp, "de")
    yield used
    for translator in used:
        qapp.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())
