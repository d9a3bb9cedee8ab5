import pytest

from mia_desktop.core.commands import Lock
from mia_desktop.core.errors import AuditBrokenError
from mia_desktop.gui.pages.privacy import PrivacyPage
from tests.gui.household import KeepingEngine, told


@pytest.fixture
def engine(memory):
    return KeepingEngine(memory)


@pytest.fixture
def page(qtbot, bridge, household):
    page = PrivacyPage(bridge, household)
    qtbot.addWidget(page)
    page.resize(900, 800)
    page.show()
    page.enter()
    qtbot.waitUntil(lambda: bool(page.audit.entries.text()))
    return page


def choose(editor, value):
    box = editor.widget
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_a_consent_is_withdrawn_and_what_was_kept_under_it_goes_if_wanted(qtbot, page, memory):
    memory.remember_all([told("My dog is called Rex.")])
    choose(page.consents.fields["keyboard.keep"], "refused")
    qtbot.waitUntil(lambda: "1 memories" in page.question.words)
    assert memory.consents.answer("keyboard.keep") == "refused"
    qtbot.waitUntil(lambda: page.consents._since["keyboard.keep"].text().startswith("Your word since"))
    page.question.yes.click()
    qtbot.waitUntil(lambda: memory.memory.stats().memories == 0)


def test_what_was_kept_stays_when_the_user_wants_that(qtbot, page, memory):
    memory.remember_all([told("My dog is called Rex.")])
    choose(page.consents.fields["keyboard.keep"], "refused")
    qtbot.waitUntil(lambda: bool(page.question.words))
    page.question.no.click()
    assert memory.memory.stats().memories == 1


def test_looking_can_be_asked_about_each_time_and_keeping_cannot(page):
    assert page.consents.fields["camera.look"].choices == ["allowed", "asks", "refused"]
    assert page.consents.fields["microphone.keep"].choices == ["allowed", "refused"]


def test_a_shorter_time_asks_when_something_goes(qtbot, page, memory):
    memory.remember_all([told("Old.", minutes_ago=60 * 24 * 3), told("New.")])
    choose(page.retention.fields["typed"], "a day")
    qtbot.waitUntil(lambda: "1 memories are older" in page.question.words)
    page.question.no.click()
    qtbot.waitUntil(lambda: page.retention.fields["typed"].widget.currentData() == "for good")
    assert memory.memory.stats().memories == 2
    choose(page.retention.fields["typed"], "a day")
    qtbot.waitUntil(lambda: bool(page.question.words))
    page.question.yes.click()
    qtbot.waitUntil(lambda: memory.memory.stats().memories == 1)
    choose(page.retention.fields["voice"], "a year")
    qtbot.waitUntil(lambda: memory.retention.all()["voice"] == "a year")


def test_the_audit_is_proven_or_its_break_is_told(qtbot, page, household, monkeypatch):
    page.audit.verify.click()
    qtbot.waitUntil(lambda: "each in its place" in page.audit.verified.text())

    def broken():
        raise AuditBrokenError("The audit is broken at entry 1: it or one before it was changed or removed.")

    monkeypatch.setattr(household.vault.audit, "verify", broken)
    page.audit.verify.click()
    qtbot.waitUntil(lambda: "broken at entry 1" in page.notice.sentence)


def test_a_guest_keeps_nothing_and_sees_where_to_go(qtbot, page, bridge):
    page.be_guest.click()
    qtbot.waitUntil(lambda: page._inside.isHidden())
    assert bridge._engine.commands == [Lock()]
    assert "guest" in page._guest.text()
    with qtbot.waitSignal(page.wants_page):
        page.to_memory.click()


def test_everything_is_erased_only_after_the_words_are_typed(qtbot, page, bridge, household, memory):
    memory.remember_all([told("My dog is called Rex.")])
    page.erasing.sure.setText("erase")
    assert not page.erasing.erase.isEnabled()
    page.erasing.sure.setText("erase everything")
    with qtbot.waitSignal(bridge.engine_wanted):
        page.erasing.erase.click()
    assert not household.paths.vault.exists()
    assert household.vault is None
    assert household.memory is None
    assert "erased" in page.notice.sentence
    assert page._inside.isHidden()
