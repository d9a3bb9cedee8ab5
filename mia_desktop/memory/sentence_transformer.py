"""Any sentence-transformers model as an embedder; for those who installed torch."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mia_desktop.core.errors import ModelError
from mia_desktop.core.ports import Vectors

_BATCH = 32


class SentenceTransformerEmbedder:
    """An `Embedder` on sentence-transformers.

    Args:
        folder: the model's folder.
        model: its name; vectors are tagged with it.
        device: ``cuda``, ``mps`` or ``cpu``; None: the best that this machine has.
    """

    def __init__(self, folder: Path, model: str, device: str | None = None) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise ModelError(
                f"The model {model} needs torch. Install MIA with its 'torch' extra, or choose an ONNX model."
            ) from None
        try:
            self._model = SentenceTransformer(str(folder), device=device, local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise ModelError(f"The model {model} cannot be loaded. `mia models verify {model}` checks it.") from error
        self.model = model
        self.dimensions = int(self._model.encode(["size"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text: float32, shape (len(texts), dimensions), in [-1, 1]."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors: Vectors = self._model.encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return vectors.astype(np.float32, copy=False)
