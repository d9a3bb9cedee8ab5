from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from mia_desktop.core.commands import AskText, CancelTurn, DropTurns, OpenConversation, ReadAloud, UndoMemory
from mia_desktop.core.events import (
    MemoryChanged,
    MemoryKept,
    MemoryUsed,
    ModelLoaded,
    ModelLoading,
    ReplyStarted,
    ReplyWritten,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.memories import Hit, Recollection, ScoreParts
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.attachments import Attached
from mia_desktop.gui.waterfall import WaterfallDialog
from mia_desktop.gui.why_card import WhyCard

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def remembered(text):
    memory = Recollection(
        id=1,
        uid="1",
        kind="fact",
        text=text,
        at=AT,
        speaker="You",
        source="typed",
        trust="user",
        conversation="a",
        place=0,
        reference="",
        valid_from=AT,
        valid_to=None,
        superseded_by=None,
        quarantined=False,
        seen=1,
        consent="",
        expires_at=None,
        attachment="",
    )
    parts = ScoreParts(words=1, neighbours=0, answer=0, meaning=0, speaker=0, graph=0, time=0, form=0)
    return Hit(memory=memory, score=1.0, parts=parts, why="It names the cat.")


def turn(number, asked="What?", answered="That."):
    one = TurnId(number)
    return (
        TranscriptReady(turn=one, at_s=1.0, text=asked, language="en", spoken=True),
        MemoryUsed(turn=one, hits=(remembered("The cat is grey."),)),
        ReplyStarted(turn=one, at_s=1.2, model="small"),
        ReplyWritten(turn=one, at_s=2.0, text=answered),
        TurnFinished(turn=one, at_s=3.0, outcome="answered"),
    )


@pytest.fixture
def talked(qtbot, ready_window, engine):
    engine.tell(*turn(1, "First?", "Answer **one**."), *turn(2, "Second?", "Answer two."))
    rows = ready_window.conversation.rows
    qtbot.waitUntil(lambda: len(rows.messages) == 4 and not rows.under_way(TurnId(2)))
    return ready_window


def do(page, row, name):
    message = page.conversation.messages[row]
    [deed] = [one for one in page.pane.deeds.of(message) if one.name == name]
    deed.do()


def names(page, row):
    return [deed.name for deed in page.pane.deeds.of(page.conversation.messages[row])]


def test_what_a_message_allows(talked):
    assert names(talked, 0) == ["copy", "edit", "again", "bin"]
    assert names(talked, 1) == ["copy", "aloud", "why", "times", "bin"]
    assert names(talked, 2) == ["copy", "edit", "bin"]
    assert names(talked, 3) == ["copy", "aloud", "again", "why", "times", "bin"]


def test_while_an_answer_comes_it_can_only_be_copied(qtbot, ready_window, engine):
    engine.tell(*turn(1)[:-1])
    qtbot.waitUntil(lambda: len(ready_window.conversation.messages) == 2)
    assert names(ready_window, 1) == ["copy"]


def test_copying_takes_the_words_as_they_were_written(talked):
    do(talked, 1, "copy")
    assert QGuiApplication.clipboard().text() == "Answer **one**."


def test_reading_aloud_is_asked_of_the_engine(talked, engine):
    do(talked, 1, "aloud")
    assert engine.commands == [ReadAloud(turn=TurnId(1), text="Answer **one**.")]


def test_answering_anew_takes_the_place_of_the_answer(talked, engine):
    do(talked, 3, "again")
    assert engine.commands == [DropTurns(turns=(TurnId(2),)), AskText(text="Second?")]
    assert [one.text for one in talked.conversation.messages] == ["First?", "Answer **one**.", "Second?"]


def test_another_model_can_answer(talked, engine):
    talked.pane.deeds._know_models(["small", "large"])
    message = talked.conversation.messages[3]
    [deed] = [one for one in talked.pane.deeds.of(message) if one.choices]
    assert [words for words, _ in deed.choices] == ["large"]
    deed.choices[0][1]()
    assert engine.commands == [DropTurns(turns=(TurnId(2),)), AskText(text="Second?", model="large")]


def test_while_another_model_is_loaded_its_name_is_told_and_it_can_be_called_off(qtbot, talked, engine):
    new = TurnId(3)
    asked = TranscriptReady(turn=new, at_s=4.0, text="Second?", language="", spoken=False)
    engine.tell(asked, ModelLoading(turn=new, role="language", model="large"))
    qtbot.waitUntil(lambda: talked.notice.sentence == "Loading large, which answers this once…")
    engine.tell(ModelLoaded(role="language", model="large", load_s=9.0, rss_bytes=1))
    qtbot.waitUntil(lambda: talked.notice.sentence == "")
    engine.tell(ModelLoading(turn=new, role="language", model="large"))
    qtbot.waitUntil(talked.notice.offered.isVisible)
    talked.notice.offered.click()
    assert engine.commands == [CancelTurn()]
    engine.tell(TurnFinished(turn=new, at_s=5.0, outcome="cancelled"))
    qtbot.wait(40)
    assert talked.notice.sentence == ""


def test_another_model_that_does_not_load_is_told(qtbot, talked, engine):
    new, why = TurnId(3), "The model large cannot be loaded. `mia models pull large` fetches it again."
    engine.tell(ModelLoading(turn=new, role="language", model="large"))
    engine.tell(TurnFinished(turn=new, at_s=5.0, outcome="failed", why=why))
    qtbot.waitUntil(lambda: talked.notice.sentence == "The model large cannot be loaded.")
    assert not talked.notice.offered.isVisible()


@pytest.mark.parametrize(("outcome", "why"), [("failed", "It is damaged."), ("cancelled", "")])
def test_when_another_model_gives_no_answer_that_of_before_can_be_brought_back(qtbot, talked, engine, outcome, why):
    engine.tell(MemoryKept(turn=TurnId(2), ids=(1,), conversation="today"))
    qtbot.waitUntil(lambda: talked.sidebar.list.open_name == "today")
    talked.pane.deeds._know_models(["small", "large"])
    [deed] = [one for one in talked.pane.deeds.of(talked.conversation.messages[3]) if one.choices]
    deed.choices[0][1]()
    engine.tell(
        ModelLoading(turn=TurnId(3), role="language", model="large"),
        MemoryChanged(turn=None, did="forgotten", turns=(TurnId(2),), undoable=True),
        TurnFinished(turn=TurnId(3), at_s=5.0, outcome=outcome, why=why),
    )
    qtbot.waitUntil(lambda: talked.notice.sentence == (why or "The other model was called off."))
    talked.notice.offered.click()
    assert engine.commands[-1] == UndoMemory()
    engine.tell(MemoryChanged(turn=None, did="taken back"))
    qtbot.waitUntil(lambda: engine.commands[-1] == OpenConversation(name="today"))


def test_a_question_is_said_differently(talked, engine):
    QTest.keyClicks(talked.text, "half a draft")
    do(talked, 0, "edit")
    assert talked.text.toPlainText() == "First?"
    assert talked.composer.editing.isVisible()
    talked.text.setPlainText("First, in other words?")
    QTest.keyClick(talked.text, Qt.Key.Key_Return)
    assert engine.commands == [DropTurns(turns=(TurnId(1), TurnId(2))), AskText(text="First, in other words?")]
    assert [one.text for one in talked.conversation.messages] == ["First, in other words?"]
    assert talked.text.toPlainText() == "half a draft"


def test_escape_leaves_a_question_as_it_is(talked, engine):
    QTest.keyClicks(talked.text, "half a draft")
    do(talked, 2, "edit")
    QTest.keyClick(talked.text, Qt.Key.Key_Escape)
    assert not talked.composer.editing.isVisible()
    assert talked.text.toPlainText() == "half a draft"
    assert engine.commands == []
    QTest.keyClick(talked.text, Qt.Key.Key_Escape)
    assert engine.commands == [CancelTurn()]


def test_what_was_deleted_can_be_brought_back(qtbot, talked, engine):
    engine.tell(MemoryKept(turn=TurnId(2), ids=(1,), conversation="today"))
    qtbot.waitUntil(lambda: talked.sidebar.list.open_name == "today")
    do(talked, 2, "bin")
    assert engine.commands == [DropTurns(turns=(TurnId(2),))]
    assert len(talked.conversation.messages) == 2
    engine.tell(MemoryChanged(turn=None, did="forgotten", turns=(TurnId(2),), undoable=True))
    qtbot.waitUntil(talked.notice.offered.isVisible)
    talked.notice.offered.click()
    assert engine.commands[1:] == [UndoMemory()]
    assert talked.notice.sentence == ""
    engine.tell(MemoryChanged(turn=None, did="taken back"))
    qtbot.waitUntil(lambda: engine.commands[2:] == [OpenConversation(name="today")])


def test_what_was_forgotten_or_locked_at_a_spoken_word_is_no_longer_shown(qtbot, talked, engine):
    asked = TranscriptReady(turn=TurnId(3), at_s=4.0, text="Forget that.", language="en", spoken=True)
    gone = MemoryChanged(turn=TurnId(3), did="forgotten", turns=(TurnId(2),), undoable=True)
    engine.tell(asked, gone, ReplyWritten(turn=TurnId(3), at_s=5.0, text="That is forgotten."))
    left = ["First?", "Answer **one**.", "Forget that.", "That is forgotten."]
    qtbot.waitUntil(lambda: [one.text for one in talked.conversation.messages] == left)
    asked = TranscriptReady(turn=TurnId(4), at_s=6.0, text="Lock yourself.", language="en", spoken=True)
    engine.tell(asked, MemoryChanged(turn=TurnId(4), did="locked"))
    engine.tell(ReplyWritten(turn=TurnId(4), at_s=7.0, text="I am locked."))
    qtbot.waitUntil(lambda: [one.text for one in talked.conversation.messages] == ["Lock yourself.", "I am locked."])


def test_what_is_taken_back_at_a_spoken_word_is_shown_again_after_the_answer(qtbot, talked, engine):
    engine.tell(MemoryKept(turn=TurnId(2), ids=(1,), conversation="today"))
    engine.tell(MemoryChanged(turn=TurnId(3), did="forgotten", turns=(TurnId(2),), undoable=True))
    engine.tell(MemoryChanged(turn=TurnId(4), did="taken back"))
    qtbot.waitUntil(lambda: len(talked.conversation.messages) == 2)
    assert engine.commands == [], "the answer is not cut short"
    engine.tell(TurnFinished(turn=TurnId(4), at_s=9.0, outcome="answered"))
    qtbot.waitUntil(lambda: engine.commands == [OpenConversation(name="today")])


def test_an_answer_that_was_made_anew_is_no_deletion(qtbot, talked, engine):
    do(talked, 3, "again")
    engine.tell(MemoryChanged(turn=None, did="forgotten", turns=(TurnId(2),), undoable=True))
    qtbot.wait(60)
    assert talked.notice.sentence == ""


@pytest.mark.parametrize(("key", "expected"), [(Qt.Key.Key_Delete, DropTurns), (Qt.Key.Key_R, ReadAloud)])
def test_keys_do_something_with_the_message_at_the_keyboard(talked, engine, key, expected):
    talked.conversation.setFocus(Qt.FocusReason.TabFocusReason)
    modifier = Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_R else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(talked.conversation, key, modifier)
    assert isinstance(engine.commands[0], expected)


def test_the_message_under_the_pointer_has_buttons(qtbot, talked):
    view = talked.conversation.viewport()
    rect = talked.conversation.visualRect(talked.conversation.rows.index(1))
    QTest.mouseMove(view, rect.center())
    qtbot.waitUntil(talked.pane.action_bar.isVisible)
    buttons = talked.pane.action_bar.findChildren(type(talked.pane.to_newest))
    assert {one.accessibleName() for one in buttons} >= {"Copy", "Read aloud", "Why?", "Times", "More"}
    assert talked.pane.action_bar.geometry().top() >= rect.bottom()
    assert not talked.pane.action_bar.geometry().intersects(
        talked.conversation.visualRect(talked.conversation.rows.index(2))
    )


def test_the_menu_has_all_of_it_and_goes_away(qtbot, talked):
    message = talked.conversation.messages[1]
    talked.pane._show_menu(message, talked.mapToGlobal(QPoint(100, 100)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()][:2] == ["Copy", "Read aloud"]
    menu.close()


def test_why_and_times_are_one_click_away(qtbot, talked):
    do(talked, 1, "why")
    [card] = [one for one in QApplication.topLevelWidgets() if isinstance(one, WhyCard)]
    assert card.isVisible()
    card.grab()
    with qtbot.waitSignal(talked.wants_page) as wanted:
        card.memory.click()
    assert wanted.args == ["memory"]
    do(talked, 1, "times")
    [dialog] = talked.findChildren(WaterfallDialog)
    dialog.grab()
    dialog.reject()


def test_a_link_asks_before_the_browser_opens(qtbot, talked, monkeypatch):
    opened = []
    monkeypatch.setattr(
        "mia_desktop.gui.conversation_pane.QDesktopServices.openUrl", lambda url: opened.append(url.toString())
    )
    talked.pane._ask_about_link("https://example.org/a", talked.mapToGlobal(QPoint(50, 50)))
    menu = QApplication.activePopupWidget()
    assert opened == []
    deeds = {action.text(): action for action in menu.actions()}
    deeds["Open example.org in the browser"].trigger()
    assert opened == ["https://example.org/a"]
    menu.close()
    talked.pane._ask_about_link("javascript:alert(1)", talked.mapToGlobal(QPoint(50, 50)))
    menu = QApplication.activePopupWidget()
    assert not [action for action in menu.actions() if action.text().startswith("Open")]
    menu.close()


def test_a_picture_is_enlarged_and_its_text_copied(qtbot, talked):
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    image.fill("green")
    talked.pane._enlarge(Attached(key="a", name="a.png", image=image, text="STOP HERE"))
    view = talked.pane.picture_view
    qtbot.waitUntil(view.isVisible)
    view.copy_text.click()
    assert QGuiApplication.clipboard().text() == "STOP HERE"
    view.grab()
    assert QRect(QPoint(0, 0), talked.window().size()) == view.geometry()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()


def test_words_are_found_one_after_the_other(qtbot, talked):
    QTest.keyClick(talked.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = talked.pane.find_bar
    assert bar.isVisible()
    QTest.keyClicks(bar.words, "answer")
    assert bar.count.text() == "2 of 2"
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 2"
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_the_way_to_the_newest_words(qtbot, talked, engine):
    engine.tell(*(event for number in range(3, 20) for event in turn(number, answered="line\n\n" * 6)))
    qtbot.waitUntil(lambda: len(talked.conversation.messages) == 38)
    assert not talked.pane.to_newest.isVisible()
    talked.conversation.verticalScrollBar().setValue(0)
    assert talked.pane.to_newest.isVisible()
    talked.pane.to_newest.click()
    bar = talked.conversation.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert not talked.pane.to_newest.isVisible()
