import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.played import PlayedSound

RATE = 1000


def _played(*blocks: tuple[float, int]) -> PlayedSound:
    """Blocks of a counting sound: (clock time, samples)."""
    played, number = PlayedSound(), 1
    played.begin(RATE)
    for at_s, count in blocks:
        played.write(np.arange(number, number + count, dtype=np.float32), at_s)
        number += count
    return played


def test_before_anything_was_played_it_is_silent() -> None:
    played = PlayedSound()
    assert not played.read(5.0, 10).any()


def test_a_block_is_found_at_the_time_at_which_it_sounds() -> None:
    played = _played((10.0, 50), (10.05, 50))
    assert played.read(10.02, 3).tolist() == [21, 22, 23]
    assert played.read(9.999, 2).tolist() == [0, 1]
    assert played.read(10.099, 2).tolist() == [100, 0]


@given(st.lists(st.floats(-0.009, 0.009), min_size=2, max_size=20))
def test_jitter_of_the_device_makes_no_hole(jitter: list[float]) -> None:
    played = _played(*[(10 + 0.05 * n + (wrong if n else 0), 50) for n, wrong in enumerate(jitter)])
    assert played.read(10.0, 50 * len(jitter)).tolist() == list(range(1, 50 * len(jitter) + 1))


def test_a_pause_of_the_device_reads_as_silence() -> None:
    played = _played((10.0, 50), (10.2, 50))
    assert not played.read(10.05, 150).any()
    assert played.read(10.2, 1).tolist() == [51]


@given(st.integers(1, 5000))
def test_only_the_newest_two_seconds_are_kept(count: int) -> None:
    played = _played(*[(10 + 0.05 * n, 50) for n in range(count // 50 + 1)])
    whole = played.read(10.0, count)
    kept = max(0, (count // 50 + 1) * 50 - 2 * RATE)
    assert not whole[:kept].any()
    assert (whole[kept:] == np.arange(kept + 1, count + 1)).all()


def test_a_new_rate_begins_anew() -> None:
    played = _played((10.0, 100))
    played.begin(2 * RATE)
    assert not played.read(10.0, 10).any()
    assert played.rate_hz == pytest.approx(2 * RATE)
