import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.speech.tape import Tape

RATE = 1000


def _tape(count: int = 500) -> Tape:
    tape = Tape(RATE, 1.0)
    tape.write(np.ones(count, dtype=np.float32))
    return tape


def _feed(tape: Tape, count: int, at_s: float) -> np.ndarray:
    out = np.full(count, 9.0, dtype=np.float32)
    tape.feed(out, at_s)
    return out


@given(st.lists(st.integers(1, 120), max_size=30))
def test_samples_come_out_in_order_and_once(blocks: list[int]) -> None:
    tape, given_, got = Tape(RATE, 0.3), 0, []
    for number, count in enumerate(blocks):
        now_s = 10 + number
        fits = min(count, tape.room(now_s))
        tape.write(np.arange(given_, given_ + fits, dtype=np.float32))
        given_ += fits
        got.append(_feed(tape, fits, now_s))
    whole = np.concatenate(got) if got else np.zeros(0)
    assert (whole[20:] == np.arange(20, given_)).all(), "after the first fade"


def test_what_was_heard_follows_from_when_blocks_sound() -> None:
    tape = _tape()
    _feed(tape, 100, 10.0)
    _feed(tape, 100, 10.1)
    assert tape.heard(9.99) == 0
    assert tape.heard(10.05) == pytest.approx(50, abs=1)
    assert tape.heard(10.15) == pytest.approx(150, abs=1)
    assert tape.heard(12.0) == 200


def test_a_pause_fades_out_and_forgets_nothing() -> None:
    tape = Tape(RATE, 1.0)
    tape.write(np.arange(1, 501, dtype=np.float32) / 500)
    _feed(tape, 100, 10.0)
    tape.paused = True
    faded = _feed(tape, 100, 10.1)
    assert faded[0] > faded[5] > 0
    assert not faded[10:].any(), "silent after 10 ms"
    assert not _feed(tape, 100, 10.2).any()
    assert tape.heard(10.3) == 110
    tape.paused = False
    assert _feed(tape, 20, 10.4)[-1] == np.float32(130 / 500), "it goes on where it stopped"


def test_a_dry_tape_is_silent() -> None:
    tape = _tape(30)
    out = _feed(tape, 100, 10.0)
    assert out[29] == 1.0
    assert not out[30:].any()
    assert tape.heard(11.0) == tape.written == 30


def test_forgetting_leaves_nothing_unheard() -> None:
    tape = _tape()
    _feed(tape, 100, 10.0)
    assert tape.forget() == 400
    assert tape.heard(9.0) == tape.written
    assert tape.forget() == 0
    assert not _feed(tape, 10, 10.2).any()
    tape.write(np.full(10, 0.5, dtype=np.float32))
    assert _feed(tape, 20, 10.3)[9] == 0.5, "what comes next is heard"


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=1, max_size=10), st.integers(3, 30))
def test_no_change_of_gain_clicks(gains: list[float], block: int) -> None:
    tape = _tape(1000)
    pieces = []
    for gain in gains:
        tape.gain = gain
        pieces.append(_feed(tape, block, 10.0))
    steps = np.abs(np.diff(np.concatenate(([0.0], *pieces))))
    assert steps.max() <= 0.1 + 1e-6, "from silence to full in no less than 10 ms"


def test_a_gain_is_reached_within_10_ms() -> None:
    tape = _tape()
    _feed(tape, 20, 10.0)
    tape.gain = 0.25
    assert _feed(tape, 10, 10.02)[-1] == pytest.approx(0.25)
