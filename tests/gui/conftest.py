import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QLocale

from mia_desktop.core.events import StateChanged
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.garbage import MainThreadGarbage
from mia_desktop.gui.translation import speak
from mia_desktop.gui.window import Window
from tests.gui.fake_engine import FakeEngine
from tests.gui.household import household_in


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


@pytest.fixture
def household(home):
    """A household with an open vault and nothing in it."""
    household = household_in(home)
    yield household
    household.close()


@pytest.fixture
def memory(household):
    return household.memory
