import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.memory.sensory import SensoryMemory
from mia_desktop.memory.working import CAPACITY, LASTS_S, WorkingMemory

USES = st.lists(st.tuples(st.sampled_from("abcdefghijklmnop"), st.floats(0, 20)), max_size=60)


def used(uses: list[tuple[str, float]]) -> tuple[WorkingMemory, float]:
    memory, now_s = WorkingMemory(), 0.0
    for text, pause_s in uses:
        now_s += pause_s
        memory = memory.use(text, now_s)
    return memory, now_s


@given(USES)
def test_it_holds_at_most_seven_plus_two_and_always_the_last(uses: list[tuple[str, float]]) -> None:
    memory, now_s = used(uses)
    assert len(memory.items) <= CAPACITY
    assert len({one.text for one in memory.items}) == len(memory.items)
    if uses:
        assert memory.present(now_s)[0].text == uses[-1][0]


@given(USES, st.floats(0, 60))
def test_activation_only_falls_and_nothing_unused_outlasts_half_a_minute(
    uses: list[tuple[str, float]], wait_s: float
) -> None:
    memory, now_s = used(uses)
    later_s = now_s + wait_s
    for one in memory.items:
        assert 0 < memory.activation(one, later_s) <= memory.activation(one, now_s) <= 1
    for one in memory.at(later_s).items:
        assert later_s - one.used_at_s <= LASTS_S


@pytest.mark.parametrize("half_life_s", [15.0, 20.0, 30.0])
def test_activation_halves_in_its_half_life_and_use_refreshes_it(half_life_s: float) -> None:
    memory = WorkingMemory(half_life_s=half_life_s).use("a", 0)
    assert memory.activation(memory.items[0], half_life_s) == pytest.approx(0.5)
    memory = memory.use("a", half_life_s)
    assert memory.activation(memory.items[0], half_life_s) == 1
    assert memory.items[0].uses == 2


@given(USES)
def test_only_what_was_rehearsed_or_matters_is_worth_keeping(uses: list[tuple[str, float]]) -> None:
    memory, now_s = used(uses)
    memory = memory.use("important", now_s, salient=True).use("known", now_s, memory=7).use("known", now_s)
    kept = {one.text for one in memory.worth_keeping()}
    assert "important" in kept
    assert "known" not in kept, "it is in long-term memory already"
    assert all(one.uses >= 2 or one.salient for one in memory.items if one.text in kept)


def test_sensory_memory_holds_its_last_moments_and_cannot_be_stored() -> None:
    import pickle

    import numpy as np

    sense = SensoryMemory(0.5, 100)
    sense.sense(np.arange(80, dtype=np.float32))
    assert sense.recent().tolist() == list(range(30, 80))
    assert len(sense.recent()) == 0
    with pytest.raises(TypeError):
        pickle.dumps(sense)
    for wrong_s in (0.1, 2.5):
        with pytest.raises(ValueError, match="lasts"):
            SensoryMemory(wrong_s, 100)
