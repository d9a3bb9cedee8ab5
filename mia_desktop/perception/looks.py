"""How a picture looks: size, brightness, sharpness and colours in words."""

import numpy as np

from mia_desktop.core.sights import Look, Pixels

_SIDE_PX = 256
_SHARP = 60.0
"""Variance of the Laplacian (Pech-Pacheco et al. 2000) of a picture 256 px wide that counts as half sharp."""
_FAINT = 4_500
"""Saturation times value (each 0 to 255) below which a colour counts as black, grey or white."""
_SHARE = 0.12
_HUES = (
    (8, "red"),
    (20, "orange"),
    (33, "yellow"),
    (85, "green"),
    (98, "turquoise"),
    (128, "blue"),
    (145, "purple"),
    (170, "pink"),
    (180, "red"),
)
"""Upper bounds of hue, in OpenCV's half degrees."""


def look(pixels: Pixels) -> Look:
    """Return how `pixels` look."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE_PX / max(height, width))
    small: Pixels = cv2.resize(  # type: ignore[assignment]
        pixels, (max(1, round(width * scale)), max(1, round(height * scale))), interpolation=cv2.INTER_AREA
    )
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    variance = float(cv2.Laplacian(grey, cv2.CV_64F).var())
    return Look(
        width_px=width,
        height_px=height,
        brightness=round(float(grey.mean()) / 255, 3),
        sharpness=round(variance / (variance + _SHARP), 3),
        colours=_colours(small),
    )


def _colours(small: Pixels) -> tuple[str, ...]:
    import cv2

    hue, saturation, value = (part.ravel() for part in cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2HSV)))
    bounds, names = zip(*_HUES, strict=True)
    named = np.array(names, dtype=object)[np.searchsorted(bounds, hue, side="right").clip(max=len(names) - 1)]
    named[(named == "orange") & (value < 150)] = "brown"
    # How colourful something looks depends on saturation times value: 13 % blue in near black looks black.
    grey = (saturation < 40) | (value < 40) | (saturation.astype(int) * value < _FAINT)
    named[grey] = np.select([value[grey] < 60, value[grey] > 200], ["black", "white"], "grey").astype(object)
    kinds, counts = np.unique(named.astype(str), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return tuple(str(kinds[at]) for at in order if counts[at] >= _SHARE * len(hue))[:3]
