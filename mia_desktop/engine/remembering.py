"""Puts memory together: the vault that it lies in, the model that gives its words meaning, the user's rules for it."""

from typing import TYPE_CHECKING

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelMissingError
from mia_desktop.core.libraries import share_processor, stay_offline
from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import Database, Embedder
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.library.store import Store
from mia_desktop.memory.embedder_soon import EmbedderSoon
from mia_desktop.memory.memory import Memory

if TYPE_CHECKING:
    from mia_desktop.security.vault import Vault


def open_memory(database: Database, paths: Paths, settings: Settings) -> Memory:
    """Return the memory in an open database. Without the embedding model memories are found by their words alone."""
    stay_offline()
    share_processor()
    try:
        return Memory(database, load_embedder(paths, settings))
    except ModelMissingError:
        return Memory(database)


def open_ruled_memory(vault: "Vault", paths: Paths, settings: Settings, *, talks: bool = False) -> RuledMemory:
    """Return the memory in a vault, under the user's consents and retention classes; locked while the vault is.

    `talks`: it is for a conversation, long enough to fill Chroma for it where the settings want that.
    """

    def opened() -> Memory:
        memory = open_memory(vault.database, paths, settings)
        if talks and settings.memory_index == "chroma":
            memory.go_live()
        return memory

    return RuledMemory(opened() if vault.unlocked else None, vault, opened)


def load_embedder(paths: Paths, settings: Settings) -> Embedder:
    """Begin to load the embedding model; raises ModelMissingError when it is not on this machine."""
    located = Store(paths).located(settings.embedding_model)

    def load() -> Embedder:
        if located.model.format == "onnx":
            from mia_desktop.memory.minilm import MiniLmOnnx

            return MiniLmOnnx(located.folder, located.model.name, settings.threads)
        from mia_desktop.memory.sentence_transformer import SentenceTransformerEmbedder

        return SentenceTransformerEmbedder(located.folder, located.model.name)

    return EmbedderSoon(located.model.name, load)
