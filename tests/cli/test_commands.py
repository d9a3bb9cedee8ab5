"""The command's public face: JSON, sentences, exit codes. Real models, real processes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mia_desktop.core.paths import Paths
from tests.conftest import SAMPLES

QUESTION = SAMPLES / "capital-of-france.wav"
MODELS = Paths.choose().models


def mia(home: Path, *words: object, models: Path = MODELS, timeout_s: float = 200) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mia_desktop", "--home", str(home), "--models", str(models), *map(str, words)],
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str], code: int) -> str:
    """Check that a failure is one sentence with its exit code; return the sentence."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    sentence = done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert sentence.endswith((".", ".wav"))
    return sentence


@pytest.mark.models
def test_talk_holds_a_conversation_and_writes_the_answer(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "reply.wav"
    done = mia(home, "talk", "--wav", QUESTION, "--wav", SAMPLES / "and-of-italy.wav", "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    turns = json.loads(done.stdout)["turns"]
    assert [turn["transcript"] for turn in turns] == [
        "What is the capital of France?",
        "And what is the capital of Italy?",
    ]
    assert "Paris" in turns[0]["reply"]
    assert "Rome" in turns[1]["reply"]
    for turn in turns:
        assert turn["language"] == "en"
        assert turn["model"] == "qwen2.5-coder-0.5b"
        times = [turn["timings"][f"{step}_s"] for step in ("endpoint", "text", "first_audio", "reply_done")]
        assert times == sorted(times)
        assert 0 < turn["timings"]["first_token_s"] <= turn["timings"]["first_audio_s"], (
            "maybe before the text was certain"
        )
    heard = mia(home, "transcribe", out, "--json")
    hearing = json.loads(heard.stdout)
    assert set(hearing) == {"text", "language", "segments", "audio_s", "compute_s", "acoustic"}
    assert "paris" in hearing["text"].lower()
    assert "rome" in hearing["text"].lower()


@pytest.mark.models
def test_ask_answers_in_writing(home: Path) -> None:
    done = mia(home, "ask", "What is the capital of France?", "--json")
    answer = json.loads(done.stdout)
    assert set(answer) == {"reply", "model", "timings", "memories", "guest", "sights"}
    assert "Paris" in answer["reply"]


@pytest.mark.models
def test_say_speaks_what_transcribe_hears(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "said.wav"
    assert mia(home, "say", "**Good** morning, how are you today?", "--out", out).returncode == 0
    assert "good morning" in mia(home, "transcribe", out).stdout.lower()


def test_doctor_names_every_check_and_its_remedy(home: Path, tmp_path: Path) -> None:
    done = mia(home, "doctor", "--json", models=tmp_path / "none")
    checks = json.loads(done.stdout)["checks"]
    assert all(set(check) == {"name", "ok", "why", "mend"} for check in checks)
    assert {"microphone", "speaker", "language model"} <= {check["name"] for check in checks}
    missing = next(check for check in checks if check["name"] == "language model")
    assert not missing["ok"]
    assert missing["mend"] == "mia models pull qwen2.5-coder-0.5b"
    assert done.returncode == 4


def test_devices_and_config_answer_in_json(home: Path) -> None:
    assert "devices" in json.loads(mia(home, "devices", "--json").stdout)
    assert json.loads(mia(home, "config", "set", "speech.speed", "1.2", "--json").stdout)["value"] == 1.2
    assert json.loads(mia(home, "config", "get", "speech.speed", "--json").stdout)["value"] == 1.2
    assert len(json.loads(mia(home, "config", "list", "--json").stdout)["settings"]) > 15


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nonsense",), 2),
        (("talk",), 2),
        (("talk", "--wav"), 2),
        (("config", "set", "speech.speed", "fast"), 2),
        (("config", "get", "nope"), 2),
        (("models", "verify", "nope"), 2),
        (("ask", "  "), 3),
        (("say", "🎉", "--out", "x.wav"), 3),
    ],
)
def test_wrong_usage_is_one_sentence(home: Path, words: tuple[str, ...], code: int) -> None:
    told(mia(home, *words), code)
    error = json.loads(mia(home, *words, "--json").stdout)["error"]
    assert set(error) == {"code", "message"}


def _sound(path: Path, samples: np.ndarray, **more: str) -> Path:
    soundfile.write(path, samples.astype(np.float32), 16_000, **more)
    return path


def test_bad_sounds_get_a_sentence_of_their_own_and_code_3(home: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.wav"
    text.write_text("not a sound")
    empty = tmp_path / "empty.wav"
    empty.touch()
    sentences = {
        told(mia(home, "talk", "--wav", file), 3)
        for file in (
            tmp_path / "missing.wav",
            tmp_path,
            text,
            empty,
            _sound(tmp_path / "no-samples.wav", np.zeros(0)),
            _sound(tmp_path / "nan.wav", np.full(16_000, np.nan), subtype="FLOAT"),
        )
    }
    assert len(sentences) == 6


@pytest.mark.models
def test_silence_is_told_and_nothing_is_made_of_it(home: Path, tmp_path: Path) -> None:
    silence = _sound(tmp_path / "silence.wav", np.zeros(16_000))
    assert "no speech" in told(mia(home, "talk", "--wav", silence), 3)
    assert "nobody speaks" in told(mia(home, "transcribe", silence), 3)
    done = mia(home, "talk", "--wav", silence, "--json")
    assert json.loads(done.stdout)["error"]["code"] == "no_speech"


@pytest.mark.models
def test_an_hour_of_noise_is_bounded(home: Path, tmp_path: Path) -> None:
    noise = tmp_path / "noise.flac"
    generator = np.random.default_rng(1)
    with soundfile.SoundFile(noise, "w", 16_000, 1) as file:
        for _ in range(60):
            file.write((0.05 * generator.standard_normal(16_000 * 60)).astype(np.float32))
    assert "longer than" in told(mia(home, "talk", "--wav", noise), 3)
    script = (
        "import resource, sys; from mia_desktop.__main__ import main\n"
        "try: main()\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    started_s = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, "--home", str(home), "transcribe", str(noise)],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    sentence, peak_kb = done.stderr.strip().splitlines()[-2:]
    assert done.returncode == 3
    assert "nobody speaks" in sentence
    assert int(peak_kb) < 1_500_000
    assert time.monotonic() - started_s < 200


def _copy_of(name: str, models: Path) -> Path:
    """Link all files of a model into a new models folder but copy its largest one."""
    folder = models / name
    folder.mkdir(parents=True)
    files = sorted((MODELS / name).iterdir(), key=lambda file: file.stat().st_size)
    for file in files[:-1]:
        (folder / file.name).write_bytes(file.read_bytes())
    largest = folder / files[-1].name
    largest.write_bytes(files[-1].read_bytes())
    return largest


@pytest.mark.models
def test_damaged_and_missing_models_are_named_and_never_loaded(home: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    gguf = _copy_of("qwen2.5-coder-0.5b", models)
    with gguf.open("r+b") as file:
        file.truncate(gguf.stat().st_size // 2)
    sentence = told(mia(home, "ask", "Hello?", models=models), 4)
    assert gguf.name in sentence
    assert "mia models pull qwen2.5-coder-0.5b" in sentence
    weights = _copy_of("whisper-base", models)
    with weights.open("r+b") as file:
        file.seek(100_000_000)
        byte = file.read(1)
        file.seek(100_000_000)
        file.write(bytes([byte[0] ^ 1]))
    assert "model.bin" in told(mia(home, "transcribe", QUESTION, models=models), 4)
    assert "mia models pull" in told(mia(home, "talk", "--wav", QUESTION, models=tmp_path / "none"), 4)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("os.kill(os.getpid(), signal.SIGINT)", id="while the program is read"),
        pytest.param("guarded(lambda: exec('raise KeyboardInterrupt'))", id="while a dataclass is made"),
        pytest.param("interrupted(lambda: __import__('more'))", id="while more of the program is read"),
        pytest.param("interrupted(lambda: os.kill(os.getpid(), signal.SIGINT))", id="while a command works"),
    ],
)
def test_ctrl_c_ends_with_its_code_however_early_it_comes(command: str, tmp_path: Path) -> None:
    (tmp_path / "early.py").write_text(f"""
import os, signal
import mia_desktop.__main__ as program
from mia_desktop.cli.guarded import guarded

def interrupted(call):
    signal.signal(signal.SIGINT, program._stop)
    return guarded(call)

program._command = lambda: {command}
program.main()
""")
    (tmp_path / "more.py").write_text("""
import os, signal
try:
    os.kill(os.getpid(), signal.SIGINT)
except BaseException:
    print("an extension would not have taken it so well")
""")
    done = subprocess.run(
        [sys.executable, "-m", "early", "doctor"],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Stopped.\n")


@pytest.mark.models
@pytest.mark.parametrize("after_s", [0.5, 1.5, 4.0])
def test_ctrl_c_ends_any_moment_without_a_traceback(home: Path, after_s: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "mia_desktop", "--home", str(home), "talk", "--wav", str(QUESTION), "--real-time"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        process.communicate(timeout=after_s)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in errors


def test_bench_voice_measures_anybodys_clips(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    (folder / "one.wav").write_bytes(QUESTION.read_bytes())
    (folder / "one.txt").write_text("What is the capital of France?")
    done = mia(
        home, "bench", "voice", "--wav-dir", folder, "--turns", 1, "--echo-minutes", 0,
        "--plot", tmp_path / "plot.png", "--json",
    )  # fmt: skip
    result = json.loads(done.stdout)
    assert result["turns"] == 1
    assert 0 < result["first_audio_vs_sequential_p50"] < 2
    assert result["first_audio_vs_floor_p50"] > 0
    assert result["hands_free_gap_s_p50"] > 0
    assert result["wer"] == result["wer_plain"] == 0
    assert result["words_on_noise"]["mia"] <= result["words_on_noise"]["plain"]
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")


def test_bench_voice_says_what_is_wrong_with_the_folder(home: Path, tmp_path: Path) -> None:
    assert "no folder" in told(mia(home, "bench", "voice", "--wav-dir", tmp_path / "none"), 3)
    assert "no sound files" in told(mia(home, "bench", "voice", "--wav-dir", tmp_path), 3)


def test_bench_endpointing_measures_the_ways_side_by_side(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    (folder / "one.wav").write_bytes(QUESTION.read_bytes())
    result = json.loads(mia(home, "bench", "endpointing", "--wav-dir", folder, "--json").stdout)["folder"]
    assert result["clips"] == 1
    for way in ("silence", "smart_turn", "mia_sound", "mia"):
        assert result[way]["ends"] == 1
        assert 0 <= result[way]["false_cut_offs"] <= 1
    assert "no folder" in told(mia(home, "bench", "endpointing", "--wav-dir", tmp_path / "none"), 3)
