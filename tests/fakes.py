"""Parts that are quick and predictable. The contract suites run on them and on the real parts."""

import re
import threading
import time
from collections.abc import Iterator, Sequence

import numpy as np

from mia_desktop.core.errors import DeviceError, InputError, ModelError
from mia_desktop.core.frames import Speech
from mia_desktop.core.items import Hearing, Message, Segment
from mia_desktop.core.played import PlayedSound
from mia_desktop.core.ports import Vectors
from mia_desktop.core.ring import Samples
from mia_desktop.core.sights import Box, Face, Label, Look, Picture, Pixels, Sight, SightSource, TextLine, Vector


class FakeDetector:
    """Takes loud blocks for speech."""

    block_samples = 512

    def probability(self, block: Samples) -> float:
        return 1.0 if float(np.abs(block).max()) > 0.1 else 0.0

    def reset(self) -> None:
        pass


class FakeTurnDetector:
    """Takes a turn for complete when its last 50 ms are silent."""

    model = "fake-turn"

    def __init__(self) -> None:
        self.asked = 0

    def probability(self, samples: Samples) -> float:
        self.asked += 1
        return 0.95 if float(np.abs(samples[-800:]).max(initial=0.0)) < 0.1 else 0.05


class FakeEncoder:
    """Hears the same words in everything but silence."""

    model = "fake-encoder"

    def __init__(self, text: str = "What is this?") -> None:
        self.text = text
        self.no_speech = 0.0
        self.log_probability = -0.1
        self.heard: list[Samples] = []

    def transcribe(self, samples: Samples, language: str | None, *, quick: bool = False) -> Hearing:
        self.heard.append(samples)
        segments: tuple[Segment, ...] = ()
        if np.abs(samples).max(initial=0.0) > 0.01:
            segments = (
                Segment(
                    start_s=0.0,
                    end_s=len(samples) / 16_000,
                    text=self.text,
                    no_speech_probability=self.no_speech,
                    mean_log_probability=self.log_probability,
                    compression_ratio=1.0,
                ),
            )
        return Hearing(
            text=" ".join(one.text for one in segments),
            language=language or "en",
            segments=segments,
            audio_s=len(samples) / 16_000,
            compute_s=0.0,
        )


class FakeLanguageModel:
    """Answers with given texts, word by word; a token is a word."""

    model = "fake-language"
    context_tokens = 2048

    def __init__(self, *replies: str) -> None:
        self.replies = list(replies) or ["It is a test. It works."]
        self.prompts: list[list[Message]] = []
        self.sentence_end = 0.9
        self.readings: list[list[Message]] = []
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def read(self, messages: Sequence[Message]) -> float:
        self.readings.append(list(messages))
        return self.sentence_end

    def reply(self, messages: Sequence[Message], most_tokens: int) -> Iterator[str]:
        self.prompts.append(list(messages))
        self.stopped = False
        text = self.replies[(len(self.prompts) - 1) % len(self.replies)]
        for number, word in enumerate(text.split(" ")[:most_tokens]):
            if self.stopped:
                raise ModelError("MIA is closing.")
            yield f" {word}" if number else word


class FakeSynthesizer:
    """Gives 10 ms of sound per letter, each word as long as it is written."""

    model = "fake-voice"
    language = "en"
    sample_rate_hz = 16_000

    def __init__(self) -> None:
        self.said: list[str] = []
        self.speed = 1.0
        self.volume = 1.0

    def synthesize(self, text: str, *, soon: bool = False) -> Iterator[Speech]:
        if any(c.isalnum() for c in text):
            self.said.append(text)
            ends = [word.end() for word in re.finditer(r"\S+", text)]
            yield Speech(
                samples=np.full(160 * len(text), 0.2 * self.volume, dtype=np.float32),
                words=tuple((160 * end, end / len(text)) for end in ends),
            )


