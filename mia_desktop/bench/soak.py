"""A long conversation: does anything grow, get lost or get stuck?"""

import itertools
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mia_desktop.bench.clips import Clip
from mia_desktop.bench.voice import Models, Talk, Tell
from mia_desktop.bench.word_error import normal_words
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError
from mia_desktop.monitor.resources import rss_bytes

_TURNS_IN_A_CONVERSATION = 20
_SETTLED = 0.2
"""Share of the time after which memory should not grow any more."""


@dataclass(slots=True, kw_only=True)
class Course:
    """What became of a conversation so far.

    Attributes:
        turns: questions that were asked.
        lost: those that got no answer.
        edge_words_lost: those whose first or last word was not heard, though a plain reading has it.
        stuck: those after which she was not ready again.
        state: the state after the last one.
        threads: how many there were at the beginning.
        rss_mb: resident memory after each turn.
    """

    turns: int = 0
    lost: int = 0
    edge_words_lost: int = 0
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
            "edge_words_lost": self.edge_words_lost,
            "stuck": self.stuck,
            "state": self.state,
            "threads_grown": threading.active_count() - self.threads,
            "rss_mb_settled": round(settled[0]),
            "rss_mb_end": round(settled[-1]),
            "rss_growth": round(settled[-1] / max(settled[0], 1.0) - 1, 4),
            "rss_mb_per_100_turns": round(100 * slope, 2),
        }


def soak(settings: Settings, models: Models, clips: Sequence[Clip], minutes: float, tell: Tell) -> dict[str, Any]:
    """Talk for so many minutes, by key and hands-free in turn; return what became of it, also when interrupted."""
    plain = {one.name: _edges(models.encoder.transcribe_plainly(one.samples, "en").text) for one in clips}
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
                _ask(talk, clip, plain[clip.name], course, tell, hands_free=hands_free)
                tell(f"turn {course.turns}, {course.lost} lost, {course.stuck} stuck, {course.rss_mb[-1]:.0f} MB")
        except KeyboardInterrupt:
            interrupted = True
        result = course.report()
    return {"minutes": round((time.monotonic() - begun_s) / 60, 1), "interrupted": interrupted, **result}


def _ask(talk: Talk, clip: Clip, plain: tuple[str, str], course: Course, tell: Tell, *, hands_free: bool) -> None:
    """Ask one question and note what became of it."""
    try:
        answered = talk.hands_free(clip) if hands_free else talk.by_key(clip)
        course.lost += not answered.reply
        wanted, heard = _edges(clip.words), _edges(answered.text)
        if any(w == p != h for w, p, h in zip(wanted, plain, heard, strict=True)):
            course.edge_words_lost += 1
            tell(f"{clip.name}: said {clip.words!r}, heard {answered.text!r}")
    except ModelError:
        course.lost += 1
    course.turns += 1
    course.state = talk.state
    course.stuck += course.state != "ready"
    course.rss_mb.append(rss_bytes() / 1e6)


def _edges(text: str | None) -> tuple[str, str]:
    """Return the first and the last word, so that a lost syllable shows."""
    said = normal_words(text or "") or [""]
    return said[0], said[-1]
