import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit

from mia_desktop.core.commands import (
    AskText,
    CancelTurn,
    NewConversation,
    SetHandsFree,
    SetMuted,
    StartListening,
    StopListening,
)
from mia_desktop.core.errors import ModelError
from mia_desktop.core.events import (
    DeviceReturned,
    EchoChanged,
    ReplyGrew,
    ReplyWritten,
    SentenceSpoken,
    SpeechStarted,
    StateChanged,
    TranscriptGrew,
    TranscriptReady,
    TurnFinished,
    WorkerFailed,
)
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.look import Look, contrast
from mia_desktop.gui.window import Window

ONE, TWO = TurnId(1), TurnId(2)


def heard(turn, text, *, spoken=True):
    return TranscriptReady(turn=turn, at_s=0.0, text=text, language="en" if spoken else "", spoken=spoken)


def texts(window):
    return [window.conversation.bubble(row).rendered for row in range(len(window.conversation.messages))]


def test_enter_sends_and_shift_enter_begins_a_line(qtbot, ready_window, engine):
    field = ready_window.text
    QTest.keyClicks(field, "one")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field, "two")
    assert engine.commands == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert engine.commands == [AskText(text="one\ntwo")]
    assert field.toPlainText() == ""


def test_blanks_are_not_sent(ready_window, engine):
    QTest.keyClicks(ready_window.text, "   ")
    QTest.keyClick(ready_window.text, Qt.Key.Key_Return)
    ready_window.send.click()
    assert engine.commands == []


def test_while_warming_up_one_can_type_but_not_talk(window, engine):
    assert not window.talk.isEnabled()
    assert "Warming up" in window.talk.text()
    assert "models" in window.talk.toolTip()
    QTest.keyPress(window, Qt.Key.Key_F4)
    QTest.keyRelease(window, Qt.Key.Key_F4)
    QTest.keyClicks(window.text, "hello")
    QTest.keyClick(window.text, Qt.Key.Key_Return)
    assert engine.commands == [AskText(text="hello")]
    assert texts(window) == ["hello"]


def test_typed_text_stands_once_and_its_reply_below_it(qtbot, ready_window, engine):
    for text in ("first", "second"):
        QTest.keyClicks(ready_window.text, text)
        QTest.keyClick(ready_window.text, Qt.Key.Key_Return)
    engine.tell(
        heard(ONE, "first", spoken=False),
        ReplyWritten(turn=ONE, at_s=0.0, text="re first"),
        heard(TWO, "second", spoken=False),
        ReplyWritten(turn=TWO, at_s=0.0, text="re second"),
    )
    qtbot.waitUntil(lambda: len(texts(ready_window)) == 4)
    assert texts(ready_window) == ["first", "re first", "second", "re second"]


def test_a_reply_grows_while_it_comes(qtbot, ready_window, engine):
    engine.tell(heard(ONE, "What is it?"), ReplyGrew(turn=ONE, text="It is **very"))
    qtbot.waitUntil(lambda: len(texts(ready_window)) == 2 and "very" in texts(ready_window)[1])
    height = ready_window.conversation.bubble(1).size.height()
    engine.tell(ReplyGrew(turn=ONE, text=" good**.\n\nIndeed."))
    qtbot.waitUntil(lambda: "Indeed" in texts(ready_window)[1])
    assert "It is very good." in texts(ready_window)[1]
    qtbot.waitUntil(lambda: ready_window.conversation.bubble(1).size.height() > height)


def test_what_was_heard_and_what_was_stopped_is_marked(qtbot, ready_window, engine):
    engine.tell(
        ReplyWritten(turn=ONE, at_s=0.0, text="A long answer."),
        SentenceSpoken(turn=ONE, at_s=0.0, up_to_char=6),
        TurnFinished(turn=ONE, at_s=0.0, outcome="cancelled"),
    )
    qtbot.waitUntil(lambda: bool(texts(ready_window)) and bool(ready_window.conversation.bubble(0).caption))
    assert ready_window.conversation.bubble(0).caption == "Stopped"
    ready_window.grab()


@pytest.mark.parametrize("key", [Qt.Key.Key_F4, Qt.Key.Key_Space])
def test_holding_a_key_talks_once(ready_window, engine, key):
    ready_window.conversation.setFocus()
    QTest.keyPress(ready_window.conversation, key)
    again = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)
    up_again = QKeyEvent(QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier, "", True)
    for event in (up_again, again, up_again, again):
        QApplication.sendEvent(ready_window.conversation, event)
    assert engine.commands == [StartListening()]
    QTest.keyRelease(ready_window.conversation, key)
    assert engine.commands == [StartListening(), StopListening()]


