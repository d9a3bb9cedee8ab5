"""Did all that she said come out of the speaker? What was recorded there, beside what the synthesizer made."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from mia_desktop.bench.kept_speech import RATE_HZ, Sentence
from mia_desktop.bench.likeness import likeness
from mia_desktop.core.ring import Samples

_EDGE_S = 0.15
"""About a syllable."""
_AUDIBLE = 0.01
"""-40 dB: share of the loudest sample from which on a sentence is heard."""
_FRAME_S = 0.01
_LOUDER_DB = 1.0
_DUCKED_DB = 13.0
"""As low as she may be while somebody might speak."""
_ALIKE = 0.9
"""Correlation from which on two sounds are the same."""
_ALIKE_DUCKED = 0.7
"""The same where the sound grows four times as loud on its way."""
_SURE = 0.97
_NEAR_S = 0.01
_LATEST_S = 10.0
"""How much later than meant the middle of a sentence is looked for; its beginning may come at any time."""
_MOVED_S = 0.005
_LATE_S = 0.03
_STEP = 0.005
"""Change of slope, in the full scale, that nobody hears as a click."""
_BLOCK_S = 0.004
_CLICKS_APART_S = 0.02
_FRACTIONS = np.linspace(-0.5, 0.5, 11)


@dataclass(slots=True, kw_only=True)
class Mouth:
    """What became of all that she said.

    Attributes:
        sentences: how many were looked for.
        edges: beginnings and ends of them.
        edges_lost: those that did not come out, or not as loud as they were made.
        missing_s: seconds of speech between them that did not come out.
        clicks: steps that nobody made.
        gaps_s: how much longer than meant it was silent, or shorter (less than 0), wherever that was so.
    """

    sentences: int = 0
    edges: int = 0
    edges_lost: int = 0
    missing_s: float = 0.0
    clicks: int = 0
    gaps_s: list[float] = field(default_factory=list)

    def add(self, other: "Mouth") -> None:
        """Count another reply."""
        self.sentences += other.sentences
        self.edges += other.edges
        self.edges_lost += other.edges_lost
        self.missing_s += other.missing_s
        self.clicks += other.clicks
        self.gaps_s += other.gaps_s

    def told(self) -> str:
        """Return in words what is wrong."""
        wrong = {
            "edges lost": self.edges_lost,
            "seconds missing": round(self.missing_s, 2),
            "clicks": self.clicks,
            "gaps": len(self.gaps_s),
        }
        return ", ".join(f"{count} {what}" for what, count in wrong.items() if count) or "whole"

    def report(self) -> dict[str, Any]:
        """Return the figures."""
        return {
            "spoken_sentences": self.sentences,
            "spoken_edges": self.edges,
            "spoken_edges_lost": self.edges_lost,
            "spoken_missing_s": round(self.missing_s, 2),
            "spoken_clicks": self.clicks,
            "spoken_gaps": len(self.gaps_s),
            "spoken_longest_gap_s": round(max(self.gaps_s, default=0.0), 3),
        }


class _Place(NamedTuple):
    """Where a sound is in a recording (sample, with a fraction), and how alike they are there (-1 to 1)."""

    at: float
    alike: float


class _Window(NamedTuple):
    """Part of a sentence from sample `start` on, and where it came out; None: it did not, or cannot be told."""

    start: int
    samples: Samples
    place: _Place | None


def compare(said: Sequence[Sentence], recorded: Samples, *, ducked: bool = False, cut: bool = False) -> Mouth:
    """Look for what was said in what was recorded at the speaker, from before it began to after it ended.

    Args:
        said: one reply.
        recorded: float32, shape (n,), `RATE_HZ`.
        ducked: somebody made a noise meanwhile, so that she may have been soft or silent for a moment.
        cut: she was interrupted; only the beginning had to come out.
    """
    mouth, envelope = Mouth(), np.zeros(len(recorded) // _samples(_BLOCK_S) + 2, dtype=np.float32)
    end, pause_s = 0.0, None
    for number, sentence in enumerate(said):
        windows = list(_followed(sentence.samples, recorded, end))
        _allow(windows, envelope)
        if cut and number > 0:
            continue
        mouth.sentences += 1
        edges = _edges(sentence.samples)[: 1 if cut else 2]
        mouth.edges += len(edges)
        mouth.edges_lost += sum(not _came_out(edge, windows, recorded, ducked=ducked) for edge in edges)
        if cut:
            continue
        mouth.missing_s += sum(len(one.samples) / RATE_HZ for one in windows if _is_missing(one, sentence.samples))
        begins = _begins(windows)
        moved_s = [float(one) / RATE_HZ for one in np.diff(begins) if abs(one) > _samples(_MOVED_S)]
        if begins and pause_s is not None:
            late_s = (begins[0] - end) / RATE_HZ - pause_s
            moved_s += [late_s] if late_s > _LATE_S or late_s < -_MOVED_S else []
        if not ducked:
            mouth.gaps_s += moved_s
        end = begins[-1] + len(sentence.samples) if begins else end
        pause_s = sentence.pause_s if begins else None
    mouth.clicks = _clicks(recorded, envelope)
    return mouth


def _followed(samples: Samples, recorded: Samples, end: float) -> Iterator[_Window]:
    """Yield the windows of a sentence, each looked for where the one before it ends, and then later."""
    size, before = _samples(_EDGE_S), None
    starts = [*range(0, max(1, len(samples) - size), size)]
    if len(samples) > size:
        starts.append(len(samples) - size)
    for start in starts:
        window = samples[start : start + size]
        place = None
        if not _is_quiet(window, samples):
            if before is not None:
                at = before + start
                place = _find(window, recorded, at - _samples(_NEAR_S), at + _samples(_NEAR_S))
            if place is None or place.alike < _SURE:
                soonest = (end if before is None else before + start) - _samples(_NEAR_S)
                latest = len(recorded) if before is None else soonest + _samples(_LATEST_S)
                later = _find(window, recorded, soonest, latest)
                if later is not None and (place is None or later.alike > place.alike + 0.01):
                    place = later
            if place is not None and place.alike < _ALIKE:
                place = None
        if place is not None:
            before = place.at - start
        yield _Window(start, window, place)


def _find(sound: Samples, recorded: Samples, soonest: float, latest: float) -> _Place | None:
    """Return where `sound` is in `recorded` between two places of its first sample, by normalised cross-correlation."""
    begin = max(0, int(soonest))
    within = recorded[begin : int(latest) + len(sound) + 1]
    alike = likeness(within, sound)
    if not len(alike):
        return None
    best = int(np.argmax(alike))
    there, sought = within[best : best + len(sound)].astype(np.float64), sound.astype(np.float64)
    # Between two samples: a hiss that is half a sample off is hardly alike.
    spectrum, waves = np.fft.rfft(sought), np.fft.rfftfreq(len(sought))
    shifted = [np.fft.irfft(spectrum * np.exp(-2j * np.pi * waves * one), len(sought)) for one in _FRACTIONS]
    norm = np.linalg.norm(there) * np.linalg.norm(sought) + 1e-9
    exact = [float(there @ one / norm) for one in shifted]
    return _Place(begin + best + float(_FRACTIONS[int(np.argmax(exact))]), max(exact))


def _edges(samples: Samples) -> list[tuple[int, int]]:
    """Return from where to where the first and the last syllable's length of what is audible lie."""
    level = np.abs(samples)
    audible = np.flatnonzero(level > _AUDIBLE * level.max(initial=0.0))
    if not len(audible):
        return []
    begin, end, edge = int(audible[0]), int(audible[-1]) + 1, _samples(_EDGE_S)
    return [(begin, min(begin + edge, end)), (max(begin, end - edge), end)]


