from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mia_desktop.core.frames import Speech
from mia_desktop.core.ring import Samples
from mia_desktop.speech import joints
from mia_desktop.speech.stretches import Stretches, whole

RATE_HZ = 22_050


def sentence(before: int, length: int, after: int) -> Samples:
    tone = np.sin(np.arange(length) / 5)
    return np.concatenate((np.zeros(before), tone, np.zeros(after))).astype(np.float32)


def fed(sound: Samples, cuts: list[int], words: list[tuple[int, float]]) -> list[Speech]:
    stretches = Stretches(RATE_HZ, words, share_before=0.0, share=1.0)
    ends = [0, *sorted(min(cut, len(sound)) for cut in cuts), len(sound)]
    given = [
        stretches.feed(sound[a:b], last=b == ends[-1] and n == len(ends) - 2) for n, (a, b) in enumerate(pairwise(ends))
    ]
    return [one for one in given if one is not None]


@example(0, 2000, 0, [442])
@given(
    st.integers(0, 3000),
    st.integers(2000, 12_000),
    st.integers(0, 6000),
    st.lists(st.integers(0, 21_000), max_size=4),
)
def test_stretches_put_together_are_the_sentence_in_one(before: int, length: int, after: int, cuts: list[int]) -> None:
    sound = sentence(before, length, after)
    words = [(before + length // 2, 0.5), (before + length, 1.0)]
    (together,), (at_once,) = whole(fed(sound, cuts, words)), fed(sound, [], words)
    np.testing.assert_array_equal(together.samples, at_once.samples)
    assert [one.ends for one in fed(sound, cuts, words)][-1]


@given(st.lists(st.integers(0, 12_000), max_size=5))
def test_a_word_counts_once_it_has_ended(cuts: list[int]) -> None:
    words = [(4000, 0.3), (7000, 0.6), (10_000, 1.0)]
    spoken, at = [], 0
    for one in fed(sentence(0, 10_000, 2000), cuts, words):
        assert one.words[-1][0] == len(one.samples)
        spoken += [(at + end, share) for end, share in one.words]
        at += len(one.samples)
    assert [share for _, share in spoken] == sorted(share for _, share in spoken)
    for end, share in spoken[:-1]:
        assert share == max((of for where, of in words if where <= end), default=0.0)
    assert spoken[-1][1] == 1.0


def test_silence_after_the_sentence_is_not_spoken_and_silence_inside_is() -> None:
    sound = np.concatenate((sentence(500, 3000, 4000), sentence(0, 3000, 9000)))
    first, *more = fed(sound, [4000, 7000, 12_000], [(10_500, 1.0)])
    assert len(first.samples) == pytest.approx(3000, abs=300)
    assert sum(len(one.samples) for one in (first, *more)) == pytest.approx(10_000, abs=700)
    assert first.samples[-1] != 0, "what goes on is not faded"
    assert more[-1].samples[-1] == 0


def test_nothing_is_spoken_of_silence() -> None:
    assert fed(np.zeros(5000, dtype=np.float32), [1000, 2000], []) == []


def test_loud_speech_is_pressed_below_full_scale_and_soft_speech_stays() -> None:
    ramp = np.linspace(-2, 2, 1000, dtype=np.float32)
    out = joints.limited(ramp)
    assert np.abs(out).max() < 1
    assert np.all(np.diff(out) > 0)
    np.testing.assert_array_equal(out[np.abs(ramp) < 0.8], ramp[np.abs(ramp) < 0.8])
