"""An Embedder for tests: texts that share words are alike."""

from collections.abc import Sequence

import numpy as np

from mia_desktop.core.ports import Vectors
from mia_desktop.memory.words import stems


class HashedEmbedder:
    def __init__(self, model: str = "hashed", dimensions: int = 64) -> None:
        self.model = model
        self.dimensions = dimensions
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(out, texts, strict=True):
            row[0] = 0.1
            for stem in stems(text):
                row[1 + int(stem) % (self.dimensions - 1)] += 1
            row /= np.linalg.norm(row)
        return out