def _came_out(edge: tuple[int, int], windows: Sequence[_Window], recorded: Samples, *, ducked: bool) -> bool:
    """Tell whether each audible hundredth of a second of an edge was recorded, as loud as it was made."""
    begin, end = edge
    whole = np.zeros(windows[-1].start + len(windows[-1].samples), dtype=np.float32)
    for one in windows:
        whole[one.start : one.start + len(one.samples)] = one.samples
    sound = whole[begin:end]
    beside = [
        one for one in windows if one.place is not None and one.start < end and one.start + len(one.samples) > begin
    ]
    for one in beside:
        assert one.place is not None
        at = one.place.at - one.start + begin
        place = _find(sound, recorded, at - _samples(_NEAR_S), at + _samples(_NEAR_S))
        if place is not None and place.alike >= (_ALIKE_DUCKED if ducked else _ALIKE):
            return _as_loud(sound, recorded, place.at, ducked=ducked)
    return False


def _as_loud(made: Samples, recorded: Samples, at: float, *, ducked: bool) -> bool:
    """Tell whether each hundredth of a second is as loud in what was recorded from sample `at` on.

    That is between two samples, of which one may catch the first of a burst and the other not: the level of what was
    made has to lie between theirs, or near one of them.
    """
    places = [one for one in (math.floor(at), math.ceil(at)) if 0 <= one <= len(recorded) - len(made)]
    levels = [_levels(recorded[one : one + len(made)]) for one in places]
    loud = _levels(made)
    audible = loud > _AUDIBLE * loud.max()
    change_db = 20 * np.log10((np.stack(levels)[:, audible] + 1e-9) / loud[audible])
    least_db = -_DUCKED_DB if ducked else -_LOUDER_DB
    return bool(((change_db.max(axis=0) >= least_db) & (change_db.min(axis=0) <= _LOUDER_DB)).all())


