"""Text to speech with Piper (VITS; Kim et al. 2021)."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mia_desktop.core import workload
from mia_desktop.core.errors import ModelDamagedError
from mia_desktop.core.frames import Speech
from mia_desktop.speech import joints
from mia_desktop.speech.alignment import word_ends
from mia_desktop.speech.phrases import PhraseCache
from mia_desktop.speech.spoken_text import spoken

_CACHE_S = 60.0


class PiperSynthesizer:
    """A Synthesizer on a Piper voice: an ONNX file with its JSON beside it."""

    def __init__(self, file: Path, model: str, *, speed: float, volume: float) -> None:
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        self.model = model
        self.speed = speed
        self.volume = volume
        try:
            self._voice = _load(file)
        except _unreadable():
            raise ModelDamagedError(
                f"The voice {model} cannot be loaded. `mia models pull {model}` fetches it again."
            ) from None
        self.language = str(self._voice.config.espeak_voice).partition("-")[0]
        self.sample_rate_hz = int(self._voice.config.sample_rate)
        self.forget_phrases()
        for _ in self.synthesize(spoken("Ready for the 1st word.", self.language)):
            pass

    def synthesize(self, text: str) -> Iterator[Speech]:
        """Yield the speech of `text`, a part per sentence, each without the silence around it."""
        key = (text, self.speed)
        speech = self._cache.get(key)
        if speech is not None:
            yield from map(self._at_volume, speech)
            return
        made = []
        for one in self._made(text):
            made.append(one)
            yield self._at_volume(one)
        self._cache.put(key, made)

    def forget_phrases(self) -> None:
        """Empty the cache of short phrases."""
        self._cache = PhraseCache(round(_CACHE_S * self.sample_rate_hz))

    def _at_volume(self, speech: Speech) -> Speech:
        return replace(speech, samples=speech.samples * np.float32(self.volume))

    def _made(self, text: str) -> Iterator[Speech]:
        from piper import SynthesisConfig

        how = SynthesisConfig(length_scale=self._voice.config.length_scale / self.speed)
        total, before = sum(map(len, self._voice.phonemize(text))), 0
        chunks = self._voice.synthesize(text, how, include_alignments=True)
        while True:
            with workload.heavy():
                chunk = next(chunks, None)
            if chunk is None:
                return
            start, stop = joints.edges(chunk.audio_float_array, self.sample_rate_hz)
            after = before + len(chunk.phonemes)
            if stop:
                words = [
                    (min(max(at - start, 0), stop - start), (before + number) / total)
                    for number, at in word_ends(chunk.phonemes, _widths(chunk))
                ]
                yield Speech(
                    samples=joints.faded(chunk.audio_float_array[start:stop], self.sample_rate_hz),
                    words=(*words[:-1], (stop - start, after / total)),
                )
            before = after


def _widths(chunk: Any) -> list[int]:
    """Return the samples of each phoneme; the same for all of them when the voice does not tell."""
    if chunk.phoneme_alignments is None:
        even = len(chunk.audio_float_array) / max(1, len(chunk.phonemes))
        return list(np.diff(np.round(np.arange(len(chunk.phonemes) + 1) * even)).astype(int))
    widths = [int(one.num_samples) for one in chunk.phoneme_alignments]  # one more at either end
    return [widths[0] + widths[1], *widths[2:-1]]


def _load(file: Path) -> Any:
    """Return the voice; where its file allows, it also tells the length of each phoneme."""
    import onnxruntime
    from piper import PiperVoice
    from piper.config import PiperConfig

    config = PiperConfig.from_dict(json.loads(Path(f"{file}.json").read_text("utf-8")))
    options = onnxruntime.SessionOptions()
    # Threads that spin while they wait take the processor from the language model: with it writing, a clause took
    # half again as long.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = file.read_bytes()
    names = set(re.findall(rb"/[\w/]*Ceil_output_0", model))
    more = _output(names.pop()) if len(names) == 1 else b""
    session = onnxruntime.InferenceSession(model + more, options, providers=["CPUExecutionProvider"])
    session._model_bytes = None  # kept for a change of provider that never comes; as large as the file
    return PiperVoice(session=session, config=config)


def _output(name: bytes) -> bytes:
    """Return what, put after an ONNX file, makes the tensor `name` an output of its graph.

    A second copy of a field that holds a message is merged into the first (Protocol Buffers encoding, "Last One Wins"):
    ModelProto.graph is field 7, GraphProto.output 12, ValueInfoProto.name 1.
    """
    value = name
    for field in (1, 12, 7):
        value = bytes([field << 3 | 2, len(value)]) + value
    return value


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
