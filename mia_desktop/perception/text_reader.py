"""Reads text in pictures with PP-OCR through RapidOCR; its models come inside the library."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np

from mia_desktop.core.sights import Box, Pixels, TextLine

_LEAST_CONFIDENCE = 0.6
_LONGEST_SIDE_PX = 4000
"""Larger pictures are made smaller; lines are looked for at 2000 px at most, and read at this size.

Small pictures are not made larger, as the library would: that reads no better and takes two to four times as long.
"""
_SURE_TURNED = 0.9
"""Confidence from which a line stands on its head: of "69" or "NOON" nobody can tell."""
_SLIVER = 100
"""How often longer than wide a picture may be; the library fails beyond, and nobody writes like that."""
_TALL = 1.5
"""Height over width from which a line stands upright."""
_COLUMN_LINES = 3
_COLUMN_CHARS = 18
"""Columns are read one after the other when each has so many lines of so many characters; else rows are."""
_SAME_ROW = 0.6
"""Share of a line's height within which centres are on one row."""
_LEVEL = 0.01
"""Slope up to which the left edges of lines tell how far they are indented."""
_LEAST_INDENT, _MOST_INDENT = 1.5, 24
_LOW_CONTRAST = 90
"""Difference of brightness between the 2nd and 98th percentile under which it is stretched."""


