"""What all tests share."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mia_desktop.bench.sound_card import SoundCard
from mia_desktop.core.paths import Paths, shipped

# A shell starts its background jobs with Ctrl-C ignored; the processes that the tests stop must not inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

SAMPLES = shipped("resources") / "samples"


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder with the starter models."""
    return Paths.choose().models


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="session")
def sound_card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundCard]:
    """Real PortAudio devices on a machine without any."""
    if not shutil.which("pulseaudio"):
        pytest.skip("pulseaudio is not installed")
    runtime = tmp_path_factory.mktemp("pulse")
    runtime.chmod(0o700)
    card = SoundCard(runtime)
    yield card
    card.close()


@pytest.fixture
def portaudio(sound_card: SoundCard, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundCard]:
    """PortAudio in this process, on the software sound card."""
    for name in ("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"):
        monkeypatch.setenv(name, sound_card.environment[name])
    import sounddevice

    sounddevice._terminate()
    sounddevice._initialize()
    yield sound_card
    sounddevice._terminate()
    sounddevice._initialize()


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of 30 frames at 30 a second, each lighter than the one before."""
    import cv2
    import numpy as np

    path = tmp_path_factory.mktemp("video") / "lighter.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30.0, (160, 120))
    for number in range(30):
        writer.write(np.full((120, 160, 3), 20 + 6 * number, dtype=np.uint8))
    writer.release()
    return path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB, really full when it is."""
    folder = tmp_path / "small"
    folder.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
