from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.events import (
    DeviceLost,
    DeviceReturned,
    Event,
    HealthChanged,
    ReadingStarted,
    SpeechEnded,
    SpeechReady,
    SpeechStarted,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.turns import Conversation

ONE, TWO = TurnId(1), TurnId(2)
READY = Conversation().after(HealthChanged(ok=True))


def states(*events: Event) -> list[str]:
    conversation, seen = READY, []
    for event in events:
        conversation = conversation.after(event)
        seen.append(conversation.state)
    return seen


def test_a_spoken_turn_goes_through_all_states() -> None:
    assert states(
        SpeechStarted(turn=ONE, at_s=0),
        SpeechEnded(turn=ONE, at_s=1, last_voiced_at_s=0.9),
        TranscriptReady(turn=ONE, at_s=2, text="x", language="en", spoken=True),
        SpeechReady(turn=ONE, at_s=3),
        TurnFinished(turn=ONE, at_s=4, outcome="answered"),
    ) == ["listening", "thinking", "thinking", "speaking", "ready"]


def test_a_reading_speaks_and_rests() -> None:
    assert states(
        ReadingStarted(turn=TWO, at_s=0, of=ONE),
        SpeechReady(turn=TWO, at_s=1),
        TurnFinished(turn=TWO, at_s=2, outcome="answered"),
    ) == ["thinking", "speaking", "ready"]


def test_late_news_of_an_old_turn_changes_nothing() -> None:
    assert states(
        SpeechStarted(turn=ONE, at_s=0),
        TurnFinished(turn=ONE, at_s=1, outcome="cancelled"),
        SpeechStarted(turn=TWO, at_s=2),
        SpeechReady(turn=ONE, at_s=3),
        TurnFinished(turn=ONE, at_s=4, outcome="answered"),
    )[-2:] == ["listening", "listening"]


def test_trouble_stays_until_it_is_over() -> None:
    lost = DeviceLost(kind="microphone", why="The cable is out.")
    back = DeviceReturned(kind="microphone", name="default microphone")
    assert states(HealthChanged(ok=True), lost, back) == ["ready", "trouble", "ready"]
    assert states(lost, HealthChanged(ok=True)) == ["trouble", "trouble"]


EVENTS = st.one_of(
    st.builds(SpeechStarted, turn=st.integers(1, 3).map(TurnId), at_s=st.just(0.0)),
    st.builds(SpeechReady, turn=st.integers(1, 3).map(TurnId), at_s=st.just(0.0)),
    st.builds(
        TurnFinished,
        turn=st.integers(1, 3).map(TurnId),
        at_s=st.just(0.0),
        outcome=st.just("answered"),
        why=st.just(""),
    ),
)


@given(st.lists(EVENTS, max_size=30))
def test_no_order_of_events_leaves_a_state_without_a_turn(events: list[Event]) -> None:
    conversation = READY
    for event in events:
        conversation = conversation.after(event)
        assert (conversation.live is None) == (conversation.state == "ready")
