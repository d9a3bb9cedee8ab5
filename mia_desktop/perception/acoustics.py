"""What a sound sounds like, whatever is said in it: Whisper's log-mel spectrogram, pooled over time."""

from typing import Final

import numpy as np

from mia_desktop.core.ring import Samples
from mia_desktop.core.sights import Vector

_FRAME_SAMPLES: Final = 160
_QUIET: Final = 0.3
"""This share of the frames, the quietest, is left out: pauses are the room's sound, not the voice's."""


def acoustic_vector(samples: Samples) -> Vector:
    """Return what `samples` (float32, 16 kHz, mono, a tenth of a second or more) sound like: shape (160,), length 1.

    Mean and standard deviation of 80 log-mel bands over the louder frames (statistics pooling: Snyder et al. 2018,
    without a network before it). The dot product of two tells how alike voice and microphone are; docs/fusion.md has
    how well. Whisper's encoder, pooled the same way, tells voices apart less well: it was trained to hear words.
    """
    from faster_whisper.feature_extractor import FeatureExtractor

    bands = FeatureExtractor()(samples)[:, : max(1, len(samples) // _FRAME_SAMPLES)]
    loudness = bands.mean(axis=0)
    voiced = bands[:, loudness >= np.quantile(loudness, _QUIET)]
    pooled = np.concatenate((voiced.mean(axis=1), voiced.std(axis=1)))
    vector: Vector = (pooled / (np.linalg.norm(pooled) or 1.0)).astype(np.float32)
    return vector
