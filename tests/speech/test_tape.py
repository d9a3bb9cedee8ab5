import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.ring import Samples
from mia_desktop.speech.tape import Tape, ring_size

RATE = 1000
BLOCK = 10
GUARD = BLOCK + 3


class FakeRing:
    """A device that takes samples when told to, or `hurry` of them each time that somebody asks how far it is."""

    def __init__(self) -> None:
        self.samples: Samples = np.full(ring_size(RATE), 9.0, dtype=np.float32)
        self.end = self.at = self.hurry = 0
        self.hurries = 0
        self.heard: list[float] = []

    def consumed(self) -> int:
        if self.hurries:
            self.hurries -= 1
            self.take(self.hurry)
        return self.at

    def extend(self, count: int) -> None:
        self.end += count
        assert self.end - self.at <= len(self.samples), "nothing that was not taken is overwritten"

    def take(self, count: int) -> np.ndarray:
        """Take `count` samples, or what there is."""
        numbers = np.arange(self.at, min(self.end, self.at + count)) % len(self.samples)
        self.at += len(numbers)
        taken = self.samples[numbers].copy()
        self.heard += taken.tolist()
        return taken


def _tape(count: int = 0) -> tuple[Tape, FakeRing]:
    ring = FakeRing()
    tape = Tape(RATE, ring, BLOCK)
    tape.write(np.ones(count, dtype=np.float32))
    return tape, ring


def _play_on(tape: Tape, ring: FakeRing, count: int) -> np.ndarray:
    """Let the device take `count` samples block by block, as somebody keeps the tape filled."""
    pieces = [np.zeros(0, dtype=np.float32)]
    for _ in range(count // BLOCK):
        pieces.append(ring.take(BLOCK))
        tape.fill()
    return np.concatenate(pieces)


def test_the_device_finds_silence_for_two_seconds_though_nobody_cares() -> None:
    _, ring = _tape()
    assert ring.take(5000).tolist() == [0.0] * 2000


def test_speech_begins_behind_the_guard_and_fades_in() -> None:
    tape, ring = _tape()
    ring.take(100)
    tape.write(np.ones(50, dtype=np.float32))
    out = ring.take(100)
    assert not out[:GUARD].any()
    assert out[GUARD : GUARD + 10] == pytest.approx(np.arange(1, 11) / 10)
    assert (out[GUARD + 10 : GUARD + 50] == 1.0).all()
    assert not out[GUARD + 50 :].any()


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 30)), max_size=40))
def test_samples_come_out_in_order_and_once(steps: list[tuple[int, int]]) -> None:
    tape, ring = _tape()
    given_ = 0
    for count, blocks in steps:
        fits = min(count, tape.room())
        tape.write(np.arange(given_ + 1, given_ + fits + 1, dtype=np.float32))
        given_ += fits
        _play_on(tape, ring, BLOCK * blocks)
    _play_on(tape, ring, 2500)
    heard = np.array(ring.heard)[20:]
    spoken = heard[heard > 0]
    assert (spoken[10:] == np.arange(given_ + 1 - len(spoken) + 10, given_ + 1)).all(), "after the first fade"


@given(st.data())
def test_whatever_is_done_every_sample_is_heard_kept_or_dropped(data: st.DataObject) -> None:
    tape, ring = _tape()
    written = dropped = 0
    for _ in range(data.draw(st.integers(1, 25))):
        what = data.draw(st.sampled_from(["write", "play", "pause", "resume", "forget", "gain"]))
        if what == "write":
            fits = min(data.draw(st.integers(1, 400)), tape.room())
            tape.write(np.ones(fits, dtype=np.float32))
            written += fits
        elif what == "play":
            _play_on(tape, ring, data.draw(st.integers(0, 500)))
        elif what == "pause":
            tape.pause()
        elif what == "resume":
            tape.resume()
        elif what == "forget":
            dropped += tape.forget()
        else:
            tape.set_gain(data.draw(st.sampled_from([0.25, 1.0])))
    tape.resume()
    tape.set_gain(1.0)
    _play_on(tape, ring, 5000)
    assert tape.unheard(ring.at) == 0
    assert not ring.take(100).any()
    assert np.count_nonzero(ring.heard) <= written - dropped
    assert written - dropped - np.count_nonzero(ring.heard) <= 25, "but for the last sample of a fade"


