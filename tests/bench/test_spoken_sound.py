"""What of her speech came out of the speaker, told from a recording."""

from collections.abc import Iterator

import numpy as np
import pytest

from mia_desktop.bench.kept_speech import RATE_HZ, Kept, Sentence
from mia_desktop.bench.spoken_sound import Mouth, compare
from mia_desktop.core.frames import Speech
from mia_desktop.core.ring import Samples

CHANCE = np.random.default_rng(0)
LEAD, PAUSE_S = RATE_HZ // 2, 0.22
SILENCE = np.zeros(round(PAUSE_S * RATE_HZ), dtype=np.float32)
TAIL = np.zeros(RATE_HZ // 2, dtype=np.float32)


def speech(seconds: float) -> Samples:
    """Return something like a voice: noise without what is highest, soft at both ends."""
    size = int(seconds * RATE_HZ)
    smooth = np.convolve(CHANCE.normal(0, 0.3, size + 7), np.ones(8) / 8, mode="valid")
    ramp = np.minimum(1.0, np.minimum(np.arange(size), np.arange(size)[::-1]) / 300)
    return (smooth * ramp).astype(np.float32)


ONE, OTHER = speech(0.9), speech(0.5)
SAID = [Sentence(samples=one, text="It is.", pause_s=PAUSE_S) for one in (ONE, OTHER)]


def recording(one: Samples = ONE, between: Samples = SILENCE, other: Samples = OTHER, lead: int = LEAD) -> Samples:
    return np.concatenate((np.zeros(lead, dtype=np.float32), one, between, other, TAIL))


def lost(mouth: Mouth) -> tuple[int, int, int]:
    return mouth.edges_lost, mouth.clicks, len(mouth.gaps_s)


@pytest.mark.parametrize("lead", [0, 7, LEAD])
def test_all_that_was_said_is_found_whenever_it_came(lead: int) -> None:
    mouth = compare(SAID, recording(lead=lead))
    assert (mouth.sentences, mouth.edges, mouth.missing_s) == (2, 4, 0.0)
    assert lost(mouth) == (0, 0, 0)


def late_by(sound: Samples, samples: float) -> Samples:
    waves = np.fft.rfftfreq(len(sound))
    return np.fft.irfft(np.fft.rfft(sound) * np.exp(-2j * np.pi * waves * samples), len(sound)).astype(np.float32)


@pytest.mark.parametrize("samples", [0.1, 0.5, 0.9])
def test_a_clock_that_runs_between_the_samples_is_no_loss(samples: float) -> None:
    assert lost(compare(SAID, late_by(recording(), samples))) == (0, 0, 0)


@pytest.mark.parametrize("samples", [0.1, 0.5, 0.9])
def test_nor_is_a_burst_that_falls_between_two_hundredths_of_a_second(samples: float) -> None:
    burst, edge, size = OTHER.copy(), int(0.15 * RATE_HZ), RATE_HZ // 100
    begins = len(burst) - edge + 5 * size - 16
    burst[begins - 5 * size : begins] *= 0.02
    said = [SAID[0], Sentence(samples=burst, text="Bit.", pause_s=PAUSE_S)]
    assert compare(said, late_by(recording(other=burst), samples)).edges_lost == 0


def test_nor_is_a_recording_that_ends_with_the_last_sound() -> None:
    assert lost(compare(SAID, recording()[: -len(TAIL)])) == (0, 0, 0)


@pytest.mark.parametrize("ms", [20, 60, 150, 300])
def test_a_beginning_or_an_end_that_is_missing_is_lost(ms: int) -> None:
    gone = ms * RATE_HZ // 1000
    begun, ended = ONE.copy(), OTHER.copy()
    begun[:gone], ended[-gone:] = 0, 0
    assert compare(SAID, recording(one=begun)).edges_lost == 1
    assert compare(SAID, recording(other=ended)).edges_lost == 1


def test_so_is_one_that_is_too_soft_unless_somebody_made_a_noise() -> None:
    soft = ONE.copy()
    soft[: RATE_HZ // 14] *= 0.25
    assert compare(SAID, recording(one=soft)).edges_lost == 1
    assert compare(SAID, recording(one=soft), ducked=True).edges_lost == 0


def test_a_sentence_that_never_came_is_lost_at_both_ends() -> None:
    mouth = compare(SAID, recording(one=np.zeros_like(ONE)))
    assert mouth.edges_lost == 2
    assert mouth.missing_s > 0.7


@pytest.mark.parametrize("ms", [8, 40, 400])
def test_silence_inside_a_sentence_is_a_gap(ms: int) -> None:
    gap = np.zeros(ms * RATE_HZ // 1000, dtype=np.float32)
    middle = len(ONE) // 2
    mouth = compare(SAID, recording(one=np.concatenate((ONE[:middle], gap, ONE[middle:]))))
    assert mouth.edges_lost == 0
    assert mouth.gaps_s == pytest.approx([ms / 1000], abs=0.001)


def test_a_pause_that_is_longer_than_meant_is_one_too() -> None:
    longer = np.zeros(len(SILENCE) + RATE_HZ // 10, dtype=np.float32)
    assert compare(SAID, recording(between=longer)).gaps_s == pytest.approx([0.1], abs=0.001)


def test_samples_that_are_missing_inside_a_sentence_are_seen() -> None:
    middle, gone = len(ONE) // 2, RATE_HZ // 50
    mouth = compare(SAID, recording(one=np.concatenate((ONE[:middle], ONE[middle + gone :]))))
    assert mouth.gaps_s == pytest.approx([-0.02], abs=0.001)


def test_a_step_that_nobody_made_is_a_click() -> None:
    sound = recording()
    sound[: LEAD // 2] += 0.02
    sound[-RATE_HZ // 4] += 0.3
    assert compare(SAID, sound).clicks == 3, "the level comes and goes, and a single sample"


def test_who_was_interrupted_need_only_have_begun() -> None:
    faded = ONE.copy()
    faded[len(ONE) // 2 :] *= np.linspace(1, 0, len(ONE) - len(ONE) // 2) ** 8
    mouth = compare(SAID, recording(one=faded, other=np.zeros_like(OTHER)), cut=True)
    assert (mouth.edges, mouth.sentences) == (1, 1)
    assert lost(mouth) == (0, 0, 0)


def test_replies_add_up() -> None:
    mouth = Mouth()
    for _ in range(2):
        mouth.add(compare(SAID, recording(one=np.zeros_like(ONE))))
    report = mouth.report()
    assert (report["spoken_edges"], report["spoken_edges_lost"], report["spoken_sentences"]) == (8, 4, 4)
    assert (report["spoken_clicks"], report["spoken_gaps"], report["spoken_longest_gap_s"]) == (0, 0, 0.0)
    assert mouth.told() == "4 edges lost, 1.8 seconds missing"
    assert compare(SAID, recording()).told() == "whole"


class Voice:
    """Says each sentence in two parts."""

    model, language, sample_rate_hz, speed, volume = "fake", "en", 22_050, 1.0, 1.0

    def synthesize(self, text: str, *, soon: bool = False) -> Iterator[Speech]:
        half = np.full(2205, 0.1, dtype=np.float32)
        for _ in text.split(". "):
            yield Speech(samples=half, words=((2205, 0.5),), ends=False)
            yield Speech(samples=half, words=((2205, 1.0),))


def test_what_she_said_is_kept_sentence_by_sentence_with_the_pause_after_each() -> None:
    kept = Kept(Voice())
    assert len(list(kept.synthesize("One. Two,", soon=True))) == 4
    one, two = kept.take()
    assert len(one.samples) == pytest.approx(RATE_HZ // 5, abs=2)
    assert (one.pause_s, two.pause_s) == pytest.approx((0.22, 0.09), abs=0.001)
    assert kept.take() == []


def test_what_she_had_begun_to_say_before_the_user_went_on_is_not_looked_for() -> None:
    kept = Kept(Voice())
    for text in ("It is red.", "It is blue,", "and green."):
        list(kept.synthesize(text))
    assert [one.text for one in kept.take("It is blue and green.")] == ["It is blue,", "and green."]


def test_her_speed_and_loudness_reach_the_voice() -> None:
    voice = Voice()
    kept = Kept(voice)
    kept.speed, kept.volume = 1.5, 0.5
    list(kept.synthesize("One."))
    assert (voice.speed, voice.volume) == (1.5, 0.5)
