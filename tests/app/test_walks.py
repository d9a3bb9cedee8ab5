"""Walks through all of MIA's window with the keyboard alone, while a screen reader listens."""

import time

import pytest

from tests.app.conftest import App
from tests.app.screen_reader import Node, ScreenReader
from tests.app.test_whole_app import ANSWER_S, READY_S, hold_and_say
from tests.conftest import SAMPLES, SoundCard

pytestmark = [pytest.mark.models, pytest.mark.devices]

PAGE_S = 20
MOST_TABS = 40
FIRST_ANSWER_S = 60


def unnamed(tree: Node) -> list[Node]:
    """Return what the keyboard can reach and a screen reader has no words for."""
    return [node for node in tree.walk() if node.focusable and node.showing and not node.name.strip()]


def focused(app: App, reader: ScreenReader) -> str:
    """Return what has the keyboard: its role and name."""
    tree = reader.wait_for(app.process, "", PAGE_S)
    # The closed list of a choice calls its current item focused as well, and a page the frame in it.
    found = [
        node for node in tree.walk() if node.focused and node.showing and node.focusable and node.role != "list item"
    ]
    return f"{found[-1].role} {found[-1].name}" if found else ""


def walk(app: App, reader: ScreenReader) -> list[str]:
    """Press Tab until the keyboard is where it was before; return what it came by."""
    came_by: list[str] = []
    for _ in range(MOST_TABS):
        app.keys("key", "Tab")
        now = focused(app, reader)
        if came_by and now == came_by[0]:  # others may share a name: on Linux that of a choice is what is chosen
            break
        came_by.append(now)
    return came_by


def test_each_page_has_names_for_all_and_lets_the_keyboard_through(app: App, reader: ScreenReader) -> None:
    window = reader.wait_for(app.process, "State: Ready", READY_S)
    app.focus()
    pages = next(node for node in window.walk() if node.name == "Pages")
    rail = [node.name for node in pages.children]
    assert {"Talk", "Models", "Settings"} <= set(rail)
    for number, page in enumerate(rail, start=1):
        app.keys("key", f"ctrl+{number}")
        tree = reader.wait_for(app.process, page, PAGE_S)
        time.sleep(1.0)  # what is read beside the window comes
        tree = reader.wait_for(app.process, page, PAGE_S)
        assert [(page, node.role) for node in unnamed(tree)] == []
        came_by = walk(app, reader)
        assert len(set(came_by)) >= 3, (page, came_by)  # what there is to do, the rail, the page itself
        assert "" not in came_by, (page, came_by)
    took_s, printed = app.quit()
    assert "Traceback" not in printed
    assert took_s < 2.0


@pytest.mark.parametrize("app", [True], indirect=True)
def test_a_first_run_by_the_keyboard_to_the_first_answer(app: App, reader: ScreenReader, sound_card: SoundCard) -> None:
    began_s = time.monotonic()
    tree = reader.wait_for(app.process, "Hello, I am MIA", READY_S)
    assert [node.role for node in unnamed(tree)] == []
    app.focus()
    app.keys("key", "Return")
    tree = reader.wait_for(app.process, "Say something", PAGE_S)
    assert [node.role for node in unnamed(tree)] == []
    sound_card.play(SAMPLES / "capital-of-france.wav")
    reader.wait_for(app.process, "MIA hears you", PAGE_S)
    app.keys("key", "alt+p")
    reader.wait_for(app.process, "I heard it", PAGE_S)
    app.keys("key", "alt+n")
    tree = reader.wait_for(app.process, "Nothing has to be fetched", PAGE_S)
    assert [node.role for node in unnamed(tree)] == []
    app.keys("key", "alt+n")
    tree = reader.wait_for(app.process, "Shall I remember you?", PAGE_S)
    assert [node.role for node in unnamed(tree)] == []
    app.keys("key", "alt+t")
    reader.wait_for(app.process, "State: Ready", READY_S)
    app.focus()
    hold_and_say(app, sound_card, "F4")
    reader.wait_for(app.process, "Paris", ANSWER_S)
    took_s = time.monotonic() - began_s
    assert took_s < FIRST_ANSWER_S
    print(f"From the start to the first answer: {took_s:.1f} s")  # noqa: T201 - a figure for the reader of the run
    _, printed = app.quit()
    assert "Traceback" not in printed
    again = app.process = app.start()
    reader.wait_for(again, "State: Ready", READY_S)
    assert "Hello, I am MIA" not in reader.wait_for(again, "State: Ready", READY_S).says()
