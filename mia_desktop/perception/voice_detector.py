"""Silero voice activity detection, block by block."""

from pathlib import Path

import numpy as np

from mia_desktop.core.ring import Samples

_CONTEXT = 64
_STATE = (1, 1, 128)


class SileroDetector:
    """A VoiceDetector on the Silero VAD v6 network (Silero Team, MIT) that faster-whisper carries.

    The network reads 512 samples at 16 kHz, preceded by the last 64 of the block before, and keeps an LSTM state.
    """

    block_samples = 512

    def __init__(self) -> None:
        import faster_whisper
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        file = Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx"
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        self._context: Samples = np.zeros(_CONTEXT, dtype=np.float32)
        self._h = self._c = np.zeros(_STATE, dtype=np.float32)

    def probability(self, block: Samples) -> float:
        """Return the probability that the block holds speech."""
        framed = np.concatenate((self._context, block))[np.newaxis].astype(np.float32)
        out, self._h, self._c = self._session.run(None, {"input": framed, "h": self._h, "c": self._c})
        self._context = block[-_CONTEXT:]
        return float(out.reshape(-1)[0])

    def reset(self) -> None:
        """Forget the blocks heard so far."""
        self._h = self._c = np.zeros(_STATE, dtype=np.float32)
        self._context = np.zeros(_CONTEXT, dtype=np.float32)


def speech_spans(
    detector: SileroDetector, samples: Samples, threshold: float, join_s: float, pad_s: float
) -> list[tuple[int, int]]:
    """Return the (start, end) sample spans of `samples` (16 kHz) that hold speech, in order and apart.

    Spans closer than `join_s` become one; each is widened by `pad_s` on both sides.
    """
    size, rate_hz = detector.block_samples, 16_000
    detector.reset()
    spans: list[tuple[int, int]] = []
    for start in range(0, len(samples) - size + 1, size):
        if detector.probability(samples[start : start + size]) < threshold:
            continue
        begin = max(0, start - int(pad_s * rate_hz))
        end = min(len(samples), start + size + int(pad_s * rate_hz))
        if spans and begin - spans[-1][1] <= join_s * rate_hz:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((begin, end))
    return spans
