"""MIA ends at once and whole, whatever she is doing."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mia_desktop.core import config
from mia_desktop.core.memories import Experience
from mia_desktop.core.paths import Paths
from mia_desktop.memory.memory import Memory
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault
from tests.app.conftest import App
from tests.app.screen_reader import ScreenReader
from tests.conftest import SAMPLES
from tests.library.test_hub_source import Hub
from tests.library.tiny_models import catalogue_entry

pytestmark = [pytest.mark.models, pytest.mark.devices]

READY_S, ANSWER_S = 90, 25
PASSPHRASE = "seven small green apples"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    create(Vault(Paths.choose(home).vault, None), passphrase=PASSPHRASE)
    config.change(home / "settings.toml", {"seeing.camera": str(SAMPLES / "images")})  # pictures play a camera
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


class SlowHub(Hub):
    """A hub that sends the beginning of a file, and the rest as slowly as it likes until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = threading.Event()
        self.files = self.sent = {"weights.gguf": bytes(range(256)) * 40_000}

    def finish_request(self, request: object, client_address: object) -> None:
        self.RequestHandlerClass(_Slowly(request, self.goes_on), client_address, self)  # type: ignore[arg-type]


class _Slowly:
    """A socket that sends 3 MB at once, then 4 kB twenty times a second."""

    def __init__(self, socket: object, goes_on: threading.Event) -> None:
        self._socket = socket
        self._goes_on = goes_on
        self._sent = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._socket, name)

    def sendall(self, content: bytes) -> None:
        view = memoryview(content)
        while view:
            quick = self._goes_on.is_set() or self._sent < 3_000_000
            piece, view = view[: 100_000 if quick else 4000], view[100_000 if quick else 4000 :]
            self._socket.sendall(piece)  # type: ignore[attr-defined]
            self._sent += len(piece)
            if not quick:
                self._goes_on.wait(0.05)


@pytest.fixture
def slow_hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowHub]:
    server = SlowHub()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    yield server
    server.goes_on.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def with_slow_model(models: Path, tmp_path: Path, slow_hub: SlowHub) -> Path:
    """The folder with the starter models, and with one more that is on a slow hub."""
    folder = tmp_path / "models"
    folder.mkdir()
    for one in models.iterdir():
        if one.is_dir() and one.name != ".partial":
            (folder / one.name).symlink_to(one)
    source = (
        'kind = "hub"\nrepo = "owner/repo"\nrevision = "main"\n[model.sources.files]\n"weights.gguf" = "weights.gguf"'
    )
    (folder / "added.toml").write_text(catalogue_entry("slow", slow_hub.files, source, hashes=False), "utf-8")
    return folder


@pytest.mark.parametrize("models_folder", ["with_slow_model"], indirect=True)
def test_while_a_model_is_fetched_and_the_rest_comes_after_the_next_start(
    app: App, reader: ScreenReader, slow_hub: SlowHub, with_slow_model: Path
) -> None:
    reader.wait_for(app.process, "State: Ready", READY_S)
    app.focus()
    app.keys("key", "ctrl+3")
    reader.press(app.process, "Fetch: slow", ANSWER_S)
    reader.wait_for(app.process, "Pause: slow", ANSWER_S)
    growing = with_slow_model / ".partial" / "slow" / "weights.gguf.growing"
    wait_until(lambda: growing.exists() and growing.stat().st_size >= 2_000_000, "the fetch is on its way")
    app.picture("a model on its way")
    took_s, printed = app.quit()
    assert "Traceback" not in printed
    assert took_s < 2.0
    there = growing.stat().st_size
    assert 2_000_000 <= there < len(slow_hub.files["weights.gguf"])

    slow_hub.goes_on.set()
    slow_hub.requests.clear()
    app.process = app.start()
    reader.wait_for(app.process, "State: Ready", READY_S)
    app.focus()
    app.keys("key", "ctrl+3")
    reader.press(app.process, "Go on: slow", ANSWER_S)
    wait_until(lambda: (with_slow_model / "slow" / "weights.gguf").exists(), "it is whole")
    assert (with_slow_model / "slow" / "weights.gguf").read_bytes() == slow_hub.files["weights.gguf"]
    starts = [int(wanted.removeprefix("bytes=").rstrip("-")) for *_, wanted in slow_hub.requests if wanted]
    assert starts
    assert min(starts) >= 1_000_000, "what was there is not fetched again"
    _, printed = app.quit()
    assert "Traceback" not in printed


MANY = 4000


@pytest.fixture
def home_with_memories(home: Path) -> Path:
    """A vault with memories that have no vector yet."""
    vault = Vault(Paths.choose(home).vault, None)
    vault.unlock(PASSPHRASE)
    memory = Memory(vault.database)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    memory.remember_all(
        [Experience(text=f"On day {n} I saw {n + 2} swans.", at=at, speaker="Anna") for n in range(MANY)]
    )
    memory.close()
    vault.lock()
    return home


def test_while_memories_are_embedded_none_is_lost(home_with_memories: Path, app: App, reader: ScreenReader) -> None:
    unlock(app, reader)
    log = home_with_memories / "vault" / "vault-1.db-wal"
    before = log.stat().st_size if log.exists() else 0
    wait_until(lambda: log.exists() and log.stat().st_size > before + 500_000, "vectors are written")
    took_s, printed = app.quit()
    assert "Traceback" not in printed
    assert took_s < 2.0
    vault = Vault(Paths.choose(home_with_memories).vault, None)
    vault.unlock(PASSPHRASE)
    memory = Memory(vault.database)
    memories = memory.stats().memories
    [(vectors,)] = vault.database.read("SELECT count(*) FROM vec")
    memory.close()
    vault.lock()
    assert memories == MANY
    assert 0 < vectors < MANY, "it was under way"


def test_while_the_camera_is_open(app: App, reader: ScreenReader) -> None:
    reader.wait_for(app.process, "State: Ready", READY_S)
    app.focus()
    app.keys("key", "ctrl+shift+c")
    reader.press(app.process, "This once", ANSWER_S)
    reader.wait_for(app.process, "The camera is open", ANSWER_S)
    app.picture("the camera is open")
    took_s, printed = app.quit()
    assert app.process.returncode == 0
    assert "Traceback" not in printed
    assert took_s < 2.0


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Wait for something that another process does."""
    end_s = time.monotonic() + ANSWER_S
    while not true():
        assert time.monotonic() < end_s, what
        threading.Event().wait(0.02)


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
