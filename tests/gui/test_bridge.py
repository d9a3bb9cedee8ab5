import sys
import threading

from PySide6.QtCore import QTimer

from mia_desktop.core.commands import AskText, CancelTurn
from mia_desktop.core.events import ReplyGrew, StateChanged
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.bridge import Bridge


def test_the_qt_binding_does_not_lose_references(qapp):
    # PySide6 6.12.0 drops one reference to None at each call that returns nothing when Python is older than 3.12,
    # and the interpreter dies after some thousand of them.
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(500):
        timer.setInterval(10)
    assert sys.getrefcount(None) > before - 250


def test_events_of_many_threads_arrive_in_the_main_thread_and_in_order(qtbot, bridge, engine):
    got = []
    bridge.happened.connect(lambda event: got.append((event, threading.current_thread())))
    events = [ReplyGrew(turn=TurnId(1), text=str(number)) for number in range(500)]
    engine.tell(*events)
    assert got == []
    qtbot.waitUntil(lambda: len(got) == 500)
    assert [event for event, _ in got] == events
    assert {thread for _, thread in got} == {threading.main_thread()}


def test_commands_wait_for_the_engine(qapp, engine):
    bridge = Bridge()
    bridge.submit(AskText(text="early"))
    assert bridge.snapshot().state == "warming up"
    bridge.attach(engine)
    bridge.submit(CancelTurn())
    assert engine.commands == [AskText(text="early"), CancelTurn()]
    bridge.detach()


def test_after_detaching_nothing_arrives(qtbot, bridge, engine):
    got = []
    bridge.happened.connect(got.append)
    engine.tell(StateChanged(state="ready"))
    bridge.detach()
    engine.tell(StateChanged(state="trouble"))
    qtbot.wait(50)
    assert got == []
    assert engine.calls == ["subscribe", "unsubscribe"]


def test_a_listener_may_detach_while_events_wait(qtbot, bridge, engine):
    got = []
    bridge.happened.connect(got.append)
    bridge.happened.connect(lambda _event: bridge.detach())
    engine.tell(StateChanged(state="ready"), StateChanged(state="thinking"))
    qtbot.waitUntil(lambda: bool(got))
    qtbot.wait(50)
    assert got == [StateChanged(state="ready")]


def test_the_status_is_polled_only_while_the_window_is_visible(qtbot, shell, engine):
    qtbot.waitUntil(lambda: engine.snapshots > 2)
    shell.hide()
    before = engine.snapshots
    qtbot.wait(120)
    assert engine.snapshots == before
    shell.show()
    qtbot.waitUntil(lambda: engine.snapshots > before)
