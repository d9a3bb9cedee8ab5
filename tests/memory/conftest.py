from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mia_desktop.memory.memory import Memory
from tests.memory.hashed_embedder import HashedEmbedder
from tests.plain_database import PlainDatabase

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[PlainDatabase]:
    database = PlainDatabase(tmp_path / "plain.db")
    yield database
    database.close()


@pytest.fixture
def memory(database: PlainDatabase) -> Memory:
    return Memory(database, HashedEmbedder())
