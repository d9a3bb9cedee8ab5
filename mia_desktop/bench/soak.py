"""A long conversation: does anything grow, get lost or get stuck?"""

import dataclasses
import itertools
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mia_desktop.bench.clips import Clip
from mia_desktop.bench.likeness import likeness
from mia_desktop.bench.voice import Models, Talk, Tell
from mia_desktop.bench.word_error import normal_words
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError
from mia_desktop.core.items import Hearing
from mia_desktop.core.ports import HEARING_RATE_HZ, AudioEncoder, EchoCanceller
from mia_desktop.core.ring import Samples
from mia_desktop.monitor.resources import rss_bytes
from mia_desktop.senses.echo import echo_canceller
from mia_desktop.speech.recorder import Recorder

_TURNS_IN_A_CONVERSATION = 20
_SETTLED = 0.2
"""Share of the time after which memory should not grow any more."""
_EDGE_S = 0.15
"""About a syllable."""
_AUDIBLE = 0.03
"""-30 dB: share of the loudest stretch of a clip from which on a stretch is speech."""
_STRETCH_S = 0.02
_ALIKE = 0.95
"""Correlation from which on a stretch of sound is the same one; what was all there is at 0.99 and more."""
_AROUND = np.zeros(HEARING_RATE_HZ // 2, dtype=np.float32)


@dataclass(slots=True, kw_only=True)
class Course:
    """What became of a conversation so far.

    Attributes:
        turns: questions that were asked.
        lost: those that got no answer.
        edge_sounds_lost: those of which the beginning or the end never reached the recogniser.
        edge_words_lost: those whose first or last word was misheard, though a plain reading has it.
        edge_words_lost_plain: those where it is the other way round.
        stuck: those after which she was not ready again.
        state: the state after the last one.
        threads: how many there were at the beginning.
        rss_mb: resident memory after each turn.
    """

    turns: int = 0
    lost: int = 0
    edge_sounds_lost: int = 0
    edge_words_lost: int = 0
    edge_words_lost_plain: int = 0
    stuck: int = 0
    state: str = ""
    threads: int = 0
    rss_mb: list[float] = field(default_factory=list)

    def report(self) -> dict[str, Any]:
        """Return the figures; memory is told once it should not grow any more."""
        settled = self.rss_mb[int(len(self.rss_mb) * _SETTLED) :] or [0.0]
        slope = float(np.polyfit(np.arange(len(settled)), settled, 1)[0]) if len(settled) > 1 else 0.0
        return {
            "turns": self.turns,
            "lost": self.lost,
            "edge_sounds_lost": self.edge_sounds_lost,
            "edge_words_lost": self.edge_words_lost,
            "edge_words_lost_plain": self.edge_words_lost_plain,
            "stuck": self.stuck,
            "state": self.state,
            "threads_grown": threading.active_count() - self.threads,
            "rss_mb_settled": round(settled[0]),
            "rss_mb_end": round(settled[-1]),
            "rss_growth": round(settled[-1] / max(settled[0], 1.0) - 1, 4),
            "rss_mb_per_100_turns": round(100 * slope, 2),
        }


class _Kept:
    """An AudioEncoder that keeps what it was given to read since the turn began."""

    def __init__(self, encoder: AudioEncoder) -> None:
        self._encoder = encoder
        self.model = encoder.model
        self.given: list[Samples] = []

    def transcribe(self, samples: Samples, language: str | None, *, quick: bool = False) -> Hearing:
        """Keep and read them."""
        self.given.append(samples)
        return self._encoder.transcribe(samples, language, quick=quick)

    def had(self, sound: Samples) -> bool:
        """Tell whether `sound` was in something that was read."""
        return any(has(samples, sound) for samples in self.given)


def soak(settings: Settings, models: Models, clips: Sequence[Clip], minutes: float, tell: Tell) -> dict[str, Any]:
    """Talk for so many minutes, by key and hands-free in turn; return what became of it, also when interrupted."""
    plain = {one.name: _edges(models.encoder.transcribe_plainly(one.samples, "en").text) for one in clips}
    canceller = echo_canceller(on=settings.echo_canceller, played=Recorder().played)
    sounds = {one.name: ends(one.samples, canceller) for one in clips}
    kept = _Kept(models.encoder)
    models = dataclasses.replace(models, makers=dataclasses.replace(models.makers, encoder=lambda: kept))
    course, begun_s, interrupted = Course(), time.monotonic(), False
    with Talk(settings, models) as talk:
        course.threads = threading.active_count()
        try:
            for number, clip in enumerate(itertools.cycle(clips)):
                if time.monotonic() > begun_s + 60 * minutes:
                    break
                hands_free = number // _TURNS_IN_A_CONVERSATION % 2 == 1
                if number % _TURNS_IN_A_CONVERSATION == 0:
                    talk.begin(hands_free=hands_free)
                kept.given.clear()
                missed = _ask(talk, clip, plain[clip.name], course, hands_free=hands_free)
                if not all(kept.had(sound) for sound in sounds[clip.name]):
                    course.edge_sounds_lost += 1
                    missed.append("its beginning or its end was not listened to")
                for what in missed:
                    tell(f"{clip.name}: {what}")
                tell(f"turn {course.turns}, {course.lost} lost, {course.stuck} stuck, {course.rss_mb[-1]:.0f} MB")
        except KeyboardInterrupt:
            interrupted = True
        result = course.report()
    return {"minutes": round((time.monotonic() - begun_s) / 60, 1), "interrupted": interrupted, **result}


def _ask(talk: Talk, clip: Clip, plain: tuple[str, str], course: Course, *, hands_free: bool) -> list[str]:
    """Ask one question, note what became of it and return what was missed."""
    missed: list[str] = []
    try:
        answered = talk.hands_free(clip) if hands_free else talk.by_key(clip)
        course.lost += not answered.reply
        wanted, heard = _edges(clip.words), _edges(answered.text)
        if any(w == p != h for w, p, h in zip(wanted, plain, heard, strict=True)):
            course.edge_words_lost += 1
            missed.append(f"said {clip.words!r}, understood {answered.text!r}")
        course.edge_words_lost_plain += any(w == h != p for w, p, h in zip(wanted, plain, heard, strict=True))
    except ModelError:
        course.lost += 1
    course.turns += 1
    course.state = talk.state
    course.stuck += course.state != "ready"
    course.rss_mb.append(rss_bytes() / 1e6)
    return missed


def ends(samples: Samples, canceller: EchoCanceller) -> tuple[Samples, Samples]:
    """Return the first and the last syllable's length of the speech in a clean recording, as a recogniser gets them.

    The canceller takes out no echo here, but its high-pass filter turns the phases of what is low, and it is late.
    """
    size, edge = int(_STRETCH_S * HEARING_RATE_HZ), int(_EDGE_S * HEARING_RATE_HZ)
    stretches = samples[: len(samples) // size * size].reshape(-1, size)
    loudness = np.sqrt(np.mean(np.square(stretches), axis=1))
    audible = np.flatnonzero(loudness >= _AUDIBLE * loudness.max())
    begin, end = int(audible[0]) * size, int(audible[-1] + 1) * size
    canceller.reset()
    heard = canceller.clean(np.concatenate((_AROUND, samples, _AROUND)), 0.0).samples
    late = int(np.argmax(likeness(heard, samples)))
    return heard[late + begin :][:edge], heard[late + max(0, end - edge) : late + end]


def has(samples: Samples, sound: Samples) -> bool:
    """Tell whether the whole of `sound` is somewhere in `samples`."""
    return bool((likeness(samples, sound) > _ALIKE).any())


def _edges(text: str | None) -> tuple[str, str]:
    """Return the first and the last word, so that a lost syllable shows."""
    said = normal_words(text or "") or [""]
    return said[0], said[-1]
