from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from mia_desktop.core.commands import CancelTurn, SetHandsFree, SetMuted, StartListening, StopListening
from mia_desktop.core.config import Settings
from mia_desktop.core.events import KeepingResumed, ReplyWritten, StateChanged
from mia_desktop.core.paths import Paths
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.autostart import Autostart
from mia_desktop.gui.desktop import Desktop
from mia_desktop.gui.single_instance import SingleInstance
from mia_desktop.gui.tray import state_icon
from mia_desktop.gui.window import Window

STATES = ("warming up", "ready", "listening", "thinking", "speaking", "muted", "trouble")


@pytest.fixture
def paths(home):
    return Paths.choose(home)


@pytest.fixture
def make(qtbot, bridge, paths, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = []

    def make(**settings):
        window = Window(bridge)
        qtbot.addWidget(window)
        instance = SingleInstance(paths)
        instance.claim()
        desktop = Desktop(window, bridge, Settings(hotkey="", **settings), paths, instance)
        desktop.window, desktop.instance = window, instance
        made.append(desktop)
        return desktop

    yield make
    for desktop in made:
        desktop.end()
        desktop.instance.close()


def ready(qtbot, engine, desktop):
    engine.tell(StateChanged(state="ready"))
    qtbot.waitUntil(lambda: "ready" in desktop.tray.tip)


def test_each_state_has_an_icon_of_its_own_form_and_colour(qapp):
    images = [state_icon(state).pixmap(32, 32).toImage() for state in STATES]
    assert len({image.pixelColor(16, 1).name() for image in images}) == len(STATES)

    def form(image):
        white = QColor("white")
        return tuple(
            image.pixelColor(x, y).lightness() > 200 and image.pixelColor(x, y).alpha() == white.alpha()
            for x in range(32)
            for y in range(32)
        )

    assert len({form(image) for image in images}) == len(STATES)


def test_the_tray_tells_the_state_and_why(qtbot, engine, make):
    desktop = make()
    desktop.begin()
    engine.tell(StateChanged(state="trouble", why="The voice is missing."))
    qtbot.waitUntil(lambda: desktop.tray.tip == "MIA: trouble\nThe voice is missing.")
    assert not desktop.tray.talk.isEnabled()


def test_the_menu_talks_listens_mutes_and_opens(qtbot, engine, make):
    desktop = make()
    desktop.begin()
    ready(qtbot, engine, desktop)
    desktop.tray.talk.trigger()
    desktop.tray.talk.trigger()
    desktop.tray.hands_free.trigger()
    desktop.tray.mute.trigger()
    assert engine.commands == [
        StartListening(),
        StopListening(),
        SetHandsFree(on=True),
        CancelTurn(),
        SetMuted(on=True),
    ]
    desktop.window.showMinimized()
    desktop.tray.open.trigger()
    assert not desktop.window.isMinimized()


def test_the_talk_key_begins_and_ends_a_turn_but_not_while_warming_up(qtbot, engine, make):
    desktop = make()
    desktop.begin()
    desktop.hotkey.pressed.emit()
    assert engine.commands == []
    ready(qtbot, engine, desktop)
    desktop.window.hide()
    desktop.hotkey.pressed.emit()
    desktop.hotkey.released.emit()
    assert engine.commands[-2:] == [StartListening(), StopListening()]


def test_closed_it_lives_on_in_the_tray_only_where_one_is_seen(qtbot, make, monkeypatch):
    desktop = make(close_to_tray=True)
    desktop.begin()
    monkeypatch.setattr(type(desktop.tray), "there", property(lambda _: True))
    assert not desktop.window.close()
    assert not desktop.window.isVisible()
    desktop.raise_window()
    monkeypatch.setattr(type(desktop.tray), "there", property(lambda _: False))
    assert desktop.window.close()


@pytest.fixture
def unsaved(qtbot, engine, make, monkeypatch):
    """A MIA whose disk is full, and how often she was ended."""
    engine.unsaved = 3
    desktop = make()
    desktop.ended = []
    monkeypatch.setattr(QApplication, "quit", lambda: desktop.ended.append(True))
    desktop.begin()
    return desktop


def button(box, words):
    return next(one for one in box.buttons() if one.text() == words)


def test_who_quits_while_turns_wait_for_the_disk_is_asked_and_may_stay(qtbot, unsaved):
    assert not unsaved.window.close()
    box = unsaved.unsaved.box
    assert "lost: 3." in box.text()
    assert box.defaultButton().text() == "Do not quit"
    unsaved.tray.quit.trigger()
    assert unsaved.unsaved.box is box, "there is one question at a time"
    button(box, "Do not quit").click()
    assert unsaved.unsaved.box is None
    assert unsaved.window.isVisible()
    assert unsaved.ended == []


def test_who_quits_anyway_is_not_held_up(qtbot, unsaved):
    unsaved.window.hide()
    unsaved.tray.quit.trigger()
    assert unsaved.window.isVisible(), "the question is seen, from the tray too"
    button(unsaved.unsaved.box, "Quit anyway").click()
    qtbot.waitUntil(lambda: bool(unsaved.ended))
    assert not unsaved.window.isVisible()


def test_mia_ends_by_herself_once_all_is_saved(qtbot, engine, unsaved):
    unsaved.window.close()
    engine.unsaved = 0
    engine.tell(KeepingResumed())
    qtbot.waitUntil(lambda: bool(unsaved.ended))
    assert unsaved.unsaved.box is None


def test_what_was_lost_meanwhile_is_told_before_the_end(qtbot, engine, unsaved):
    unsaved.window.close()
    engine.tell(KeepingResumed(lost=3))
    qtbot.waitUntil(lambda: unsaved.unsaved.box is None)
    assert unsaved.ended == []


def test_nobody_is_asked_when_the_system_ends_mia(qtbot, engine, unsaved):
    unsaved.quit()
    assert (unsaved.unsaved.box, unsaved.window.isVisible()) == (None, False)


def test_saved_again_by_itself_mia_stays_where_nobody_wanted_to_quit(qtbot, engine, unsaved):
    engine.tell(KeepingResumed(), StateChanged(state="ready"))
    qtbot.waitUntil(lambda: "ready" in unsaved.tray.tip)
    assert unsaved.ended == []


def test_without_a_tray_it_begins_with_a_window(make, monkeypatch):
    desktop = make()
    monkeypatch.setattr(type(desktop.tray), "there", property(lambda _: False))
    desktop.begin(in_tray=True)
    assert desktop.window.isVisible()


def test_in_the_tray_there_is_no_window_until_it_is_asked_for(make, monkeypatch):
    desktop = make()
    monkeypatch.setattr(type(desktop.tray), "there", property(lambda _: True))
    desktop.begin(in_tray=True)
    assert not desktop.window.isVisible()
    desktop.instance.asked_for.emit([], "")
    assert desktop.window.isVisible()


def test_a_second_start_brings_files(qtbot, make):
    desktop = make()
    desktop.begin()
    with qtbot.waitSignal(desktop.files_given) as given:
        desktop.instance.asked_for.emit([Path("/a.png")], "")
    assert given.args == [[Path("/a.png")]]


def test_the_answer_is_told_only_while_nobody_looks(qtbot, engine, make, monkeypatch):
    desktop = make()
    desktop.begin()
    told = []
    monkeypatch.setattr(desktop.tray, "tell", lambda title, text: told.append(title))
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    engine.tell(ReplyWritten(turn=TurnId(1), at_s=0.0, text="Yes."), StateChanged(state="ready"))
    qtbot.waitUntil(lambda: "ready" in desktop.tray.tip)
    assert told == []
    desktop.window.hide()
    engine.tell(ReplyWritten(turn=TurnId(2), at_s=0.0, text="Yes."), StateChanged(state="thinking"))
    qtbot.waitUntil(lambda: "thinking" in desktop.tray.tip)
    assert told == ["MIA has answered"]


def test_the_window_opens_where_it_was_closed(make, paths):
    place = QRect(120, 90, 700, 640)
    one = make()
    one.begin()
    one.window.setGeometry(place)
    one.end()
    other = make()
    other.begin()
    assert other.window.geometry().size() == place.size()
    private = make(keep_window_place=False)
    private.begin()
    private.end()
    assert not (paths.home / "window.place").exists()


@pytest.mark.parametrize("untrusted", [b"", b"not base64!", b"AAAA", b"A" * 10_000])
def test_a_damaged_place_is_no_place(make, paths, untrusted):
    paths.make_home()
    (paths.home / "window.place").write_bytes(untrusted)
    desktop = make()
    desktop.begin()
    assert desktop.window.isVisible()


def test_start_at_login_is_switched_from_the_menu(make):
    desktop = make()
    desktop.begin()
    desktop.tray.autostart.trigger()
    assert Autostart().is_on()
    desktop.tray.autostart.trigger()
    assert not Autostart().is_on()
