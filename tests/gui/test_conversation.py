import time
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtTest import QTest

from mia_desktop.core.conversations import PastTurn
from mia_desktop.core.events import (
    ConversationOpened,
    ReadingStarted,
    ReplyGrew,
    ReplyWritten,
    SentenceSpoken,
    SpeechEnded,
    SpeechStarted,
    TranscriptGrew,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.attachments import Attached
from mia_desktop.gui.conversation import Conversation
from mia_desktop.gui.conversation_heights import Heights
from mia_desktop.gui.look import Look

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
ANSWERS = (
    "Yes.",
    "It is a list:\n\n- one **bold**\n- two `code`\n\n" + "And *more* of it, " * 40,
    "Use this:\n\n```python\nsorted(names)\n```\n\nIt gives a **new** list.",
    "A longer paragraph without any markup at all; " * 20,
)


def past(count, answers=ANSWERS):
    return tuple(
        PastTurn(
            turn=TurnId(number + 1),
            at=AT,
            said=f"Question {number}: " + "what is it? " * (number % 7),
            answered=answers[number % len(answers)],
            spoken=False,
        )
        for number in range(count)
    )


@pytest.fixture
def conversation(qtbot):
    view = Conversation(Look.of(QGuiApplication.palette()))
    qtbot.addWidget(view)
    view.resize(700, 600)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    return view


CORNER = QPoint(20, 16)


def at(conversation, row, corner=CORNER):
    return conversation.visualRect(conversation.rows.index(row)).topLeft() + corner


def test_ten_thousand_turns_open_at_once_at_their_end(conversation):
    turns = past(10_000)
    conversation.open(past(4))
    before_s = time.perf_counter()
    conversation.open(turns)
    conversation.viewport().repaint()
    assert time.perf_counter() - before_s < 1.0  # 0.12 s alone on two cores; see docs/performance.md
    assert len(conversation.messages) == 20_000
    last = conversation.visualRect(conversation.rows.index(19_999))
    assert conversation.viewport().rect().contains(last.bottomLeft())
    assert conversation._layout._heights.exact.sum() < 60


@pytest.mark.parametrize("step", [-37, 53])
def test_scrolling_moves_what_is_seen_by_just_that_much(qtbot, conversation, step):
    conversation.open(past(400))
    bar = conversation.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    for _ in range(120):
        rows = list(conversation._layout.visible_rows())
        places = {row: conversation.visualRect(conversation.rows.index(row)).top() for row in rows}
        bar.setValue(bar.value() + step)
        conversation.viewport().repaint()
        still = [row for row in conversation._layout.visible_rows() if row in places]
        moved = {places[row] - conversation.visualRect(conversation.rows.index(row)).top() for row in still}
        assert moved == {step}


def test_messages_never_overlap_wherever_one_jumps(conversation):
    conversation.open(past(600))
    bar = conversation.verticalScrollBar()
    for share in (0.0, 0.1, 0.73, 0.31, 0.99, 1.0):
        bar.setValue(int(bar.maximum() * share))
        conversation.viewport().repaint()
        rects = [conversation.visualRect(conversation.rows.index(row)) for row in conversation._layout.visible_rows()]
        assert all(above.bottom() < below.top() for above, below in pairwise(rects))
        for row, rect in zip(conversation._layout.visible_rows(), rects, strict=True):
            assert conversation.bubble(row).size == rect.size()


def test_a_long_history_keeps_few_messages_laid_out(conversation):
    conversation.open(past(2000))
    bar = conversation.verticalScrollBar()
    for step in range(300):
        bar.setValue(step * bar.maximum() // 300)
    assert len(conversation._layout._bubbles) <= 240


def test_reading_above_stays_where_it_is_while_a_reply_grows(qtbot, conversation):
    conversation.open(past(50))
    bar = conversation.verticalScrollBar()
    bar.setValue(bar.maximum() - 900)
    row = next(conversation._layout.visible_rows())
    top = conversation.visualRect(conversation.rows.index(row)).top()
    conversation.see(TranscriptReady(turn=TurnId(60), at_s=0.0, text="And?", language="en", spoken=True))
    for _ in range(20):
        conversation.see(ReplyGrew(turn=TurnId(60), text="more and more\n\n"))
    qtbot.waitUntil(lambda: conversation.bubble(101).rendered.count("more and more") == 20)
    assert conversation.visualRect(conversation.rows.index(row)).top() == top
    conversation.follow()
    assert bar.value() == bar.maximum()


def test_a_narrow_view_a_large_font_and_the_other_direction(qtbot, conversation):
    conversation.open(past(8))
    conversation.resize(330, 500)
    font = conversation.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    conversation.setFont(font)
    conversation.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    bar = conversation.verticalScrollBar()
    while bar.value() > 0:
        bar.setValue(bar.value() - 300)
        conversation.viewport().repaint()
        for row in conversation._layout.visible_rows():
            rect = conversation.visualRect(conversation.rows.index(row))
            assert 0 <= rect.left() <= rect.right() <= conversation.viewport().width()
            if rect.width() < 250:
                assert (rect.center().x() > conversation.viewport().width() / 2) == conversation.messages[row].of_mia
    conversation.grab()


def test_a_screen_reader_hears_who_said_what(conversation):
    conversation.open(past(1, ("It is **so** and `so`.",)))
    said = [
        conversation.rows.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(conversation.rows.rowCount())
    ]
    assert said == ["You said: Question 0: ", "MIA said: It is so and so."]


def test_words_are_selected_with_the_mouse_and_copied(conversation):
    conversation.open(past(1, ("The first words, then others.",)))
    view, layout = conversation.viewport(), conversation.bubble(1)
    start = at(conversation, 1)
    width = layout.size.width()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(width, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(width, 0))
    conversation._selection.extend(1, layout.words.letters())
    assert conversation.selected_text().endswith("others.")
    QTest.keyClick(conversation, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == conversation.selected_text()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=start)
    assert conversation.selected_text() == "The"


def test_a_selection_goes_over_several_messages(conversation):
    conversation.open(past(2, ("Answer.",)))
    conversation._selection.begin(0, 9)
    conversation._selection.extend(2, 8)
    assert conversation.selected_text() == "0: \n\nAnswer.\n\nQuestion"


def test_the_keyboard_goes_from_message_to_message(qtbot, conversation):
    conversation.open(past(3, ("Answer.",)))
    conversation.clearFocus()
    conversation.setFocus(Qt.FocusReason.TabFocusReason)
    assert conversation.message_here() is conversation.messages[-1]
    QTest.keyClick(conversation, Qt.Key.Key_Up)
    assert conversation.message_here() is conversation.messages[-2]
    QTest.keyClick(conversation, Qt.Key.Key_Home)
    assert conversation.message_here() is conversation.messages[0]
    with qtbot.waitSignal(conversation.wants_menu) as asked:
        QTest.keyClick(conversation, Qt.Key.Key_Return)
    assert asked.args[0] is conversation.messages[0]


def test_a_block_of_code_is_copied_by_a_click(conversation):
    conversation.open(past(1, ("Use this:\n\n```python\nsorted(names)\n```",)))
    bubble = conversation.bubble(1)
    place = bubble.words.copy_rect(bubble.words.codes[0]).center() + bubble._words_at
    spot = conversation.visualRect(conversation.rows.index(1)).topLeft() + place.toPoint()
    QTest.mouseClick(conversation.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert QGuiApplication.clipboard().text() == "sorted(names)"


def test_a_link_is_only_told_of(qtbot, conversation):
    conversation.open(past(1, ("[my bank](https://evil.example/x)",)))
    with qtbot.waitSignal(conversation.link_clicked) as clicked:
        QTest.mouseClick(conversation.viewport(), Qt.MouseButton.LeftButton, pos=at(conversation, 1, QPoint(24, 18)))
    assert clicked.args[0] == "https://evil.example/x"


def test_a_picture_stands_with_the_words_and_can_be_clicked(qtbot, conversation):
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill("red")
    picture = Attached(key="a", name="a.png", image=image, text="STOP")
    conversation.rows.typed("What is it?", [picture])
    conversation.viewport().repaint()
    assert "a.png" in conversation.rows.spoken_name(conversation.messages[0])
    shot = conversation.grab().toImage()
    spot = at(conversation, 0, QPoint(60, 60))
    assert shot.pixelColor(spot).name() == "#ff0000"
    with qtbot.waitSignal(conversation.picture_clicked) as clicked:
        QTest.mouseClick(conversation.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert clicked.args[0] is picture


def faint_letters(conversation, row):
    marks = conversation.bubble(row)._unspoken()
    return conversation.bubble(row).rendered[marks[0].start :] if marks else ""


def test_spoken_words_are_told_from_those_to_come(conversation):
    turn, text = TurnId(1), "First, **this**. Then that."
    conversation.see(TranscriptReady(turn=turn, at_s=0.0, text="Well?", language="en", spoken=True))
    conversation.see(ReplyWritten(turn=turn, at_s=0.0, text=text))
    assert faint_letters(conversation, 1) == "First, this. Then that."
    conversation.see(SentenceSpoken(turn=turn, at_s=0.0, up_to_char=text.index(" Then")))
    assert faint_letters(conversation, 1) == "Then that."
    conversation.viewport().repaint()
    conversation.see(TurnFinished(turn=turn, at_s=0.0, outcome="answered"))
    assert faint_letters(conversation, 1) == ""
    conversation.see(ReadingStarted(turn=TurnId(2), at_s=0.0, of=turn))
    assert faint_letters(conversation, 1) == "First, this. Then that."
    conversation.see(SentenceSpoken(turn=turn, at_s=0.0, up_to_char=len(text)))
    conversation.see(TurnFinished(turn=TurnId(2), at_s=0.0, outcome="answered"))
    assert faint_letters(conversation, 1) == ""


def test_what_was_not_heard_of_an_answer_that_was_stopped_stays_faint(conversation):
    turn = TurnId(1)
    conversation.see(ReplyWritten(turn=turn, at_s=0.0, text="A long answer."))
    conversation.see(SentenceSpoken(turn=turn, at_s=0.0, up_to_char=6))
    conversation.see(TurnFinished(turn=turn, at_s=0.0, outcome="cancelled"))
    assert faint_letters(conversation, 0) == "answer."
    assert conversation.bubble(0).caption == "Stopped"


def test_the_times_of_a_turn_are_kept_with_its_answer(conversation):
    turn = TurnId(1)
    conversation.see(SpeechStarted(turn=turn, at_s=9.0))
    conversation.see(TranscriptGrew(turn=turn, text="What"))
    conversation.see(SpeechEnded(turn=turn, at_s=10.5, last_voiced_at_s=10.0))
    conversation.see(TranscriptReady(turn=turn, at_s=11.0, text="What?", language="en", spoken=True))
    conversation.see(ReplyWritten(turn=turn, at_s=12.0, text="That."))
    assert conversation.rows.under_way(turn)
    conversation.see(TurnFinished(turn=turn, at_s=13.0, outcome="answered"))
    assert not conversation.rows.under_way(turn)
    timings = conversation.messages[1].timings
    assert (timings.endpoint_s, timings.text_s, timings.reply_done_s) == (0.5, 1.0, 3.0)


def test_another_conversation_takes_the_place_and_keeps_what_was_just_typed(conversation):
    conversation.see(TranscriptReady(turn=TurnId(1), at_s=0.0, text="old", language="en", spoken=True))
    conversation.rows.typed("new")
    conversation.see(ConversationOpened(name="x", title="x", turns=past(1)[:0]))
    assert [one.text for one in conversation.messages] == ["new"]
    conversation.see(ReplyGrew(turn=TurnId(1), text="late"))
    assert [one.text for one in conversation.messages] == ["new"]


def test_words_are_found_and_marked(conversation):
    conversation.open(past(300))
    rows = conversation.find_words("Question 17")
    assert conversation.messages[rows[0]].text.startswith("Question 17:")
    conversation.show_message(rows[0])
    assert rows[0] in conversation._layout.visible_rows()
    assert conversation.find_words("") == []


def test_drawing_a_view_that_scrolls_costs_little(conversation):
    conversation.open(past(500))
    target = QPixmap(conversation.size())
    spent = []
    for value in range(4000, 8000, 60):
        conversation.verticalScrollBar().setValue(value)
        before_s = time.perf_counter()
        conversation.render(target)
        spent.append(time.perf_counter() - before_s)
    assert sorted(spent)[len(spent) // 2] < 0.016


def test_heights_are_summed_and_found():
    heights = Heights()
    assert (heights.total, heights.row_at(5)) == (0, -1)
    heights.estimate_all(np.array([10, 20, 30]))
    heights.measure(1, 50)
    heights.insert(1, np.array([5]))
    assert [heights.top(row) for row in range(4)] == [0, 10, 15, 65]
    assert [heights.row_at(y) for y in (-3, 0, 9, 10, 64, 65, 1000)] == [0, 0, 0, 1, 2, 3, 3]
    heights.remove(0, 1)
    assert (heights.total, list(heights.exact)) == (80, [True, False])


def test_nothing_lies_at_a_place_beside_the_words(conversation):
    conversation.open(past(1, ("Short.",)))
    row, part, _ = conversation._at(QPointF(690, 300))
    assert (row, part.kind) == (1, "ground")
