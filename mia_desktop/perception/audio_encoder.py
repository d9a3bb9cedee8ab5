"""Speech to text with Whisper (Radford et al. 2022) through faster-whisper."""

import math
import re
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from mia_desktop.core import workload
from mia_desktop.core.errors import ModelDamagedError
from mia_desktop.core.items import Hearing, Segment
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples

_MARGIN_S = 0.25
"""Silence put before a sound: speech that begins with its very first sample is misheard more often."""
_PADDING_S = 4.0
"""Emptiness put after it. With less, Whisper often misses the end and repeats the last words."""
_WHOLE_WINDOW_S = 30.0
"""What Whisper was trained on; longer sounds are read window by window."""
_FRAME_S = 0.01
_STEP_FRAMES = 50
"""Windows grow in steps: the processor's library keeps code for each length that it ever met, a megabyte for each."""
_TIMESTAMP_S = 0.02
_BEAMS = 5
_SURE = -0.25
"""Mean log probability from which on the greedy reading is taken. Chosen on 90 human clips, of which a wider search
changed none above it; word error is reported on the same clips, so other speech may fare a little worse."""
_SURE_WORD = -0.7
"""So it is where no piece of a word is less likely than that: of 187 clips (questions, human ones, cut and noisy ones)
72, of which a wider search changed one, for the worse. (At -0.5 it is 47, and none; at -0.8 it is 85, and two.)
In short sounds the mean says little but of the times before and after."""
_CHECKED_S = 10.0
"""Only up to here: the probabilities of all words at each step are much to hand over."""
_MOST_TOKENS_PER_S = 12.0
"""Faster than anybody talks; a loop is stopped there."""
# Radford et al. 2022, section 4.5: when a result is to be tried again.
_COMPRESSION = 2.4
_AGAIN = re.compile(r"\b(\w+(?:\W+\w+){2,})\W+\1\b", re.IGNORECASE)
"""Three or more words, and at once the same again."""
_LOG_PROBABILITY = -1.0
_NO_SPEECH = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What Whisper made of one window."""

    tokens: list[int]
    mean: float
    least: float
    no_speech: float
    compression: float
    doubtful: bool


@dataclass(slots=True, kw_only=True)
class _Sound:
    """What is known of the last sound, so that it need not be encoded again."""

    samples: Samples
    language: str
    encoded: Any
    greedy: _Reading = field(init=False)


class WhisperEncoder:
    """An AudioEncoder on a CTranslate2 Whisper folder; on the GPU when CTranslate2 finds one with CUDA, else int8.

    Whisper was trained on windows of 30 s, and its encoder costs as much for a short question as for a full window.
    Here it sees the sound and a little silence only. A result that looks like a loop or a guess is thrown away and the
    sound read again in a full window, with retries at higher temperatures as in section 4.5 of the paper.
    """

    def __init__(self, folder: Path, model: str, threads: int) -> None:
        import tqdm

        tqdm.tqdm.monitor_interval = 0  # faster-whisper's hidden progress bar would start a thread of its own
        self.model = model
        self._folder = folder
        self._whisper = self._load(max(1, threads - 1))  # one step is little work: a core is better left to the others
        self._plain: Any = None
        self._tokenizers: dict[str, Any] = {}
        self._sound = self._heard(np.zeros(HEARING_RATE_HZ // 2, dtype=np.float32), "en")

    def transcribe(self, samples: Samples, language: str | None, *, quick: bool = False) -> Hearing:
        """Return what is said in `samples`; `quick` gives a first idea for half the work."""
        with workload.heavy():
            return self._transcribe(samples, language, quick)

    def _transcribe(self, samples: Samples, language: str | None, quick: bool) -> Hearing:
        started_s = time.perf_counter()
        audio_s = len(samples) / HEARING_RATE_HZ
        found: tuple[Segment, ...] | None = None
        sure = False
        if _MARGIN_S + audio_s + _PADDING_S < _WHOLE_WINDOW_S:
            sound = self._sound = self._sound if samples is self._sound.samples else self._heard(samples, language)
            reading = sound.greedy
            sure = (reading.mean >= _SURE or reading.least >= _SURE_WORD) and not reading.doubtful
            if not quick and not sure:
                reading = self._generate(sound, beams=_BEAMS)
            language = sound.language
            found = self._believed(sound, reading)
        if found is None and quick:
            found = ()
        elif found is None:
            language, found = self._read_carefully(samples, language)
        return Hearing(
            text=" ".join(one.text for one in found),
            language=language or "",
            segments=found,
            audio_s=audio_s,
            compute_s=time.perf_counter() - started_s,
            sure=sure or not quick,
        )

    def transcribe_plainly(self, samples: Samples, language: str | None) -> Hearing:
        """Return what faster-whisper makes of `samples` with its own defaults and threads, to compare with."""
        self._plain = self._plain or self._load(0)
        started_s = time.perf_counter()
        found, info = self._plain.transcribe(samples, language=language)
        segments = _segments(found, samples, 0.0)
        return Hearing(
            text=" ".join(one.text for one in segments),
            language=info.language,
            segments=segments,
            audio_s=len(samples) / HEARING_RATE_HZ,
            compute_s=time.perf_counter() - started_s,
        )

    def _load(self, threads: int) -> Any:
        """Load the model; 0 threads leave their number to CTranslate2."""
        import ctranslate2
        from faster_whisper import WhisperModel

        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        try:
            return WhisperModel(
                str(self._folder),
                device=device,
                compute_type="float16" if device == "cuda" else "int8",
                cpu_threads=threads,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError):
            raise ModelDamagedError(
                f"The model {self.model} cannot be loaded. `mia models pull {self.model}` fetches it again."
            ) from None

    def _heard(self, samples: Samples, language: str | None) -> "_Sound":
        """Encode `samples` in a window of their own length and read them greedily."""
        whisper = self._whisper
        features = whisper.feature_extractor(np.pad(samples, int(_MARGIN_S * HEARING_RATE_HZ)))
        padding = int(_PADDING_S / _FRAME_S) + -features.shape[1] % _STEP_FRAMES
        encoded = whisper.encode(np.pad(features, ((0, 0), (0, padding))))
        if language is None:
            language = str(whisper.model.detect_language(encoded)[0][0][0][2:-2])
        sound = _Sound(samples=samples, language=language, encoded=encoded)
        sound.greedy = self._generate(sound, beams=1)
        return sound

    def _generate(self, sound: "_Sound", *, beams: int) -> "_Reading":
        whisper, tokenizer = self._whisper, self._tokenizer(sound.language)
        most_tokens = int(16 + _MOST_TOKENS_PER_S * len(sound.samples) / HEARING_RATE_HZ)
        prompt = whisper.get_prompt(tokenizer, [])
        checked = beams == 1 and len(sound.samples) <= _CHECKED_S * HEARING_RATE_HZ
        result = whisper.model.generate(
            sound.encoded,
            [prompt],
            beam_size=beams,
            max_length=min(whisper.max_length, len(prompt) + most_tokens),
            return_scores=True,
            return_logits_vocab=checked,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=list(tokenizer.non_speech_tokens),
            max_initial_timestamp_index=round(1.0 / _TIMESTAMP_S),
        )[0]
        tokens = result.sequences_ids[0]
        text = tokenizer.decode([one for one in tokens if one < tokenizer.timestamp_begin])
        data = text.encode()
        compression = len(data) / len(zlib.compress(data)) if data else 0.0
        loops = len(tokens) >= most_tokens or compression > _COMPRESSION or _AGAIN.search(text) is not None
        mean = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return _Reading(
            tokens=tokens,
            mean=mean,
            least=_least(tokens, result.logits[0], tokenizer.timestamp_begin) if checked else -math.inf,
            no_speech=result.no_speech_prob,
            compression=compression,
            doubtful=loops or (mean < _LOG_PROBABILITY and result.no_speech_prob <= _NO_SPEECH),
        )

    def _believed(self, sound: "_Sound", reading: "_Reading") -> tuple[Segment, ...] | None:
        """Return the segments of a reading, or None when it is in doubt."""
        if reading.doubtful:
            return None
        audio_s = len(sound.samples) / HEARING_RATE_HZ
        return tuple(
            Segment(
                start_s=_within(start_s - _MARGIN_S, audio_s),
                end_s=_within(end_s - _MARGIN_S, audio_s),
                text=words,
                no_speech_probability=reading.no_speech,
                mean_log_probability=reading.mean,
                compression_ratio=reading.compression,
            )
            for start_s, end_s, words in _cut(reading.tokens, self._tokenizer(sound.language), audio_s + _MARGIN_S)
        )

    def _read_carefully(self, samples: Samples, language: str | None) -> tuple[str, tuple[Segment, ...]]:
        """Return language and segments as Whisper sees them in full windows, with retries."""
        found, info = self._whisper.transcribe(
            np.pad(samples, int(_MARGIN_S * HEARING_RATE_HZ)),
            language=language,
            beam_size=_BEAMS,
            condition_on_previous_text=False,
        )
        return info.language, _segments(found, samples, _MARGIN_S)

    def _tokenizer(self, language: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer

        if language not in self._tokenizers:
            multilingual = self._whisper.model.is_multilingual
            self._tokenizers[language] = Tokenizer(
                self._whisper.hf_tokenizer, multilingual, task="transcribe", language=language if multilingual else "en"
            )
        return self._tokenizers[language]


def _least(tokens: list[int], logits: Iterable[Any], words_end: int) -> float:
    """Return the log probability of the least likely token of a word; `logits` has what was said of each step."""
    least = 0.0
    for token, step in zip(tokens, logits, strict=False):  # the last step is the end
        if token < words_end:
            said = np.asarray(step, dtype=np.float32).reshape(-1)
            said = said - said.max()
            least = min(least, float(said[token] - np.log(np.exp(said).sum())))
    return least


def _cut(tokens: list[int], tokenizer: Any, end_s: float) -> list[tuple[float, float, str]]:
    """Return (start, end, text) for each stretch of words between timestamp tokens, seconds."""
    cut: list[tuple[float, float, str]] = []
    start_s, words = 0.0, []
    for token in [*tokens, tokenizer.timestamp_begin + round(end_s / _TIMESTAMP_S)]:
        if token < tokenizer.timestamp_begin:
            words.append(token)
            continue
        at_s = (token - tokenizer.timestamp_begin) * _TIMESTAMP_S
        text = tokenizer.decode(words).strip()
        if text:
            cut.append((start_s, max(start_s, at_s), text))
        start_s, words = at_s, []
    return cut


def _segments(found: Iterable[Any], samples: Samples, margin_s: float) -> tuple[Segment, ...]:
    """Return faster-whisper's segments as ours; `margin_s` is the silence that was put before `samples`."""
    audio_s = len(samples) / HEARING_RATE_HZ
    return tuple(
        Segment(
            start_s=_within(one.start - margin_s, audio_s),
            end_s=_within(one.end - margin_s, audio_s),
            text=one.text.strip(),
            no_speech_probability=one.no_speech_prob,
            mean_log_probability=one.avg_logprob,
            compression_ratio=one.compression_ratio,
        )
        for one in found
    )


def _within(at_s: float, audio_s: float) -> float:
    return round(min(max(0.0, at_s), audio_s), 3)
