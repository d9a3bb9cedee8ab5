"""Text to speech with Piper (VITS; Kim et al. 2021)."""

from collections.abc import Iterator
from pathlib import Path

from mia_desktop.core.errors import ModelDamagedError
from mia_desktop.core.ring import Samples


class PiperSynthesizer:
    """A Synthesizer on a Piper voice: an ONNX file with its JSON beside it."""

    def __init__(self, file: Path, model: str, *, speed: float, volume: float) -> None:
        import onnxruntime
        from piper import PiperVoice, SynthesisConfig

        onnxruntime.disable_telemetry_events()
        self.model = model
        try:
            self._voice = PiperVoice.load(file)
        except _unreadable():
            raise ModelDamagedError(
                f"The voice {model} cannot be loaded. `mia models pull {model}` fetches it again."
            ) from None
        self._how = SynthesisConfig(length_scale=1.0 / speed, volume=volume)
        self.sample_rate_hz = int(self._voice.config.sample_rate)
        for _ in self.synthesize("Ready."):
            pass

    def synthesize(self, text: str) -> Iterator[Samples]:
        """Yield the speech of `text`, a piece per sentence."""
        for chunk in self._voice.synthesize(text, self._how):
            yield chunk.audio_float_array


def _unreadable() -> tuple[type[Exception], ...]:
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return (
        OSError,
        ValueError,
        KeyError,
        RuntimeError,
        state.Fail,
        state.InvalidArgument,
        state.InvalidGraph,
        state.InvalidProtobuf,
        state.NoSuchFile,
    )
