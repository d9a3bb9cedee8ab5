"""Sights and percepts for tests."""

from collections.abc import Sequence

import numpy as np

from mia_desktop.core.sights import (
    Box,
    Label,
    Look,
    Modality,
    Percept,
    Picture,
    Sight,
    SightSource,
    TextLine,
    Vector,
)
from mia_desktop.perception.fusion import fuse, unit

BOX = Box(x=0, y=0, width=10, height=10)


def sight(
    *labels: str,
    lines: Sequence[str] = (),
    name: str = "",
    source: SightSource = "file",
    at_s: float = 0.0,
    vector: Vector | None = None,
    confidence: float = 0.9,
) -> Sight:
    """Return what the eyes might find."""
    return Sight(
        picture=Picture(pixels=np.zeros((2, 2, 3), dtype=np.uint8), source=source, name=name, at_s=at_s),
        labels=tuple(Label(name=one, confidence=0.8) for one in labels),
        lines=tuple(TextLine(text=one, box=BOX, confidence=confidence, row=row) for row, one in enumerate(lines)),
        faces=(),
        codes=(),
        look=Look(width_px=2, height_px=2, brightness=0.5, sharpness=0.5, colours=()),
        vector=vector,
        space="test" if vector is not None else "",
        description=f"It shows {', '.join(labels) or 'something written'}."
        + (f' The words written in it: "{chr(10).join(lines)}".' if lines else ""),
        timings_ms=(),
    )


def percept(
    key: str, number: int, *labels: str, lines: Sequence[str] = (), group: int = 0, at_s: float = 0.0, **more: Vector
) -> Percept:
    """Return a percept; `more` may name vectors of its modalities: image, reading."""
    modalities = tuple(
        Modality(kind=kind, vector=unit(vector), at_s=at_s, confidence=0.8)  # type: ignore[arg-type]
        for kind, vector in more.items()
    )
    return Percept(
        key=key,
        number=number,
        group=group,
        at_s=at_s,
        sight=sight(*labels, lines=lines, at_s=at_s),
        modalities=modalities,
        vector=fuse(modalities, at_s)[0] if modalities else None,
        space="test" if modalities else "",
    )
