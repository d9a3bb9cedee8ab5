import json
import threading
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from mia_desktop.core import config
from mia_desktop.core.commands import (
    ForgetConversation,
    ImportConversations,
    NameConversation,
    NewConversation,
    OpenConversation,
    PinConversation,
    Unlock,
)
from mia_desktop.core.conversations import ConversationInfo, KeptTurn, PastTurn
from mia_desktop.core.errors import VaultDiskError
from mia_desktop.core.events import ConversationOpened, HealthChanged, MemoryChanged, MemoryKept, StateChanged
from mia_desktop.core.paths import Paths
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.conversation_list import ConversationList
from mia_desktop.gui.household import Household
from mia_desktop.gui.window import Window

NOW = datetime.now().astimezone()


def info(name, days=0, *, pinned=False, excerpt=""):
    at = NOW - timedelta(days=days)
    return ConversationInfo(
        name=name, title=name.title(), started_at=at, changed_at=at, turns=2, pinned=pinned, excerpt=excerpt
    )


class FakeMemory:
    locked = False
    opens_alone = False

    def __init__(self):
        self.kept = [info("cats", pinned=True), info("bread"), info("tides", 1), info("letters", 40)]
        self.asked = []
        self.drafts = {}
        self.fails = {}

    def conversations(self, words=""):
        self.asked.append(words)
        if words in self.fails:
            self.fails[words].wait(5)
            raise VaultDiskError("The disk does not answer. Try `mia doctor`.")
        return [one for one in self.kept if words in one.name]

    def conversation(self, name):
        return [KeptTurn(at=NOW, said="Why?", answered="So.", spoken=False, memories=(1,))]

    def draft(self, conversation):
        return self.drafts.get(conversation, "")

    def keep_draft(self, conversation, text):
        self.drafts[conversation] = text

    def close(self):
        pass


class Locked:
    def lock(self):
        pass


@pytest.fixture
def household(tmp_path):
    household = Household(Paths(home=tmp_path, models=tmp_path / "models"))
    household.memory = FakeMemory()
    yield household
    household.close()


@pytest.fixture
def shell(qtbot, bridge, household):
    window = Window(bridge, household)
    qtbot.addWidget(window)
    window.resize(1100, 700)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def page(qtbot, shell, engine):
    engine.tell(StateChanged(state="ready"))
    qtbot.waitUntil(lambda: len(shell.talk_page.sidebar.list.rows) == 8)
    return shell.talk_page


def titles(page):
    return [page.sidebar.list.index(row).data() for row in range(page.sidebar.list.rowCount())]


def click(page, name):
    view = page.sidebar.view
    rect = view.visualRect(page.sidebar.list.row_named(name))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_conversations_stand_under_their_days(page):
    month = f"{(NOW - timedelta(days=40)):%B %Y}"
    assert titles(page) == ["Pinned", "Cats", "Today", "Bread", "Yesterday", "Tides", month, "Letters"]


def test_days_of_one_week_are_one():
    listed = ConversationList()
    listed.show([info("a", 2), info("b", 6), info("c", 7)], date.today())
    assert listed.rows[0] == "Last seven days"
    assert len([row for row in listed.rows if isinstance(row, str)]) == 2


def test_a_click_opens_a_conversation(qtbot, page, engine):
    click(page, "bread")
    assert engine.commands == [OpenConversation(name="bread")]
    turns = (PastTurn(turn=TurnId(7), at=NOW, said="How?", answered="With yeast.", spoken=False),)
    engine.tell(ConversationOpened(name="bread", title="Bread", turns=turns))
    qtbot.waitUntil(lambda: len(page.conversation.messages) == 2)
    assert page.sidebar.list.open_name == "bread"
    assert page.text.hasFocus()
    click(page, "bread")
    assert len(engine.commands) == 1


