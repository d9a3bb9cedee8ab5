"""The whole program on a screen of its own, with a keyboard, a microphone, a speaker and a screen reader."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mia_desktop.core import config
from tests.app.screen_reader import ScreenReader
from tests.conftest import SoundCard

# The whole screen, as somebody who looks at it sees it.
_GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
assert app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


@pytest.fixture(scope="session")
def session_bus() -> Iterator[str]:
    if not shutil.which("dbus-daemon"):
        pytest.skip("dbus-daemon is not installed")
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    ) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


class App:
    """A running MIA, used like a person uses her; not for the first time, unless told so."""

    def __init__(
        self, home: Path, models: Path, environment: dict[str, str], *words: str, first_run: bool = False
    ) -> None:
        config.change(home / "settings.toml", {"desktop.first_run_done": not first_run})
        self.words = [sys.executable, "-m", "mia_desktop", "--home", str(home), "--models", str(models), *words]
        self.environment = environment
        self.home = home
        self.process = self.start()

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start a MIA with this home; `words` are a command for her."""
        return subprocess.Popen(
            [*self.words, *words], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def keys(self, *words: str) -> str:
        """Let xdotool type."""
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, check=True, capture_output=True, text=True, timeout=20
        )
        return done.stdout.strip()

    def focus(self) -> None:
        """Give the window the keyboard, as a click on it would: this screen has no window manager."""
        window = self.keys("search", "--sync", "--onlyvisible", "--pid", str(self.process.pid)).splitlines()[-1]
        self.keys("windowfocus", "--sync", window)

    def picture(self, name: str) -> None:
        """Keep a picture of the screen in the folder MIA_TEST_PICTURES, where that is named."""
        folder = os.environ.get("MIA_TEST_PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            number = len(list(Path(folder).glob("*.png"))) + 1
            file = Path(folder) / f"{number:02d}-{name}.png"
            subprocess.run(
                [sys.executable, "-c", _GRAB, str(file)], env=self.environment, check=True, capture_output=True
            )

    def quit(self) -> tuple[float, str]:
        """End it as the end of a session does; return the seconds that took and what it printed."""
        before_s = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        printed, _ = self.process.communicate(timeout=20)
        return time.monotonic() - before_s, printed


@pytest.fixture
def models_folder(request: pytest.FixtureRequest, models: Path) -> Path:
    """Where her models are: the starter models', or that of the fixture that the parameter names."""
    named = getattr(request, "param", "")
    folder = request.getfixturevalue(named) if named else models
    assert isinstance(folder, Path)
    return folder


@pytest.fixture
def app(
    request: pytest.FixtureRequest, sound_card: SoundCard, session_bus: str, models_folder: Path, home: Path
) -> Iterator[App]:
    """A running MIA; with the parameter True it is her first run."""
    for need in ("xdotool", "dbus-daemon"):
        if not shutil.which(need):
            pytest.skip(f"{need} is not installed")
    if not os.environ.get("DISPLAY"):
        pytest.skip("there is no screen")
    environment = {
        **sound_card.environment,
        **{name: os.environ[name] for name in ("HF_ENDPOINT",) if name in os.environ},
        "LANG": "C.UTF-8",
        "DBUS_SESSION_BUS_ADDRESS": session_bus,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    app = App(home, models_folder, environment, first_run=bool(getattr(request, "param", False)))
    yield app
    if app.process.poll() is None:
        app.process.kill()
        app.process.communicate(timeout=20)


@pytest.fixture
def reader(session_bus: str, app: App) -> Iterator[ScreenReader]:
    reader = ScreenReader(session_bus)
    yield reader
    reader.close()
