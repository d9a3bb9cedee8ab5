"""What comes to mind, and how it fades."""

from datetime import timedelta

import pytest

from mia_desktop.core.clock import ManualClock
from mia_desktop.engine.part import Part
from mia_desktop.engine.recalling import Recalling
from mia_desktop.memory.memory import Memory
from mia_desktop.memory.working import LASTS_S
from tests.memory.conftest import NOW
from tests.memory.hashed_embedder import HashedEmbedder
from tests.memory.telling import told
from tests.plain_database import PlainDatabase

DOG = "My dog is called Rex."


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def recalling(clock: ManualClock) -> Recalling:
    memory = Memory(PlainDatabase(), HashedEmbedder())
    memory.remember_all([told(DOG), told("My car is a red Volvo.", days_ago=9)])
    part = Part(lambda: memory)
    part.load()
    return Recalling(part, 3, clock, lambda: NOW + timedelta(seconds=clock.now_s()))  # type: ignore[arg-type]


def in_mind(recalling: Recalling, words: str = "How old is he?") -> list[str]:
    return [hit.memory.text for hit in recalling.recall(words, ())]


def test_what_is_not_used_fades_within_half_a_minute(recalling: Recalling, clock: ManualClock) -> None:
    assert in_mind(recalling, "What is my dog called?") == [DOG]
    clock.advance(LASTS_S - 1)
    assert in_mind(recalling) == [DOG]
    clock.advance(2)
    assert in_mind(recalling) == [], "being carried along is no use of it"


def test_what_an_answer_rests_on_stays_fresh(recalling: Recalling, clock: ManualClock) -> None:
    hits = recalling.recall("What is my dog called?", ())
    clock.advance(LASTS_S - 1)
    assert recalling.rested_on("How old is he?", "Rex is four.", hits) == hits
    clock.advance(LASTS_S - 1)
    assert in_mind(recalling) == [DOG]


def test_what_is_forgotten_is_out_of_mind(recalling: Recalling) -> None:
    (hit,) = recalling.recall("What is my dog called?", ())
    recalling.forget([hit.memory.id])
    assert in_mind(recalling) == []


def test_what_was_just_said_is_not_given_again(recalling: Recalling) -> None:
    assert recalling.recall("What is my dog called?", {DOG}) == ()
