import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from mia_desktop.core.errors import RefusedError
from mia_desktop.core.paths import Paths
from mia_desktop.gui.single_instance import SingleInstance, understood

HAND_OVER = """
import sys
from pathlib import Path
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from mia_desktop.core.paths import Paths
from mia_desktop.gui.single_instance import SingleInstance
app = QCoreApplication([])
second = SingleInstance(Paths.choose(Path(sys.argv[1])))
assert not second.claim()
second.hand_over([Path(name) for name in sys.argv[2:]], "a-token")
"""
CLAIM_AND_CRASH = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from mia_desktop.core.paths import Paths
from mia_desktop.gui.single_instance import SingleInstance
app = QCoreApplication([])
first = SingleInstance(Paths.choose(Path(sys.argv[1])))
assert first.claim()
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def paths(home):
    return Paths.choose(home)


@pytest.fixture
def first(qapp, paths):
    instance = SingleInstance(paths)
    assert instance.claim()
    yield instance
    instance.close()


def test_a_second_start_hands_its_files_over_and_ends(qtbot, first, paths, tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HAND_OVER, str(paths.home), str(tmp_path / "cat.png"), "b.gguf"])
    with qtbot.waitSignal(first.asked_for, timeout=20_000) as asked:
        pass
    assert process.wait(10) == 0
    files, token = asked.args
    assert [file.name for file in files] == ["cat.png", "b.gguf"]
    assert all(file.is_absolute() for file in files)
    assert token == "a-token"


def test_what_a_crashed_first_left_behind_is_taken_over(qapp, paths):
    crashed = subprocess.run([sys.executable, "-c", CLAIM_AND_CRASH, str(paths.home)], check=False, timeout=30)
    assert crashed.returncode != 0
    assert (paths.home / "window.lock").exists()
    following = SingleInstance(paths)
    assert following.claim()
    following.close()


def test_another_home_is_another_mia(first, tmp_path):
    other = SingleInstance(Paths.choose(tmp_path / "other"))
    assert other.claim()
    other.close()


def test_a_first_that_does_not_answer_is_told_in_one_sentence(qapp, first, paths, monkeypatch):
    monkeypatch.setattr("mia_desktop.gui.single_instance._PATIENCE_MS", 50)
    second = SingleInstance(paths)
    with pytest.raises(RefusedError, match="already running"):  # the first has no event loop here
        second.hand_over([])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has rights of another kind")
def test_only_its_user_may_knock(first):
    place = Path(first._server.fullServerName())
    assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "untrusted",
    [b"", b"{", b"[]", b'{"files": 3, "token": 4}', b'{"files": [1, "relative", "/a\\u0000b"]}', b"\xff\xfe"],
)
def test_nonsense_opens_nothing(untrusted):
    assert understood(untrusted) == ([], "")


def test_there_is_an_end_to_the_files():
    files, _ = understood(json.dumps({"files": [f"/{n}" for n in range(1000)]}).encode())
    assert len(files) == 100


def test_a_flood_without_an_end_is_cut_off(qtbot, first):
    socket = QLocalSocket()
    socket.connectToServer(first._server.fullServerName())
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected, timeout=5000):
        socket.write(b"x" * 200_000)
