"""MiniLM as an ONNX file: sentence vectors without torch."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mia_desktop.core.errors import ModelError
from mia_desktop.core.ports import Vectors

_BATCH = 32
_LONGEST_TOKENS = 256


class MiniLmOnnx:
    """An `Embedder` on onnxruntime: mean pooling over the tokens, then L2 normalisation (Reimers & Gurevych 2019).

    Args:
        folder: holds ``model.onnx`` and ``tokenizer.json``.
        model: its name; vectors are tagged with it.
        threads: processor threads; 0 lets onnxruntime choose.
    """

    def __init__(self, folder: Path, model: str, threads: int = 0) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:
            raise ModelError(f"The model {model} cannot be loaded. `mia models verify {model}` checks it.") from error
        self._tokenizer.enable_truncation(_LONGEST_TOKENS)
        self._tokenizer.enable_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}
        self.model = model
        self.dimensions = int(self._session.get_outputs()[0].shape[-1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text: float32, shape (len(texts), dimensions), in [-1, 1]."""
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # equal lengths share a batch: less padding
        for start in range(0, len(by_length), _BATCH):
            batch = by_length[start : start + _BATCH]
            out[batch] = self._encode([texts[i] for i in batch])
        return out

    def _encode(self, texts: list[str]) -> Vectors:
        tokens = self._tokenizer.encode_batch(texts)
        ids = np.array([one.ids for one in tokens], dtype=np.int64)
        mask = np.array([one.attention_mask for one in tokens], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (hidden,) = self._session.run(None, {name: feed[name] for name in self._inputs})[:1]
        weight = mask[:, :, None].astype(np.float32)
        mean = (hidden * weight).sum(axis=1) / weight.sum(axis=1)
        unit: Vectors = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
        return unit
