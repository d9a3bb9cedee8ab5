import dataclasses
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from mia_desktop.core import config
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import (
    CameraOpened,
    ModelLoaded,
    ReplyStarted,
    ReplyWritten,
    StateChanged,
    TranscriptReady,
    TurnFinished,
    WorkerFailed,
)
from mia_desktop.core.paths import Paths
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.checkup import Check
from mia_desktop.gui import setting_choices
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages import diagnostics
from mia_desktop.gui.pages.diagnostics import DiagnosticsPage
from mia_desktop.gui.setting_editor import Choice
from mia_desktop.gui.window import Window

CANARY = "Zq7canary"


@pytest.fixture
def household(tmp_path):
    home = tmp_path / f"home-of-{CANARY}"
    return Household(Paths(home=home, models=home / "models"))


@pytest.fixture
def page(qtbot, bridge, household, monkeypatch):
    answers = [
        Check(name="program", ok=True, why="MIA"),
        Check(name="home", ok=False, why=f"{household.paths.home} cannot be written.", mend="Choose another."),
    ]
    monkeypatch.setattr(diagnostics, "checks", lambda paths: iter(answers))
    monkeypatch.setattr(
        setting_choices,
        "sound_devices",
        lambda kind: [Choice(value="", words="The system's"), Choice(value=f"{CANARY}'s {kind}", words=kind)],
    )
    page = DiagnosticsPage(bridge, household)
    bridge.happened.connect(household.observed.see)
    qtbot.addWidget(page)
    page.resize(900, 900)
    page.show()
    page.enter()
    qtbot.waitUntil(lambda: page.again.isEnabled() and len(page._checked) == 2)
    yield page
    page.leave()


def test_the_meters_follow_the_sound_and_name_the_devices(qtbot, page, bridge, engine):
    status = dataclasses.replace(engine.snapshot(), level=0.5, voice_level=0.25, microphone="USB", speaker="Headset")
    bridge.polled.emit(status)
    assert page.levels["hearing.microphone"].value() == 500
    assert page.levels["speech.speaker"].value() == 250
    assert "USB" in page._in_use["hearing.microphone"].text()
    bridge.happened.emit(CameraOpened(name="HD Camera", once=True))
    assert "HD Camera" in page._camera.text()


def test_another_device_is_chosen_and_waits_for_the_engine(qtbot, page, bridge, household):
    editor = page.devices["speech.speaker"]
    qtbot.waitUntil(lambda: len(editor.choices) == 2)
    editor.widget.setCurrentIndex(1)
    editor.widget.activated.emit(1)
    assert household.settings.speaker == f"{CANARY}'s speaker"
    with qtbot.waitSignal(bridge.engine_wanted):
        page.apply.now.click()


def test_models_times_and_checks_are_shown(qtbot, page, bridge):
    bridge.happened.emit(ModelLoaded(role="language", model="qwen2.5-coder-0.5b", load_s=2.5, rss_bytes=500_000_000))
    turn = TurnId(1)
    bridge.happened.emit(TranscriptReady(turn=turn, at_s=1.0, text="Hi.", language="", spoken=False))
    bridge.happened.emit(ReplyStarted(turn=turn, at_s=1.5, model="m"))
    bridge.happened.emit(TurnFinished(turn=turn, at_s=2.0, outcome="answered"))
    page.look()
    assert page._models.itemAtPosition(0, 1).widget().text() == "qwen2.5-coder-0.5b"
    assert "0.50 s" in [page._clocks.itemAtPosition(row, 1).widget().text() for row in range(page._clocks.rowCount())]
    assert "✗  home" in page._answers.itemAt(1).widget().text()
    assert page._answers.itemAt(2).widget().text() == "Choose another."
    page.grab()


def test_what_is_over_its_bound_is_told_with_the_way_out(qtbot, page):
    used = dataclasses.replace(page._usage, machine_cpu_percent=95.0, machine_memory_percent=90.0)
    page._meter.read = lambda: used
    page.look()
    assert [one.kind for one in page.alerts] == ["processor", "memory"]
    assert "smaller models" in page._health.text()


def test_while_another_page_is_open_it_is_told_once_when_it_lasts(qtbot, bridge, household):
    window = Window(bridge, household)
    qtbot.addWidget(window)
    window.show()
    window.alerts.look()
    used = dataclasses.replace(window.alerts._meter.read(), machine_cpu_percent=10.0, machine_memory_percent=90.0)
    window.alerts._meter.read = lambda: used
    window.alerts.look()
    assert window.talk_page.notice.sentence == ""
    for _ in range(2):
        window.alerts.look()
    assert "90 % full" in window.talk_page.notice.sentence
    window.talk_page.notice.dismiss.click()
    window.alerts.look()
    assert window.talk_page.notice.sentence == ""


def test_the_report_tells_nothing_of_the_user(qtbot, page, bridge, household):
    config.save(
        Settings(
            user_name=CANARY, wake_word=CANARY, microphone=f"{CANARY}'s headset", language_model=CANARY, pause_s=0.4
        ),
        household.paths.settings,
    )
    turn = TurnId(1)
    for event in (
        ModelLoaded(role="language", model=CANARY, load_s=1.0, rss_bytes=1),
        ModelLoaded(role="speech_to_text", model="whisper-base", load_s=1.0, rss_bytes=1),
        TranscriptReady(turn=turn, at_s=1.0, text=CANARY, language="en", spoken=True),
        ReplyStarted(turn=turn, at_s=1.5, model=CANARY),
        ReplyWritten(turn=turn, at_s=1.6, text=CANARY),
        TurnFinished(turn=turn, at_s=2.0, outcome="answered"),
        WorkerFailed(worker="ears", error=DeviceError(f"The {CANARY} is gone."), gave_up=False),
        StateChanged(state="trouble", why=f"{CANARY} is gone."),
    ):
        bridge.happened.emit(event)
    page.look()
    page.copy.click()
    told = QGuiApplication.clipboard().text()
    assert told == page.copied
    assert CANARY not in told
    assert str(Path.home()) not in told
    assert str(household.paths.home) not in told
    for there in ("whisper-base", "a model of the user's own", "hearing.pause_s", "check home: fails", "failed: ears"):
        assert there in told