def test_all_conversations_are_searched(qtbot, page, household):
    QTest.keyClick(page.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert page.sidebar.search.hasFocus()
    QTest.keyClicks(page.sidebar.search, "tid")
    qtbot.waitUntil(lambda: titles(page) == ["Yesterday", "Tides"])
    QTest.keyClicks(page.sidebar.search, "x")
    qtbot.waitUntil(lambda: page.sidebar.nothing.isVisible())
    assert page.sidebar.nothing.text() == "Nothing was found."
    assert not page.sidebar.way_out.isVisible()


def test_what_changes_is_read_again(qtbot, page, engine, household):
    household.memory.kept.insert(1, info("new"))
    engine.tell(MemoryKept(turn=TurnId(1), ids=(1,), conversation="new"))
    qtbot.waitUntil(lambda: "New" in titles(page))
    household.memory.kept.pop(0)
    engine.tell(MemoryChanged(turn=None, did="forgotten", conversation="cats"))
    qtbot.waitUntil(lambda: "Cats" not in titles(page))


def test_f2_renames(qtbot, page, engine):
    view = page.sidebar.view
    view.setCurrentIndex(page.sidebar.list.row_named("bread"))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Sour dough")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: engine.commands == [NameConversation(name="bread", title="Sour dough")])


def test_the_menu_pins_and_delete_deletes(qtbot, page, engine):
    sidebar = page.sidebar
    sidebar._show_menu(sidebar.list.row_named("cats"), page.mapToGlobal(page.rect().center()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    {action.text(): action for action in menu.actions()}["Unpin"].trigger()
    menu.close()
    sidebar.view.setCurrentIndex(sidebar.list.row_named("tides"))
    QTest.keyClick(sidebar.view, Qt.Key.Key_Delete)
    assert engine.commands == [PinConversation(name="cats", on=False), ForgetConversation(name="tides")]
    engine.tell(MemoryChanged(turn=None, did="forgotten", conversation="tides", undoable=True))
    qtbot.waitUntil(page.notice.offered.isVisible)


@pytest.mark.parametrize("ending", ["md", "json"])
def test_a_conversation_is_exported(qtbot, page, tmp_path, ending):
    file = tmp_path / f"bread.{ending}"
    page.sidebar.files.export(info("bread"), file)
    qtbot.waitUntil(lambda: "not encrypted" in page.notice.sentence)
    text = file.read_text("utf-8")
    assert "Why?" in text
    assert ending == "md" or json.loads(text)["title"] == "Bread"


def test_conversations_are_taken_in(qtbot, page, engine, tmp_path):
    file = tmp_path / "c.json"
    file.write_text("{}", "utf-8")
    page.sidebar.files.take_in(file)
    qtbot.waitUntil(lambda: engine.commands == [ImportConversations(untrusted_text="{}")])
    engine.tell(MemoryChanged(turn=None, did="refused", why="That is no conversation."))
    qtbot.waitUntil(lambda: page.notice.sentence == "That is no conversation.")


def test_the_list_is_hidden_and_that_is_remembered(qtbot, page, household):
    assert page.sidebar.isVisible()
    QTest.keyClick(page.text, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not page.sidebar.isVisible()
    qtbot.waitUntil(lambda: not config.load(household.paths.settings).conversation_list)
    QTest.keyClick(page.text, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert page.sidebar.isVisible()
    qtbot.waitUntil(lambda: config.load(household.paths.settings).conversation_list)


def test_in_a_narrow_window_the_list_lies_over_the_conversation(qtbot, page, engine):
    page.window().resize(page.window().minimumSize())
    qtbot.waitUntil(lambda: not page.sidebar.isVisible())
    page.head.side.click()
    assert page.sidebar.isVisible()
    click(page, "bread")
    assert not page.sidebar.isVisible()
    assert engine.commands == [OpenConversation(name="bread")]


def test_a_list_that_cannot_be_read_says_so_and_stays_until_it_can(qtbot, page, engine, household):
    there, failing = titles(page), threading.Event()
    failing.set()
    household.memory.fails[""] = failing
    engine.tell(MemoryChanged(turn=None, did="pinned", conversation="cats"))
    qtbot.waitUntil(page.sidebar.nothing.isVisible)
    assert page.sidebar.nothing.text() == "The conversations could not be read: The disk does not answer."
    assert titles(page) == there
    assert page.sidebar.view.isVisible()
    assert page.sidebar.way_out.text() == "Try again"
    household.memory.fails.clear()
    household.memory.kept.pop()
    page.sidebar.way_out.click()
    qtbot.waitUntil(lambda: "Letters" not in titles(page))
    assert not page.sidebar.nothing.isVisible()


def test_an_older_reading_that_fails_late_changes_nothing(qtbot, page, household):
    failing = household.memory.fails["brea"] = threading.Event()
    page.sidebar.search.setText("brea")
    qtbot.waitUntil(lambda: household.memory.asked[-1] == "brea")
    page.sidebar.search.setText("bread")
    qtbot.waitUntil(lambda: titles(page) == ["Today", "Bread"])
    failing.set()
    qtbot.wait(100)
    assert titles(page) == ["Today", "Bread"]
    assert not page.sidebar.nothing.isVisible()


def test_a_guest_is_told_that_nothing_is_kept_and_how_to_change_that(qtbot, page, engine, household):
    household.memory = None
    engine.tell(MemoryChanged(turn=None, did="locked"))
    qtbot.waitUntil(page.sidebar.nothing.isVisible)
    assert "nothing of this conversation is kept" in page.sidebar.nothing.text()
    page.wants_page.disconnect()  # the page of memories has tests of its own
    with qtbot.waitSignal(page.sidebar.wants_memory):
        page.sidebar.way_out.click()


def test_a_locked_vault_is_told_from_none_and_opened_here(qtbot, page, engine, household):
    household.memory.locked = True
    engine.guest = True
    engine.tell(MemoryChanged(turn=None, did="locked"))
    qtbot.waitUntil(page.sidebar.nothing.isVisible)
    assert page.sidebar.nothing.text().startswith("The vault is locked")
    qtbot.waitUntil(lambda: page.guest.isVisible() and page.guest.text() == "Locked")
    page.sidebar.way_out.click()
    assert page.locked.passphrase.hasFocus()
    QTest.keyClicks(page.locked.passphrase, "not this")
    QTest.keyClick(page.locked.passphrase, Qt.Key.Key_Return)
    assert engine.commands == [Unlock(passphrase="not this")]
    assert not page.locked.open_.isEnabled()
    engine.tell(MemoryChanged(turn=None, did="refused", why="That does not open it."))
    qtbot.waitUntil(page.locked.open_.isEnabled)
    assert page.notice.sentence == "That does not open it."
    household.memory.locked = engine.guest = False
    engine.tell(MemoryChanged(turn=None, did="unlocked"))
    qtbot.waitUntil(lambda: len(titles(page)) == 8)
    assert not page.locked.isVisible()
    assert page.text.hasFocus()
    qtbot.waitUntil(lambda: not page.guest.isVisible())


def test_a_vault_that_did_not_open_is_not_being_opened_for_ever(qtbot, page, engine, household):
    household.memory, household.vault = None, Locked()
    household.paths.vault.mkdir(parents=True)
    (household.paths.vault / "keys.json").write_text("{}")
    engine.tell(StateChanged(state="warming up"), MemoryChanged(turn=None, did="locked"))
    qtbot.waitUntil(lambda: page.sidebar.nothing.text() == "The vault is being opened.")
    engine.tell(HealthChanged(ok=False, why="The vault is damaged."))
    qtbot.waitUntil(lambda: page.sidebar.nothing.text().startswith("The vault cannot be reached"))
    page.wants_page.disconnect()  # the page of memories has tests of its own
    with qtbot.waitSignal(page.sidebar.wants_memory):
        page.sidebar.way_out.click()


def test_locking_lets_drafts_go_and_no_conversation_is_open(qtbot, page, engine, household):
    engine.tell(ConversationOpened(name="bread", title="Bread"))
    qtbot.waitUntil(lambda: page.sidebar.list.open_name == "bread")
    QTest.keyClicks(page.text, "more flour?")
    household.memory.locked = True
    engine.tell(MemoryChanged(turn=TurnId(1), did="locked"))
    qtbot.waitUntil(lambda: page.sidebar.list.open_name == "")
    assert page.drafts._texts == {}


def test_the_vault_can_stay_locked(qtbot, page, engine, household):
    household.memory.locked = engine.guest = True
    qtbot.waitUntil(page.guest.isVisible)
    page.guest.click()
    QTest.keyClick(page.locked.passphrase, Qt.Key.Key_Escape)
    assert not page.locked.isVisible()
    assert engine.commands == []
    page.guest.click()
    page.locked.leave.click()
    assert not page.locked.isVisible()


def test_a_new_conversation_is_shown_once_and_keeps_what_is_said_meanwhile(qtbot, page, engine):
    page.new.click()
    assert engine.commands == [NewConversation()]
    page.conversation.rows.typed("quick")
    engine.tell(ConversationOpened())
    qtbot.wait(60)
    assert [one.text for one in page.conversation.messages] == ["quick"]
    assert page.sidebar.list.open_name == ""


def test_what_was_being_typed_is_kept_in_the_vault_and_put_back(qtbot, page, engine, household):
    QTest.keyClicks(page.text, "half a sen")
    qtbot.waitUntil(lambda: household.memory.drafts == {"": "half a sen"})
    household.memory.drafts["bread"] = "more flour?"
    engine.tell(ConversationOpened(name="bread", title="Bread"))
    qtbot.waitUntil(lambda: page.text.toPlainText() == "more flour?")
    QTest.keyClick(page.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: household.memory.drafts == {"": "half a sen", "bread": ""})


def test_a_draft_of_before_a_crash_is_there_again(qtbot, shell, engine, household):
    household.memory.drafts[""] = "as I was saying"
    engine.tell(StateChanged(state="ready"))
    qtbot.waitUntil(lambda: shell.talk_page.text.toPlainText() == "as I was saying")


def test_a_guests_draft_is_only_in_memory(qtbot, page, engine, household):
    household.memory.locked = True
    QTest.keyClicks(page.text, "secret")
    engine.tell(ConversationOpened(name="bread", title="Bread"))
    qtbot.waitUntil(lambda: page.text.toPlainText() == "")
    engine.tell(ConversationOpened())
    qtbot.waitUntil(lambda: page.text.toPlainText() == "secret")
    assert household.memory.drafts == {}


def test_what_a_page_took_into_memory_is_listed_when_one_comes_back(qtbot, shell, page, household):
    shell.show_page("settings")
    household.memory.kept.append(info("taken in"))
    shell.show_page("talk")
    qtbot.waitUntil(lambda: "Taken In" in titles(page))
