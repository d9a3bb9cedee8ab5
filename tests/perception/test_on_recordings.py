"""Hearing, judged on people's voices and on sounds without any, with the real models."""

import pytest

from mia_desktop.bench import clips
from mia_desktop.bench.clips import Clip
from mia_desktop.bench.endpointing import Way, by_sound, measure
from mia_desktop.core.config import Settings
from mia_desktop.core.paths import Paths
from mia_desktop.engine.assembly import real_parts
from mia_desktop.library.store import Store
from mia_desktop.perception.endpoint import EndpointRule
from mia_desktop.perception.input_gate import gated
from mia_desktop.perception.turn_detector import SmartTurnDetector
from mia_desktop.perception.voice_detector import SileroDetector
from tests.conftest import SAMPLES

pytestmark = pytest.mark.models

RULE = EndpointRule(voiced_probability=0.5, start_s=0.1, end_silence_s=0.7)


@pytest.fixture(scope="module")
def people() -> list[Clip]:
    return clips.in_folder(SAMPLES / "human")


def voiced_s(clip: Clip) -> float:
    detector = SileroDetector()
    size = detector.block_samples
    blocks = [clip.samples[i : i + size] for i in range(0, len(clip.samples) - size + 1, size)]
    return sum(detector.probability(block) >= RULE.voiced_probability for block in blocks) * size / 16_000


def test_every_recording_of_a_person_has_its_words(people: list[Clip]) -> None:
    assert len(people) >= 15
    assert all(one.words for one in people)


def test_people_are_cut_off_less_by_ear_than_by_silence(people: list[Clip]) -> None:
    detector = SmartTurnDetector(Store(Paths.choose()).located("smart-turn-v3").main, "smart-turn-v3", threads=1)
    by_silence = measure(people, RULE, SileroDetector(), Way())
    by_ear = measure(people, RULE, SileroDetector(), Way(judge=by_sound(detector)))
    assert by_silence.pauses == by_ear.pauses >= 5
    assert by_silence.cut >= 2
    assert by_ear.cut < by_silence.cut
    assert by_ear.ends == len(people)


def test_words_come_from_voices_alone(people: list[Clip]) -> None:
    encoder = real_parts(Paths.choose(), Settings()).encoder()
    quiet = [one for one in clips.without_speech(1, 1.0) if one.name in ("silence", "tones", "hum")]
    plain = [encoder.transcribe(one.samples, "en") for one in quiet]
    assert any(one.text for one in plain), "the recogniser invents words, or this test shows nothing"
    for clip, hearing in zip(quiet, plain, strict=True):
        assert gated(hearing, voiced_s(clip)).text == ""
    for clip in people:
        if clip.name in ("seven-of-clubs", "go-forward", "five-five"):
            hearing = encoder.transcribe(clip.samples, "en")
            assert gated(hearing, voiced_s(clip)).text == hearing.text != ""
