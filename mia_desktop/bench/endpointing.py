"""How often a pause for thought is taken for the end of a turn, and how long the real end takes to be seen.

A clip is one turn. Each silence inside it is a pause that must not end it; its last voiced block is the real end. The
blocks go through the same `Endpoint` as in the engine, and each opinion on a pause counts from the moment on at which
it would be there: the sound is judged at the pause, while the words are read from the first silent block on, quickly,
again where the quick reading was not sure, and then by the language model. What that takes is measured.

It is simpler than the engine in three things: each clip begins a conversation, all of a turn is read at each of its
pauses, and MIA does not answer, so that what follows an end seen too early always belongs to the same turn.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mia_desktop.bench import clips as clip_files
from mia_desktop.bench import voice
from mia_desktop.bench.clips import Clip
from mia_desktop.bench.word_error import normal_words
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError
from mia_desktop.core.items import Message
from mia_desktop.core.paths import shipped
from mia_desktop.core.ports import (
    HEARING_RATE_HZ,
    AudioEncoder,
    LanguageModel,
    Synthesizer,
    TurnDetector,
    VoiceDetector,
)
from mia_desktop.core.ring import Samples
from mia_desktop.engine.assembly import Makers
from mia_desktop.language import prompts
from mia_desktop.perception.completeness import completeness
from mia_desktop.perception.endpoint import Endpoint, EndpointRule
from mia_desktop.perception.input_gate import gated

_PAUSE_S = 0.2
"""Shorter silences are part of fluent speech: stops and the like."""
_TAIL_S = 3.0
_PRE_ROLL_S = 0.5

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
class Pause:
    """A silence that has to be judged.

    Attributes:
        heard: all of the turn so far, the silence included.
        silent_s: how long the silence is, seconds.
        said: the turn up to the first silent block, whose words are read from then on.
        said_at_s: how long the silence was then, seconds.
        voiced_s: how long a voice was heard in the turn, seconds.
    """

    heard: Samples
    silent_s: float
    said: Samples
    said_at_s: float
    voiced_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What is thought of a pause.

    Attributes:
        at_s: the silence at which this is known, seconds.
        complete: the probability (0 to 1) that the turn is over.
    """

    at_s: float
    complete: float


Judge = Callable[[Pause], Sequence[Opinion]]
"""Gives opinions on a pause; each replaces those before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to see the end of a turn.

    Attributes:
        judge: what is asked at each pause; without it, silence alone decides.
        at_once: whether the turn ends as soon as completeness is more likely than not, as Smart Turn is commonly used,
            and begins anew after that. Otherwise doubt makes the wait longer and what follows is the same turn.
    """

    judge: Judge | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointFigures:
    """What was measured.

    Attributes:
        false_cut_offs: share of the pauses that ended the turn, 0 to 1.
        pauses: silences inside turns.
        cut: those that ended the turn.
        ends: real ends of turns.
        delay_p50_s: from the last voiced block to the decision, median, seconds.
        delay_p95_s: the same, 95th percentile, seconds.
    """

    false_cut_offs: float
    pauses: int
    cut: int
    ends: int
    delay_p50_s: float
    delay_p95_s: float


def run(
    settings: Settings, makers: Makers, wav_dir: Path | None, tell: Callable[[str], None], *, aloud: bool = False
) -> dict[str, Any]:
    """Measure all ways on the clips of a folder, else on those that ship and on hesitant ones made by the voice.

    With `aloud` they are also said to the whole engine in real time, to count how often she begins to speak too early.

    Raises InputError for a clip that cannot be read, ModelError when a model is missing.
    """
    if makers.turn_detector is None:
        raise ModelError(
            "No model for the end of a turn is chosen. Choose one with `mia config set hearing.turn_model`."
        )
    detector, turn_detector, encoder, language = (
        makers.detector(),
        makers.turn_detector(),
        makers.encoder(),
        makers.language(),
    )
    rule = EndpointRule(
        voiced_probability=settings.voiced_probability,
        start_s=settings.start_s,
        end_silence_s=settings.end_silence_s,
        pause_s=settings.pause_s,
        patience_s=settings.patience_s,
    )
    spoken_language = None if settings.hearing_language == "auto" else settings.hearing_language
    ways = {
        "silence": Way(),
        "smart_turn": Way(judge=by_turn_detector(turn_detector), at_once=True),
        "mia_sound": Way(judge=by_sound(turn_detector)),
        "mia": Way(judge=by_sound_and_words(turn_detector, encoder, language, spoken_language)),
    }
    if wav_dir is not None:
        sets = {"folder": clip_files.in_folder(wav_dir)}
    else:
        sets = {
            "human": clip_files.in_folder(shipped("resources") / "samples" / "human"),
            "hesitant": hesitant(makers.synthesizer(), settings.seed),
        }
    encoder.transcribe(np.zeros(HEARING_RATE_HZ, dtype=np.float32), spoken_language)  # the first time takes longer
    result: dict[str, Any] = {}
    for name, clips in sets.items():
        result[name] = {"clips": len(clips)}
        for way_name, way in ways.items():
            tell(f"{name}, {len(clips)} clips: {way_name}")
            result[name][way_name] = asdict(measure(clips, rule, detector, way))
        if aloud:
            result[name]["engine"] = _aloud(settings, voice.load(makers), clips, detector, tell)
    return result


