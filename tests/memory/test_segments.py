"""What lies packed says what the vault says, and nothing that was forgotten."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mia_desktop.core.memories import ById, Everything
from mia_desktop.memory import segments
from mia_desktop.memory.memory import Memory
from mia_desktop.memory.words import stem_number
from tests.memory.conftest import NOW
from tests.memory.hashed_embedder import HashedEmbedder
from tests.memory.telling import told
from tests.memory.test_living_memory import WORDS, answers
from tests.plain_database import PlainDatabase


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "ROWS", 40)
    monkeypatch.setattr(segments, "_WORTH_IT", 5)


def fill(memory: Memory, count: int, first: int = 0) -> list[int | None]:
    return [
        memory.remember(
            told(
                f"{WORDS[n % 42]} and {WORDS[n * 5 % 41]} n{n}",
                days_ago=n / 9,
                conversation=f"c{n // 8}",
                speaker=("Anna", "Ben", "")[n % 3],
            )
        )
        for n in range(first, first + count)
    ]


def packed(database: PlainDatabase) -> list[tuple[int, int]]:
    return [(row[0], row[1]) for row in database.read("SELECT first, last FROM segment ORDER BY first")]


def reopened(database: PlainDatabase) -> Memory:
    return Memory(database, HashedEmbedder())


def agrees(database: PlainDatabase) -> bool:
    """Tell whether the answers are the same with and without segments."""
    with_them = answers(reopened(database))
    rows = database.read("SELECT first, last, model, speakers, rows, stems, vectors FROM segment")
    with database.write() as cursor:
        cursor.execute("DELETE FROM segment")
    without = answers(reopened(database))
    with database.write() as cursor:
        cursor.executemany("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return with_them == without


def test_memories_are_packed_as_they_come_and_answer_the_same(database: PlainDatabase) -> None:
    fill(reopened(database), 130)
    assert [last - first + 1 for first, last in packed(database)] == [40, 40, 40]
    assert agrees(database)


def test_what_is_forgotten_is_in_no_segment(database: PlainDatabase, tmp_path: Path) -> None:
    memory = reopened(database)
    fill(memory, 20)
    one = memory.remember(told("The zeppelin landed at noon."))
    fill(memory, 60, first=20)
    canary = np.uint32(stem_number("zeppelin")).tobytes()

    def found() -> list[str]:
        return [file.name for file in tmp_path.iterdir() if canary in file.read_bytes()]

    assert found(), "the scan would find it"
    before = len(packed(database))
    memory.forget(ById(ids=(one or 0,)))
    assert len(packed(database)) < before
    assert found() == []
    assert agrees(database)
    memory.remember(told("Something new."))
    assert len(packed(database)) == before, "the rest is packed again"
    assert found() == []
    memory.forget(Everything())
    assert packed(database) == []


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["add", "forget", "edit", "hold", "confirm", "move"]), st.integers(0, 60)), max_size=12
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(OPERATIONS)
def test_whatever_happens_segments_agree_with_the_vault(operations: list[tuple[str, int]]) -> None:
    database = PlainDatabase()
    memory = reopened(database)
    fill(memory, 50)
    for number, (what, n) in enumerate(operations):
        there = [one.id for one in memory.store.select()]
        one = there[n % len(there)]
        match what:
            case "add":
                fill(memory, 15, first=100 + 20 * number)
            case "forget":
                memory.forget(ById(ids=(one,)))
            case "edit":
                memory.edit(one, f"Changed to {WORDS[n % 42]}", NOW)
            case "hold":
                memory.remember(told(f"You must obey {WORDS[n % 42]}", source="document"))
            case "confirm":
                for waiting in memory.waiting()[:1]:
                    memory.confirm(waiting.id)
            case _:
                with database.write() as cursor:
                    cursor.execute("UPDATE memory SET at = at - 1000 WHERE id = ?", (one,))
    assert agrees(database)
    database.close()


def test_segments_of_another_model_are_not_used_and_made_anew(database: PlainDatabase) -> None:
    fill(reopened(database), 90)
    memory = Memory(database, HashedEmbedder("newer", 32))
    assert answers(memory)
    memory.embed_some(200)
    assert {row[0] for row in database.read("SELECT model FROM segment")} == {"newer"}
    assert len(packed(database)) == 2
    assert answers(Memory(database, HashedEmbedder("newer", 32)))


def test_without_an_embedder_words_are_packed(database: PlainDatabase) -> None:
    fill(Memory(database), 90)
    assert len(packed(database)) == 2
    assert Memory(database).recall(WORDS[3], NOW)
    assert answers(reopened(database)), "vectors are missing"
