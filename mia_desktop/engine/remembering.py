"""Puts memory together: the vault that it lies in, and the model that gives its words meaning."""

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelMissingError
from mia_desktop.core.libraries import share_processor, stay_offline
from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import Database, Embedder
from mia_desktop.library.store import Store
from mia_desktop.memory.memory import Memory

EMBEDDING_MODEL = "minilm-l6-v2-int8"


def open_memory(database: Database, paths: Paths, settings: Settings) -> Memory:
    """Return the memory in an open database. Without the embedding model memories are found by their words alone."""
    stay_offline()
    share_processor()
    try:
        return Memory(database, load_embedder(paths, settings))
    except ModelMissingError:
        return Memory(database)


def load_embedder(paths: Paths, settings: Settings) -> Embedder:
    """Load the embedding model; raises ModelMissingError when it is not on this machine."""
    located = Store(paths).located(EMBEDDING_MODEL)
    if located.model.format == "onnx":
        from mia_desktop.memory.minilm import MiniLmOnnx

        return MiniLmOnnx(located.folder, located.model.name, settings.threads)
    from mia_desktop.memory.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(located.folder, located.model.name)
