"""What keeping adds to a turn: the same turns with a memory that writes and with one that does not.

Models are stand-ins that answer at once, so that milliseconds can be seen which a real model's spread would hide. The
question is embedded, recalled, answered and handed to the voice as ever; meanwhile the keeper embeds and writes the
turn before.
"""

import dataclasses
import itertools
import queue
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mia_desktop.bench.scale import made_up
from mia_desktop.core.commands import AskText
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError
from mia_desktop.core.events import Event, MemoryKept, SpeechReady, StateChanged, TranscriptReady, TurnFinished
from mia_desktop.core.frames import Speech
from mia_desktop.core.items import Message
from mia_desktop.core.memories import ById, Experience
from mia_desktop.engine.assembly import Makers, build
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.speech.recorder import Recorder

PAUSES_S = (0.3, 0.0)
"""Hardly anybody answers sooner than the first; the second is a program that types."""
_PATIENCE_S = 30.0
_ROUNDS = 4
"""Rounds with and without the keeper, in turn: what else the machine does falls on both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What was measured.

    Attributes:
        pause_s: how long the user drew breath between two turns, seconds.
        turns: how many were measured each way.
        first_audio_ms_p50: median time from the words to the first sound, with the keeper, milliseconds.
        first_audio_ms_p95: 95th percentile of it.
        added_ms_p50: how much longer the median was than without, milliseconds; below 0: shorter.
        added_ms_p95: the same of the 95th percentile.
        kept_ms_p50: median time from the end of a turn to its being durable, milliseconds.
    """

    pause_s: float
    turns: int
    first_audio_ms_p50: float
    first_audio_ms_p95: float
    added_ms_p50: float
    added_ms_p95: float
    kept_ms_p50: float


class _Answers:
    """A language model that has one answer."""

    model = "stand-in"
    context_tokens = 100_000

    def count_tokens(self, text: str) -> int:
        return len(text) // 4

    def read(self, messages: Sequence[Message]) -> float:
        return 1.0

    def reply(self, messages: Sequence[Message], most_tokens: int) -> Iterator[str]:
        yield "That is so. "
        yield "I have nothing more to say about it."

    def stop(self) -> None:
        pass


class _Hums:
    """A voice that hums."""

    model = "stand-in"
    language = "en"
    sample_rate_hz = 16_000
    speed = 1.0
    volume = 1.0

    def synthesize(self, text: str, *, soon: bool = False) -> Iterator[Speech]:
        yield Speech(samples=np.zeros(1600, dtype=np.float32), words=((1600, 1.0),))


class _Keepless:
    """A memory that recalls but keeps nothing."""

    def __init__(self, memory: RuledMemory) -> None:
        self._memory = memory

    def remember_all(self, experiences: Sequence[Experience]) -> list[int | None]:
        return [None] * len(experiences)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._memory, name)


def measure(memory: RuledMemory, turns: int, pause_s: float) -> Keeping:
    """Talk `turns` turns with the keeper and as many without; what is kept of them is forgotten again.

    `pause_s` lies between the end of a turn and the next words.
    """
    words = itertools.islice(made_up(seed=11), 2 * turns)
    texts = iter([f"What do you know of {' '.join(one.text.split()[:6])}?" for one in words])
    audio_ms: dict[bool, list[float]] = {True: [], False: []}
    kept_ms: list[float] = []
    ids: set[int] = set()
    for part in range(2 * _ROUNDS):
        keeps = part % 2 == 0
        count = turns // _ROUNDS
        said = list(itertools.islice(texts, count))
        audio, kept, new = _talk(memory if keeps else _Keepless(memory), said, pause_s)
        audio_ms[keeps] += audio
        kept_ms += kept if keeps else []
        ids |= new
    memory.memory.forget(ById(ids=tuple(ids)))
    with_it, without = (np.percentile(audio_ms[keeps], [50, 95]) for keeps in (True, False))
    return Keeping(
        pause_s=pause_s,
        turns=len(audio_ms[True]),
        first_audio_ms_p50=float(with_it[0]),
        first_audio_ms_p95=float(with_it[1]),
        added_ms_p50=float(with_it[0] - without[0]),
        added_ms_p95=float(with_it[1] - without[1]),
        kept_ms_p50=float(np.percentile(kept_ms, 50)),
    )


def _talk(memory: Any, texts: Sequence[str], pause_s: float) -> tuple[list[float], list[float], set[int]]:
    """Return for each of `texts` the time to the first sound and to its being kept, and the ids of what was kept."""
    makers = Makers(
        detector=_nothing,
        encoder=_nothing,
        language=_Answers,
        synthesizer=_Hums,
        memory=lambda: memory,
    )
    events: queue.SimpleQueue[tuple[Event, float]] = queue.SimpleQueue()
    settings = dataclasses.replace(Settings(), lock_asleep=False)
    engine = build(settings, makers, None, Recorder())
    engine.subscribe(lambda event: events.put((event, time.monotonic())))
    engine.start()
    asked_s = ended_s = 0.0
    audio_ms: list[float] = []
    kept_ms: list[float] = []
    ids: set[int] = set()
    waiting, ready = iter(texts), False
    try:
        while len(kept_ms) < len(texts):
            event, at_s = events.get(timeout=_PATIENCE_S)
            begins = isinstance(event, StateChanged) and event.state == "ready" and not ready
            ready = ready or begins
            if isinstance(event, TranscriptReady):
                asked_s = event.at_s
            elif isinstance(event, SpeechReady):
                audio_ms.append(1000 * (event.at_s - asked_s))
            elif isinstance(event, MemoryKept):
                kept_ms.append(1000 * (at_s - ended_s))
                ids |= set(event.ids)
            if isinstance(event, TurnFinished):
                ended_s = at_s
            if (begins or isinstance(event, TurnFinished)) and (text := next(waiting, "")):
                time.sleep(pause_s)
                engine.submit(AskText(text=text))
    except queue.Empty:
        raise ModelError("The engine did not answer for half a minute; the measurement was stopped.") from None
    finally:
        engine.stop()
    return audio_ms, kept_ms, ids


def _nothing() -> Any:
    raise ModelError("This bench hears nothing.")
