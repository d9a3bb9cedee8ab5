import numpy as np
import pytest

from mia_desktop.bench.device_load import OTHER_TONES_HZ, TONES_HZ, alone, breaks

RATE_HZ = 44_100
SECONDS = np.arange(2 * RATE_HZ) / RATE_HZ * 1.0001
TONE, OTHER = (
    np.sin(2 * np.pi * np.outer(tones, SECONDS)).sum(axis=0).astype(np.float32) for tones in (TONES_HZ, OTHER_TONES_HZ)
)
NOISE = np.random.default_rng(0).normal(0, 0.02, len(TONE)).astype(np.float32)


def test_a_whole_tone_has_no_break_though_it_is_noisy_and_its_clock_is_another() -> None:
    assert len(breaks(TONE + NOISE, RATE_HZ)) == 0
    assert len(breaks(np.stack((TONE, TONE), axis=1), RATE_HZ)) == 0


@pytest.mark.parametrize("ms", [12, 60, 400])
def test_silence_in_it_is_a_break(ms: int) -> None:
    gap = ms * RATE_HZ // 1000
    tone = TONE + NOISE
    tone[30_000 : 30_000 + gap] = 0
    tone[60_000 : 60_000 + gap] = 0
    assert len(breaks(tone, RATE_HZ)) == 2


@pytest.mark.parametrize("ms", [10.3, 10, 11, 20, 50, 100, 400])
def test_so_are_samples_that_are_missing_or_come_twice(ms: float) -> None:
    gap = round(ms * RATE_HZ / 1000)
    tone = TONE + NOISE
    assert len(breaks(np.concatenate((tone[:30_000], tone[30_000 + gap :])), RATE_HZ)) == 1
    assert len(breaks(np.concatenate((tone[:30_000], tone[30_000 - gap :])), RATE_HZ)) == 1


@pytest.mark.parametrize("ms", [12, 25, 60, 400])
def test_of_two_players_each_breaks_off_for_itself(ms: int) -> None:
    gap = ms * RATE_HZ // 1000
    silent, jumping = OTHER.copy(), np.concatenate((OTHER[:70_000], OTHER[70_000 + gap :]))
    silent[30_000 : 30_000 + gap] = 0
    for broken, at_s in ((silent, 30_000 / RATE_HZ), (jumping, 70_000 / RATE_HZ)):
        both = (TONE + NOISE)[: len(broken)] + broken
        assert breaks(both, RATE_HZ) == []
        assert breaks(both, RATE_HZ, OTHER_TONES_HZ) == pytest.approx([at_s], abs=0.03)


def test_a_break_is_ours_unless_the_other_player_has_one_about_then() -> None:
    assert alone([1.0, 5.0, 9.0], [1.15, 8.7]) == [5.0, 9.0]
    assert alone([1.0], []) == [1.0]
