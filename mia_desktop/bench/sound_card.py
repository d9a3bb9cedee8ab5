"""A sound card made of software (PulseAudio), with a room between its speaker and its microphone."""

import os
import shutil
import subprocess
import threading
import time
from collections import deque
from pathlib import Path
from types import TracebackType

import numpy as np

from mia_desktop.core.errors import DeviceError
from mia_desktop.core.ring import Samples

TAP_RATE_HZ = 44_100
_RATE = "rate=40000"
"""A sample lasts a whole number of microseconds, in which PulseAudio counts: at other rates a sink's clock is some 100
ppm wrong, and since the echo is carried over sample by sample it would wander as no echo in the air does."""
_MODULES = (
    # Without rewinds a sink works in pieces of 50 ms, like a card; with them, of 2 s.
    ("module-null-sink", "sink_name=speaker", "norewinds=1", _RATE),
    ("module-null-sink", "sink_name=room", "norewinds=1", _RATE),
    ("module-remap-source", "master=room.monitor", "source_name=mic"),
)


class SoundCard:
    """Sinks "speaker" (what MIA says) and "room" (what is said to her), source "mic" (what the room sounds like).

    Attributes:
        environment: what processes need in their environment to use it.
        modules: the server's numbers of what it consists of; unloading one is a device pulled out.
        talker: the sink that the user's voice goes to.
    """

    def __init__(self, runtime: Path) -> None:
        if not shutil.which("pulseaudio"):
            raise DeviceError("A sound card made of software needs pulseaudio. On Debian: apt install pulseaudio.")
        self.environment = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_RUNTIME_PATH": str(runtime / "pulse"),
            "HOME": str(runtime),
        }
        self._run("pulseaudio", "--start", "--exit-idle-time=-1")
        self.talker = "room"
        self.modules = {words[1]: self.pactl("load-module", *words) for words in _MODULES}
        self.pactl("set-default-sink", "speaker")
        self.pactl("set-default-source", "mic")

    def pactl(self, *words: str) -> str:
        """Give the sound server an order and return its answer."""
        return self._run("pactl", *words)

    def play(self, wav: Path) -> None:
        """Play a file into the room and wait for its end."""
        self._run("paplay", "--device=room", str(wav))

    def record(self, wav: Path) -> subprocess.Popen[bytes]:
        """Record what the speaker plays until the process is terminated."""
        return subprocess.Popen(
            ["parecord", "--device=speaker.monitor", "--file-format=wav", str(wav)], env=self.environment
        )

    def start(self, wav: Path, sink: str = "") -> subprocess.Popen[bytes]:
        """Begin to play a file to the microphone, or on another sink, and do not wait; 40 ms are asked for."""
        return subprocess.Popen(
            ["paplay", f"--device={sink or self.talker}", "--latency-msec=40", str(wav)], env=self.environment
        )

    def let_echo(self, level_db: float, latency_ms: int = 40) -> None:
        """Let the room hear the speaker, that much softer; who talks then has a sink of his own, "user".

        A room does not change its length, but PulseAudio's loopback does unless it is told not to: it looks for its
        latency all the time, and moved the echo by half a millisecond each second.
        """
        self.pactl("load-module", "module-null-sink", "sink_name=user", "norewinds=1", _RATE)
        for source, softer_db in (("user", 0.0), ("speaker", level_db)):
            delay = f"latency_msec={latency_ms if source == 'speaker' else 10}"
            loopback = ("module-loopback", f"source={source}.monitor", "sink=room", delay, "adjust_time=0")
            module = self.pactl("load-module", *loopback)
            streams = [line.split() for line in self.pactl("list", "short", "sink-inputs").splitlines()]
            newest = max(int(words[0]) for words in streams)
            self.pactl("set-sink-input-volume", str(newest), f"{softer_db:.1f}dB")
            self.modules[f"loopback {source}"] = module
        self.talker = "user"

    def close(self) -> None:
        """End it."""
        subprocess.run(["pulseaudio", "--kill"], env=self.environment, capture_output=True, timeout=20, check=False)

    def _run(self, *words: str) -> str:
        done = subprocess.run(words, env=self.environment, check=True, capture_output=True, text=True, timeout=60)
        return done.stdout.strip()


class Tap:
    """Listens to what a sink plays, with the clock time at which each piece came."""

    def __init__(self, card: SoundCard, sink: str) -> None:
        words = [
            "parec",
            f"--device={sink}.monitor",
            "--format=s16le",
            f"--rate={TAP_RATE_HZ}",
            "--channels=1",
            "--raw",
        ]
        self._process = subprocess.Popen(
            [*words, "--latency-msec=8", "--process-time-msec=4"], env=card.environment, stdout=subprocess.PIPE
        )
        self._pieces: deque[tuple[float, Samples]] = deque(maxlen=20_000)
        self._thread = threading.Thread(target=self._listen, name="tap", daemon=True)

    def __enter__(self) -> "Tap":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._thread.join(10)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def first_s(self, after_s: float, peak: float) -> float | None:
        """Return when the first sample louder than `peak` was heard after `after_s`, or None."""
        return next((at for at in self._loud(after_s, peak)), None)

    def last_s(self, after_s: float, peak: float) -> float | None:
        """Return when the last sample louder than `peak` was heard after `after_s`, or None."""
        loud = self._loud(after_s, peak)
        return loud[-1] if loud else None

    def since(self, after_s: float) -> Samples:
        """Return what came after that time: float32, shape (n,), `TAP_RATE_HZ`; of the last two minutes at most."""
        pieces = [piece for came_s, piece in tuple(self._pieces) if came_s >= after_s]
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.float32)

    def _loud(self, after_s: float, peak: float) -> list[float]:
        found = []
        for came_s, piece in tuple(self._pieces):
            if came_s < after_s:
                continue
            places = np.flatnonzero(np.abs(piece) > peak)
            begin_s = came_s - len(piece) / TAP_RATE_HZ
            if len(places):
                found += [begin_s + places[0] / TAP_RATE_HZ, begin_s + places[-1] / TAP_RATE_HZ]
        return [at for at in found if at >= after_s]

    def _listen(self) -> None:
        assert self._process.stdout is not None
        handle, left = self._process.stdout.fileno(), b""
        while data := os.read(handle, 65_536):
            now_s = time.monotonic()
            data = left + data
            whole = len(data) // 2 * 2
            left = data[whole:]
            piece: Samples = (np.frombuffer(data[:whole], dtype=np.int16) / 32768).astype(np.float32)
            self._pieces.append((now_s, piece))
