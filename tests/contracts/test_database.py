"""What every Database keeps to: the encrypted one and the plain one that stands in for it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mia_desktop.core.errors import RowConflictError, StatementError
from mia_desktop.core.ports import Database
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault
from tests.plain_database import PlainDatabase
from tests.security.parts import CANARY, MemoryKeyring


@pytest.fixture(params=["fake", "real"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "fake":
        plain = PlainDatabase(tmp_path / "plain.db")
        yield plain
        plain.close()
        return
    vault = Vault(tmp_path / "vault", MemoryKeyring())
    create(vault)
    vault.unlock()
    yield vault.database
    vault.lock()


@pytest.fixture
def things(database: Database) -> Database:
    with database.write() as cursor:
        cursor.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE, data BLOB, size REAL)")
        cursor.execute("CREATE TABLE part (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL REFERENCES thing)")
    return database


def names(database: Database) -> list[str]:
    return [row[0] for row in database.read("SELECT name FROM thing ORDER BY id")]


def test_what_is_written_is_read_as_it_was(things: Database) -> None:
    row = ("ünï 😀", b"\x00\xff" * 700, 1.5)
    with things.write() as cursor:
        cursor.execute("INSERT INTO thing (name, data, size) VALUES (?, ?, ?)", row)
        cursor.execute("INSERT INTO thing (name, data, size) VALUES (?, ?, ?)", (None, memoryview(b"view"), None))
    assert things.read("SELECT name, data, size FROM thing ORDER BY id") == [row, (None, b"view", None)]
    assert things.read("SELECT name FROM thing WHERE size > ?", [1]) == [("ünï 😀",)]


def test_a_transaction_tells_numbers_and_rows(things: Database) -> None:
    with things.write() as cursor:
        assert cursor.execute("INSERT INTO thing (id, name) VALUES (7, 'seven')").lastrowid == 7
        cursor.executemany("INSERT INTO thing (name) VALUES (?)", ((f"n{i}",) for i in range(3)))
        assert cursor.rowcount == 3
        assert cursor.execute("SELECT count(*) FROM thing").fetchall() == [(4,)]
        assert cursor.execute("UPDATE thing SET size = 1 WHERE id > 7").rowcount == 3


def test_what_raises_is_undone(things: Database) -> None:
    with pytest.raises(ZeroDivisionError), things.write() as cursor:
        cursor.execute("INSERT INTO thing (name) VALUES ('a')").execute("SELECT ?", (1 / 0,))
    assert names(things) == []
    with things.write() as cursor:
        cursor.execute("INSERT INTO thing (name) VALUES ('b')")
    assert names(things) == ["b"]


def test_reading_sees_only_what_is_committed_and_does_not_wait(things: Database) -> None:
    with things.write() as cursor:
        cursor.execute("INSERT INTO thing (name) VALUES ('a')")
        seen: list[list[str]] = []
        reader = threading.Thread(target=lambda: seen.append(names(things)))
        reader.start()
        reader.join(timeout=10)
        assert seen == [[]]
        assert names(things) == [], "not even on the writer's thread"
    assert names(things) == ["a"]


def test_many_threads_write_one_after_the_other(things: Database) -> None:
    with things.write() as cursor:
        cursor.execute("INSERT INTO thing (name, size) VALUES ('count', 0)")

    def count() -> None:
        for _ in range(20):
            with things.write() as cursor:
                (size,) = cursor.execute("SELECT size FROM thing").fetchall()[0]
                cursor.execute("UPDATE thing SET size = ?", (size + 1,))
            assert things.read("SELECT size FROM thing")[0][0] > size

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert things.read("SELECT size FROM thing") == [(80,)]


def test_full_text_is_found_by_its_stem(database: Database) -> None:
    with database.write() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE f USING fts5(text, tokenize='porter')")
        cursor.executemany("INSERT INTO f (rowid, text) VALUES (?, ?)", [(1, "two dogs ran"), (2, "a cat")])
    assert database.read("SELECT rowid FROM f WHERE f MATCH ? ORDER BY bm25(f)", ("dog",)) == [(1,)]


def test_a_broken_rule_is_a_conflict_and_tells_no_value(things: Database) -> None:
    with things.write() as cursor:
        cursor.execute("INSERT INTO thing (name) VALUES (?)", (CANARY,))
    with pytest.raises(RowConflictError) as told, things.write() as cursor:
        cursor.execute("INSERT INTO thing (name) VALUES (?)", (CANARY,))
    assert CANARY not in str(told.value)
    with pytest.raises(RowConflictError), things.write() as cursor:
        cursor.execute("INSERT INTO part (thing) VALUES (99)")
    assert names(things) == [CANARY]


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT * FROM nowhere", f"SELECT '{CANARY}' FROM"])
def test_wrong_sql_is_told_without_quoting_it(things: Database, sql: str) -> None:
    with pytest.raises(StatementError) as told:
        things.read(sql)
    assert CANARY not in str(told.value)
    with pytest.raises(StatementError), things.write() as cursor:
        cursor.execute(sql)


def test_reading_cannot_write(things: Database) -> None:
    with pytest.raises(StatementError):
        things.read("INSERT INTO thing (name) VALUES ('a')")
    assert names(things) == []


def test_a_transaction_ends_with_its_block_and_does_not_nest(things: Database) -> None:
    with things.write() as cursor:
        pass
    with pytest.raises(StatementError):
        cursor.execute("INSERT INTO thing (name) VALUES ('late')")
    with things.write(), pytest.raises(StatementError), things.write():
        pass
    assert names(things) == []
