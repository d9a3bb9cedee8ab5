"""A long conversation: does anything grow, get lost or get stuck?"""

import itertools
import threading
import time
from collections.abc import Sequence
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


def soak(settings: Settings, models: Models, clips: Sequence[Clip], minutes: float, tell: Tell) -> dict[str, Any]:
    """Talk for so many minutes, by key and hands-free in turn; return what became of it."""
    rss_mb: list[float] = []
    turns = lost = edges_lost = 0
    plain = {one.name: _edges(models.encoder.transcribe_plainly(one.samples, "en").text) for one in clips}
    end_s = time.monotonic() + 60 * minutes
    with Talk(settings, models) as talk:
        threads = threading.active_count()
        for number, clip in enumerate(itertools.cycle(clips)):
            if time.monotonic() > end_s:
                break
            hands_free = number // _TURNS_IN_A_CONVERSATION % 2 == 1
            if number % _TURNS_IN_A_CONVERSATION == 0:
                talk.begin(hands_free=hands_free)
            turns += 1
            try:
                answered = talk.hands_free(clip) if hands_free else talk.by_key(clip)
                lost += not answered.reply
                wanted, heard = _edges(clip.words), _edges(answered.text)
                edges_lost += any(w == p != h for w, p, h in zip(wanted, plain[clip.name], heard, strict=True))
            except ModelError:
                lost += 1
            rss_mb.append(rss_bytes() / 1e6)
            tell(f"turn {turns}, {lost} lost, {rss_mb[-1]:.0f} MB")
        state, threads_after = talk.state, threading.active_count()
    settled = rss_mb[int(len(rss_mb) * _SETTLED) :]
    slope = float(np.polyfit(np.arange(len(settled)), settled, 1)[0]) if len(settled) > 1 else 0.0
    return {
        "minutes": minutes,
        "turns": turns,
        "lost": lost,
        "edge_words_lost": edges_lost,
        "state": state,
        "threads_grown": threads_after - threads,
        "rss_mb_settled": round(settled[0]),
        "rss_mb_end": round(settled[-1]),
        "rss_growth": round(settled[-1] / settled[0] - 1, 4),
        "rss_mb_per_100_turns": round(100 * slope, 2),
    }


def _edges(text: str | None) -> tuple[str, str]:
    """Return the first and the last word, so that a lost syllable shows."""
    said = normal_words(text or "") or [""]
    return said[0], said[-1]
