"""Memory locks by itself: after long silence, and over the machine's sleep."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from mia_desktop.core.clock import ManualClock
from mia_desktop.core.commands import Lock, MemoryCommand, Unlock
from mia_desktop.core.config import Settings
from mia_desktop.core.events import MemoryChanged, MemoryKept, StateChanged
from mia_desktop.core.items import MemoryRequest
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.locking import Locking, slept_s
from mia_desktop.engine.part import Part


@dataclass
class Lockable:
    """A memory that only locks and unlocks, and the machine it is on."""

    opens_alone: bool = True
    locked: bool = False
    slept_s: float = 0.0
    clock: ManualClock = field(default_factory=ManualClock)
    asked: list[MemoryCommand] = field(default_factory=list)

    def take(self, request: MemoryRequest) -> None:
        self.asked.append(request.command)
        self.locked = isinstance(request.command, Lock)

    def sleep(self, seconds: float) -> None:
        self.slept_s += seconds


@pytest.fixture
def made() -> Callable[..., tuple[Locking, Lockable]]:
    def made(opens_alone: bool = True, **settings: object) -> tuple[Locking, Lockable]:
        memory = Lockable(opens_alone=opens_alone)
        part = Part(lambda: memory)
        part.load()
        chosen = Settings(**settings)  # type: ignore[arg-type]
        return Locking(part, memory.take, chosen, memory.clock, lambda: memory.slept_s), memory  # type: ignore[arg-type]

    return made


Make = Callable[..., tuple[Locking, Lockable]]


def test_after_long_silence_memory_is_locked_and_stays_so(made: Make) -> None:
    locking, memory = made(lock_idle_min=10)
    while memory.clock.now_s() < 599:
        locking.step()
    assert memory.asked == []
    locking.note(MemoryKept(turn=TurnId(1), ids=()))
    while memory.clock.now_s() < 1198:
        locking.step()
    assert memory.asked == [], "somebody talked with her"
    locking.note(StateChanged(state="ready"))
    while memory.clock.now_s() < 3000:
        locking.step()
    assert memory.asked == [Lock()]


def test_without_the_setting_silence_locks_nothing(made: Make) -> None:
    locking, memory = made()
    for _ in range(1000):
        locking.step()
    assert memory.asked == []


def test_unlocking_begins_the_silence_anew(made: Make) -> None:
    locking, memory = made(lock_idle_min=1)
    while not memory.asked:
        locking.step()
    memory.locked = False
    locking.note(MemoryChanged(turn=None, did="unlocked"))
    for _ in range(100):
        locking.step()
    assert len(memory.asked) == 1


def test_before_sleep_it_is_locked_and_what_the_keyring_opens_is_opened_again(made: Make) -> None:
    locking, memory = made()
    locking.before_sleep()
    assert memory.asked == [Lock()]
    locking.step()
    assert memory.asked == [Lock()]
    memory.sleep(3600)
    locking.step()
    locking.step()
    assert memory.asked == [Lock(), Unlock()]


def test_a_sleep_that_did_not_come_opens_it_again_too(made: Make) -> None:
    locking, memory = made()
    locking.before_sleep()
    locking.after_sleep()
    locking.after_sleep()
    assert memory.asked == [Lock(), Unlock()]


def test_a_vault_with_a_passphrase_stays_locked_after_sleep(made: Make) -> None:
    locking, memory = made(opens_alone=False)
    locking.before_sleep()
    memory.sleep(3600)
    for _ in range(5):
        locking.step()
    assert memory.asked == [Lock()]


def test_sleep_of_which_nobody_told_is_noticed_on_waking(made: Make) -> None:
    locking, memory = made(opens_alone=False)
    locking.step()
    memory.sleep(90)
    locking.step()
    assert memory.asked == [Lock()]


def test_a_clock_that_runs_on_in_sleep_is_noticed_too(made: Make) -> None:
    locking, memory = made(opens_alone=False)
    locking.step()
    memory.clock.advance(900)
    locking.step()
    assert memory.asked == [Lock()]


def test_what_the_user_locked_is_not_opened_by_waking(made: Make) -> None:
    locking, memory = made()
    memory.locked = True
    locking.before_sleep()
    memory.sleep(900)
    locking.step()
    assert memory.asked == []


def test_the_setting_leaves_it_open_over_sleep(made: Make) -> None:
    locking, memory = made(opens_alone=False, lock_asleep=False)
    locking.before_sleep()
    memory.sleep(900)
    locking.step()
    assert memory.asked == []


def test_a_keeper_that_is_stuck_does_not_hold_up_sleep_for_ever(made: Make) -> None:
    locking, memory = made()
    memory.take = memory.asked.append  # type: ignore[method-assign, assignment]
    locking._ask = memory.asked.append  # type: ignore[assignment]
    before_s = memory.clock.now_s()
    locking.before_sleep()
    assert memory.clock.now_s() - before_s < 4


def test_this_machine_says_how_long_it_slept() -> None:
    assert abs(slept_s() - slept_s()) < 1
