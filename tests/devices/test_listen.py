"""The whole way: a voice in a room, a running ``mia listen``, a recording of its speaker."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mia_desktop.senses.sound_file import load
from tests.conftest import SAMPLES, SoundCard

pytestmark = [pytest.mark.devices, pytest.mark.models]


def _read_until(process: subprocess.Popen[str], words: str, timeout_s: float) -> str:
    """Read the process's output until `words` come; the watchdog ends a process that stays silent."""
    watchdog = threading.Timer(timeout_s, process.kill)
    watchdog.start()
    seen = ""
    assert process.stdout is not None
    try:
        while words not in seen:
            piece = process.stdout.read(1)
            assert piece, f"ended before '{words}': {seen}"
            seen += piece
    finally:
        watchdog.cancel()
    return seen


@pytest.mark.parametrize("hands_free", [False, True], ids=["push-to-talk", "hands-free"])
def test_a_question_spoken_into_the_microphone_is_answered_by_the_speaker(
    sound_card: SoundCard, models: Path, tmp_path: Path, hands_free: bool
) -> None:
    recording = tmp_path / "speaker.wav"
    command = [sys.executable, "-m", "mia_desktop", "--home", str(tmp_path / "home"), "--models", str(models), "listen"]
    process = subprocess.Popen(
        command + (["--hands-free"] if hands_free else []),
        env=sound_card.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        bufsize=1,
    )
    recorder = sound_card.record(recording)
    try:
        assert process.stdin is not None
        _read_until(process, "Ready.", 90)
        if not hands_free:
            process.stdin.write("\n")
            process.stdin.flush()
            _read_until(process, "Listening", 20)
        sound_card.play(SAMPLES / "capital-of-france.wav")
        if not hands_free:
            process.stdin.write("\n")
            process.stdin.flush()
        said = _read_until(process, "MIA: ", 60) + _read_until(process, "Paris", 60) + _read_until(process, "\n", 60)
        assert "capital of France" in said
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
        recorder.terminate()
        recorder.wait(10)
    assert process.returncode == 130
    assert "Traceback" not in rest
    heard = _transcript(recording, tmp_path, models)
    assert "paris" in heard.lower(), heard
    samples, _ = soundfile.read(recording)
    assert np.abs(samples).max() > 0.02


def _transcript(wav: Path, tmp_path: Path, models: Path) -> str:
    load(wav, 600)
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "mia_desktop",
            "--home",
            str(tmp_path / "h2"),
            "--models",
            str(models),
            "transcribe",
            str(wav),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    ).stdout


def test_without_devices_there_is_one_sentence_and_code_4(models: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "mia_desktop", "--home", str(tmp_path / "h"), "--models", str(models), "listen"],
        env={
            "PATH": "/usr/bin:/bin",
            "XDG_RUNTIME_DIR": str(nowhere),
            "HOME": str(nowhere),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert done.stderr.strip().startswith("There is no microphone.")
    assert len(done.stderr.strip().splitlines()) == 1
