"""How fast memory is when it holds a lot."""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final

import numpy as np

from mia_desktop.core.memories import Experience
from mia_desktop.core.ports import Database, Embedder, Vectors
from mia_desktop.memory.memory import Memory

MADE_UP: Final = "made-up"
"""The model that vectors are tagged with which no model made."""
_RECALLS: Final = 200
_HYDRATION_S: Final = 600.0
_START: Final = datetime(2024, 1, 1, 9, tzinfo=UTC)
_VOCABULARY: Final = 30_000
_HIDDEN: Final = 64
"""Directions in which made-up vectors differ; those of real texts do not fill all dimensions either."""
_TURN_WORDS: Final = 22
_CONVERSATION_TURNS: Final = 25
_SYLLABLES: Final = [first + second for first in "bdfgklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "or")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleResult:
    """What was measured with one number of memories.

    Attributes:
        memories: how many there were.
        write_per_s: memories written a second, without the time to embed them; None: they were there already.
        vault_bytes: size of the vault's files once it is locked; None: it is no vault.
        lock_s: time to lock the vault, seconds.
        unlock_s: time to unlock it, passphrase included, seconds.
        open_s: from the open vault to a memory that can be asked, seconds.
        first_answer_s: from the open vault to the first answer, seconds.
        first_answer_cpu_s: processor time of that, all threads, seconds: what it costs on a machine with other work.
        recall_p50_ms: median time of a recall, all parts fused, exact search, milliseconds.
        recall_p95_ms: 95th percentile of it, milliseconds.
        recall_cpu_ms: mean processor time of it, all threads, milliseconds: what it costs on a machine with other work.
        hydration_s: time until Chroma held all vectors and was checked, seconds; None: not measured.
        parity: share of exact search's first ten that Chroma finds; None: not measured.
        live_p50_ms: median time of a recall with Chroma, milliseconds; None: it was not used.
        live_p95_ms: 95th percentile of it, milliseconds.
        add_to_found_ms: from an experience to its being found, milliseconds.
        peak_rss_bytes: the most that the process has held, bytes.
    """

    memories: int
    write_per_s: float | None
    vault_bytes: int | None
    lock_s: float
    unlock_s: float
    open_s: float
    first_answer_s: float
    first_answer_cpu_s: float
    recall_p50_ms: float
    recall_p95_ms: float
    recall_cpu_ms: float
    hydration_s: float | None
    parity: float | None
    live_p50_ms: float | None
    live_p95_ms: float | None
    add_to_found_ms: float
    peak_rss_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the memories lie.

    Attributes:
        make: makes an empty database, or opens the one that was kept.
        lock: locks it.
        reopen: opens it again.
        size: gives the bytes of its files; None: it has none.
    """

    make: Callable[[], Database]
    reopen: Callable[[], Database]
    lock: Callable[[], None] = lambda: None
    size: Callable[[], int | None] = lambda: None


class BulkEmbedder:
    """Gives made-up memories made-up vectors: a hundred thousand real ones take a quarter of an hour.

    A single text gets its real vector from `real`, so that a recall costs what it costs.
    """

    def __init__(self, real: Embedder | None, dimensions: int = 384) -> None:
        self._real = real
        self._chance = np.random.default_rng(7)
        dimensions = real.dimensions if real else dimensions
        self._spread = self._chance.standard_normal((_HIDDEN, dimensions)).astype(np.float32) / np.sqrt(_HIDDEN)
        self.model = MADE_UP
        self.dimensions = dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors."""
        if self._real is not None and len(texts) == 1:
            return self._real.embed(texts)
        hidden = self._chance.standard_normal((len(texts), _HIDDEN)).astype(np.float32)
        noise = self._chance.standard_normal((len(texts), self.dimensions)).astype(np.float32)
        vectors = hidden @ self._spread + 0.3 * noise
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


class Renamed:
    """The real embedding model, for a vault whose vectors were made up."""

    model = MADE_UP

    def __init__(self, real: Embedder) -> None:
        self._real = real

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return self._real.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors."""
        return self._real.embed(texts)


def made_up(seed: int = 7) -> Iterator[Experience]:
    """Yield turns of two people for ever: 25 turns a conversation, three conversations a day.

    The words' frequencies follow Zipf and Mandelbrot, without the most frequent ones, which would be stop words: the
    commonest stands in an eighth of the turns.
    """
    chance = np.random.default_rng(seed)
    frequency = 1 / (np.arange(_VOCABULARY) + 20)
    frequency /= frequency.sum()
    number = 0
    while True:
        for word_ids in chance.choice(_VOCABULARY, size=(1000, _TURN_WORDS), p=frequency):
            conversation, turn = divmod(number, _CONVERSATION_TURNS)
            yield Experience(
                text=" ".join(_word(int(one)) for one in word_ids) + ("?" if number % 5 == 0 else "."),
                at=_START + timedelta(hours=8 * conversation, seconds=20 * turn),
                speaker=("Anna", "Ben")[number % 2],
                conversation=f"made-up/{conversation}",
            )
            number += 1


def measure(place: Place, count: int, real: Embedder | None, live: bool = False) -> ScaleResult:
    """Fill the database of `place` up to `count` memories, open it again, and ask.

    `live`: fill Chroma as well, and ask again with it.
    """
    embedder = BulkEmbedder(real)
    experiences = list(islice(made_up(), count))
    write_per_s = _filled(Memory(place.make(), embedder), experiences)
    began = time.perf_counter()
    place.lock()
    lock_s = time.perf_counter() - began
    vault_bytes = place.size()
    began = time.perf_counter()
    database = place.reopen()
    unlock_s = time.perf_counter() - began
    began, cpu_began = time.perf_counter(), time.process_time()
    memory = Memory(database, embedder)
    open_s = time.perf_counter() - began
    now = experiences[-1].at + timedelta(days=1)
    memory.recall(_question(experiences, 0), now)
    first_s, first_cpu_s = time.perf_counter() - began, time.process_time() - cpu_began
    exact_ms, cpu_ms = _times(memory, experiences, now)
    began = time.perf_counter()
    added = memory.remember(Experience(text="The quince tree blossoms.", at=now, speaker="Anna"))
    hits = memory.recall("What about the quince tree?", now)
    found_s = time.perf_counter() - began
    assert added in [hit.memory.id for hit in hits]
    hydration_s = parity = None
    live_ms: list[float] = []
    if live:
        began = time.perf_counter()
        memory.go_live()
        hydration_s = time.perf_counter() - began if memory.settled(_HYDRATION_S) else None
        parity = memory.parity()
        if memory.stats().index == "chroma":
            live_ms, _ = _times(memory, experiences, now)
        memory.close()
    return ScaleResult(
        memories=count,
        write_per_s=write_per_s,
        vault_bytes=vault_bytes,
        lock_s=lock_s,
        unlock_s=unlock_s,
        open_s=open_s,
        first_answer_s=first_s,
        first_answer_cpu_s=first_cpu_s,
        recall_p50_ms=float(np.percentile(exact_ms, 50)),
        recall_p95_ms=float(np.percentile(exact_ms, 95)),
        recall_cpu_ms=cpu_ms,
        hydration_s=hydration_s,
        parity=parity,
        live_p50_ms=float(np.percentile(live_ms, 50)) if live_ms else None,
        live_p95_ms=float(np.percentile(live_ms, 95)) if live_ms else None,
        add_to_found_ms=1000 * found_s,
        peak_rss_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    )


def _filled(memory: Memory, experiences: Sequence[Experience]) -> float | None:
    """Write those of `experiences` that are not there yet; return how many a second, None when all were there."""
    there = memory.stats().memories
    if there >= len(experiences):
        return None
    began = time.perf_counter()
    memory.remember_all(experiences[there:])
    return (len(experiences) - there) / (time.perf_counter() - began)


def _times(memory: Memory, experiences: Sequence[Experience], now: datetime) -> tuple[list[float], float]:
    """Return the time of each of 200 recalls and the mean processor time of one, milliseconds."""
    times = []
    cpu_began = time.process_time()
    for number in range(1, _RECALLS + 1):
        question = _question(experiences, number)
        began = time.perf_counter()
        memory.recall(question, now)
        times.append(1000 * (time.perf_counter() - began))
    return times, 1000 * (time.process_time() - cpu_began) / _RECALLS


def _question(experiences: Sequence[Experience], number: int) -> str:
    """Ask with six words of a turn, in one of three shapes."""
    about = experiences[(number * 7919) % len(experiences)]
    words = about.text.rstrip("?.").split()[number % 8 : number % 8 + 6]
    return (
        f"When did {about.speaker} talk about {' '.join(words)}?",
        f"What was {' '.join(words)} two weeks ago?",
        f"What do you know of {' '.join(words)}?",
    )[number % 3]


def _word(number: int) -> str:
    first, rest = number % len(_SYLLABLES), number // len(_SYLLABLES)
    return (
        _SYLLABLES[first]
        + _SYLLABLES[rest % len(_SYLLABLES)]
        + (_SYLLABLES[rest // len(_SYLLABLES)] if rest > 97 else "")
    )