def _aloud(
    settings: Settings, models: voice.Models, clips: Sequence[Clip], detector: VoiceDetector, tell: voice.Tell
) -> dict[str, int]:
    """Say each clip to the engine; what follows an end that was seen too early is the same turn until she sounds."""
    turns = voice.talk(settings, models, [voice.with_tail(one, detector, 0.0) for one in clips], tell, hands_free=True)
    return {
        "turns": len(turns),
        "ended_early": sum(one.parts > 1 for one in turns),
        "spoken_into": sum(one.early > 0 for one in turns),
    }


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


def by_turn_detector(turn_detector: TurnDetector) -> Judge:
    """Return a judge that says what the turn detector says."""

    def judge(pause: Pause) -> list[Opinion]:
        started_s = time.perf_counter()
        sound = turn_detector.probability(pause.heard)
        return [Opinion(at_s=pause.silent_s + time.perf_counter() - started_s, complete=sound)]

    return judge


def by_sound(turn_detector: TurnDetector) -> Judge:
    """Return MIA's judge before she knows the words."""
    heard = by_turn_detector(turn_detector)
    return lambda pause: [Opinion(at_s=one.at_s, complete=completeness(one.complete)) for one in heard(pause)]


def by_sound_and_words(
    turn_detector: TurnDetector, encoder: AudioEncoder, language: LanguageModel, spoken_language: str | None
) -> Judge:
    """Return MIA's judge: the sound first, then the sound and the words as they were heard."""
    heard = by_turn_detector(turn_detector)
    system = Message(role="system", text=prompts.system())
    language.read([system, Message(role="user", text="Hello.")])

    def judge(pause: Pause) -> list[Opinion]:
        (sound,) = heard(pause)
        opinions = [Opinion(at_s=sound.at_s, complete=completeness(sound.complete))]

        def add(text: str, begun_s: float) -> float:
            started_s = time.perf_counter()
            end = language.read([system, Message(role="user", text=text)]) if text else None
            known_s = begun_s + time.perf_counter() - started_s
            if end is not None:
                complete = completeness(sound.complete, text, end)
                opinions.append(Opinion(at_s=max(sound.at_s, known_s), complete=complete))
            return known_s

        started_s = time.perf_counter()
        hearing = encoder.transcribe(pause.said, spoken_language, quick=True)
        text, read_s = gated(hearing, pause.voiced_s).text, pause.said_at_s + time.perf_counter() - started_s
        known_s = add(text, read_s)
        if not hearing.sure:
            started_s = time.perf_counter()
            before, text = text, gated(encoder.transcribe(pause.said, spoken_language), pause.voiced_s).text
            if normal_words(text) != normal_words(before):
                add(text, max(known_s, read_s + time.perf_counter() - started_s))
        return opinions

    return judge


def measure(clips: Iterable[Clip], rule: EndpointRule, detector: VoiceDetector, way: Way) -> EndpointFigures:
    """Hear each clip as one turn."""
    pauses, cut = 0, 0
    delays_s: list[float] = []
    for clip in clips:
        voiced, samples = _voiced(clip, rule, detector)
        inside = _silences_s(voiced, detector.block_samples)
        ended = _ends(samples, voiced, rule, detector.block_samples, way)
        pauses += len(inside)
        cut += sum(block in ended for block in inside)
        last = int(np.flatnonzero(voiced)[-1]) if voiced.any() else -1
        if last in ended:
            delays_s.append(ended[last])
    p50, p95 = np.quantile(delays_s, (0.5, 0.95)) if delays_s else (0.0, 0.0)
    return EndpointFigures(
        false_cut_offs=round(cut / max(1, pauses), 4),
        pauses=pauses,
        cut=cut,
        ends=len(delays_s),
        delay_p50_s=round(float(p50), 3),
        delay_p95_s=round(float(p95), 3),
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


def _ends(samples: Samples, voiced: np.ndarray, rule: EndpointRule, size: int, way: Way) -> dict[int, float]:
    """Return the delay of each end that was decided, seconds, by the last voiced block before it."""
    endpoint, last, begun = Endpoint(), -1, -1
    block_s = size / HEARING_RATE_HZ
    opinions: Sequence[Opinion] = ()
    ended: dict[int, float] = {}
    for block, is_voiced in enumerate(voiced):
        if is_voiced:
            last, opinions = block, ()
        endpoint, verdict = endpoint.hear(rule, float(is_voiced), block_s)
        silent_s = (block - last) * block_s
        if verdict == "started" and (begun < 0 or way.at_once):
            begun = max(0, block - int(_PRE_ROLL_S * HEARING_RATE_HZ) // size)
        elif verdict == "pause" and way.judge is not None:
            opinions = way.judge(
                Pause(
                    heard=samples[begun * size : (block + 1) * size],
                    silent_s=silent_s,
                    said=samples[begun * size : (last + 2) * size],
                    said_at_s=block_s,
                    voiced_s=int(voiced[begun:block].sum()) * block_s,
                )
            )
        known = [one for one in opinions if one.at_s <= silent_s]
        if known and endpoint.paused:
            if not way.at_once:
                endpoint, verdict = endpoint.judge(rule, known[-1].complete)
            elif known[-1].complete >= 0.5:
                endpoint, verdict = Endpoint(), "ended"
            else:
                endpoint, verdict = endpoint.judge(rule, 0.0)
        if verdict == "ended":
            ended[last], opinions = silent_s, ()
    return ended
