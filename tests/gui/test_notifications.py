import pytest

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError
from mia_desktop.core.events import DeviceLost, ReplyWritten, StateChanged, TurnFinished, WorkerFailed
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.notifications import worth_telling

SECRET = "Your sister's birthday is on the third of May."
ANSWER = ReplyWritten(turn=TurnId(1), at_s=0.0, text=SECRET)
EVENTS = [
    ANSWER,
    TurnFinished(turn=TurnId(1), at_s=0.0, outcome="failed", why=SECRET),
    DeviceLost(kind="microphone", why=SECRET),
    DeviceLost(kind="speaker", why=SECRET),
    WorkerFailed(worker="mind", error=ModelError(SECRET), gave_up=True),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_they_hold_nothing_of_the_conversation(event):
    told = worth_telling(event, Settings())
    assert told is not None
    assert "birthday" not in told.title + told.text


def test_with_leave_the_answer_is_shown_and_cut():
    told = worth_telling(ANSWER, Settings(notification_text=True))
    assert told is not None
    assert told.text == SECRET
    long = worth_telling(ReplyWritten(turn=TurnId(1), at_s=0.0, text="word " * 200), Settings(notification_text=True))
    assert long is not None
    assert len(long.text) <= 162
    assert long.text.endswith("word …")


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_none_when_they_are_off(event):
    assert worth_telling(event, Settings(notifications=False)) is None


def test_ordinary_events_are_not_worth_one():
    assert worth_telling(StateChanged(state="ready"), Settings()) is None
    assert worth_telling(TurnFinished(turn=TurnId(1), at_s=0.0, outcome="answered"), Settings()) is None