class SlowSpeaker:
    """Plays only when told to."""

    name = "slow speaker"

    def __init__(self) -> None:
        self.queued_s = 0.0
        self.played_s = 0.0
        self.flushed_once = threading.Event()
        self.paused = False
        self.gain = 1.0
        self.played = PlayedSound()

    def open(self) -> None:
        pass

    def write(self, samples: Samples, sample_rate_hz: int, *, last: bool = False) -> int:
        self.queued_s += len(samples) / sample_rate_hz
        return len(samples)

    def pending_s(self) -> float:
        return self.queued_s - self.played_s

    def flush(self) -> float:
        dropped_s = self.queued_s - self.played_s
        self.flushed_once.set()
        self.paused = False
        self.queued_s = self.played_s = 0.0
        return dropped_s

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def set_gain(self, gain: float) -> None:
        self.gain = gain

    def xruns(self) -> int:
        return 0

    def close(self) -> None:
        pass


class Air:
    """A speaker and a microphone in one room, in which time passes a few times as fast as outside."""

    name = "air"
    _FASTER = 6
    _BLOCK = 320
    _ON_ITS_WAY = 5
    """Blocks that the speaker holds: 0.1 s."""

    def __init__(self, echo: float = 0.0) -> None:
        self.echo = echo
        self.gain = 1.0
        self.played = PlayedSound()
        self.played.begin(16_000)
        self._lock = threading.Lock()
        self._begun_s = time.monotonic()
        self._now_s = 0.0
        self._said = self._queued = np.zeros(0, dtype=np.float32)
        self._held = [np.zeros(self._BLOCK, dtype=np.float32)] * self._ON_ITS_WAY
        self._paused = False
        self._silent = threading.Event()

    def open(self) -> None:
        pass

    def say(self, samples: Samples) -> None:
        """Let somebody speak in the room."""
        with self._lock:
            self._said = np.concatenate((self._said, samples))
            self._silent.clear()

    def wait_until_said(self, timeout_s: float) -> bool:
        """Wait until all of it was heard; tell whether it was."""
        return self._silent.wait(timeout_s)

    def read(self) -> Samples:
        with self._lock:
            heard = []
            while self._now_s < self._FASTER * (time.monotonic() - self._begun_s):
                heard.append(self._pass_time())
            if not len(self._said):
                self._silent.set()
        return np.concatenate(heard) if heard else np.zeros(0, dtype=np.float32)

    def _pass_time(self) -> Samples:
        leaves = np.zeros(self._BLOCK, dtype=np.float32)
        if not self._paused:
            block, self._queued = self._queued[: self._BLOCK], self._queued[self._BLOCK :]
            leaves[: len(block)] = self.gain * block
        self.played.write(leaves, self._now_s + 0.02 * self._ON_ITS_WAY)
        self._held.append(leaves)
        heard: Samples = self.echo * self._held.pop(0)
        said, self._said = self._said[: self._BLOCK], self._said[self._BLOCK :]
        heard[: len(said)] += said
        self._now_s += 0.02
        return heard

    def heard_until_s(self) -> float:
        return self._now_s

    def lost(self) -> int:
        return 0

    def xruns(self) -> int:
        return 0

    def write(self, samples: Samples, sample_rate_hz: int, *, last: bool = False) -> int:
        assert sample_rate_hz == 16_000
        with self._lock:
            self._queued = np.concatenate((self._queued, samples))
        return len(samples)

    def pending_s(self) -> float:
        with self._lock:
            on_its_way = any(block.any() for block in self._held)
            return len(self._queued) / 16_000 + 0.02 * self._ON_ITS_WAY * on_its_way

    def flush(self) -> float:
        with self._lock:
            dropped_s, self._queued = len(self._queued) / 16_000, self._queued[:0]
            self._paused = False
        return dropped_s

    def pause(self) -> None:
        self._paused = True

    def resume(self) -> None:
        self._paused = False

    def set_gain(self, gain: float) -> None:
        self.gain = gain

    def close(self) -> None:
        pass


