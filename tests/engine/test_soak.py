"""A hundred turns with the real models, in a process of their own: what other tests left would hide what grows."""

import json
import queue
import subprocess
import sys
import threading
from statistics import median

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

_TURNS = 100


@pytest.mark.models
@pytest.mark.timeout(900)
def test_a_hundred_turns_leave_memory_flat_and_no_thread_behind() -> None:
    done = subprocess.run([sys.executable, "-m", __name__], capture_output=True, text=True, timeout=800, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    course = told["rss_mb"]
    # The libraries' buffers grow with the longest prompt and the longest sentence met so far, then stay.
    assert median(course[80:]) <= 1.02 * median(course[40:60]), course[19::20]
    assert median(course[80:]) <= 1.05 * median(course[20:40]), course[19::20]
    assert told["threads_left"] == []


def talk() -> None:
    """Hold the conversation and print how memory went."""
    before = set(threading.enumerate())
    microphone, speaker = ReplayInput(), Recorder()
    settings = Settings(reply_tokens=16, hearing_model="whisper-tiny-en", context_tokens=1024)
    engine = build(settings, real_parts(Paths.choose(), settings), microphone, speaker)
    events: queue.Queue[Event] = queue.Queue()
    engine.subscribe(events.put)
    questions = [load(file, 30) for file in sorted(SAMPLES.glob("*.wav"))]
    engine.start()
    rss_mb: list[float] = []
    try:
        while not isinstance(event := events.get(timeout=120), StateChanged):
            pass
        assert event.state == "ready", event.why
        for number in range(_TURNS):
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
            rss_mb.append(round(psutil.Process().memory_info().rss / 1e6))
    finally:
        engine.stop()
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    sys.stdout.write(json.dumps({"rss_mb": rss_mb, "threads_left": left}))


if __name__ == "__main__":
    talk()
