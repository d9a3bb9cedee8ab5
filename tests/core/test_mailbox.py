import threading

from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.mailbox import Lane, Mailbox, Overflow


@given(items=st.lists(st.tuples(st.sampled_from(Lane), st.integers()), max_size=40))
def test_lanes_are_emptied_in_order_and_each_keeps_its_own(items: list[tuple[Lane, int]]) -> None:
    box = Mailbox[tuple[Lane, int]](capacity=64)
    for lane, number in items:
        assert box.put((lane, number), lane)
    got = [box.get(0) for _ in items]
    assert got == [item for lane in Lane for item in items if item[0] is lane]
    assert box.get(0) is None


@given(capacity=st.integers(1, 5), count=st.integers(0, 20), policy=st.sampled_from(Overflow))
def test_the_data_lane_never_holds_more_than_its_capacity(capacity: int, count: int, policy: Overflow) -> None:
    box = Mailbox[int](capacity, policy)
    for number in range(count):
        box.put(number, timeout_s=0)
    kept = min(capacity, count)
    first = count - kept if policy is Overflow.DROP_OLDEST else 0
    assert [box.get(0) for _ in range(kept)] == list(range(first, first + kept))
    assert box.dropped == (0 if policy is Overflow.WAIT else count - kept)


def test_a_waiting_writer_goes_on_when_there_is_room() -> None:
    box = Mailbox[int](1)
    box.put(1)
    writer = threading.Thread(target=box.put, args=(2,))
    writer.start()
    assert box.get(5) == 1
    assert box.get(5) == 2
    writer.join()


def test_closing_frees_a_waiting_reader_and_refuses_items() -> None:
    box = Mailbox[int]()
    got: list[int | None] = []
    reader = threading.Thread(target=lambda: got.append(box.get()))
    reader.start()
    box.close()
    reader.join(5)
    assert got == [None]
    assert not box.put(1)


def test_clearing_leaves_control_items() -> None:
    box = Mailbox[int]()
    box.put(1)
    box.put(2, Lane.CONTROL)
    assert box.clear() == 1
    assert box.get(0) == 2