class RapidTextReader:
    """A TextReader for print, on screens and in photographs, upright or turned by any quarter."""

    model = "PP-OCRv4"

    def __init__(self, threads: int) -> None:
        import onnxruntime
        from rapidocr_onnxruntime import RapidOCR

        onnxruntime.disable_telemetry_events()
        self._engine = RapidOCR(
            intra_op_num_threads=threads, inter_op_num_threads=1, det_limit_type="max", max_side_len=_LONGEST_SIDE_PX
        )

    def read(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """Return the lines of text in reading order; empty when there is none."""
        height, width = pixels.shape[:2]
        if max(height, width) > _SLIVER * min(height, width):
            return ()
        upright, quarters = _stretched(pixels), 0
        found, slope = self._lines(upright)
        if found and np.median([one.box.height / max(one.box.width, 1.0) for one in _long(found)]) > _TALL:
            upright, quarters = np.ascontiguousarray(np.rot90(upright)), 1
            found, slope = self._lines(upright)
        if found and self._upside_down(upright, found):
            upright, quarters = np.ascontiguousarray(np.rot90(upright, 2)), quarters + 2
            found, slope = self._lines(upright)
        return tuple(
            replace(one, box=_turned_back(one.box, quarters, height, width)) for one in in_reading_order(found, slope)
        )

    def _lines(self, pixels: Pixels) -> tuple[list[TextLine], float]:
        """Return the lines, and by how much they rise or fall per pixel to the right."""
        found, _ = self._engine(pixels[:, :, ::-1])
        found = [one for one in found or () if one[1].strip() and float(one[2]) >= _LEAST_CONFIDENCE]
        lines = [
            TextLine(text=text.strip(), box=_around(corners), confidence=round(float(confidence), 4))
            for corners, text, confidence in found
        ]
        slopes = [
            (right[1] - left[1]) / (right[0] - left[0]) for (left, right, *_), _, _ in found if right[0] - left[0] > 20
        ]
        return lines, float(np.median(slopes)) if slopes else 0.0

    def _upside_down(self, pixels: Pixels, found: Sequence[TextLine]) -> bool:
        """Tell whether most of the widest lines stand on their heads."""
        widest = sorted(found, key=lambda one: -one.box.width)[:5]
        crops = [
            pixels[int(b.y) : int(b.y + b.height) + 1, int(b.x) : int(b.x + b.width) + 1, ::-1]
            for b in (one.box for one in widest)
        ]
        _, turns, _ = self._engine.text_cls(crops)
        turned = [turn for turn, sure in turns if turn == "180" and sure > _SURE_TURNED]
        return 2 * len(turned) > len(turns)


def in_reading_order(lines: Sequence[TextLine], slope: float = 0.0) -> list[TextLine]:
    """Return `lines` as a person reads them: columns of running text one after the other, else row by row.

    Args:
        lines: in any order.
        slope: by how much the lines fall per pixel to the right.
    """
    gutter = _gutter(lines)
    if gutter is not None:
        left = in_reading_order([one for one in lines if one.box.x + one.box.width <= gutter], slope)
        right = in_reading_order([one for one in lines if one.box.x >= gutter], slope)
        return left + [replace(one, row=one.row + left[-1].row + 1) for one in right]

    def centre(line: TextLine) -> float:
        return line.box.y + line.box.height / 2 - slope * (line.box.x + line.box.width / 2)

    ordered = sorted(lines, key=centre)
    height = float(np.median([one.box.height - abs(slope) * one.box.width for one in ordered])) if ordered else 0.0
    rows: list[list[TextLine]] = []
    for line in ordered:
        if rows and centre(line) - centre(rows[-1][0]) < _SAME_ROW * height:
            rows[-1].append(line)
        else:
            rows.append([line])
    level = abs(slope) < _LEVEL
    edge = min((one.box.x for one in lines), default=0.0)
    letter = float(np.median([one.box.width / len(one.text) for one in lines])) if lines else 0.0
    found: list[TextLine] = []
    for number, row in enumerate(rows):
        first, *others = sorted(row, key=lambda one: one.box.x)
        room = (first.box.x - edge) / letter if level and letter else 0.0
        found.append(replace(first, row=number, indent=round(room) if room >= _LEAST_INDENT else 0))
        found += [replace(one, row=number) for one in others]
    return found


def rows(lines: Sequence[TextLine]) -> str:
    """Return lines in reading order as text; what stands side by side shares a line, and indents are kept."""
    grouped = (list(row) for _, row in groupby(lines, key=lambda one: one.row))
    return "\n".join(" " * min(row[0].indent, _MOST_INDENT) + "  ".join(one.text for one in row) for row in grouped)


def _gutter(lines: Sequence[TextLine]) -> float | None:
    """Return where two columns of running text part, or None."""
    for at in sorted({one.box.x for one in lines})[1:]:
        left = [one for one in lines if one.box.x + one.box.width <= at]
        right = [one for one in lines if one.box.x >= at]
        if len(left) + len(right) == len(lines) and all(
            len(side) >= _COLUMN_LINES and np.mean([len(one.text) for one in side]) >= _COLUMN_CHARS
            for side in (left, right)
        ):
            return at
    return None


def _stretched(pixels: Pixels) -> Pixels:
    low, high = np.percentile(pixels[::4, ::4], (2, 98))
    if not 0 < high - low < _LOW_CONTRAST:
        return pixels
    stretched: Pixels = np.clip((pixels.astype(np.float32) - low) * (255 / (high - low)), 0, 255).astype(np.uint8)
    return stretched


def _long(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """Return the lines whose shape tells which way they run; all of them when none does."""
    return [one for one in lines if len(one.text) > 2] or lines


def _around(corners: Any) -> Box:
    x, y = np.min(corners, axis=0)
    right, bottom = np.max(corners, axis=0)
    return Box(x=float(x), y=float(y), width=float(right - x), height=float(bottom - y))


def _turned_back(box: Box, quarters: int, height: int, width: int) -> Box:
    """Return where `box` of a picture that `np.rot90` turned so often lies in the picture of that size."""
    if quarters == 0:
        return box
    if quarters == 1:
        return Box(x=width - box.y - box.height, y=box.x, width=box.height, height=box.width)
    if quarters == 3:
        return Box(x=box.y, y=height - box.x - box.width, width=box.height, height=box.width)
    return Box(x=width - box.x - box.width, y=height - box.y - box.height, width=box.width, height=box.height)
