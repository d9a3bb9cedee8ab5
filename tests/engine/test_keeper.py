"""What is said is remembered, and what is remembered is used."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from mia_desktop.bench.attacks import sign
from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import ManualClock
from mia_desktop.core.commands import AskText, Remember
from mia_desktop.core.errors import VaultDiskError, VaultLockedError
from mia_desktop.core.events import (
    Event,
    KeepingFailed,
    KeepingResumed,
    MemoryEmbedded,
    MemoryKept,
    MemoryUsed,
    ReplyStarted,
    SpeechReady,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.items import Exchanged, MemoryRequest
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.memories import Experience, Recollection
from mia_desktop.core.sights import Percept, SightSource
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.keeper import Keeper
from mia_desktop.engine.part import Part
from mia_desktop.engine.ruled_memory import RuledMemory
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
    for _ in range(200):
        keeper.step()
    assert kinds(events) == [KeepingFailed], "once, however often it is tried"
    disk.full = False
    while disk.kept == []:
        keeper.step()
    assert kinds(events) == [KeepingFailed, MemoryKept, KeepingResumed]
    assert disk.kept == [DOG, "Nice."]


def test_while_an_answer_is_looked_for_keeping_waits_but_what_is_asked_of_memory_does_not(memory: RuledMemory) -> None:
    part, inbox, bus, clock = Part(lambda: memory), Mailbox[Exchanged | MemoryRequest](), Bus(), ManualClock()
    part.load()
    keeper = Keeper(inbox, part, bus, clock)  # type: ignore[arg-type]
    now = datetime(2026, 3, 1, tzinfo=UTC)
    turn = Exchanged(turn=TurnId(1), at=now, user="Anna", said=DOG, spoken=True, answered="Nice.", recalled=())

    def kept() -> int:
        keeper.step()
        return memory.memory.stats().memories

    heard = TranscriptReady(turn=TurnId(2), at_s=0.0, text="And now?", language="en", spoken=True)
    keeper.note(heard)
    inbox.put(turn)
    assert kept() == 0
    keeper.note(SpeechReady(turn=TurnId(2), at_s=0.0))
    assert kept() == 2
    keeper.note(heard)
    inbox.put(dataclasses.replace(turn, turn=TurnId(3), at=now.replace(hour=1)))
    assert kept() == 2
    inbox.put(MemoryRequest(command=Remember(text="I like tea."), at=now))
    assert kept() >= 3, "what was said before is kept first"
    assert kept() >= 4
    keeper.note(heard)
    inbox.put(dataclasses.replace(turn, turn=TurnId(4), said="I have a cat.", at=now.replace(hour=2)))
    before = memory.memory.stats().memories
    while clock.now_s() < 9.9:
        assert kept() == before
    for _ in range(20):
        keeper.step()
    assert memory.memory.stats().memories > before, "an answer that never comes holds nothing up for long"


def shown(source: SightSource, key: str = "a", vector: bool = True) -> Percept:
    """Return what was found in a picture of a receipt."""
    sight = sign("TOTAL 12.50")
    picture = dataclasses.replace(sight.picture, source=source, name="receipt.png")
    place = np.array([0.6, 0.8, 0.0], dtype=np.float32) if vector else None
    sight = dataclasses.replace(sight, picture=picture, vector=place, space="labels" if vector else "")
    return Percept(key=key, number=0, group=0, at_s=0.0, sight=sight)


def kept_of(memory: RuledMemory, *turns: tuple[Percept, ...]) -> list[Recollection]:
    """Return what a keeper keeps of the pictures of some turns."""
    part, inbox, bus = Part(lambda: memory), Mailbox[Exchanged](), Bus()
    part.load()
    keeper = Keeper(inbox, part, bus, ManualClock())  # type: ignore[arg-type]
    for number, seen in enumerate(turns, start=1):
        at = datetime(2026, 3, number, tzinfo=UTC)
        inbox.put(
            Exchanged(
                turn=TurnId(number),
                at=at,
                user="Anna",
                said=f"What is this, number {number}?",
                spoken=True,
                answered="A receipt.",
                recalled=(),
                conversation="c",
                seen=seen,
            )
        )
        keeper.step()
    return [one for one in memory.memory.newest(20) if one.source not in ("voice", "mia")]


def test_what_was_shown_is_kept_once_and_is_found_by_words_and_by_likeness(memory: RuledMemory) -> None:
    (one,) = kept_of(memory, (shown("drop"),), (shown("drop"),))
    assert one.text.startswith("receipt.png: It shows something written.")
    assert (one.source, one.trust, one.consent, one.conversation) == ("image", "untrusted", "files.keep", "c")
    assert one.speaker == "Anna"
    assert memory.recall("Which receipt had a total of 12.50?", datetime(2026, 3, 9, tzinfo=UTC))[0].memory.id == one.id
    assert memory.pictures_like(np.array([0.6, 0.8, 0], np.float32), "labels")[0].memory.id == one.id


def test_of_the_camera_and_the_screen_nothing_is_kept_until_that_is_allowed(memory: RuledMemory) -> None:
    seen = (shown("camera", "b"), shown("screen", "c"))
    assert kept_of(memory, seen) == []
    memory.consents.set("camera.keep", "allowed")
    assert [one.consent for one in kept_of(memory, seen)] == ["camera.keep"]


def test_a_picture_without_a_place_among_others_is_found_by_its_words(memory: RuledMemory) -> None:
    (one,) = kept_of(memory, (shown("file", vector=False),))
    assert memory.recall("receipt total", datetime(2026, 3, 9, tzinfo=UTC))[0].memory.id == one.id


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


def test_a_vault_that_was_not_opened_yet_keeps_nothing_and_says_that_it_is_locked(tmp_path: Path) -> None:
    vault = kept_memory(tmp_path)._vault
    vault.lock()
    locked = RuledMemory(None, vault)
    one = Experience(text="My dog is called Rex.", at=datetime(2026, 3, 1, tzinfo=UTC), speaker="Anna")
    with pytest.raises(VaultLockedError):
        locked.remember_all([one])
