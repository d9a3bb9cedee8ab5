import numpy as np

from mia_desktop.bench.clips import Clip
from mia_desktop.bench.endpointing import HESITANT, hesitant, measure
from mia_desktop.core.ring import Samples
from mia_desktop.perception.endpoint import EndpointRule
from tests.fakes import FakeDetector, FakeSynthesizer

RULE = EndpointRule(voiced_probability=0.5, start_s=0.1, end_silence_s=0.7)


def loud(length_s: float) -> Samples:
    return np.full(int(16_000 * length_s), 0.5, dtype=np.float32)


def quiet(length_s: float) -> Samples:
    return np.zeros(int(16_000 * length_s), dtype=np.float32)


def clip(*pieces: Samples) -> Clip:
    return Clip(name="clip", samples=np.concatenate(pieces), words=None)


def test_silence_alone_cuts_the_long_pauses_and_waits_at_every_end() -> None:
    turn = clip(loud(1), quiet(0.4), loud(1), quiet(1.0), loud(1))
    figures = measure([turn], RULE, FakeDetector())
    assert (figures.pauses, figures.cut, figures.ends) == (2, 1, 1)
    assert 0.7 <= figures.delay_p50_s <= 0.75
    assert figures.judging_p50_ms == 0


def test_a_judge_that_knows_cuts_nothing_and_ends_at_once() -> None:
    turn = clip(loud(1), quiet(1.0), loud(1))
    figures = measure([turn], RULE, FakeDetector(), lambda heard: float(len(heard) > 16_000 * 2))
    assert (figures.pauses, figures.cut, figures.ends) == (1, 0, 1)
    assert figures.delay_p50_s < 0.35


def test_a_judge_that_is_always_sure_cuts_every_pause() -> None:
    figures = measure([clip(loud(1), quiet(0.5), loud(1))] * 2, RULE, FakeDetector(), lambda heard: 1.0)
    assert figures.false_cut_offs == 1.0


def test_a_clip_without_speech_has_no_end() -> None:
    assert measure([clip(quiet(2))], RULE, FakeDetector()).ends == 0


def test_a_hesitant_speaker_pauses_once_in_each_turn() -> None:
    figures = measure(hesitant(FakeSynthesizer(), seed=1), RULE, FakeDetector())
    assert figures.pauses == len(HESITANT)
