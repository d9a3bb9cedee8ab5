"""MIA as people use her: real models, a real window, a voice in the room, the answer read off the screen."""

import pytest

from tests.app.conftest import App
from tests.app.screen_reader import ScreenReader
from tests.conftest import SAMPLES, SoundCard

pytestmark = [pytest.mark.models, pytest.mark.devices]

READY_S, ANSWER_S = 90, 60


def hold_and_say(app: App, sound_card: SoundCard, *keys: str, seen: str = "") -> None:
    """Hold keys, say a question into the room, let go; with a picture of the screen meanwhile."""
    for key in keys:
        app.keys("keydown", key)
    sound_card.play(SAMPLES / "capital-of-france.wav")
    if seen:
        app.picture(seen)
    for key in reversed(keys):
        app.keys("keyup", key)


def test_a_day_with_mia(app: App, reader: ScreenReader, sound_card: SoundCard) -> None:
    window = reader.wait_for(app.process, "State: Ready", READY_S)

    # A screen reader has a name for whatever the keyboard can reach.
    reached = [node for node in window.walk() if node.focusable and node.showing]
    assert len(reached) >= 6
    assert [node for node in reached if not node.name.strip()] == []

    # The talk key of the window.
    app.picture("ready")
    app.focus()
    hold_and_say(app, sound_card, "F4", seen="listening")
    app.picture("the key let go")
    told = reader.wait_for(app.process, "Paris", ANSWER_S).says()
    assert "capital of France" in told
    app.picture("spoken answer")

    # By the keyboard alone: a new conversation, a typed question.
    reader.wait_for(app.process, "State: Ready", ANSWER_S)
    app.focus()
    app.keys("key", "ctrl+n")
    app.keys("type", "--delay", "20", "What is the capital of Italy?")
    app.keys("key", "Return")
    reader.wait_for(app.process, "Rome", ANSWER_S)
    app.picture("typed answer")
    assert "Paris" not in reader.wait_for(app.process, "State: Ready", ANSWER_S).says()

    # The talk key of the desktop, while another window has the keyboard.
    app.keys("search", "--sync", "--onlyvisible", "--pid", str(app.process.pid), "windowminimize")
    hold_and_say(app, sound_card, "ctrl", "alt", "space")
    reader.wait_for(app.process, "Paris", ANSWER_S)

    # A second start shows the picture that it was given, and MIA is asked about it.
    reader.wait_for(app.process, "State: Ready", ANSWER_S)
    given = app.start("open", str(SAMPLES / "images" / "code.png"))
    given.communicate(timeout=60)
    assert given.returncode == 0
    reader.wait_for(app.process, "code.png", ANSWER_S)
    app.focus()
    app.picture("a picture is given")
    app.keys("type", "--delay", "20", "What is written in this picture?")
    app.keys("key", "Return")
    app.picture("the picture is looked at")
    reader.wait_for(app.process, "What is written in this picture?", ANSWER_S)
    reader.wait_for(app.process, "State: Ready", ANSWER_S)
    app.picture("asked about the picture")

    # A second start shows the first window and ends.
    second = app.start()
    printed, _ = second.communicate(timeout=60)
    assert (second.returncode, printed) == (0, "")
    assert app.process.poll() is None

    took_s, printed = app.quit()
    assert app.process.returncode == 0
    assert "Traceback" not in printed
    assert took_s < 2.0


def test_a_crash_leaves_nothing_in_the_way_of_the_next_start(app: App, reader: ScreenReader) -> None:
    reader.wait_for(app.process, "Warming up", READY_S)
    app.process.kill()
    app.process.communicate(timeout=20)
    app.process = app.start()
    reader.wait_for(app.process, "Hands-free", READY_S)
    app.picture("warming up")
    took_s, printed = app.quit()  # while the models are still loading
    assert app.process.returncode == 0
    assert "Traceback" not in printed
    assert took_s < 2.0
