"""How often a pause for thought is taken for the end of a turn, and how long the real end takes to be seen.

A clip is one turn. Each silence inside it is a pause that must not end it; its last voiced block is the real end. The
blocks go through the same `Endpoint` as in the engine; what judging costs in time is measured and added to the delay.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from mia_desktop.bench.clips import Clip
from mia_desktop.core.ports import HEARING_RATE_HZ, Synthesizer, VoiceDetector
from mia_desktop.core.ring import Samples
from mia_desktop.perception.endpoint import Endpoint, EndpointRule

Judge = Callable[[Samples], float]
"""Gives the probability (0 to 1) that the turn in these samples is complete."""

_PAUSE_S = 0.2
"""Shorter silences are part of fluent speech: stops and the like."""
_TAIL_S = 3.0

HESITANT = (
    ("What is the capital of", "France?"),
    ("I would like to know who", "wrote Hamlet."),
    ("Could you remind me to call my", "brother tomorrow?"),
    ("How many grams are there in", "two pounds?"),
    ("Tell me a story about a lighthouse and", "a letter in a bottle."),
    ("If a train leaves at nine fifteen, then", "when does it arrive?"),
    ("My name is", "Anna."),
    ("Is the", "museum open on Sundays?"),
)
"""Questions broken where somebody might stop to think."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointFigures:
    """What was measured.

    Attributes:
        pauses: silences inside turns.
        cut: those that ended the turn.
        ends: real ends of turns.
        delay_p50_s: from the last voiced block to the decision, median, seconds.
        delay_p95_s: the same, 95th percentile, seconds.
        judging_p50_ms: time that one judgement took, median, milliseconds; 0 without a judge.
    """

    pauses: int
    cut: int
    ends: int
    delay_p50_s: float
    delay_p95_s: float
    judging_p50_ms: float

    @property
    def false_cut_offs(self) -> float:
        """Share of pauses that ended the turn, 0 to 1."""
        return self.cut / max(1, self.pauses)


def hesitant(synthesizer: Synthesizer, seed: int) -> list[Clip]:
    """Return turns with a pause of 0.5 to 1.5 s at the place where the speaker thinks."""
    import soxr

    chance = np.random.default_rng(seed)
    clips: list[Clip] = []
    for number, halves in enumerate(HESITANT, 1):
        spoken = [np.concatenate([part.samples for part in synthesizer.synthesize(half)]) for half in halves]
        first, second = (soxr.resample(one, synthesizer.sample_rate_hz, HEARING_RATE_HZ) for one in spoken)
        pause = np.zeros(int(chance.uniform(0.5, 1.5) * HEARING_RATE_HZ), dtype=np.float32)
        samples = np.clip(np.concatenate((first, pause, second)), -1.0, 1.0).astype(np.float32)
        clips.append(Clip(name=f"hesitant-{number}", samples=samples, words=" ".join(halves)))
    return clips


def measure(
    clips: Iterable[Clip], rule: EndpointRule, detector: VoiceDetector, judge: Judge | None = None
) -> EndpointFigures:
    """Hear each clip as one turn; without a judge, silence alone decides."""
    pauses, cut = 0, 0
    delays_s: list[float] = []
    judging_s: list[float] = []
    for clip in clips:
        voiced, samples = _voiced(clip, rule, detector)
        inside = _silences_s(voiced, detector.block_samples)
        ended = _ends(samples, voiced, rule, detector.block_samples, judge, judging_s)
        pauses += len(inside)
        cut += sum(block in ended for block in inside)
        last = int(np.flatnonzero(voiced)[-1]) if voiced.any() else -1
        if last in ended:
            delays_s.append(ended[last])
    p50, p95 = np.quantile(delays_s, (0.5, 0.95)) if delays_s else (0.0, 0.0)
    return EndpointFigures(
        pauses=pauses,
        cut=cut,
        ends=len(delays_s),
        delay_p50_s=round(float(p50), 3),
        delay_p95_s=round(float(p95), 3),
        judging_p50_ms=round(1000 * float(np.median(judging_s)), 1) if judging_s else 0.0,
    )


def _voiced(clip: Clip, rule: EndpointRule, detector: VoiceDetector) -> tuple[np.ndarray, Samples]:
    """Return which blocks are voiced, and the samples with the quietest stretch of the clip repeated after them."""
    size = detector.block_samples
    frames = clip.samples[: len(clip.samples) // 320 * 320].reshape(-1, 320)
    quiet = float(np.sqrt(np.mean(np.square(frames), axis=1)).min(initial=1e-3))
    tail = np.random.default_rng(0).standard_normal(int(_TAIL_S * HEARING_RATE_HZ)).astype(np.float32) * quiet
    samples = np.concatenate((clip.samples, tail))
    detector.reset()
    blocks = range(0, len(samples) - size + 1, size)
    return np.array([detector.probability(samples[i : i + size]) >= rule.voiced_probability for i in blocks]), samples


def _silences_s(voiced: np.ndarray, size: int) -> list[int]:
    """Return the last voiced block before each silence inside the turn."""
    places = np.flatnonzero(voiced)
    gap_s = (np.diff(places) - 1) * size / HEARING_RATE_HZ
    return [int(place) for place, silent_s in zip(places[:-1], gap_s, strict=True) if silent_s >= _PAUSE_S]


def _ends(
    samples: Samples, voiced: np.ndarray, rule: EndpointRule, size: int, judge: Judge | None, judging_s: list[float]
) -> dict[int, float]:
    """Return the delay of each end that was decided, seconds, by the last voiced block before it."""
    endpoint, last, begun = Endpoint(), -1, 0
    ended: dict[int, float] = {}
    for block, is_voiced in enumerate(voiced):
        last = block if is_voiced else last
        endpoint, verdict = endpoint.hear(rule, float(is_voiced), size / HEARING_RATE_HZ)
        delay_s = (block - last) * size / HEARING_RATE_HZ
        if verdict == "started":
            begun = max(0, block - HEARING_RATE_HZ // 2 // size)
        elif verdict == "pause" and judge is not None:
            started_s = time.perf_counter()
            completeness = judge(samples[begun * size : (block + 1) * size])
            judging_s.append(time.perf_counter() - started_s)
            endpoint, verdict = endpoint.judge(rule, completeness)
            delay_s += judging_s[-1]
        if verdict == "ended":
            ended[last] = delay_s
    return ended
