from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import (
    ModelLoaded,
    ReplyStarted,
    SpeechReady,
    StateChanged,
    TranscriptReady,
    TurnFinished,
    WorkerFailed,
)
from mia_desktop.core.turn import TurnId
from mia_desktop.monitor.observed import Observed


def answered(observed, number, first_audio_s, outcome="answered"):
    turn = TurnId(number)
    observed.see(TranscriptReady(turn=turn, at_s=10.0, text="Hello.", language="", spoken=False))
    observed.see(ReplyStarted(turn=turn, at_s=10.2, model="m"))
    observed.see(SpeechReady(turn=turn, at_s=10.0 + first_audio_s))
    observed.see(TurnFinished(turn=turn, at_s=20.0, outcome=outcome))


def test_times_are_told_of_answered_turns_alone():
    observed = Observed()
    for number in range(1, 21):
        answered(observed, number, number / 10)
    answered(observed, 30, 99.0, "cancelled")
    assert observed.turns == 20
    assert observed.within_s("first_audio_s", 0.5) == 1.1
    assert observed.answer_s(0.95) == 2.0
    assert observed.within_s("first_token_s", 0.95) == 0.2
    assert observed.within_s("endpoint_s", 0.5) is None


def test_models_are_those_of_the_present_engine():
    observed = Observed()
    observed.see(ModelLoaded(role="language", model="m", load_s=1.0, rss_bytes=5))
    observed.see(WorkerFailed(worker="ears", error=DeviceError("Anna's microphone is gone."), gave_up=False))
    assert list(observed.models) == ["language"]
    observed.see(StateChanged(state="warming up"))
    assert observed.models == {}
    assert list(observed.failures) == [("ears", "device")]