class FakeVisionEncoder:
    """Takes a picture for its colour, red or green, and knows the words for both."""

    model = "fake-vision"
    space = "fake-space"
    dimensions = 2

    def labels(self, pixels: Pixels, most: int = 5) -> tuple[Label, ...]:
        red, green = self.embed([pixels])[0] ** 2
        both = (Label(name="red", confidence=float(red)), Label(name="green", confidence=float(green)))
        return tuple(sorted(both, key=lambda one: -one.confidence))[:most]

    def embed(self, pictures: Sequence[Pixels]) -> Vectors:
        means = np.array([one.reshape(-1, 3).mean(axis=0)[:2] + 1 for one in pictures]).reshape(-1, 2)
        return self._unit(means)

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        return self._unit(
            np.array([[1 + 9 * ("red" in one), 1 + 9 * ("green" in one)] for one in texts]).reshape(-1, 2)
        )

    def _unit(self, rows: Vectors) -> Vectors:
        unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit


class FakeTextReader:
    """Finds a line wherever there is dark ink on light paper, and reads the same words in it."""

    model = "fake-reader"

    def read(self, pixels: Pixels) -> tuple[TextLine, ...]:
        box = _ink(pixels)
        return () if box is None else (TextLine(text="Opening hours", box=box, confidence=0.9),)


class FakeFaceDetector:
    """Takes every picture larger than a stamp that has colour in it for a face."""

    model = "fake-faces"

    def find(self, pixels: Pixels) -> tuple[Face, ...]:
        height, width = pixels.shape[:2]
        if min(height, width) < 20 or np.ptp(pixels.astype(int), axis=2).max() < 30:
            return ()
        return (Face(box=Box(x=1, y=1, width=width - 2, height=height - 2), confidence=0.9),)


def _ink(pixels: Pixels) -> Box | None:
    rows, columns = np.nonzero(pixels.mean(axis=2) < 100)
    if not len(rows) or len(rows) > 0.5 * pixels.shape[0] * pixels.shape[1]:
        return None
    x, y = float(columns.min()), float(rows.min())
    return Box(x=x, y=y, width=float(np.ptp(columns)) + 1, height=float(np.ptp(rows)) + 1)


class FakePictureOpener:
    """Takes every content for a grey picture, but for ``bad``; its brightness is the first byte."""

    def __init__(self) -> None:
        self.closed = False

    def warm_up(self) -> None:
        pass

    def read_bytes(self, content: bytes, name: str, *, source: SightSource) -> Picture:
        if content == b"bad":
            raise InputError(f"{name} is not a whole picture.")
        return grey(content[0], name, source)

    def close(self) -> None:
        self.closed = True


class FakeEyesight:
    """Sees the name of a picture in it; waits while `blocked` is set."""

    encoder = None

    def __init__(self) -> None:
        self.looked: list[str] = []
        self.may_look = threading.Event()
        self.may_look.set()
        self.vectors: dict[str, Vector] = {}

    def look(self, picture: Picture) -> Sight:
        self.may_look.wait(10)
        self.looked.append(picture.name)
        return Sight(
            picture=picture,
            labels=(Label(name=picture.name, confidence=0.9),),
            lines=(),
            faces=(),
            codes=(),
            look=Look(width_px=8, height_px=8, brightness=0.5, sharpness=0.5, colours=()),
            vector=self.vectors.get(picture.name),
            space="fake" if picture.name in self.vectors else "",
            description=f"It shows a {picture.name} (90 % sure).",
            timings_ms=(),
        )


class FakeCamera:
    """Gives whatever picture was set last."""

    name = "fake camera"

    def __init__(self) -> None:
        self.scene: Picture | None = None
        self.opened = 0
        self.closed = 0
        self.broken = False

    def open(self) -> None:
        if self.broken:
            raise DeviceError("The fake camera cannot be used.")
        self.opened += 1

    def newest(self) -> Picture | None:
        if self.broken:
            raise DeviceError("The fake camera was unplugged.")
        return self.scene

    def close(self) -> None:
        self.closed += 1


def grey(brightness: int, name: str, source: SightSource = "camera", at_s: float = 0.0) -> Picture:
    """Return a grey picture."""
    pixels = np.full((8, 8, 3), brightness, dtype=np.uint8)
    return Picture(pixels=pixels, source=source, name=name, at_s=at_s)
