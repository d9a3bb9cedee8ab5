"""All figures of `mia bench voice` in one run."""

import dataclasses
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from mia_desktop.bench import clips as clip_files
from mia_desktop.bench import voice
from mia_desktop.bench.echo import simulate
from mia_desktop.bench.room import Room
from mia_desktop.bench.voice import Models, Spoken, Tell, first_voiced, percentiles
from mia_desktop.bench.voice_devices import on_sound_card
from mia_desktop.core.config import Settings
from mia_desktop.core.paths import shipped
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.engine.assembly import Makers
from mia_desktop.monitor.latency import Timings
from mia_desktop.perception.input_gate import gated
from mia_desktop.perception.interruption import InterruptionRule
from mia_desktop.perception.voice_detector import SileroDetector, speech_spans

_TAIL_S = 0.2
"""People let the key go about this long after their last sound."""
_REPLY_TOKENS = 96
"""Three sentences: what one listens to. Longer answers would only slow the sequential way down further."""
_ECHO_DB = (-6.0, -12.0, -20.0)
_NOISE_S = 8.0
_THROUGH_DEVICES = 12


def run(
    settings: Settings,
    makers: Makers,
    wav_dir: Path | None,
    tell: Tell,
    *,
    turns: int,
    echo_minutes: float,
    through_devices: bool,
) -> dict[str, Any]:
    """Measure everything; return what `mia bench voice --json` prints.

    Raises InputError for a folder without clips, ModelError when a model is missing or cannot be measured.
    """
    settings = dataclasses.replace(settings, temperature=0.0, hands_free=False, reply_tokens=_REPLY_TOKENS)
    models = voice.load(makers)
    detector = makers.detector()
    questions = (
        clip_files.in_folder(wav_dir)
        if wav_dir is not None
        else clip_files.spoken(clip_files.ANSWERED, models.synthesizer)
    )[:turns]
    clips = [voice.with_tail(one, detector, _TAIL_S) for one in questions]
    models.synthesizer.forget_phrases()
    process = psutil.Process()
    tell(f"MIA, by talk key ({len(clips)} turns in real time)")
    before_cpu, before_s = sum(process.cpu_times()[:2]), time.perf_counter()
    by_key = voice.talk(settings, models, clips, tell, hands_free=False)
    cpu = (sum(process.cpu_times()[:2]) - before_cpu) / (time.perf_counter() - before_s)
    rss_mb = process.memory_info().rss / 1e6
    tell("MIA, hands-free")
    models.synthesizer.forget_phrases()
    hands_free = voice.talk(settings, models, clips, tell, hands_free=True)
    tell("Plain sequential")
    plain_s, plain_texts, plain_replies = voice.sequential(settings, models, clips, tell)
    tell("Floor")
    floor_s = voice.floor(settings, models, clips, tell)
    audio_s = [one.release_to_audio_s for one in by_key]
    gap_s = [one.release_to_audio_s + _TAIL_S for one in hands_free if one.parts == 1]
    result: dict[str, Any] = {
        "machine": {
            "cores": psutil.cpu_count(logical=False),
            "threads": psutil.cpu_count(),
            "load": os.getloadavg()[0],
        },
        "models": {
            "speech_to_text": settings.hearing_model,
            "language": settings.language_model,
            "text_to_speech": settings.voice,
        },
        "turns": len(clips),
        "first_audio_vs_sequential_p50": ratio(audio_s, plain_s),
        "first_audio_vs_floor_p50": ratio(audio_s, floor_s),
        "hands_free_gap_s_p50": percentiles(gap_s)["p50"],
        "hands_free_gap_s_p95": percentiles(gap_s)["p95"],
        "hands_free_cut_offs": sum(one.parts > 1 for one in hands_free),
        "first_audio_s": percentiles(audio_s),
        "sequential_s": percentiles(plain_s),
        "floor_s": percentiles(floor_s),
        "clocks_by_key_s": clocks(by_key),
        "clocks_hands_free_s": clocks(hands_free),
        "reply_chars": {
            "mia": sum(len(one.reply) for one in by_key),
            "sequential": sum(len(one) for one in plain_replies),
        },
        "wer": voice.word_error(clips, [one.text for one in by_key]),
        "wer_plain": voice.word_error(clips, plain_texts),
        "words_on_noise": invented(settings, models, makers),
        "rss_mb": round(rss_mb),
        "cpu_cores": round(cpu, 2),
        "each": {
            "clip": [one.name for one in clips],
            "mia_s": [round(one, 3) for one in audio_s],
            "sequential_s": [round(one, 3) for one in plain_s],
            "floor_s": [round(one, 3) for one in floor_s],
            "hands_free_s": [round(one.release_to_audio_s + _TAIL_S, 3) for one in hands_free],
        },
    }
    if through_devices:
        result |= on_sound_card(settings, models, clips[:_THROUGH_DEVICES], tell)
    if echo_minutes:
        result |= self_interruptions(models, makers, echo_minutes, tell)
    return result


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return median over median."""
    return round(float(np.median(ours) / np.median(theirs)), 3)


def clocks(turns: Sequence[Spoken]) -> dict[str, dict[str, float]]:
    """Return p50 and p95 of each clock, seconds from the last voiced sample."""
    found = {}
    for field in dataclasses.fields(Timings):
        known = [getattr(one.timings, field.name) for one in turns if getattr(one.timings, field.name) is not None]
        if known:
            found[field.name.removesuffix("_s")] = percentiles(known)
    return found


def invented(settings: Settings, models: Models, makers: Makers) -> dict[str, int]:
    """Return how many words are heard where nobody speaks, by MIA's gates and by plain `transcribe`."""
    detector = SileroDetector()
    count = {"mia": 0, "plain": 0}
    for clip in clip_files.without_speech(settings.seed, _NOISE_S):
        spans = speech_spans(detector, clip.samples, settings.voiced_probability, 1.0, 0.3)
        voiced_s = sum(end - start for start, end in spans) / HEARING_RATE_HZ
        if spans:
            heard = models.encoder.transcribe(clip.samples, settings.hearing_language)
            count["mia"] += len(gated(heard, voiced_s).text.split())
        count["plain"] += len(models.encoder.transcribe_plainly(clip.samples, settings.hearing_language).text.split())
    return count


