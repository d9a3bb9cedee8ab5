import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox

from mia_desktop.core import config
from mia_desktop.core.config import SETTINGS, Settings
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.paths import Paths
from mia_desktop.gui import setting_choices
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages.settings import SettingsPage
from mia_desktop.gui.setting_editor import Choice


@pytest.fixture
def household(home):
    return Household(Paths(home=home, models=home / "models"))


@pytest.fixture
def devices(monkeypatch):
    monkeypatch.setattr(
        setting_choices,
        "sound_devices",
        lambda kind: [Choice(value="", words="The system's"), Choice(value=f"My {kind}", words=f"My {kind}")],
    )


@pytest.fixture
def page(qtbot, bridge, household, devices):
    page = SettingsPage(bridge, household)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.enter()
    qtbot.waitUntil(lambda: "My speaker" in page.rows["speech.speaker"].editor.choices)
    return page


def saved(household):
    return config.load(household.paths.settings)


def test_every_setting_has_a_field_with_a_name_and_what_it_means(page):
    assert set(page.rows) == set(SETTINGS)
    for row in page.rows.values():
        assert row.editor.widget.accessibleName()
        assert row.editor.widget.accessibleDescription() == row.setting.help


def test_a_change_is_saved_at_once_and_needs_the_models_anew(qtbot, page, household, bridge):
    box = page.rows["hearing.pause_s"].editor.widget
    assert box.suffix() == " s"
    assert (box.minimum(), box.maximum()) == (0.1, 2.0)
    box.setValue(0.4)
    assert saved(household).pause_s == 0.4
    assert "models" in page.apply.accessibleName()
    with qtbot.waitSignal(bridge.engine_wanted):
        page.apply.now.click()
    assert page.apply.isHidden()


def test_what_concerns_the_window_alone_needs_no_other_engine(page, household):
    page.rows["desktop.close_to_tray"].editor.widget.click()
    assert saved(household).close_to_tray
    assert not page.apply.isHidden()
    assert page.apply.now.isHidden()


def test_a_setting_goes_back_to_its_default(page, household):
    row = page.rows["hearing.hands_free"]
    assert row.reset.isHidden()
    row.editor.widget.click()
    assert not row.reset.isHidden()
    row.reset.click()
    assert saved(household) == Settings()
    assert row.reset.isHidden()
    assert not row.editor.widget.isChecked()


def test_all_settings_go_back_after_one_question(page, household):
    page.rows["hearing.hands_free"].editor.widget.click()
    page.reset_all.click()
    assert "defaults" in page.question.words
    assert saved(household).hands_free
    QTest.keyClick(page.question, Qt.Key.Key_Escape)
    assert saved(household).hands_free
    page.reset_all.click()
    page.question.yes.click()
    assert saved(household) == Settings()
    assert not page.rows["hearing.hands_free"].editor.widget.isChecked()


def test_devices_are_chosen_from_those_there_are(page, household):
    box = page.rows["hearing.microphone"].editor.widget
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert saved(household).microphone == "My microphone"


def test_a_device_that_is_not_there_now_stays_chosen(qtbot, page, household):
    config.save(Settings(microphone="Studio"), household.paths.settings)
    page.enter()
    editor = page.rows["hearing.microphone"].editor
    qtbot.waitUntil(lambda: "Studio" in editor.choices and "My microphone" in editor.choices)
    assert editor.widget.currentData() == "Studio"


def test_without_a_sound_system_that_is_told(qtbot, page, monkeypatch):
    def missing(kind):
        raise DeviceError("The PortAudio library is missing.")

    monkeypatch.setattr(setting_choices, "sound_devices", missing)
    page.enter()
    qtbot.waitUntil(lambda: "PortAudio" in page.notice.sentence)


def test_text_is_saved_when_it_is_complete(page, household):
    field = page.rows["memory.user"].editor.widget
    assert isinstance(field, QLineEdit)
    field.setText("Anna")
    assert not household.paths.settings.exists()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert saved(household).user_name == "Anna"


def test_settings_are_found_by_words(page):
    page.search.setText("hotkey")
    shown = [key for key, row in page.rows.items() if not row.isHidden()]
    assert shown == ["desktop.hotkey"]
    page.search.setText("xyzzy")
    assert not page._nothing.isHidden()
    page.search.clear()
    assert all(not row.isHidden() for row in page.rows.values())


def test_the_wheel_scrolls_the_page_and_changes_no_number_below_it(page, household):
    box = page.rows["language.reply_tokens"].editor.widget
    assert isinstance(box, QSpinBox)
    page.search.setFocus()
    before = box.value()
    wheel = QWheelEvent(
        QPointF(5, 5),
        box.mapToGlobal(QPointF(5, 5)),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.value() == before


def test_settings_that_cannot_be_read_are_told_and_left(page, household):
    household.paths.settings.parent.mkdir(parents=True, exist_ok=True)
    household.paths.settings.write_text("nonsense = [")
    page.enter()
    assert "cannot be read" in page.notice.sentence
    page.rows["hearing.hands_free"].editor.widget.click()
    assert household.paths.settings.read_text() == "nonsense = ["
