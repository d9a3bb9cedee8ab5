import numpy as np
import pytest

from mia_desktop.bench.device_load import breaks

RATE_HZ = 44_100
SECONDS = np.arange(2 * RATE_HZ) / RATE_HZ * 1.0001
TONE = (np.sin(2 * np.pi * 1013 * SECONDS) + np.sin(2 * np.pi * 3002 * SECONDS)).astype(np.float32)
NOISE = np.random.default_rng(0).normal(0, 0.02, len(TONE)).astype(np.float32)


def test_a_whole_tone_has_no_break_though_it_is_noisy_and_its_clock_is_another() -> None:
    assert breaks(TONE + NOISE, RATE_HZ) == 0
    assert breaks(np.stack((TONE, TONE), axis=1), RATE_HZ) == 0


@pytest.mark.parametrize("ms", [12, 60, 400])
def test_silence_in_it_is_a_break(ms: int) -> None:
    gap = ms * RATE_HZ // 1000
    tone = TONE + NOISE
    tone[30_000 : 30_000 + gap] = 0
    tone[60_000 : 60_000 + gap] = 0
    assert breaks(tone, RATE_HZ) == 2


@pytest.mark.parametrize("ms", [10.3, 10, 11, 20, 50, 100, 400])
def test_so_are_samples_that_are_missing_or_come_twice(ms: float) -> None:
    gap = round(ms * RATE_HZ / 1000)
    tone = TONE + NOISE
    assert breaks(np.concatenate((tone[:30_000], tone[30_000 + gap :])), RATE_HZ) == 1
    assert breaks(np.concatenate((tone[:30_000], tone[30_000 - gap :])), RATE_HZ) == 1
