import numpy as np
import pytest

from mia_desktop.bench.clips import Clip
from mia_desktop.bench.endpointing import (
    HESITANT,
    Judge,
    Opinion,
    Pause,
    Way,
    by_sound,
    by_sound_and_words,
    hesitant,
    measure,
)
from mia_desktop.core.ring import Samples
from mia_desktop.perception.endpoint import EndpointRule
from tests.fakes import FakeDetector, FakeEncoder, FakeLanguageModel, FakeSynthesizer, FakeTurnDetector

RULE = EndpointRule(voiced_probability=0.5, start_s=0.1, end_silence_s=0.7)


def loud(length_s: float) -> Samples:
    return np.full(int(16_000 * length_s), 0.5, dtype=np.float32)


def quiet(length_s: float) -> Samples:
    return np.zeros(int(16_000 * length_s), dtype=np.float32)


def clip(*pieces: Samples) -> Clip:
    return Clip(name="clip", samples=np.concatenate(pieces), words=None)


def thinks(complete: float, after_s: float = 0.0) -> Judge:
    return lambda pause: [Opinion(at_s=pause.silent_s + after_s, complete=complete)]


def knows_the_length(whole_s: float) -> Judge:
    return lambda pause: [Opinion(at_s=pause.silent_s, complete=float(len(pause.heard) > 16_000 * whole_s))]


def test_silence_alone_cuts_the_long_pauses_and_waits_at_every_end() -> None:
    turn = clip(loud(1), quiet(0.4), loud(1), quiet(1.0), loud(1))
    figures = measure([turn], RULE, FakeDetector(), Way())
    assert (figures.pauses, figures.cut, figures.ends) == (2, 1, 1)
    assert 0.7 <= figures.delay_p50_s <= 0.75


def test_a_judge_that_knows_cuts_nothing_and_ends_as_soon_as_the_pause_has_settled() -> None:
    turn = clip(loud(1), quiet(1.0), loud(1))
    figures = measure([turn], RULE, FakeDetector(), Way(judge=knows_the_length(2)))
    assert (figures.pauses, figures.cut, figures.ends) == (1, 0, 1)
    assert 0.3 <= figures.delay_p50_s < 0.35


def test_a_way_that_ends_at_once_does_not_let_the_pause_settle() -> None:
    figures = measure([clip(loud(1))], RULE, FakeDetector(), Way(judge=thinks(0.6), at_once=True))
    assert figures.ends == 1
    assert 0.2 <= figures.delay_p50_s < 0.25


def test_a_judge_that_is_always_sure_cuts_every_pause() -> None:
    turns = [clip(loud(1), quiet(0.5), loud(1))] * 2
    assert measure(turns, RULE, FakeDetector(), Way(judge=thinks(1.0))).false_cut_offs == 1.0


def test_a_turn_that_is_never_complete_is_answered_when_patience_ends() -> None:
    figures = measure([clip(loud(1))], RULE, FakeDetector(), Way(judge=thinks(0.0)))
    assert 2.5 <= figures.delay_p50_s < 2.55


def test_an_opinion_counts_only_from_when_it_is_known() -> None:
    late = measure([clip(loud(1))], RULE, FakeDetector(), Way(judge=thinks(1.0, after_s=0.3)))
    assert 0.5 <= late.delay_p50_s < 0.58
    spoken_on = measure([clip(loud(1), quiet(0.4), loud(1))], RULE, FakeDetector(), Way(judge=thinks(1.0, after_s=0.3)))
    assert spoken_on.cut == 0


@pytest.mark.parametrize(("at_once", "whole"), [(True, False), (False, True)])
def test_what_follows_an_early_end_belongs_to_the_same_turn_for_mia_only(at_once: bool, whole: bool) -> None:
    lengths: list[int] = []

    def hear(pause: Pause) -> list[Opinion]:
        lengths.append(len(pause.heard))
        return [Opinion(at_s=pause.silent_s, complete=1.0)]

    measure([clip(loud(2), quiet(1.0), loud(1))], RULE, FakeDetector(), Way(judge=hear, at_once=at_once))
    assert (lengths[1] > 16_000 * 3) is whole


def test_words_that_break_off_outweigh_a_sound_that_seems_over() -> None:
    turn = clip(loud(1), quiet(1.0), loud(1))
    sound = FakeTurnDetector()
    assert measure([turn], RULE, FakeDetector(), Way(judge=by_sound(sound))).pauses == 1
    language = FakeLanguageModel()
    broken_off = by_sound_and_words(sound, FakeEncoder("I would like the"), language, "en")
    assert measure([turn], RULE, FakeDetector(), Way(judge=broken_off)).cut == 0
    whole = by_sound_and_words(sound, FakeEncoder("I would like tea."), language, "en")
    assert measure([turn], RULE, FakeDetector(), Way(judge=whole)).cut == 1
    assert language.readings[-1][-1].text == "I would like tea."


def test_words_are_read_from_the_first_silent_block_on() -> None:
    encoder = FakeEncoder()
    judge = by_sound_and_words(FakeTurnDetector(), encoder, FakeLanguageModel(), "en")
    measure([clip(loud(0.96))], RULE, FakeDetector(), Way(judge=judge))
    assert [len(one) for one in encoder.heard] == [int(0.96 * 16_000) + 512]


def test_a_clip_without_speech_has_no_end() -> None:
    assert measure([clip(quiet(2))], RULE, FakeDetector(), Way()).ends == 0


def test_a_hesitant_speaker_pauses_once_in_each_turn() -> None:
    figures = measure(hesitant(FakeSynthesizer(), seed=1), RULE, FakeDetector(), Way())
    assert figures.pauses == len(HESITANT)
