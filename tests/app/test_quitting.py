"""MIA ends at once and whole, whatever she is doing."""

import pytest

from tests.app.conftest import App
from tests.app.screen_reader import ScreenReader

pytestmark = [pytest.mark.models, pytest.mark.devices]

READY_S, ANSWER_S = 90, 60


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