def test_keys_reach_the_talk_key_through_the_native_window(ready_window, engine):
    ready_window.conversation.setFocus()
    QTest.keyPress(ready_window.windowHandle(), Qt.Key.Key_Space)
    QTest.keyRelease(ready_window.windowHandle(), Qt.Key.Key_Space)
    assert engine.commands == [StartListening(), StopListening()]


def test_in_the_text_field_space_is_a_blank_and_f4_talks(ready_window, engine):
    field = ready_window.text
    field.setFocus()
    QTest.keyClicks(field, "a b")
    assert field.toPlainText() == "a b"
    assert engine.commands == []
    QTest.keyPress(field, Qt.Key.Key_F4)
    QTest.keyRelease(field, Qt.Key.Key_F4)
    assert engine.commands == [StartListening(), StopListening()]


def test_space_still_presses_a_focused_button(ready_window, engine):
    ready_window.hands_free.setFocus()
    QTest.keyClick(ready_window.hands_free, Qt.Key.Key_Space)
    assert engine.commands == [SetHandsFree(on=True)]


def test_a_hold_that_moves_into_the_text_field_ends_there(ready_window, engine):
    ready_window.conversation.setFocus()
    QTest.keyPress(ready_window.conversation, Qt.Key.Key_Space)
    ready_window.text.setFocus()
    QTest.keyRelease(ready_window.text, Qt.Key.Key_Space)
    assert engine.commands == [StartListening(), StopListening()]


def test_the_talk_button_is_held(ready_window, engine):
    QTest.mousePress(ready_window.talk, Qt.MouseButton.LeftButton)
    assert "release" in ready_window.talk.text()
    QTest.keyPress(ready_window, Qt.Key.Key_F4)
    QTest.mouseRelease(ready_window.talk, Qt.MouseButton.LeftButton)
    assert engine.commands == [StartListening()]
    QTest.keyRelease(ready_window, Qt.Key.Key_F4)
    assert engine.commands == [StartListening(), StopListening()]


def test_losing_the_focus_releases(qtbot, ready_window, engine):
    QTest.keyPress(ready_window, Qt.Key.Key_F4)
    QApplication.sendEvent(ready_window.window(), QEvent(QEvent.Type.WindowDeactivate))
    assert engine.commands == [StartListening(), StopListening()]
    QTest.keyRelease(ready_window, Qt.Key.Key_F4)
    assert len(engine.commands) == 2


def test_escape_and_stop_cancel(ready_window, engine):
    QTest.keyClick(ready_window.text, Qt.Key.Key_Escape)
    ready_window.stop.click()
    assert engine.commands == [CancelTurn(), CancelTurn()]


def test_escape_while_talking_drops_what_was_said(ready_window, engine):
    QTest.keyPress(ready_window, Qt.Key.Key_F4)
    QTest.keyClick(ready_window, Qt.Key.Key_Escape)
    QTest.keyRelease(ready_window, Qt.Key.Key_F4)
    assert engine.commands == [StartListening(), CancelTurn()]


def test_hands_free_goes_both_ways(qtbot, ready_window, engine):
    ready_window.hands_free.click()
    assert engine.commands == [SetHandsFree(on=True)]
    engine.hands_free = True
    qtbot.wait(80)
    assert ready_window.hands_free.isChecked()
    engine.hands_free = False
    qtbot.waitUntil(lambda: not ready_window.hands_free.isChecked())
    assert engine.commands == [SetHandsFree(on=True)]


def test_a_new_conversation_is_empty_and_stays_so_for_old_turns(qtbot, ready_window, engine):
    engine.tell(heard(ONE, "old"), ReplyGrew(turn=ONE, text="old"))
    qtbot.waitUntil(lambda: len(texts(ready_window)) == 2)
    ready_window.new.click()
    assert engine.commands == [NewConversation()]
    engine.tell(ReplyGrew(turn=ONE, text=" late"), heard(TWO, "fresh"))
    qtbot.waitUntil(lambda: texts(ready_window) == ["fresh"])


