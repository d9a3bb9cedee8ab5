"""Fusion: what several senses brought of one moment becomes one vector. Pure.

Scaled dot-product attention (Vaswani et al. 2017, equation 1) with one query over the modalities of the moment. Their
vectors have length 1; attention expects numbers of about variance 1, so both sides are stretched by the root of the
number of dimensions d, and with keys k and values v being the modalities' vectors the equation becomes

    weight_j = softmax_j( sqrt(d) * (q . k_j) + ln(confidence_j) - |t - t_j| / 2 s )        vector = sum_j weight_j v_j

Before anything is asked the first term is nought, and the moment has one vector to be kept by. The last two terms
align the senses: one that is not sure, or is of another moment, counts for less. All vectors must lie in one space
already. With the starter models that is the space of the sentence embedding, into which ConSE brings pictures; with
open_clip it is its own, into which it brings words.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from mia_desktop.core.sights import Modality, Vector

_APART_S: Final = 2.0
"""A sense counts e times less for each such time between it and the moment: as long as sensory memory lasts."""
_LEAST_CONFIDENCE: Final = 1e-3

Weights = npt.NDArray[np.float32]
"""Shares of the attention: float32, shape (n,), in [0, 1], together 1."""


def softmax(logits: npt.NDArray[np.floating]) -> Weights:
    """Return shares of 1 for `logits` (shape (n,), n >= 1; minus infinity means: none)."""
    powers = np.exp(logits - logits.max())
    shares: Weights = (powers / powers.sum()).astype(np.float32)
    return shares


def fuse(modalities: Sequence[Modality], at_s: float, query: Vector | None = None) -> tuple[Vector, Weights]:
    """Return the vector of a moment (float32, shape (d,), length 1) and the weight of each modality in it.

    Args:
        modalities: at least one; all vectors of one space.
        at_s: the moment, clock seconds.
        query: what is asked of the moment, a vector of length 1; None: nothing yet, so only the prior weighs.
    """
    keys = np.stack([one.vector for one in modalities])
    confidence = np.maximum([one.confidence for one in modalities], _LEAST_CONFIDENCE)
    apart_s = np.abs(at_s - np.array([one.at_s for one in modalities]))
    prior = np.log(confidence) - apart_s / _APART_S
    drawn = 0.0 if query is None else np.sqrt(keys.shape[1]) * (keys @ query)
    weights = softmax(drawn + prior)
    return unit(weights @ keys), weights


def unit(vector: npt.NDArray[np.floating]) -> Vector:
    """Return `vector` (shape (d,)) with length 1; zeros stay zeros."""
    length = float(np.linalg.norm(vector))
    scaled: Vector = (vector / (length or 1.0)).astype(np.float32)
    return scaled
