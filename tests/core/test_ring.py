import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.ring import SampleRing

STEPS = st.lists(st.one_of(st.integers(0, 40), st.integers(-40, -1)), max_size=60)


@given(capacity=st.integers(1, 30), steps=STEPS)
def test_what_is_read_is_what_was_written_less_what_was_counted_lost(capacity: int, steps: list[int]) -> None:
    ring, written, model, lost = SampleRing(capacity), 0, [], 0
    for step in steps:
        if step >= 0:
            new = list(range(written, written + step))
            written += step
            ring.write(np.array(new, dtype=np.float32))
            model += new
            lost += max(0, len(model) - capacity)
            model = model[-capacity:]
        else:
            assert ring.read(-step).tolist() == model[:-step]
            model = model[-step:]
        assert (ring.written, ring.lost, ring.waiting, ring.room) == (written, lost, len(model), capacity - len(model))


def test_clearing_forgets_without_counting_a_loss() -> None:
    ring = SampleRing(8)
    ring.write(np.ones(5, dtype=np.float32))
    assert ring.clear() == 5
    assert (ring.waiting, ring.lost) == (0, 0)


def test_a_ring_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        SampleRing(0)


def test_a_writer_and_a_reader_in_two_threads_lose_nothing_while_there_is_room() -> None:
    ring, total, got = SampleRing(100_000), 90_000, []
    writer = threading.Thread(
        target=lambda: [ring.write(np.arange(n, n + 100, dtype=np.float32)) for n in range(0, total, 100)]
    )
    writer.start()
    while len(got) < total:
        got.extend(ring.read(777).tolist())
    writer.join()
    assert got == list(range(total))
