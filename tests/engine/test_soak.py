"""A hundred turns in one process, with the real models."""

import queue
import threading

import psutil
import pytest

from mia_desktop.core.commands import StartListening, StopListening
from mia_desktop.core.config import Settings
from mia_desktop.core.events import Event, SpeechStarted, StateChanged, TurnFinished
from mia_desktop.core.paths import Paths
from mia_desktop.engine.assembly import build, real_parts
from mia_desktop.senses.replay import ReplayInput
from mia_desktop.senses.sound_file import load
from mia_desktop.speech.recorder import Recorder
from tests.conftest import SAMPLES


@pytest.mark.models
@pytest.mark.timeout(900)
def test_a_hundred_turns_leave_memory_flat_and_no_thread_behind() -> None:
    before = set(threading.enumerate())
    microphone, speaker = ReplayInput(), Recorder()
    settings = Settings(reply_tokens=16, hearing_model="whisper-tiny-en", context_tokens=1024)
    engine = build(settings, real_parts(Paths.choose(), settings), microphone, speaker)
    events: queue.Queue[Event] = queue.Queue()
    engine.subscribe(events.put)
    questions = [load(file, 30) for file in sorted(SAMPLES.glob("*.wav"))]
    engine.start()
    rss: list[int] = []
    try:
        while not isinstance(event := events.get(timeout=120), StateChanged):
            pass
        assert event.state == "ready"
        for number in range(100):
            engine.submit(StartListening())
            while not isinstance(events.get(timeout=60), SpeechStarted):
                pass
            microphone.play(questions[number % len(questions)])
            assert microphone.wait_until_heard(30)
            engine.submit(StopListening())
            while not isinstance(event := events.get(timeout=60), TurnFinished):
                pass
            assert event.outcome == "answered", event.why
            assert len(speaker.take())
            rss.append(psutil.Process().memory_info().rss)
    finally:
        engine.stop()
    course = [f"{one / 1e6:.0f} MB" for one in rss[19::20]]
    # The libraries' buffers grow with the longest prompt and the longest sentence met so far, then stay.
    assert rss[99] <= rss[59] * 1.02, course
    assert rss[99] <= rss[19] * 1.12, course
    left = {thread for thread in threading.enumerate() if thread not in before}
    assert not left, left
