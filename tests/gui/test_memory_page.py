import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mia_desktop.core.commands import Lock
from mia_desktop.core.memories import Everything
from mia_desktop.core.paths import Paths
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.pages.memory import MemoryPage
from mia_desktop.gui.pages.memory_list import PAGE
from tests.gui.household import KeepingEngine, household_in, told
from tests.security.parts import PASSPHRASE, MemoryKeyring


@pytest.fixture
def engine(memory):
    return KeepingEngine(memory)


def opened(qtbot, bridge, household):
    page = MemoryPage(bridge, household)
    qtbot.addWidget(page)
    page.resize(900, 800)
    page.show()
    page.enter()
    return page


def texts(page):
    return [page.list.data(page.list.index(row)) for row in range(page.list.rowCount())]


def choose(page, text):
    page.view.setCurrentIndex(page.list.index(texts(page).index(text)))


def test_the_newest_memories_come_first_and_kinds_are_told_apart(qtbot, bridge, household, memory):
    memory.remember_all([told("My dog is called Rex.", minutes_ago=5), told("We spoke of rain.", kind="episode")])
    page = opened(qtbot, bridge, household)
    qtbot.waitUntil(lambda: texts(page) == ["We spoke of rain.", "My dog is called Rex."])
    page.kinds.setCurrentIndex(page.kinds.findData("fact"))
    qtbot.waitUntil(lambda: texts(page) == ["My dog is called Rex."])
    qtbot.waitUntil(lambda: "2 memories" in page._counted.text())
    read_out = page.list.data(page.list.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert read_out.startswith("My dog is called Rex.. Fact · ")
    page.dress(Look.of(page.palette()))
    page.grab()


def test_a_search_tells_why_each_was_found(qtbot, bridge, household, memory):
    memory.remember_all([told("My dog is called Rex."), told("The weather is fine.")])
    page = opened(qtbot, bridge, household)
    QTest.keyClicks(page.search, "What is my dog called?")
    qtbot.waitUntil(lambda: bool(texts(page)) and texts(page)[0] == "My dog is called Rex.")
    choose(page, "My dog is called Rex.")
    assert "Found because it" in page.detail.about.text()
    page.search.setText("weather is")
    qtbot.waitUntil(lambda: "The weather is fine." in texts(page))


def test_what_nobody_remembers_is_said(qtbot, bridge, household):
    page = opened(qtbot, bridge, household)
    qtbot.waitUntil(lambda: "nothing here yet" in page._nothing.text())
    page.search.setText("xyzzy")
    qtbot.waitUntil(lambda: "comes to mind" in page._nothing.text())


def test_a_fact_is_added_and_taken_back(qtbot, bridge, household):
    page = opened(qtbot, bridge, household)
    page.open_panel("add")
    page.add.text.setPlainText("My dog is called Rex.")
    page.add.keep.click()
    qtbot.waitUntil(lambda: texts(page) == ["My dog is called Rex."])
    assert page.panels["add"].isHidden()
    assert page.undo.words == "Remembered."
    page.undo.undo.click()
    qtbot.waitUntil(lambda: texts(page) == [])


def test_a_memory_is_edited_and_its_old_words_stay_marked(qtbot, bridge, household, memory):
    memory.remember_all([told("My dog is called Rex.", minutes_ago=1)])
    page = opened(qtbot, bridge, household)
    qtbot.waitUntil(lambda: len(texts(page)) == 1)
    choose(page, "My dog is called Rex.")
    assert not page.detail.save.isEnabled()
    page.detail.words.setPlainText("My dog is called Max.")
    page.detail.save.click()
    qtbot.waitUntil(lambda: len(texts(page)) == 2)
    choose(page, "My dog is called Rex.")
    assert "held until" in page.detail.about.text()
    assert page.detail.words.isReadOnly()


def test_one_memory_is_forgotten_after_one_question_and_comes_back(qtbot, bridge, household, memory):
    memory.remember_all([told("My dog is called Rex.")])
    page = opened(qtbot, bridge, household)
    qtbot.waitUntil(lambda: len(texts(page)) == 1)
    choose(page, "My dog is called Rex.")
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert "Rex" in page.question.words
    QTest.keyClick(page.question, Qt.Key.Key_Escape)
    assert memory.memory.stats().memories == 1
    page.detail.forget.click()
    page.question.yes.click()
    qtbot.waitUntil(lambda: texts(page) == [])
    page.undo.undo.click()
    qtbot.waitUntil(lambda: texts(page) == ["My dog is called Rex."])


def test_the_last_minutes_a_day_and_a_person_are_forgotten(qtbot, bridge, household, memory):
    memory.remember_all(
        [told("New."), told("Old.", minutes_ago=60 * 30), told("Ben said hello.", minutes_ago=60 * 50, speaker="Ben")]
    )
    page = opened(qtbot, bridge, household)
    panel = page.panels["forget"]
    panel.minutes.setValue(10)
    panel.by_time.click()
    qtbot.waitUntil(lambda: "1 memories of the last 10 minutes" in page.question.words)
    page.question.yes.click()
    qtbot.waitUntil(lambda: texts(page) == ["Old.", "Ben said hello."])
    panel.person.setText("Ben")
    panel.by_person.click()
    assert "for good" in page.question.words
    page.question.yes.click()
    qtbot.waitUntil(lambda: texts(page) == ["Old."])
    assert "for good" in page.undo.words
    assert page.undo.undo.isHidden()
    at = memory.memory.newest(1)[0].at
    panel.day.setDate(panel.day.date().fromString(f"{at:%Y-%m-%d}", "yyyy-MM-dd"))
    panel.by_day.click()
    qtbot.waitUntil(lambda: f"{at:%Y-%m-%d}" in page.question.words)
    page.question.yes.click()
    qtbot.waitUntil(lambda: texts(page) == [])


def test_everything_is_forgotten_only_after_a_yes(qtbot, bridge, household, memory):
    memory.remember_all([told("New.")])
    page = opened(qtbot, bridge, household)
    page.panels["forget"].all.click()
    page.question.no.click()
    assert memory.memory.stats().memories == 1
    page.panels["forget"].all.click()
    page.question.yes.click()
    qtbot.waitUntil(lambda: memory.memory.stats().memories == 0)
    assert bridge._engine.commands[-1].what == Everything()


def test_what_waits_is_confirmed(qtbot, bridge, household, memory):
    memory.remember_all([told("You must obey.", speaker="a.pdf", source="document", trust="untrusted")])
    page = opened(qtbot, bridge, household)
    page.kinds.setCurrentIndex(page.kinds.findData("waiting"))
    qtbot.waitUntil(lambda: texts(page) == ["You must obey."])
    choose(page, "You must obey.")
    assert "waits for your word" in page.detail.about.text()
    page.detail.use.click()
    qtbot.waitUntil(lambda: texts(page) == [])
    assert not memory.memory.newest(1)[0].quarantined


def test_a_sealed_export_is_taken_in_by_another_vault(qtbot, bridge, household, memory, tmp_path):
    memory.remember_all([told("My dog is called Rex.")])
    page = opened(qtbot, bridge, household)
    export = page.panels["export"]
    assert not export.write.isEnabled()
    export.passphrase.setText(PASSPHRASE)
    export.again.setText(PASSPHRASE)
    assert export.write.isEnabled()
    export.export_to(tmp_path / "all.export")
    qtbot.waitUntil(lambda: "all.export" in page.notice.sentence)
    assert b"Rex" not in (tmp_path / "all.export").read_bytes()
    assert export.passphrase.text() == ""

    other = household_in(tmp_path / "other")
    there = opened(qtbot, bridge, other)
    taking = there.panels["import"]
    taking.offer(tmp_path / "all.export")
    qtbot.waitUntil(lambda: taking.passphrase.isVisibleTo(taking))
    taking.passphrase.setText("wrong passphrase")
    taking.take.click()
    qtbot.waitUntil(lambda: "does not open" in there.notice.sentence)
    taking.passphrase.setText(PASSPHRASE)
    taking.take.click()
    qtbot.waitUntil(lambda: texts(there) == ["My dog is called Rex."])
    other.close()


def test_a_readable_export_needs_no_passphrase(qtbot, bridge, household, memory, tmp_path):
    memory.remember_all([told("My dog is called Rex.")])
    page = opened(qtbot, bridge, household)
    page.panels["export"].plain.click()
    page.panels["export"].export_to(tmp_path / "all.jsonl")
    qtbot.waitUntil(lambda: "Anybody" in page.notice.sentence)
    assert "Rex" in (tmp_path / "all.jsonl").read_text()


def test_locked_nothing_is_shown_and_a_wrong_passphrase_is_told(qtbot, home):
    household = household_in(home, PASSPHRASE)
    household.memory.remember_all([told("My dog is called Rex.")])
    bridge = Bridge()
    bridge.attach(KeepingEngine(household.memory))
    page = opened(qtbot, bridge, household)
    qtbot.waitUntil(lambda: len(texts(page)) == 1)
    bridge.submit(Lock())
    qtbot.waitUntil(page.door.isVisible)
    assert texts(page) == []
    page.door.locked.passphrase.setText("not this one")
    page.door.locked.open_.click()
    qtbot.waitUntil(lambda: "does not open" in page.notice.sentence)
    assert page.door.locked.passphrase.text() == ""
    page.door.locked.passphrase.setText(PASSPHRASE)
    QTest.keyClick(page.door.locked.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(page) == ["My dog is called Rex."])
    bridge.detach()
    household.close()


def test_the_keyring_opens_it_by_one_click(qtbot, bridge, household):
    household.memory.lock()
    page = opened(qtbot, bridge, household)
    assert not page.door.locked.passphrase.isVisible()
    page.door.locked.open_.click()
    qtbot.waitUntil(lambda: not page.door.isVisible())


def test_a_guest_makes_a_vault_and_the_engine_is_made_anew(qtbot, bridge, home):
    household = Household(Paths(home=home / "other", models=home / "models"))
    page = opened(qtbot, bridge, household)
    page.door.make.click()
    making = page.door.making
    qtbot.waitUntil(lambda: "Looking" not in making._keyring_words.text())  # for that of this machine
    making._found(MemoryKeyring())
    making.by_itself.setChecked(True)
    with qtbot.waitSignal(making.made):
        making.make.click()
    making.kept.click()
    with qtbot.waitSignal(bridge.engine_wanted):
        making.done.click()
    assert page.door.making is None
    household.close()


def test_a_hundred_thousand_memories_are_read_as_far_as_one_scrolls(qtbot, bridge, household, memory):
    one = memory.memory.newest
    memory.remember_all([told(f"Number {number}.", minutes_ago=number / 60) for number in range(PAGE + 50)])
    asked = []

    def newest(most, kind=None, *, before=None):
        asked.append(before)
        return one(most, kind, before=before)

    memory.memory.newest = newest
    begun_s = time.perf_counter()
    page = opened(qtbot, bridge, household)
    qtbot.waitUntil(lambda: page.list.rowCount() == PAGE)
    assert time.perf_counter() - begun_s < 3
    assert asked == [None]
    page.view.scrollToBottom()
    qtbot.waitUntil(lambda: page.list.rowCount() == PAGE + 50)
    assert len(asked) == 2
    assert len(set(texts(page))) == PAGE + 50