def _levels(samples: Samples) -> Samples:
    size = _samples(_FRAME_S)
    count = max(1, len(samples) // size)
    levels: Samples = np.sqrt(np.mean(np.square(samples[: count * size].reshape(count, -1)), axis=1))
    return levels


def _is_quiet(window: Samples, sentence: Samples) -> bool:
    return float(np.abs(window).max(initial=0.0)) <= _AUDIBLE * float(np.abs(sentence).max(initial=0.0)) + 1e-6


def _is_missing(window: _Window, sentence: Samples) -> bool:
    return window.place is None and not _is_quiet(window.samples, sentence)


def _begins(windows: Sequence[_Window]) -> list[float]:
    """Return where the sentence begins, as each window tells that was found."""
    return [one.place.at - one.start for one in windows if one.place is not None]


def _allow(windows: Sequence[_Window], envelope: Samples) -> None:
    """Raise `envelope`, for each block, to the greatest change of slope that the windows have about there.

    A window that was not found may be where the one before it or the one after it tells.
    """
    size = _samples(_BLOCK_S)
    for number, one in enumerate(windows):
        known = [one] if one.place is not None else _beside(windows, number)
        slope = _bends(one.samples)
        for other in known:
            assert other.place is not None
            at = round(other.place.at) - other.start + one.start
            for start in range(0, len(slope), size):
                block = (at + start) // size
                greatest = float(slope[start : start + size].max())
                for near in (block - 1, block, block + 1, block + 2):
                    if 0 <= near < len(envelope):
                        envelope[near] = max(envelope[near], greatest)


def _beside(windows: Sequence[_Window], number: int) -> list[_Window]:
    before = next((one for one in reversed(windows[:number]) if one.place is not None), None)
    after = next((one for one in windows[number + 1 :] if one.place is not None), None)
    return [one for one in (before, after) if one is not None]


def _clicks(recorded: Samples, envelope: Samples) -> int:
    """Return at how many places the slope changes more than anything that was said."""
    bends = _bends(recorded)
    allowed = np.repeat(envelope, _samples(_BLOCK_S))[: len(bends)]
    places = np.flatnonzero(bends > 2 * allowed + _STEP)
    return int(len(places) > 0) + int((np.diff(places) > _samples(_CLICKS_APART_S)).sum())


def _bends(samples: Samples) -> Samples:
    bends: Samples = np.abs(np.diff(samples, n=2, prepend=0.0, append=0.0))
    return bends


def _samples(seconds: float) -> int:
    return round(seconds * RATE_HZ)
