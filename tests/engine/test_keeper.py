"""What is said is remembered, and what is remembered is used."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import ManualClock
from mia_desktop.core.commands import AskText
from mia_desktop.core.errors import VaultDiskError
from mia_desktop.core.events import (
    Event,
    MemoryEmbedded,
    MemoryKept,
    MemoryUsed,
    ReplyStarted,
    TurnFinished,
    WorkerFailed,
)
from mia_desktop.core.items import Exchanged
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.memories import Experience
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.keeper import Keeper
from mia_desktop.engine.part import Part
from mia_desktop.engine.remembering import RuledMemory
from mia_desktop.memory.memory import Memory
from tests.engine.kept import kept_memory
from tests.engine.test_behaviours import MakeBench, kinds
from tests.engine.test_engine import bench
from tests.memory.hashed_embedder import HashedEmbedder

__all__ = ["bench"]

DOG = "My dog is called Rex."


@pytest.fixture
def memory(tmp_path: Path) -> RuledMemory:
    return kept_memory(tmp_path)


def test_what_was_told_in_one_conversation_is_known_in_the_next(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice.", memory=lambda: memory)
    one.engine.submit(AskText(text=DOG, aloud=False))
    one.until(MemoryKept)
    two = bench("Rex.", memory=lambda: memory)
    two.engine.submit(AskText(text="What is my dog called?", aloud=False))
    events = two.until(TurnFinished)
    (used,) = [event for event in events if isinstance(event, MemoryUsed)]
    assert used.hits[0].memory.text == DOG
    assert kinds(events).index(MemoryUsed) < kinds(events).index(ReplyStarted)
    asked = two.language.prompts[-1][-1].text
    assert asked.startswith("What is my dog called?"), "the user's words come first, so that they can be read ahead"
    assert DOG in asked


def test_a_memory_of_this_very_conversation_is_not_told_twice(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice.", memory=lambda: memory)
    one.engine.submit(AskText(text=DOG, aloud=False))
    one.until(MemoryKept)
    one.engine.submit(AskText(text="What is my dog called?", aloud=False))
    assert MemoryUsed not in kinds(one.until(TurnFinished))


def test_the_last_turn_is_kept_when_she_is_closed(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice.", memory=lambda: memory)
    one.engine.submit(AskText(text=DOG, aloud=False))
    one.until(TurnFinished)
    one.engine.stop()
    assert DOG in [kept.text for kept in memory.memory.newest(5)]


class FullDisk:
    """A memory that cannot write at first."""

    locked = False

    def without_vector(self) -> int:
        return 0

    def tidy(self) -> None:
        pass

    def __init__(self) -> None:
        self.full = True
        self.kept: list[str] = []

    def recall(self, question: str, now: datetime, most: int = 10) -> list[object]:
        return []

    def remember_all(self, experiences: list[Experience]) -> list[int | None]:
        if self.full:
            raise VaultDiskError("The disk is full.")
        self.kept += [one.text for one in experiences]
        return list(range(len(experiences)))

    def close(self) -> None:
        pass


def test_what_cannot_be_written_is_told_and_tried_again() -> None:
    disk, inbox, bus, clock = FullDisk(), Mailbox[Exchanged](), Bus(), ManualClock()
    part = Part(lambda: disk)
    part.load()
    events: list[Event] = []
    bus.subscribe(events.append)
    keeper = Keeper(inbox, part, bus, clock)  # type: ignore[arg-type]
    now = datetime(2026, 3, 1, tzinfo=UTC)
    inbox.put(Exchanged(turn=TurnId(1), at=now, user="Anna", said=DOG, spoken=True, answered="Nice.", recalled=()))
    keeper.step()
    assert kinds(events) == [WorkerFailed]
    disk.full = False
    for _ in range(100):
        keeper.step()
    assert kinds(events) == [WorkerFailed, MemoryKept]
    assert disk.kept == [DOG, "Nice."]


def test_after_a_change_of_model_the_keeper_embeds_at_rest_and_tells_how_far_it_is(tmp_path: Path) -> None:
    ruled = kept_memory(tmp_path)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    ruled.remember_all([Experience(text=f"Thing {n}.", at=at, speaker="Anna") for n in range(80)])
    newer = Memory(ruled.memory.store.database, HashedEmbedder("newer", 32))
    clock, bus, part = ManualClock(), Bus(), Part(lambda: RuledMemory(newer, ruled._vault))
    part.load()
    keeper = Keeper(Mailbox(), part, bus, clock)  # type: ignore[arg-type]
    events: list[Event] = []
    bus.subscribe(events.append)
    keeper._inbox.close()
    keeper.step()
    assert events == [], "somebody may be talking"
    clock.advance(6)
    for _ in range(5):
        keeper.step()
    assert events == [MemoryEmbedded(done=n, of=80) for n in (32, 64, 80)]
    assert newer.stats().vectors == 80
    keeper.note(MemoryKept(turn=TurnId(1), ids=()))
    assert newer.recall("thing 7", at), "all are found by meaning again"
