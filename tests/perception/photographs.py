"""Pictures for tests: the samples, and text as it looks in books, on signs and in bad photographs."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from mia_desktop.core.sights import Pixels
from tests.conftest import SAMPLES

FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


def photograph(name: str) -> Pixels:
    """Return the pixels of a sample picture."""
    return np.asarray(Image.open(SAMPLES / "images" / name).convert("RGB"))


def page(
    lines: Sequence[str],
    *,
    size: tuple[int, int] = (640, 320),
    at: tuple[int, int] = (30, 30),
    ink: int = 20,
    paper: int = 245,
    turn: float = 0.0,
    font_px: int = 28,
) -> Pixels:
    """Return lines of print, turned by so many degrees against the clock."""
    image = Image.new("RGB", size, (paper,) * 3)
    font = ImageFont.truetype(str(FONT), font_px)
    ImageDraw.Draw(image).multiline_text(at, "\n".join(lines), fill=(ink,) * 3, font=font, spacing=font_px // 2)
    if turn:
        image = image.rotate(turn, expand=True, fillcolor=(paper,) * 3, resample=Image.Resampling.BICUBIC)
    return np.asarray(image)
