"""Text to speech with Piper (VITS; Kim et al. 2021)."""

import json
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
from mia_desktop.speech.stretches import Stretches, whole
from mia_desktop.speech.vits import Plan, VitsNetwork

_CACHE_S = 60.0
_LOUDNESS = 0.085
"""Root mean square that speech is brought to: 1.4 dB under what a peak of 1 in each sentence made on average. Sentences
keep their own loudness beside each other, and the first word need not wait for the loudest."""
_FIRST_FRAMES = 24
"""About 0.28 s of speech; each stretch after it is twice as long, so that it is made while the one before sounds."""


class PiperSynthesizer:
    """A Synthesizer on a Piper voice: an ONNX file with its JSON beside it."""

    def __init__(self, file: Path, model: str, *, speed: float, volume: float) -> None:
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        self.model = model
        self.speed = speed
        self.volume = volume
        try:
            self._voice, self._network = _load(file)
        except _unreadable():
            raise ModelDamagedError(
                f"The voice {model} cannot be loaded. `mia models pull {model}` fetches it again."
            ) from None
        self.language = str(self._voice.config.espeak_voice).partition("-")[0]
        self.sample_rate_hz = int(self._voice.config.sample_rate)
        self.forget_phrases()
        self._gain = 1.0
        heard = [one.samples for one in self._made(spoken("Ready for the 1st word.", self.language), soon=True)]
        loudness = float(np.sqrt(np.mean(np.square(np.concatenate(heard))))) if heard else 0.0
        self._gain = _LOUDNESS / loudness if loudness else 1.0

    def synthesize(self, text: str, *, soon: bool = False) -> Iterator[Speech]:
        """Yield the speech of `text`, each sentence without the silence around it.

        With `soon` a sentence comes in stretches, of which the first is short; without, in one, for a little less work.
        """
        key = (text, self.speed)
        speech = self._cache.get(key)
        if speech is not None:
            yield from map(self._at_volume, speech)
            return
        made = []
        for one in self._made(text, soon=soon):
            made.append(one)
            yield self._at_volume(one)
        self._cache.put(key, whole(made))

    def forget_phrases(self) -> None:
        """Empty the cache of short phrases."""
        self._cache = PhraseCache(round(_CACHE_S * self.sample_rate_hz))

    def _at_volume(self, speech: Speech) -> Speech:
        return replace(speech, samples=speech.samples * np.float32(self.volume))

    def _made(self, text: str, *, soon: bool) -> Iterator[Speech]:
        rate_hz = self.sample_rate_hz
        sentences = [phonemes for phonemes in self._voice.phonemize(text) if phonemes]
        total, before = sum(map(len, sentences)), 0
        for phonemes in sentences:
            with workload.heavy():
                plan = self._planned(phonemes)
            number, share = before + len(phonemes), before / total
            words = [(at, (before + count) / total) for count, at in word_ends(phonemes, self._widths(phonemes, plan))]
            stretches = Stretches(rate_hz, words, share_before=share, share=number / total)
            silent = 0 if plan.widths is None else int(plan.widths[:2].sum())  # what stands before the first phoneme
            before, at = number, 0
            while at < plan.frames:
                stop = min(plan.frames, max(_FIRST_FRAMES + silent, 2 * at)) if soon else plan.frames
                with workload.heavy():
                    sound = self._network.sound(plan, at, stop)
                speech = stretches.feed(joints.limited(sound * np.float32(self._gain)), last=stop == plan.frames)
                if speech is not None:
                    yield speech
                at = stop

    def _planned(self, phonemes: list[str]) -> Plan:
        config = self._voice.config
        return self._network.plan(
            self._voice.phonemes_to_ids(phonemes),
            (config.noise_scale, config.length_scale / self.speed, config.noise_w_scale),
            config.default_speaker_id if config.num_speakers > 1 else None,
        )

    def _widths(self, phonemes: list[str], plan: Plan) -> list[int]:
        """Return the samples of each phoneme; the same for all of them when the voice does not tell."""
        from piper.const import BOS, EOS

        size, known = self._network.samples_per_frame, self._voice.config.phoneme_id_map
        counts = [len(known[one]) + 1 if one in known else 0 for one in (BOS, *phonemes)]  # each has a blank after it
        if plan.widths is None or sum(counts) + len(known[EOS]) != len(plan.widths):
            even = size * plan.frames / len(phonemes)
            return list(np.diff(np.round(np.arange(len(phonemes) + 1) * even)).astype(int))
        ends = np.cumsum(plan.widths * size)[np.cumsum(counts) - 1]
        return [int(one) for one in np.diff(ends[1:], prepend=0)]  # the first one has what comes before it as well


def _load(file: Path) -> tuple[Any, VitsNetwork]:
    """Return the voice without its network, and that."""
    from piper import PiperVoice
    from piper.config import PiperConfig

    config = PiperConfig.from_dict(json.loads(Path(f"{file}.json").read_text("utf-8")))
    return PiperVoice(session=None, config=config), VitsNetwork(file, config.hop_length)


def _unreadable() -> tuple[type[Exception], ...]:
    from google.protobuf.message import DecodeError
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return (
        DecodeError,
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
