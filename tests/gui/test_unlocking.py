"""A vault that is opened where one talks: what is in it is there without a restart."""

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mia_desktop.core.commands import Lock
from mia_desktop.core.events import StateChanged
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.window import Window
from tests.gui.household import KeepingEngine, household_in, told

PASSPHRASE = "seven small green apples"


def listed(page):
    return [row.title for row in page.sidebar.list.rows if not isinstance(row, str)]


def test_after_unlocking_conversations_and_memories_are_there(qtbot, home):
    household = household_in(home, PASSPHRASE)
    memory = household.memory
    memory.remember_all([dataclasses.replace(told("My dog is called Rex.", kind="episode"), conversation="dogs")])
    bridge, engine = Bridge(), KeepingEngine(memory)
    bridge.attach(engine)
    window = Window(bridge, household)
    qtbot.addWidget(window)
    window.resize(1100, 700)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page = window.talk_page
    engine.tell(StateChanged(state="ready"))
    qtbot.waitUntil(lambda: listed(page) == ["My dog is called Rex."])
    bridge.submit(Lock())
    qtbot.waitUntil(lambda: page.sidebar.nothing.text().startswith("The vault is locked"))
    page.guest.click()
    QTest.keyClicks(page.locked.passphrase, PASSPHRASE)
    QTest.keyClick(page.locked.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.locked.isVisible())
    qtbot.waitUntil(lambda: listed(page) == ["My dog is called Rex."])
    memories = window.page("memory")
    qtbot.waitUntil(lambda: memories.list.rowCount() == 1)
    bridge.detach()
    household.close()