def self_interruptions(models: Models, makers: Makers, minutes: float, tell: Tell) -> dict[str, Any]:
    """Let MIA talk in a simulated room at three levels of echo, alone and with people who speak over her."""
    mia = [clip.samples for clip in clip_files.spoken(clip_files.ANSWERS, models.synthesizer)]
    people = [
        clip.samples[first_voiced(clip.samples, makers.detector()) :]
        for clip in clip_files.in_folder(shipped("resources") / "samples" / "human")
    ]
    rule, alone, over = InterruptionRule(), {}, {}
    for echo_db in _ECHO_DB:
        tell(f"Echo at {echo_db:g} dB, {minutes:g} simulated minutes")
        room = Room(echo_db=echo_db)
        quiet = simulate(
            voice=mia, users=(), room=room, user_db=None, minutes=minutes, detector=makers.detector(), rule=rule
        )
        loud = simulate(
            voice=mia, users=people, room=room, user_db=0.0, minutes=minutes / 6, detector=makers.detector(), rule=rule
        )
        alone[f"{echo_db:g}"] = {"stops": quiet.stops, "ducks": quiet.ducks}
        over[f"{echo_db:g}"] = {
            "interruptions": loud.interruptions,
            "detected": loud.detected,
            "onset_to_stop_s": percentiles(loud.onset_to_stop_s) if loud.onset_to_stop_s else None,
        }
    return {
        "self_interruptions": sum(one["stops"] for one in alone.values()),
        "echo_minutes_each": minutes,
        "echo_alone": alone,
        "echo_and_people": over,
    }
