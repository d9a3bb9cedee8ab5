"""Hearing and speaking alone: transcribe and say."""

import dataclasses
import time
from pathlib import Path

import numpy as np
import typer

from mia_desktop.cli.output import JsonOption, context, give, note, say
from mia_desktop.core.errors import InputError, NoSpeechError
from mia_desktop.core.items import Hearing, Segment
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.engine import assembly
from mia_desktop.perception.acoustics import acoustic_vector
from mia_desktop.perception.input_gate import gated
from mia_desktop.perception.voice_detector import SileroDetector, speech_spans
from mia_desktop.senses.sound_file import load
from mia_desktop.speech import joints
from mia_desktop.speech.recorder import save_wav
from mia_desktop.speech.spoken_text import spoken

_LONGEST_S = 4 * 3600.0
_JOIN_S = 1.0
_PAD_S = 0.3
_LONGEST_TEXT_CHARS = 100_000


def transcribe(ctx: typer.Context, file: Path = typer.Argument(help="A sound file."), json_: bool = JsonOption) -> None:
    """Write down what is said in a sound file."""
    here = context(ctx)
    settings = here.settings()
    samples = load(file, _LONGEST_S)
    language = None if settings.hearing_language == "auto" else settings.hearing_language
    makers = assembly.real_parts(here.paths, settings)
    started_s = time.perf_counter()
    spans = speech_spans(SileroDetector(), samples, settings.voiced_probability, _JOIN_S, _PAD_S)
    if not spans:
        raise NoSpeechError(f"In {file} nobody speaks. Check that it is the right file.")
    encoder = makers.encoder()
    segments: list[Segment] = []
    for number, (start, end) in enumerate(spans, 1):
        if not json_ and len(spans) > 1:
            note(f"Part {number} of {len(spans)} ...")
        hearing = gated(encoder.transcribe(samples[start:end], language))
        language = language or hearing.language
        at_s = start / HEARING_RATE_HZ
        segments += [
            dataclasses.replace(one, start_s=round(one.start_s + at_s, 3), end_s=round(one.end_s + at_s, 3))
            for one in hearing.segments
        ]
    if not segments:
        raise NoSpeechError(f"In {file} no words can be made out. Check that it is the right file.")
    result = Hearing(
        text=" ".join(one.text for one in segments),
        language=language or "",
        segments=tuple(segments),
        audio_s=len(samples) / HEARING_RATE_HZ,
        compute_s=time.perf_counter() - started_s,
    )
    if json_:
        heard = acoustic_vector(np.concatenate([samples[start:end] for start, end in spans]))
        told = {key: value for key, value in dataclasses.asdict(result).items() if key != "sure"}
        give(told | {"acoustic": [round(float(one), 5) for one in heard]})
    else:
        say(result.text)


def say_aloud(
    ctx: typer.Context,
    text: str = typer.Argument(help="What to say."),
    out: Path = typer.Option(..., "--out", help="The WAV to write."),
    json_: bool = JsonOption,
) -> None:
    """Speak a text into a WAV file."""
    if not spoken(text):
        raise InputError("There is nothing to say in that text. Write some words.")
    if len(text) > _LONGEST_TEXT_CHARS:
        raise InputError(f"The text is longer than {_LONGEST_TEXT_CHARS} characters. Cut it into pieces.")
    here = context(ctx)
    synthesizer = assembly.real_parts(here.paths, here.settings()).synthesizer()
    pause = joints.pause_after(".", synthesizer.speed, synthesizer.sample_rate_hz)
    parts = [one.samples for one in synthesizer.synthesize(spoken(text, synthesizer.language))]
    samples = np.concatenate([piece for part in parts for piece in (part, pause)][:-1])
    save_wav(out, samples, synthesizer.sample_rate_hz)
    if json_:
        give({"out": str(out), "audio_s": len(samples) / synthesizer.sample_rate_hz, "model": synthesizer.model})
    else:
        say(f"Spoken into {out}")
