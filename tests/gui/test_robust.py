"""What the window says and offers when something fails, and that it goes on."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mia_desktop.core.errors import DeviceError, MiaError, ModelMissingError, VaultDiskError
from mia_desktop.core.events import (
    DeviceLost,
    DeviceReturned,
    HealthChanged,
    KeepingFailed,
    KeepingResumed,
    ReplyStarted,
    ReplyWritten,
    StateChanged,
    TranscriptReady,
    WorkerFailed,
)
from mia_desktop.core.paths import Paths
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.household import Household
from mia_desktop.gui.run import run
from mia_desktop.gui.way_out import in_window, of_error
from mia_desktop.gui.window import Window

NO_MICROPHONE = "The default microphone cannot be used. Plug one in or choose another; `mia devices` lists them."


@pytest.fixture
def shell(qtbot, bridge, home):
    window = Window(bridge, Household(Paths.choose(home)))
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (NO_MICROPHONE, "The default microphone cannot be used. Plug one in or choose another."),
        ("The model a.b cannot be loaded. `mia models pull a.b` fetches it again.", "The model a.b cannot be loaded."),
        (
            "It is damaged: bytes were lost. Restore it: `mia vault restore`.",
            "It is damaged: bytes were lost. Restore it.",
        ),
        ("Try again; `mia doctor` tells what works.", "Try again."),
        ("Run `mia models fetch`.", "Run `mia models fetch`."),
        ("Write `code` so. Really?", "Write `code` so. Really?"),
        ("", ""),
    ],
)
def test_the_window_names_no_commands_where_it_can_say_it_without(told, shown):
    assert in_window(told) == shown


def test_a_missing_microphone_is_told_once_with_the_way_to_another(qtbot, engine, shell):
    page = shell.talk_page
    engine.tell(StateChanged(state="trouble", why=NO_MICROPHONE), DeviceLost(kind="microphone", why=NO_MICROPHONE))
    qtbot.waitUntil(page.way_out.isVisible)
    assert page.badge.why == "The default microphone cannot be used. Plug one in or choose another."
    assert page.notice.sentence == ""
    page.way_out.click()
    assert page.isHidden()
    assert shell.rail.isVisible()
    shell.show_page("talk")
    engine.tell(DeviceReturned(kind="microphone", name="Headset"), StateChanged(state="ready"))
    qtbot.waitUntil(lambda: page.badge.state == "ready")
    assert not page.way_out.isVisible()
    assert "Headset" in page.notice.sentence


def test_a_model_that_does_not_load_leads_to_the_models_and_typing_goes_on(qtbot, engine, shell):
    page, why = shell.talk_page, "The voice joe cannot be loaded. `mia models pull joe` fetches it again."
    engine.tell(HealthChanged(ok=False, why=why), StateChanged(state="trouble", why=why))
    qtbot.waitUntil(page.way_out.isVisible)
    assert page.badge.why == "The voice joe cannot be loaded."
    with qtbot.waitSignal(page.wants_page) as wanted:
        page.way_out.click()
    assert wanted.args == ["models"]
    shell.show_page("talk")
    turn = TurnId(1)
    engine.tell(
        TranscriptReady(turn=turn, at_s=0.0, text="Hello", language="", spoken=False),
        ReplyStarted(turn=turn, at_s=0.1, model="m"),
        ReplyWritten(turn=turn, at_s=0.2, text="Hello to you."),
    )
    qtbot.waitUntil(lambda: page.conversation.rows.rowCount() == 2)
    assert page.text.isEnabled()


def test_a_part_that_gave_up_is_started_again_by_a_button(qtbot, engine, bridge, shell):
    page, error = shell.talk_page, MiaError("Something went wrong inside MIA (E). Try again; `mia doctor` tells.")
    engine.tell(WorkerFailed(worker="mind", error=error, gave_up=True), StateChanged(state="trouble", why=str(error)))
    qtbot.waitUntil(page.way_out.isVisible)
    assert page.badge.why == "Something went wrong inside MIA (E). Try again."
    with qtbot.waitSignal(bridge.engine_wanted):
        page.way_out.click()
    engine.tell(StateChanged(state="warming up"), StateChanged(state="ready"))
    qtbot.waitUntil(lambda: page.badge.state == "ready")
    assert not page.way_out.isVisible()


def test_an_error_that_passes_is_a_notice_without_a_button(qtbot, engine, shell):
    page = shell.talk_page
    engine.tell(WorkerFailed(worker="mind", error=MiaError("Try again."), gave_up=False))
    qtbot.waitUntil(lambda: page.notice.sentence == "Try again.")
    assert not page.way_out.isVisible()


def test_a_full_disk_is_told_until_it_is_over_with_the_way_to_make_room(qtbot, engine, shell):
    page = shell.talk_page
    engine.tell(KeepingFailed(error=VaultDiskError("The vault's disk is full. Free some space and try again.")))
    qtbot.waitUntil(page.notice.offered.isVisible)
    assert page.notice.sentence.startswith("The vault's disk is full or failing. What you say waits")
    engine.tell(TranscriptReady(turn=TurnId(1), at_s=0.0, text="Hello", language="", spoken=False))
    qtbot.waitUntil(lambda: page.conversation.rows.rowCount() == 1)
    assert page.notice.offered.isVisible(), "the next turn does not hide it"
    page.wants_page.disconnect()  # the page of models has tests of its own
    with qtbot.waitSignal(page.wants_page) as wanted:
        page.notice.offered.click()
    assert wanted.args == ["models"]
    assert page.notice.sentence, "until it is over"
    engine.tell(KeepingResumed())
    qtbot.waitUntil(lambda: page.notice.sentence == "What you said is kept again.")
    engine.tell(KeepingFailed(error=VaultDiskError("The vault's disk is full.")), KeepingResumed(lost=2))
    qtbot.waitUntil(lambda: "2 of your turns are lost" in page.notice.sentence)


def test_nothing_newer_takes_the_place_of_a_full_disk(qtbot, engine, shell):
    notice = shell.talk_page.notice
    engine.tell(KeepingFailed(error=VaultDiskError("The vault's disk is full.")))
    qtbot.waitUntil(notice.offered.isVisible)
    full, make_room = notice.sentence, notice.offered.text()
    shell.talk_page.tell("Memory is 90 % full.")
    assert notice.sentence == f"Memory is 90 % full.\n{full}"
    assert notice.offered.text() == make_room
    notice.dismiss.click()
    assert notice.sentence == full, "only the newest is dismissed"
    taken = []
    notice.offer("Deleted.", "Undo", lambda: taken.append("back"))
    assert notice.offered.text() == "Undo"
    notice.offered.click()
    assert taken == ["back"]
    assert (notice.sentence, notice.offered.text()) == (full, make_room)
    notice.dismiss.click()
    assert not notice.isVisible()


def test_without_pages_no_page_is_offered(qtbot, engine, bridge):
    window = Window(bridge)
    qtbot.addWidget(window)
    window.show()
    engine.tell(StateChanged(state="trouble", why="Gone."), DeviceLost(kind="speaker", why="Gone."))
    qtbot.waitUntil(lambda: window.talk_page.badge.state == "trouble")
    assert not window.talk_page.way_out.isVisible()


def test_each_dead_end_has_a_way_out():
    assert of_error(ModelMissingError("")).page == "models"
    assert of_error(DeviceError("")).page == "settings"
    assert of_error(MiaError("")).page == ""
    assert of_error(None).page == ""


def test_from_a_dead_end_the_button_makes_an_engine(qtbot, engine):
    tries, seen = [], []

    def window():
        return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Window) and one.isVisible())

    def click():
        page = window().talk_page
        seen.append((page.badge.why, page.way_out.isVisible()))
        page.way_out.click()
        seen.append((page.badge.state, page.text.isEnabled()))
        window().close()

    def make():
        tries.append(len(tries))
        if len(tries) == 1:
            QTimer.singleShot(50, click)
            raise MiaError("The settings were changed by somebody else. Try again.")
        return engine

    assert run(make) == 0
    assert seen == [("The settings were changed by somebody else. Try again.", True), ("warming up", True)]
    assert engine.calls[-1] == "stop"
