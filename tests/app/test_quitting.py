"""MIA ends at once and whole, whatever she is doing."""

from pathlib import Path

import pytest

from mia_desktop.core.paths import Paths
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault
from tests.app.conftest import App
from tests.app.screen_reader import ScreenReader

pytestmark = [pytest.mark.models, pytest.mark.devices]

READY_S, ANSWER_S = 90, 25
PASSPHRASE = "seven small green apples"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    create(Vault(Paths.choose(home).vault, None), passphrase=PASSPHRASE)
    return home


def test_while_she_speaks(app: App, reader: ScreenReader) -> None:
    reader.wait_for(app.process, "State: Ready", READY_S)
    app.focus()
    app.keys("type", "--delay", "20", "Count slowly from one to thirty.")
    app.keys("key", "Return")
    reader.wait_for(app.process, "State: Speaking", ANSWER_S)
    app.picture("speaking")
    took_s, printed = app.quit()
    assert app.process.returncode == 0
    assert "Traceback" not in printed
    assert took_s < 2.0


def test_what_was_asked_last_is_kept_though_she_is_ended_at_once(app: App, reader: ScreenReader) -> None:
    unlock(app, reader)
    ask(app, "What is the capital of Italy?")
    reader.wait_for(app.process, "Rome", ANSWER_S)
    took_s, printed = app.quit()
    assert "Traceback" not in printed
    assert took_s < 2.0

    # After a new start it is in the list, and is opened from there by the keyboard.
    app.process = app.start()
    unlock(app, reader)
    app.keys("key", "ctrl+shift+f")
    app.picture("the list of conversations")
    reader.wait_for(app.process, "What is the capital of Italy?", ANSWER_S)
    app.keys("key", "Tab", "Tab", "Down", "Return")
    reader.wait_for(app.process, "You said: What is the capital of Italy?", ANSWER_S)
    app.picture("a conversation of before")
    _, printed = app.quit()
    assert "Traceback" not in printed


def unlock(app: App, reader: ScreenReader) -> None:
    """Open the vault on the memory page, and come back."""
    reader.wait_for(app.process, "State: Ready", READY_S)
    app.focus()
    app.keys("key", "ctrl+2")
    reader.wait_for(app.process, "The vault is locked", ANSWER_S)
    app.picture("a locked vault")
    app.keys("type", "--delay", "20", PASSPHRASE)
    app.keys("key", "Return")
    reader.wait_for(app.process, "Search memories", ANSWER_S)
    app.keys("key", "ctrl+1")
    reader.wait_for(app.process, "Hold to talk", ANSWER_S)


def ask(app: App, words: str) -> None:
    """Type a question."""
    app.keys("type", "--delay", "20", words)
    app.keys("key", "Return")
