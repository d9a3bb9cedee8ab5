"""An embedding model that is still being loaded, while the vault is read for which it will be needed."""

import threading
from collections.abc import Callable, Sequence

from mia_desktop.core.errors import MiaError
from mia_desktop.core.ports import Embedder, Vectors
from mia_desktop.core.worker import explain


class EmbedderSoon:
    """An `Embedder` that is loaded in a thread of its own; who uses it waits, or gets the error that it failed with.

    Args:
        model: its name, known at once.
        load: loads it.
    """

    def __init__(self, model: str, load: Callable[[], Embedder]) -> None:
        self.model = model
        self._load = load
        self._loaded: Embedder | None = None
        self._error: MiaError | None = None
        self._thread = threading.Thread(target=self._run, name="embedder", daemon=True)
        self._thread.start()

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return self._get().dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text."""
        return self._get().embed(texts)

    def _get(self) -> Embedder:
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._loaded is not None
        return self._loaded

    def _run(self) -> None:
        try:
            self._loaded = self._load()
        except (MiaError, OSError, RuntimeError, ValueError, ImportError, MemoryError) as error:
            self._error = explain(error)
