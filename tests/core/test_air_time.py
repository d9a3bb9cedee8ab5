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
