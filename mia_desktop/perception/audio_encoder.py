"""Speech to text with Whisper (Radford et al. 2022) through faster-whisper."""

import time
from pathlib import Path

import numpy as np

from mia_desktop.core.errors import ModelDamagedError
from mia_desktop.core.items import Hearing, Segment
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples

_MARGIN_S = 0.25
"""Silence put around a sound: speech that begins with its very first sample is misheard more often."""


class WhisperEncoder:
    """An AudioEncoder on a CTranslate2 Whisper folder; on the GPU when CTranslate2 finds one with CUDA, else int8."""

    def __init__(self, folder: Path, model: str, threads: int) -> None:
        import ctranslate2
        import tqdm
        from faster_whisper import WhisperModel

        tqdm.tqdm.monitor_interval = 0  # faster-whisper's hidden progress bar would start a thread of its own
        self.model = model
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        try:
            self._whisper = WhisperModel(
                str(folder),
                device=device,
                compute_type="float16" if device == "cuda" else "int8",
                cpu_threads=threads,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError):
            raise ModelDamagedError(
                f"The model {model} cannot be loaded. `mia models pull {model}` fetches it again."
            ) from None
        # A first use without the retries at higher temperatures that silence would cause.
        silence = np.zeros(HEARING_RATE_HZ // 2, dtype=np.float32)
        list(self._whisper.transcribe(silence, language="en", beam_size=1, temperature=0.0, max_new_tokens=2)[0])

    def transcribe(self, samples: Samples, language: str | None) -> Hearing:
        """Return what is said in `samples`."""
        started_s = time.perf_counter()
        audio_s = len(samples) / HEARING_RATE_HZ
        found, info = self._whisper.transcribe(
            np.pad(samples, int(_MARGIN_S * HEARING_RATE_HZ)),
            language=language,
            beam_size=5,
            condition_on_previous_text=False,
            vad_filter=False,
        )
        segments = tuple(
            Segment(
                start_s=_within(one.start, audio_s),
                end_s=_within(one.end, audio_s),
                text=one.text.strip(),
                no_speech_probability=one.no_speech_prob,
                mean_log_probability=one.avg_logprob,
                compression_ratio=one.compression_ratio,
            )
            for one in found
        )
        return Hearing(
            text=" ".join(one.text for one in segments),
            language=info.language,
            segments=segments,
            audio_s=audio_s,
            compute_s=time.perf_counter() - started_s,
        )


def _within(padded_s: float, audio_s: float) -> float:
    return round(min(max(0.0, padded_s - _MARGIN_S), audio_s), 3)
