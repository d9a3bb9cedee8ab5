import base64
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mia_desktop.core.errors import RowConflictError
from mia_desktop.core.memories import AboutPerson, Between, ById, Everything, FromSource, Selector
from mia_desktop.memory.memory import Memory
from tests.memory.conftest import NOW
from tests.memory.hashed_embedder import HashedEmbedder
from tests.memory.telling import told
from tests.plain_database import PlainDatabase

CANARY = "xqzvcanaryjkwpt"
"""In lower case and without an ending, so that the text index holds it as it is."""


def spread(memory: Memory) -> int:
    """Let a canary get everywhere; return the id of its memory."""
    one = memory.remember(
        told(
            f"My cat is called {CANARY.capitalize()}. {CANARY}",
            source="image",
            trust="user",
            attachment="a1",
            conversation="x",
        )
    )
    assert one is not None
    other = memory.remember(told("Another thing.", speaker="Ben", conversation="y", source="voice", days_ago=3))
    edited = memory.edit(one, f"My cat is called {CANARY.capitalize()}. She is black.", NOW - timedelta(hours=2))
    memory.remember(told("Nothing about it.", speaker="Ben", days_ago=4))
    assert memory.recall(CANARY, NOW)[0].memory.id == edited
    assert other
    return edited


def hits(folder: Path, needle: str) -> list[str]:
    """Return what of the needle's forms is in which file."""
    raw = needle.encode()
    forms = {
        "utf-8": raw,
        "capital": needle.capitalize().encode(),
        "utf-16": needle.encode("utf-16-le"),
        "reversed": raw[::-1],
        "base64": base64.b64encode(raw)[:-4],
    }
    return [
        f"{path.name}: {name}" for path in folder.iterdir() for name, form in forms.items() if form in path.read_bytes()
    ]


@pytest.mark.parametrize(
    "choose",
    [
        lambda one: ById(ids=(one,)),
        lambda one: Between(start=NOW - timedelta(days=1, minutes=10), end=NOW),
        lambda one: AboutPerson(name=CANARY),
        lambda one: FromSource(source="image"),
        lambda one: AboutPerson(name="anna"),
        lambda one: Everything(),
    ],
    ids=["id", "time", "named", "source", "speaker", "all"],
)
def test_what_is_forgotten_is_nowhere(
    memory: Memory, database: PlainDatabase, tmp_path: Path, choose: Callable[[int], Selector]
) -> None:
    one = spread(memory)
    assert hits(tmp_path, CANARY), "the scan would find it"
    gone = memory.forget(choose(one))
    assert one in gone.ids
    assert gone.attachments == ("a1",)
    assert gone.derived > 0
    assert hits(tmp_path, CANARY) == []
    assert memory.recall(CANARY, NOW) == []
    assert all(CANARY not in hit.memory.text.lower() for hit in memory.recall("What is my cat called?", NOW))
    for table, column in (("vec", "memory"), ("cue", "memory"), ("edge", "memory"), ("mention", "memory")):
        orphans = f"SELECT * FROM {table} WHERE {column} NOT IN (SELECT id FROM memory)"
        assert database.read(orphans) == []
    with database.write() as cursor:
        cursor.execute("INSERT INTO fts(fts) VALUES ('integrity-check')")
    assert database.read("SELECT task, item FROM outbox") == [("destroy", "a1"), ("renew", "")]


def test_what_was_made_from_it_goes_with_it(memory: Memory, database: PlainDatabase) -> None:
    first = memory.remember(told("A secret.", conversation="x"))
    second = memory.remember(told("A summary of the secret.", conversation="y"))
    with database.write() as cursor:
        cursor.execute("INSERT INTO derivation VALUES (?, ?)", (first, second))
    assert memory.forget(ById(ids=(first or 0,))).ids == (first, second)


def test_the_rest_is_still_there_and_found(memory: Memory) -> None:
    one = spread(memory)
    memory.forget(ById(ids=(one,)))
    assert memory.stats().memories == 2
    assert memory.recall("another thing", NOW)[0].memory.speaker == "Ben"


def test_an_id_is_never_given_again(memory: Memory) -> None:
    one = memory.remember(told("Something."))
    memory.forget(Everything())
    assert memory.remember(told("Something else.")) != one


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.sampled_from(["apple", "pear", "plum", "quince", "fig"]), min_size=1, max_size=12),
    gone=st.sets(st.integers(0, 11)),
)
def test_forgetting_some_leaves_what_never_knowing_them_would(texts: list[str], gone: set[int]) -> None:
    def filled(numbers: list[int]) -> tuple[Memory, list[int]]:
        memory = Memory(PlainDatabase(), HashedEmbedder())
        experiences = [told(f"{texts[n]} number n{n}", days_ago=n, reference=str(n)) for n in numbers]
        return memory, [one for one in memory.remember_all(experiences) if one]

    memory, ids = filled(list(range(len(texts))))
    memory.forget(ById(ids=tuple(ids[n] for n in gone if n < len(ids))))
    never, _ = filled([n for n in range(len(texts)) if n not in gone])
    for question in ("apple?", "number", "n3 fig"):
        assert [(hit.memory.reference, round(hit.score, 3)) for hit in memory.recall(question, NOW)] == [
            (hit.memory.reference, round(hit.score, 3)) for hit in never.recall(question, NOW)
        ]


def test_a_failed_write_leaves_nothing(memory: Memory, database: PlainDatabase) -> None:
    memory.remember(told("First."))
    with database.write() as cursor:
        cursor.execute("CREATE TRIGGER refuse BEFORE INSERT ON vec BEGIN SELECT RAISE(ABORT, 'disk'); END")
    with pytest.raises(RowConflictError):
        memory.remember(told("Second."))
    assert [row[0] for row in database.read("SELECT text FROM memory")] == ["First."]
    assert memory.containing("second", 5) == []
