"""A memory in a real vault, for conversations with fake parts."""

from pathlib import Path

from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.memory.memory import Memory
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault
from tests.memory.hashed_embedder import HashedEmbedder
from tests.security.parts import MemoryKeyring


def kept_memory(folder: Path) -> RuledMemory:
    """Return the memory in a new vault, which the keyring opens."""
    vault = Vault(folder / "vault", MemoryKeyring())
    create(vault)
    vault.unlock()

    def opened() -> Memory:
        return Memory(vault.database, HashedEmbedder())

    return RuledMemory(opened(), vault, opened)
