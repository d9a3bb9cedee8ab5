"""A disk that is really full: told once, nothing acknowledged lost, and on again when there is room."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mia_desktop.core import config
from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import ManualClock
from mia_desktop.core.commands import Forget, Lock, MemoryCommand, Remember
from mia_desktop.core.config import Settings
from mia_desktop.core.events import Event, KeepingFailed, KeepingResumed, MemoryChanged, MemoryKept
from mia_desktop.core.items import Exchanged, MemoryRequest
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.memories import ById
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.keeper import Keeper, KeeperItem
from mia_desktop.engine.part import Part
from mia_desktop.engine.ruled_memory import RuledMemory
from tests.engine.kept import kept_memory

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Kept:
    """A keeper whose vault lies on a small disk, and what it tells."""

    disk: Path
    memory: RuledMemory
    inbox: Mailbox[KeeperItem] = field(default_factory=Mailbox)
    clock: ManualClock = field(default_factory=ManualClock)
    events: list[Event] = field(default_factory=list)
    said: int = 0

    def __post_init__(self) -> None:
        part = Part(lambda: self.memory)
        part.load()
        bus = Bus()
        bus.subscribe(self.events.append)
        self.keeper = Keeper(self.inbox, part, bus, self.clock, "Anna")  # type: ignore[arg-type]

    def fill(self) -> None:
        """Leave no room at all."""
        with (self.disk / "filler").open("ab", buffering=0) as filler:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while True:
                        filler.write(b"x" * size)
                except OSError:
                    continue

    def free(self) -> None:
        """Make room again."""
        (self.disk / "filler").unlink()

    def say(self) -> TurnId:
        """Say something that is long enough to need room."""
        self.said += 1
        words = " ".join(f"word{self.said}x{number}" for number in range(400))
        self.inbox.put(
            Exchanged(
                turn=TurnId(self.said),
                at=NOW.replace(minute=self.said),
                user="Anna",
                said=f"This is number {self.said}. {words}",
                spoken=True,
                answered="",
                recalled=(),
                conversation="c",
            )
        )
        return TurnId(self.said)

    def ask(self, command: MemoryCommand, *turns: TurnId) -> MemoryChanged:
        """Ask something of memory, and return what became of it."""
        self.inbox.put(MemoryRequest(command=command, at=NOW, turns=turns))
        before = len(self.events)
        self.go_on(1.0)
        (changed,) = (event for event in self.events[before:] if isinstance(event, MemoryChanged))
        return changed

    def go_on(self, seconds: float) -> None:
        """Let the keeper work for so long, and until nothing waits for it."""
        end_s = self.clock.now_s() + seconds
        while self.clock.now_s() < end_s and (self.keeper._owed or len(self.inbox)):
            self.keeper.step()

    def fail(self) -> None:
        """Talk until the disk takes no more."""
        self.fill()
        while not self.told(KeepingFailed):
            self.say()
            self.keeper.step()

    def told(self, *kinds: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kinds)]

    def numbers(self) -> list[int]:
        """Return which of the things that were said are in the vault, each as often as it is there."""
        return sorted(
            int(one.text.split(" ")[3].rstrip(".")) for one in self.memory.memory.newest(100) if "number" in one.text
        )


@pytest.fixture
def kept(small_disk: Path) -> Iterator[Kept]:
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    one = Kept(small_disk, kept_memory(small_disk))
    yield one
    one.memory.close()
    one.memory._vault.lock()


def test_what_cannot_be_written_is_told_once_waits_and_is_whole_when_there_is_room(kept: Kept) -> None:
    kept.say()
    kept.keeper.step()
    kept.fail()
    for _ in range(5):
        kept.say()
    kept.go_on(60)
    assert len(kept.told(KeepingFailed)) == 1
    assert kept.keeper.unsaved() == kept.said - len(kept.told(MemoryKept)) > 5
    acknowledged = len(kept.told(MemoryKept))
    assert kept.numbers() == list(range(1, acknowledged + 1))
    kept.free()
    kept.go_on(30)
    assert len(kept.told(KeepingResumed)) == 1
    assert kept.keeper.unsaved() == 0
    assert [event.turn for event in kept.told(MemoryKept) if isinstance(event, MemoryKept)] == list(
        range(1, kept.said + 1)
    )
    kept.memory.lock()
    kept.memory.unlock(None)
    assert kept.numbers() == list(range(1, kept.said + 1))
    assert {one.seen for one in kept.memory.memory.newest(100)} == {1}, "tried again is not told twice"
    counted = [one.count for one in kept.memory._vault.audit.entries() if one.action == "remembered"]
    assert sum(counted) == kept.said


def test_what_is_asked_of_memory_meanwhile_is_refused_with_the_reason_and_done_later(kept: Kept) -> None:
    kept.fail()
    changed = kept.ask(Remember(text="I like tea."))
    assert (changed.did, "disk is full" in changed.why) == ("refused", True)
    kept.free()
    kept.go_on(30)
    assert kept.ask(Remember(text="I like tea.")).did == "remembered"


def test_a_turn_that_was_deleted_while_it_waited_is_never_written(kept: Kept) -> None:
    kept.fail()
    gone = kept.say()
    kept.go_on(1)
    assert gone in kept.ask(Forget(what=ById(ids=())), gone).turns
    kept.free()
    kept.go_on(30)
    assert gone not in kept.numbers()
    assert kept.numbers() == [number for number in range(1, kept.said + 1) if number != gone]


def test_locking_does_not_wait_for_room_and_tells_what_is_lost(kept: Kept) -> None:
    kept.fail()
    kept.say()
    kept.go_on(1)
    lost = kept.said - len(kept.told(MemoryKept))
    assert kept.ask(Lock()).did == "locked"
    assert kept.memory.locked
    assert kept.told(KeepingResumed) == [KeepingResumed(lost=lost)]
    kept.free()
    kept.memory.unlock(None)
    assert len(kept.numbers()) == kept.said - lost


def test_at_the_end_what_waits_is_tried_once_more(kept: Kept) -> None:
    kept.fail()
    kept.say()
    kept.keeper.finish()
    kept.free()
    kept.keeper.finish()
    assert kept.numbers() == list(range(1, kept.said + 1))


def test_settings_that_cannot_be_written_are_the_old_ones(small_disk: Path, kept: Kept) -> None:
    path = small_disk / "settings.toml"
    config.save(Settings(user_name="Anna"), path)
    kept.fill()
    before = sorted(small_disk.iterdir())
    with pytest.raises(OSError, match="No space"):
        config.change(path, {"memory.user": "Berta"})
    assert config.load(path).user_name == "Anna"
    assert sorted(small_disk.iterdir()) == before
