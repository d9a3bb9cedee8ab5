"""What all tests share."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

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


def _pulse(environment: dict[str, str], *words: str) -> str:
    return subprocess.run(
        ["pactl", *words], env=environment, check=True, capture_output=True, text=True, timeout=20
    ).stdout.strip()


class SoundCard:
    """A sound card made of software: what is played into the room reaches the microphone."""

    def __init__(self, runtime: Path) -> None:
        self.environment = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_RUNTIME_PATH": str(runtime / "pulse"),
            "HOME": str(runtime),
        }
        subprocess.run(
            ["pulseaudio", "--start", "--exit-idle-time=-1"],
            env=self.environment,
            check=True,
            capture_output=True,
            timeout=30,
        )
        for words in (
            ("load-module", "module-null-sink", "sink_name=speaker"),
            ("load-module", "module-null-sink", "sink_name=room"),
            ("load-module", "module-remap-source", "master=room.monitor", "source_name=mic"),
            ("set-default-sink", "speaker"),
            ("set-default-source", "mic"),
        ):
            _pulse(self.environment, *words)

    def play(self, wav: Path) -> None:
        """Play a file into the room and wait for its end."""
        subprocess.run(["paplay", "--device=room", str(wav)], env=self.environment, check=True, timeout=60)

    def record(self, wav: Path) -> subprocess.Popen[bytes]:
        """Record what the speaker plays until the process is terminated."""
        return subprocess.Popen(
            ["parecord", "--device=speaker.monitor", "--file-format=wav", str(wav)], env=self.environment
        )

    def close(self) -> None:
        subprocess.run(["pulseaudio", "--kill"], env=self.environment, capture_output=True, timeout=20)


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
