import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.air_time import AirTime

RATE = 1000


def test_a_guess_counts_until_something_is_known() -> None:
    air = AirTime(RATE, 5.0)
    assert air.at_s(100) == pytest.approx(5.1)
    assert not air.settled
    air.note(0, 5.04)
    assert air.at_s(100) == pytest.approx(5.14)
    assert air.number(5.14) == 100


@given(st.lists(st.floats(-0.005, 0.005), min_size=5, max_size=40))
def test_jitter_moves_it_no_further_than_the_jitter(wrong: list[float]) -> None:
    air = AirTime(RATE, 0.0)
    for number, late_s in enumerate(wrong):
        air.note(number * 250, 7 + number * 0.25 + late_s)
    assert air.settled
    assert abs(air.at_s(0) - 7) <= 0.0051


@pytest.mark.parametrize("jump_s", [-0.08, 0.08])
def test_one_wrong_note_is_not_followed_and_three_are(jump_s: float) -> None:
    air = AirTime(RATE, 0.0)
    for number in range(5):
        air.note(number * 250, 7 + number * 0.25)
    air.note(1250, 8.25 + jump_s)
    assert air.at_s(0) == pytest.approx(7.0)
    air.note(1500, 8.5 + jump_s)
    air.note(1750, 8.75 + jump_s)
    assert air.at_s(0) == pytest.approx(7 + jump_s)


def test_after_a_known_jump_the_next_note_counts() -> None:
    air = AirTime(RATE, 0.0)
    for number in range(5):
        air.note(number * 250, 7 + number * 0.25)
    air.forget()
    assert not air.settled
    assert air.at_s(0) == pytest.approx(7.0)
    air.note(1250, 8.45)
    assert air.at_s(0) == pytest.approx(7.2)


@pytest.mark.parametrize("drift", [0.0, 0.0003, -0.0002])
def test_it_runs_with_the_devices_clock_though_the_sound_system_is_wrong_for_seconds(drift: float) -> None:
    air, block, chance = AirTime(RATE, 0.0), 10, random.Random(3)
    step_s = (1 + drift) / RATE
    now_s = 0.0
    while now_s < 40:
        now_s += chance.uniform(0.004, 0.016)
        blocks = int(now_s / (block * step_s))
        air.look(blocks * block, now_s)
        if chance.random() < 0.05:
            air.note(blocks * block, blocks * block * step_s + 0.05 + 0.003 * math.sin(now_s / 3))
        if now_s > 15:
            late_s = air.at_s(blocks * block) - blocks * block * step_s
            assert late_s == pytest.approx(0.05, abs=0.008)
    ahead = [air.at_s(number) for number in (40_000, 41_000)]
    assert ahead[1] - ahead[0] == pytest.approx(1000 * step_s, abs=3e-5)


def test_samples_that_were_lost_are_noticed_within_some_seconds() -> None:
    air, lost_s = AirTime(RATE, 0.0), 0.0
    for tick in range(3000):
        now_s = tick * 0.01
        lost_s = 0.2 if now_s > 20 else 0.0
        number = int((now_s - lost_s) * RATE) // 10 * 10
        air.look(number, now_s)
        if tick % 25 == 0:
            air.note(number, number / RATE + lost_s + 0.04)
    assert air.at_s(29_000) == pytest.approx(29.0 + 0.2 + 0.04, abs=0.011)


@pytest.mark.parametrize("still_s", [1.0, 2.5, 30.0])
def test_a_stream_that_stands_still_for_a_while_is_followed_again(still_s: float) -> None:
    air, number, now_s = AirTime(RATE, 0.0), 0, 0.0
    for moving, seconds in ((True, 15.0), (False, still_s), (True, 15.0)):
        for _ in range(round(seconds / 0.01)):
            now_s += 0.01
            number += 10 * moving
            air.look(number, now_s)
    assert air.at_s(number) == pytest.approx(now_s, abs=0.001)
    assert air.at_s(number + RATE) - air.at_s(number) == pytest.approx(1.0, abs=1e-4)
