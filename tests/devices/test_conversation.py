"""The whole of MIA, real models and all, through a sound card made of software."""

import pytest

from mia_desktop.bench import clips, voice
from mia_desktop.bench.voice_devices import on_sound_card, spoken_turns
from mia_desktop.core.config import Settings
from mia_desktop.core.paths import Paths
from mia_desktop.engine.assembly import real_parts

pytestmark = [pytest.mark.models, pytest.mark.devices]


@pytest.mark.timeout(300)
def test_questions_are_answered_and_she_can_be_spoken_over() -> None:
    settings = Settings(hearing_model="whisper-tiny-en", temperature=0.0, reply_tokens=64)
    models = voice.load(real_parts(Paths.choose(), settings))
    questions = clips.spoken(
        ("What is the capital of France?", "No, I would like to know about Italy."), models.synthesizer
    )
    told: list[str] = []
    result = on_sound_card(settings, models, questions, told.append, barge_ins=2)
    assert result["a_to_f_missed"] == 0
    assert result["barge_in_missed"] <= 1
    assert result["barge_in_stop_ms_p50"] < 1000
    assert result["spoken_sentences"] >= 4, "two answers and two that were spoken over"
    assert result["spoken_edges_lost"] == 0 or result["xruns"], "unless the machine is too busy for any sound"
    assert result["spoken_wer"] < 0.5


@pytest.mark.timeout(200)
def test_what_she_answers_leaves_her_speaker_whole() -> None:
    settings = Settings(hearing_model="whisper-tiny-en")
    told: list[str] = []
    result = spoken_turns(settings, voice.load(real_parts(Paths.choose(), settings)), 2, told.append)
    assert (result["turns"], result["unanswered"], len(told)) == (2, 0, 2)
    assert result["spoken_edges"] >= 4
    assert result["spoken_edges_lost"] == 0 or result["xruns"], "unless the machine is too busy for any sound"
