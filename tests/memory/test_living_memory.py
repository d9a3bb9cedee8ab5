"""Indexes and models that change while memory is in use."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from mia_desktop.core.config import Settings
from mia_desktop.core.memories import ById, Everything
from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import Vectors
from mia_desktop.engine import remembering
from mia_desktop.memory.memory import Memory
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault
from tests.memory.conftest import NOW
from tests.memory.hashed_embedder import HashedEmbedder
from tests.memory.telling import told
from tests.plain_database import PlainDatabase
from tests.security.parts import MemoryKeyring

_FIRST = ("apple", "pear", "plum", "quince", "fig", "lemon")
_SECOND = ("tree", "cake", "wine", "song", "boat", "road", "hill")
WORDS = [f"{first} {second}" for first in _FIRST for second in _SECOND]


def filled(database: PlainDatabase, count: int = 400) -> Memory:
    memory = Memory(database, HashedEmbedder())
    memory.remember_all(
        [
            told(f"{WORDS[n % 42]} and {WORDS[n * 5 % 41]} n{n}", days_ago=n / 9, conversation=f"c{n // 8}")
            for n in range(count)
        ]
    )
    return memory


def answers(memory: Memory) -> list[list[tuple[int, float]]]:
    return [
        [(hit.memory.id, round(hit.score, 2)) for hit in memory.recall(f"What of the {one}?", NOW, 5)] for one in WORDS
    ]


def test_chroma_gives_the_same_answers_follows_and_forgets(database: PlainDatabase) -> None:
    memory = filled(database)
    exact = answers(memory)
    memory.go_live()
    try:
        assert memory.settled(120)
        assert memory.stats().index == "chroma"
        assert answers(memory) == exact
        new = memory.remember(told("A zeppelin over the lake."))
        assert memory.stats().index == "chroma", "it follows"
        assert memory.recall("Where was the zeppelin?", NOW)[0].memory.id == new
        memory.forget(ById(ids=(new or 0,)))
        assert memory.settled(120)
        assert memory.recall("Where was the zeppelin?", NOW) == []
        assert answers(memory) == exact
    finally:
        memory.close()
    assert memory.stats().index == "exact"


def test_a_new_model_embeds_everything_again_and_can_be_interrupted(database: PlainDatabase) -> None:
    filled(database, 200)
    memory = Memory(database, HashedEmbedder("newer", 32))
    assert memory.stats().vectors == 0
    assert memory.recall("apple wine?", NOW), "words still find"
    assert memory.embed_some(64) == 64
    assert memory.without_vector() == 136
    assert memory.embed_some(200) == 136
    assert memory.stats().vectors == 200
    assert answers(memory) == answers(Memory(database, HashedEmbedder("newer", 32)))


def test_what_has_expired_is_gone(memory: Memory) -> None:
    memory.remember(told("Until tomorrow.", expires_at=NOW + timedelta(days=1)))
    kept = memory.remember(told("For ever."))
    assert memory.expire(NOW).ids == ()
    assert len(memory.expire(NOW + timedelta(days=1)).ids) == 1
    assert [one.id for one in memory.newest(5)] == [kept]


def test_many_threads_recall_while_one_writes(database: PlainDatabase) -> None:
    memory, errors = filled(database, 50), []

    def ask() -> None:
        try:
            for one in WORDS:
                memory.recall(f"{one}?", NOW)
        except BaseException as error:
            errors.append(error)
            raise

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for one in threads:
        one.start()
    for number in range(60):
        memory.remember(told(f"Something new {number}", conversation="new"))
    for one in threads:
        one.join()
    assert errors == []
    assert memory.stats().memories == 110


class SlowEmbedder(HashedEmbedder):
    """Takes as long as the test wants for what is to be written."""

    def __init__(self) -> None:
        super().__init__()
        self.busy, self.go_on = threading.Event(), threading.Event()

    def embed(self, texts: Sequence[str]) -> Vectors:
        if len(texts) > 1:
            self.busy.set()
            assert self.go_on.wait(60)
        return super().embed(texts)


def test_recall_never_waits_for_what_is_being_written(database: PlainDatabase) -> None:
    embedder = SlowEmbedder()
    memory = Memory(database, embedder)
    one = memory.remember(told("The zeppelin landed."))
    keeper = threading.Thread(target=memory.remember_all, args=([told("First."), told("Second.")],))
    keeper.start()
    assert embedder.busy.wait(60)
    assert memory.recall("Where did the zeppelin land?", NOW)[0].memory.id == one
    assert memory.stats().memories == 1
    embedder.go_on.set()
    keeper.join()
    assert memory.stats().memories == 3


@pytest.mark.parametrize(
    ("index", "talks", "live"), [("chroma", True, True), ("chroma", False, False), ("exact", True, False)]
)
def test_a_conversation_fills_chroma_where_the_settings_want_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: str, talks: bool, live: bool
) -> None:
    monkeypatch.setattr(remembering, "load_embedder", lambda *_: HashedEmbedder())
    vault = Vault(tmp_path / "vault", MemoryKeyring())
    create(vault)
    vault.unlock()
    settings = Settings(memory_index=index)
    paths = Paths(home=tmp_path, models=tmp_path)
    ruled = remembering.open_ruled_memory(vault, paths, settings, talks=talks)
    ruled.remember_all([told(f"Thing {n}.", days_ago=n) for n in range(20)])
    assert ruled.memory.settled(60 if live else 0) is live
    assert ruled.memory.stats().index == ("chroma" if live else "exact")
    assert ruled.recall("thing 7", NOW)[0].memory.text == "Thing 7."
    ruled.forget(Everything())
    assert ruled.recall("thing 7", NOW) == []
    ruled.lock()