@pytest.mark.parametrize("state", ["warming up", "ready", "listening", "thinking", "speaking", "trouble"])
def test_each_state_has_a_word_and_a_drawing(qtbot, window, engine, state):
    engine.tell(StateChanged(state=state, why="Because." if state == "trouble" else ""))
    qtbot.waitUntil(lambda: window.badge.state == state)
    assert state in window.badge.accessibleName().lower()
    assert window.badge.sentence.isVisible() == (state == "trouble")
    window.grab()


def test_the_level_is_drawn(qtbot, window, engine):
    engine.level = 0.7
    qtbot.waitUntil(lambda: window.talk.level == 0.7)
    engine.level = 0.0
    qtbot.waitUntil(lambda: window.talk.level == 0.0)


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (TurnFinished(turn=ONE, at_s=0.0, outcome="failed", why="No."), "No."),
        (TurnFinished(turn=ONE, at_s=0.0, outcome="nothing heard", why="Silence."), "Silence."),
        (WorkerFailed(worker="voice", error=ModelError("Fetch <b>it</b>."), gave_up=False), "Fetch <b>it</b>."),
    ],
)
def test_failures_are_told_in_the_notice_until_the_next_turn(qtbot, ready_window, engine, event, sentence):
    assert ready_window.notice.sentence == ""
    engine.tell(event)
    qtbot.waitUntil(lambda: ready_window.notice.sentence == sentence)
    engine.tell(SpeechStarted(turn=TWO, at_s=0.0), StateChanged(state="listening"))
    qtbot.waitUntil(lambda: ready_window.badge.state == "listening")
    assert ready_window.notice.sentence == ""
    engine.tell(event)
    qtbot.waitUntil(lambda: ready_window.notice.sentence == sentence)
    ready_window.notice.dismiss.click()
    assert ready_window.notice.sentence == ""


def test_the_conversation_follows_unless_scrolled_up(qtbot, ready_window, engine):
    bar = ready_window.conversation.verticalScrollBar()
    engine.tell(*(ReplyWritten(turn=TurnId(number), at_s=0.0, text="line\n\n" * 5) for number in range(1, 12)))
    qtbot.waitUntil(lambda: len(ready_window.conversation.messages) == 11)
    qtbot.waitUntil(lambda: bar.maximum() > 300 and bar.value() == bar.maximum())
    bar.setValue(10)
    engine.tell(ReplyWritten(turn=TurnId(20), at_s=0.0, text="more\n\n" * 5))
    qtbot.waitUntil(lambda: len(ready_window.conversation.messages) == 12)
    assert bar.value() < 50, "where it was, but for heights that were not known yet"


def test_bubbles_fit_a_narrow_window_and_a_large_font(qtbot, ready_window, engine):
    engine.tell(ReplyWritten(turn=ONE, at_s=0.0, text="word " * 80 + "x" * 300 + "\n\n```\n" + "code " * 60 + "\n```"))
    qtbot.waitUntil(lambda: len(texts(ready_window)) == 1)
    ready_window.window().resize(ready_window.window().minimumSize())

    def size():
        return ready_window.conversation.bubble(0).size

    qtbot.waitUntil(lambda: size().width() < ready_window.conversation.viewport().width())
    height = size().height()
    font = ready_window.window().font()
    font.setPointSizeF(font.pointSizeF() * 1.6)
    ready_window.window().setFont(font)
    qtbot.waitUntil(lambda: size().height() > height)
    assert size().width() <= ready_window.conversation.viewport().width()


def test_with_large_letters_the_first_window_is_no_larger_than_the_screen(qtbot, bridge, qapp):
    usual = qapp.font()
    large = qapp.font()
    large.setPointSizeF(usual.pointSizeF() * 1.8)
    qapp.setFont(large)
    try:
        window = Window(bridge)
        qtbot.addWidget(window)
        room = window.screen().availableSize()
        assert window.fontMetrics().height() * 56 > room.width()
        assert window.width() <= room.width()
        assert window.height() <= room.height()
    finally:
        qapp.setFont(usual)


def test_everything_to_use_has_a_name_and_a_tooltip(ready_window):
    controls = [
        *ready_window.findChildren(QAbstractButton),
        *ready_window.findChildren(QPlainTextEdit),
        ready_window.badge,
    ]
    for control in controls:
        assert control.accessibleName(), control
        assert control.toolTip(), control
    assert ready_window.conversation.accessibleName()


