"""Hears whether a speaker has finished, with Smart Turn v3 (Daily, BSD-2-Clause)."""

from pathlib import Path

import numpy as np

from mia_desktop.core import workload
from mia_desktop.core.errors import ModelDamagedError
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples

_WINDOW_S = 8
_WINDOW = _WINDOW_S * HEARING_RATE_HZ


class SmartTurnDetector:
    """A TurnDetector on Smart Turn's ONNX file: the encoder of Whisper tiny with a classifier on top.

    It reads a log-mel spectrogram (float32, 80 x 800) of the last 8 s, silence put before what is shorter, the samples
    brought to zero mean and unit variance, as it was trained (transformers' WhisperFeatureExtractor, do_normalize).
    """

    def __init__(self, file: Path, model: str, threads: int) -> None:
        import onnxruntime
        from faster_whisper.feature_extractor import FeatureExtractor
        from onnxruntime.capi import onnxruntime_pybind11_state as failures

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        # Threads that spin between two turns would take the processor from the other models.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.model = model
        try:
            self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        except (failures.Fail, failures.InvalidGraph, failures.InvalidProtobuf, failures.NoSuchFile):
            raise ModelDamagedError(
                f"The model {model} cannot be loaded. `mia models pull {model}` fetches it again."
            ) from None
        self._features = FeatureExtractor(chunk_length=_WINDOW_S)
        self.probability(np.zeros(HEARING_RATE_HZ, dtype=np.float32))

    def probability(self, samples: Samples) -> float:
        """Return the probability (0 to 1) that the turn in `samples` is complete."""
        with workload.heavy():
            return self._probability(samples)

    def _probability(self, samples: Samples) -> float:
        window = np.zeros(_WINDOW, dtype=np.float32)
        last = samples[-_WINDOW:]
        window[_WINDOW - len(last) :] = last
        window = (window - window.mean()) / np.sqrt(window.var() + 1e-7)
        features = self._features(window, padding=0)[np.newaxis].astype(np.float32)
        return float(self._session.run(None, {"input_features": features})[0].reshape(-1)[0])
