"""How quick the window is: a real MIA in a process of its own, with a probe inside, while all models work."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mia_desktop.bench.sound_card import SoundCard
from mia_desktop.core import config
from mia_desktop.core.errors import MiaError
from mia_desktop.core.paths import Paths, shipped

_PATIENCE_S = 180.0
_VARIABLE = "MIA_PROBE"  # what mia_desktop/gui/probe.py looks for; this room may not import that one
_QUESTION = "capital-of-france.wav"
_SETTLES_S = 8.0  # what a hidden window still has to do, until the sound devices are closed
_VIEWS_PER_S = 25  # as motion JPEG without a container is played
GOALS = {
    "window_s": 0.8,
    "ready_s": 4.0,
    "longest_block_ms": 50.0,
    "latency_ms_p99": 16.0,
    "idle_cpu_percent": 1.0,
    "quit_s": 2.0,
}


class Measured:
    """A running MIA that answers the probe's questions. It is not its first run: nothing stands before the window."""

    def __init__(self, home: Path, models: Path, environment: dict[str, str], view: Path) -> None:
        config.change(home / "settings.toml", {"desktop.first_run_done": True, "seeing.camera": str(view)})
        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "mia_desktop"]
        self._process = subprocess.Popen(
            program,
            env={
                **environment,
                "MIA_HOME": str(home),
                "MIA_MODELS": str(models),
                _VARIABLE: str(time.time()),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._watchdog = threading.Timer(_PATIENCE_S, self._process.kill)
        self._watchdog.start()

    def order(self, words: str) -> None:
        """Give the probe an order."""
        assert self._process.stdin is not None
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()

    def until(self, name: str, value: object = None) -> dict[str, Any]:
        """Return the next answer that has `name`, of that value; raises MiaError when there comes none."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            answer: dict[str, Any] = json.loads(line)
            if name in answer and value in (None, answer[name]):
                return answer
            if answer.get("state") == "trouble":
                break
        self._process.kill()
        raise MiaError("The window did not come to an answer. `mia doctor` tells what is missing.")

    def quit(self) -> float:
        """End it and return how long that took, seconds."""
        before_s = time.monotonic()
        self.order("quit")
        self._process.communicate()
        self._watchdog.cancel()
        return time.monotonic() - before_s


def measure(paths: Paths, idle_s: float, tell: Callable[[str], None]) -> dict[str, Any]:
    """Start MIA, hold a spoken turn with the camera open, leave her alone, end her; return what that took.

    The camera is played: pictures that change each second, so that there is always something new to look at.
    With pulseaudio the question is spoken into a sound card made of software. Without, it is typed, and the microphone
    and speaker are this machine's own.

    Args:
        paths: the models are taken from there; settings and all else are fresh.
        idle_s: how long she is left alone, seconds.
        tell: hears what is being done.
    """
    with tempfile.TemporaryDirectory(prefix="mia-gui-", ignore_cleanup_errors=True) as folder:
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        card = SoundCard(runtime) if shutil.which("pulseaudio") else None
        environment = dict(card.environment if card else os.environ)
        screen = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY") or sys.platform != "linux"
        if not screen:
            environment["QT_QPA_PLATFORM"] = "offscreen"
        view = _views(Path(folder) / "views.mjpeg")
        try:
            tell("A first start, so that the disk is warm ...")
            first = Measured(Path(folder) / "first", paths.models, environment, view)
            first.until("window_s")
            first.quit()
            tell("The measured start ...")
            mia = Measured(Path(folder) / "home", paths.models, environment, view)
            result: dict[str, Any] = {
                "screen": "real or virtual" if screen else "offscreen",
                "window_s": mia.until("window_s")["window_s"],
                "ready_s": mia.until("state", "ready")["at_s"],
            }
            tell("A turn ...")
            result |= _turn(mia, card)
            tell(f"Nothing, for {idle_s:g} s ...")
            result |= _idle(mia, idle_s)
            result["quit_s"] = mia.quit()
        finally:
            if card is not None:
                card.close()
    rounded = {name: round(value, 3) if isinstance(value, float) else value for name, value in result.items()}
    return rounded | {"missed": [name for name, goal in GOALS.items() if rounded[name] > goal]}


def _views(file: Path) -> Path:
    """Write the video that plays the camera, a minute of motion JPEG: pictures that change each second."""
    pictures = sorted((shipped("resources") / "samples" / "images").glob("*.jpg"))
    frames = [pictures[second % len(pictures)].read_bytes() for second in range(60) for _ in range(_VIEWS_PER_S)]
    file.write_bytes(b"".join(frames))
    return file


def _turn(mia: Measured, card: SoundCard | None) -> dict[str, Any]:
    mia.order("look")
    mia.until("camera", True)
    mia.order("watch")
    if card is None:
        mia.order("ask What is the capital of France?")
    else:
        mia.order("talk")
        mia.until("state", "listening")
        card.play(shipped("resources") / "samples" / _QUESTION)
        mia.order("send")
    mia.until("turn", "answered")
    mia.order("waited")
    waited_ms = [1000 * wait_s for wait_s in mia.until("waited_s")["waited_s"]]
    mia.order("look away")
    mia.until("camera", False)
    return {
        "turn": ("spoken" if card else "typed") + ", camera open",
        "latency_ms_p50": waited_ms[len(waited_ms) // 2],
        "latency_ms_p99": waited_ms[int(len(waited_ms) * 0.99)],
        "longest_block_ms": waited_ms[-1],
        "events": len(waited_ms),
    }


def _idle(mia: Measured, idle_s: float) -> dict[str, Any]:
    mia.order("hide")
    threading.Event().wait(_SETTLES_S)
    costs = []
    for wait_s in (idle_s, 0.0):
        mia.order("cost")
        costs.append(mia.until("cpu_s"))
        threading.Event().wait(wait_s)
    before, after = costs
    share = (after["cpu_s"] - before["cpu_s"]) / (after["at_s"] - before["at_s"])
    return {"idle_cpu_percent": 100 * share, "idle_rss_mb": after["rss_bytes"] / 1e6}
