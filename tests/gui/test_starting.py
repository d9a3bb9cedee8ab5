import os
import subprocess
import sys


def start(home, *words, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "mia_desktop", *words],
        env={**kept, "MIA_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_window_alone_does_not_read_the_commands():
    code = "import sys, mia_desktop.gui.run, mia_desktop.app; print([m for m in sys.modules if m.startswith(%r)])"
    found = [
        subprocess.run(
            [sys.executable, "-c", code % room], capture_output=True, text=True, timeout=60, check=True
        ).stdout
        for room in ("mia_desktop.cli", "mia_desktop.engine", "faster_whisper", "llama_cpp")
    ]
    assert found == ["[]\n"] * 4


def test_a_file_that_is_not_there_is_told_before_any_window(home, tmp_path):
    done = start(home, "open", str(tmp_path / "gone.png"))
    assert done.returncode == 3
    assert "gone.png" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_without_a_screen_there_is_one_sentence(home):
    if sys.platform != "linux":
        return
    done = start(home)
    assert done.returncode == 4
    assert "no screen" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