def test_tab_goes_from_the_text_to_the_conversation(qtbot, ready_window):
    qtbot.waitUntil(ready_window.guest.isVisible)
    ready_window.text.setFocus()
    seen = []
    for _ in range(12):
        seen.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    expected = (
        *("text", "send", "talk", "stop", "attach", "look_button"),
        *("side", "guest", "hands_free", "mute", "new", "conversation"),
    )
    assert seen == [getattr(ready_window, name, None) or getattr(ready_window.head, name) for name in expected]


@pytest.mark.parametrize(("ground", "ink"), [("#f3f3f3", "#101010"), ("#202124", "#eeeeee")])
def test_text_is_readable_in_light_and_dark(qapp, ground, ink):
    palette = QPalette(QColor(ground))
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, QColor(ground))
    palette.setColor(QPalette.ColorRole.Text, QColor(ink))
    look = Look.of(palette)
    for text, behind in (
        (look.ink, look.user),
        (look.ink, look.mia),
        (look.ink, look.code),
        (look.ink, look.notice),
        (look.faint, look.ground),
        (look.faint, look.mia),
        (look.on_accent, look.accent),
        (look.on_accent, look.accent_hovered),
        (look.on_accent, look.listening),
        (look.states["speaking"], look.mia),
    ):
        assert contrast(text, behind) >= 4.5
    assert min(contrast(colour, look.ground) for colour in look.states.values()) >= 3.0


def test_the_window_follows_a_change_of_the_palette(qtbot, ready_window):
    before = QApplication.palette()
    light = ready_window.grab().toImage().pixelColor(3, 3).lightness()
    dark = QPalette(QColor("#303030"), QColor("#202020"))
    try:
        QApplication.setPalette(dark)
        qtbot.waitUntil(lambda: ready_window.grab().toImage().pixelColor(3, 3).lightness() < light - 100)
    finally:
        QApplication.setPalette(before)


def test_words_are_shown_while_they_are_said(qtbot, ready_window, engine):
    engine.tell(TranscriptGrew(turn=ONE, text="What is"))
    qtbot.waitUntil(lambda: texts(ready_window) == ["What is"])
    engine.tell(TranscriptGrew(turn=ONE, text="What is this"), heard(ONE, "What is this?"))
    engine.tell(TranscriptGrew(turn=ONE, text="late"))
    qtbot.waitUntil(lambda: texts(ready_window) == ["What is this?"])
    engine.tell(TranscriptGrew(turn=TWO, text="Mhm."))
    qtbot.waitUntil(lambda: texts(ready_window) == ["What is this?", "Mhm."])
    engine.tell(TurnFinished(turn=TWO, at_s=0.0, outcome="not for MIA"))
    qtbot.waitUntil(lambda: texts(ready_window) == ["What is this?"])


def test_mute_is_sent(ready_window, engine):
    ready_window.mute.click()
    assert engine.commands == [SetMuted(on=True)]


def test_echo_and_returning_devices_are_told(qtbot, ready_window, engine):
    engine.tell(EchoChanged(half_duplex=True, why="MIA hears herself."))
    qtbot.waitUntil(lambda: "hears herself" in ready_window.notice.sentence)
    engine.tell(EchoChanged(half_duplex=False, why="MIA listens while she speaks."))
    qtbot.waitUntil(lambda: "listens while" in ready_window.notice.sentence)
    engine.tell(DeviceReturned(kind="speaker", name="default speaker"))
    qtbot.waitUntil(lambda: "uses the default speaker" in ready_window.notice.sentence)


def test_a_narrow_window_gives_the_page_the_room_of_the_titles(qtbot, ready_window):
    window, notice = ready_window.window(), ready_window.notice
    button = window.rail.buttons["talk"]
    notice.stand("The disk is full. What you say waits until it can be written.", "Make room", lambda: None)
    window.resize(window.minimumWidth() * 2, window.minimumHeight())
    qtbot.waitUntil(lambda: notice.offered.isVisible() and notice.width() > window.width() / 3)
    wide, height = button.width(), window.height()
    assert notice.offered.y() < notice.dismiss.geometry().bottom()
    window.resize(window.minimumWidth(), height)
    qtbot.waitUntil(lambda: button.width() < wide)
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    assert button.accessibleName() == "Talk"
    qtbot.waitUntil(lambda: notice.offered.y() > notice.dismiss.geometry().bottom())  # beneath the sentence
    window.resize(window.minimumWidth() * 2, height)
    qtbot.waitUntil(lambda: button.width() == wide)
