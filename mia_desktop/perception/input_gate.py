"""Keeps out words that nobody said. Pure."""

from dataclasses import replace

from mia_desktop.core.items import Hearing, Segment

# Thresholds of Radford et al. 2022, "Robust Speech Recognition via Large-Scale Weak Supervision", section 4.5.
_NO_SPEECH = 0.6
_LOG_PROBABILITY = -1.0
_COMPRESSION = 2.4


def admits(segment: Segment) -> bool:
    """Tell whether a segment is to be believed."""
    silent = segment.no_speech_probability > _NO_SPEECH and segment.mean_log_probability < _LOG_PROBABILITY
    return not silent and segment.compression_ratio <= _COMPRESSION and any(c.isalnum() for c in segment.text)


def gated(hearing: Hearing) -> Hearing:
    """Return `hearing` with only the segments that are to be believed."""
    kept = tuple(segment for segment in hearing.segments if admits(segment))
    return replace(hearing, segments=kept, text=" ".join(segment.text for segment in kept))