def test_what_was_not_heard_follows_from_what_is_in_the_air() -> None:
    tape, ring = _tape(500)
    ring.take(200)
    assert tape.unheard(0) == 500
    assert tape.unheard(GUARD + 50) == 450
    assert tape.unheard(GUARD + 500) == GUARD + 500 - 200, "what was not taken is not heard"
    ring.take(900)
    assert tape.unheard(GUARD + 500) == 0
    tape.write(np.ones(40, dtype=np.float32))
    assert tape.unheard(1100) == 40


def test_a_pause_fades_out_and_forgets_nothing() -> None:
    tape, ring = _tape()
    tape.write(np.arange(1, 501, dtype=np.float32) / 500)
    ring.take(100 + GUARD)
    tape.pause()
    faded = _play_on(tape, ring, 100)[GUARD:]
    assert faded[0] > faded[5] > 0
    assert not faded[10:].any(), "silent after 10 ms"
    assert tape.unheard(ring.at) == 500 - 100 - GUARD - 10
    tape.resume()
    again = _play_on(tape, ring, 600)[GUARD:]
    assert again[0] == pytest.approx((100 + GUARD + 11) / 500 / 10), "it goes on where it stopped"
    assert again[376] == 1.0
    assert not again[377:].any()


def test_forgetting_leaves_nothing_unheard() -> None:
    tape, ring = _tape(500)
    ring.take(100)
    assert tape.forget() == 500 - 100 - 10
    assert tape.unheard(0) == 0
    assert tape.forget() == 0
    assert not ring.take(100)[GUARD + 10 :].any()
    tape.write(np.full(20, 0.5, dtype=np.float32))
    assert ring.take(GUARD + 20)[-1] == 0.5, "what comes next is heard"


def test_a_pause_before_the_first_sound_loses_nothing() -> None:
    tape, ring = _tape(300)
    tape.pause()
    assert tape.unheard(0) == 300
    assert not _play_on(tape, ring, 200).any()
    tape.write(np.ones(50, dtype=np.float32))
    tape.resume()
    assert np.count_nonzero(_play_on(tape, ring, 500)) == 350


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0, "pause", "resume"]), st.integers(0, 4)), max_size=15))
def test_no_change_clicks(changes: list[tuple[float | str, int]]) -> None:
    tape, ring = _tape(1500)
    for change, blocks in changes:
        if change == "pause":
            tape.pause()
        elif change == "resume":
            tape.resume()
        elif isinstance(change, float):
            tape.set_gain(change)
        _play_on(tape, ring, blocks * BLOCK)
    steps = np.abs(np.diff([0.0, 0.0, *ring.heard]))
    assert steps.max() <= 0.1 + 1e-6, "from silence to full in no less than 10 ms"


def test_a_gain_is_reached_10_ms_behind_the_guard() -> None:
    tape, ring = _tape(1500)
    ring.take(100)
    tape.set_gain(0.25)
    out = ring.take(100)
    assert (out[:GUARD] == 1.0).all()
    assert out[GUARD + 9] == pytest.approx(0.25)
    assert out[60] == pytest.approx(0.25)
    tape.set_gain(1.0)
    assert ring.take(100)[60] == 1.0, "what was made softer comes back whole"


def test_where_the_device_is_quicker_than_the_guard_no_first_sample_is_lost() -> None:
    tape, ring = _tape()
    ring.take(50)
    ring.hurry, ring.hurries = 20, 4
    tape.write(np.arange(101, 151, dtype=np.float32))
    heard = np.concatenate((np.array(ring.heard), ring.take(200)))
    assert heard[np.flatnonzero(heard)[-1]] == 150
    assert 111 in heard
    assert tape.unheard(ring.at) == 0


def test_where_the_device_is_quicker_than_the_guard_a_pause_counts_what_it_may_have_played() -> None:
    tape, ring = _tape(500)
    ring.take(100)
    ring.hurry, ring.hurries = 30, 2
    tape.pause()
    assert tape.unheard(ring.at) <= 500 - 100 - GUARD - 10


def test_a_device_that_ran_dry_goes_on_in_silence() -> None:
    tape, ring = _tape(30)
    ring.take(9000)
    assert ring.at == ring.end
    tape.fill()
    tape.write(np.ones(20, dtype=np.float32))
    out = ring.take(200)
    assert np.count_nonzero(out) == 20
    assert not out[:GUARD].any()


def test_what_is_played_can_be_read_by_its_number() -> None:
    tape, ring = _tape(500)
    tape.pause()
    tape.resume()
    before = tape.slice(0, 600)
    assert ring.take(600).tolist() == before.tolist()
    assert not tape.slice(-10, 10).any()
    assert not tape.slice(tape.end, 10).any()
