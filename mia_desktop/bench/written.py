"""Print as it looks on a screen and in a bad photograph, and how many of its letters were misread."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mia_desktop.core.sights import Pixels

PAGES: Final = (
    ("Opening hours", "Monday to Friday 9:30 to 18:00", "Saturday 10:00 to 14:00", "Closed on public holidays"),
    (
        "Dear neighbour,",
        "we are moving the piano on Thursday,",
        "so the lift will be busy from 8 to 11.",
        "Sorry for the noise!",
    ),
    ("Invoice 2024-117", "3 chairs at 89.50 EUR", "Delivery 12.00 EUR", "Total 280.50 EUR, due by 30 June"),
    ("for name in sorted(found):", "    total += sizes[name] * 2", "    print(name, total)", "raise ValueError(total)"),
    (
        "Take one tablet twice a day",
        "with a full glass of water.",
        "Keep out of reach of children.",
        "Batch K4471, use by 03/2027",
    ),
    ("PLATFORM 7", "Express to Lyon and Marseille", "Departs 14:52, 6 minutes late", "Reservation required"),
)
_DPI: Final = 100
_SHADOW: Final = 0.45
"""Brightness that is left in the darkest corner."""


def rendered(lines: Sequence[str], font_px: int, ink: float = 0.1, paper: float = 0.97) -> Pixels:
    """Return lines of print, `font_px` high, with brightness 0 to 1 of ink and paper."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = font_px * 26, font_px * (2 * len(lines) + 2)
    figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor=str(paper))
    canvas = FigureCanvasAgg(figure)
    for number, line in enumerate(lines):
        y = 1 - font_px * (1.5 + 2 * number) / height
        figure.text(
            font_px / width, y, line.replace("$", r"\$"), fontsize=font_px * 72 / _DPI, color=str(ink), va="center"
        )
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels: Pixels = np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[:, :, :3])  # type: ignore[no-untyped-call]
    return pixels


def photographed(page: Pixels, chance: np.random.Generator) -> Pixels:
    """Return `page` as a telephone might see it: askew, on a table, out of focus, half in shadow, with noise."""
    height, width = page.shape[:2]
    margin = int(0.12 * width)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=float)
    seen = corners + margin + chance.uniform(-0.06, 0.06, (4, 2)) * width
    picture = _warped(page, seen, corners, (height + 2 * margin, width + 2 * margin))
    picture = _softened(picture, float(chance.uniform(0.4, 1.1)))
    rows, columns = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]]
    turn = chance.uniform(0, 2 * np.pi)
    slope = np.cos(turn) * columns / picture.shape[1] + np.sin(turn) * rows / picture.shape[0]
    light = _SHADOW + (1 - _SHADOW) * (slope - slope.min()) / np.ptp(slope)
    noisy = picture * light[:, :, None] + chance.normal(0, chance.uniform(2, 8), picture.shape)
    out: Pixels = np.clip(noisy, 0, 255).astype(np.uint8)
    return out


def letters_wrong(written: str, read: str) -> float:
    """Return the character error rate, spaces and case aside: Levenshtein's distance over the letters written."""
    truth, guess = ("".join(one.lower().split()) for one in (written, read))
    row = list(range(len(guess) + 1))
    for number, letter in enumerate(truth, 1):
        diagonal, row[0] = row[0], number
        for at, other in enumerate(guess, 1):
            diagonal, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, diagonal + (letter != other))
    return row[-1] / max(1, len(truth))


def _warped(
    page: Pixels, seen: npt.NDArray[Any], corners: npt.NDArray[Any], shape: tuple[int, int]
) -> npt.NDArray[Any]:
    """Return `page` with its corners at `seen`, on a table (homography by four points; bilinear)."""
    equations, values = [], []
    for (x, y), (u, v) in zip(seen, corners, strict=True):
        equations += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    back = np.append(np.linalg.solve(np.array(equations), np.array(values)), 1).reshape(3, 3)
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    u, v, w = np.tensordot(back, np.stack((columns, rows, np.ones_like(rows))).astype(float), axes=1)
    u, v = u / w, v / w
    inside = (u >= 0) & (v >= 0) & (u < page.shape[1] - 1) & (v < page.shape[0] - 1)
    left, top = np.where(inside, u, 0).astype(int), np.where(inside, v, 0).astype(int)
    right, below = (u - left)[:, :, None], (v - top)[:, :, None]
    near = page.astype(float)
    upper = near[top, left] * (1 - right) + near[top, left + 1] * right
    lower = near[top + 1, left] * (1 - right) + near[top + 1, left + 1] * right
    table = np.full(3, (120.0, 100.0, 80.0))
    whole: npt.NDArray[Any] = np.where(inside[:, :, None], upper * (1 - below) + lower * below, table)
    return whole


def _softened(picture: npt.NDArray[Any], sigma_px: float) -> npt.NDArray[Any]:
    reach = np.arange(-3, 4)
    kernel = np.exp(-0.5 * (reach / sigma_px) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        padding = [(3, 3) if one == axis else (0, 0) for one in range(3)]
        padded = np.pad(picture, padding, mode="edge")
        size = picture.shape[axis]
        picture = sum(share * padded.take(range(at, at + size), axis) for at, share in enumerate(kernel))
    return picture
