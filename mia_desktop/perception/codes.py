"""QR and bar codes in pictures, with OpenCV. What they say is told, never followed."""

import numpy as np
import numpy.typing as npt

from mia_desktop.core.sights import Box, Code, Pixels


def codes(pixels: Pixels) -> tuple[Code, ...]:
    """Return the codes that could be read, from top to bottom."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    found: list[Code] = []
    if min(grey.shape) < 20:
        return ()
    _, texts, corners, _ = cv2.QRCodeDetector().detectAndDecodeMulti(grey)
    if corners is not None:
        found += [_code("QR", text, four) for text, four in zip(texts, corners, strict=True) if text]
    _, texts, kinds, corners = cv2.barcode.BarcodeDetector().detectAndDecodeWithType(grey)
    if corners is not None:
        found += [_code(kind, text, four) for text, kind, four in zip(texts, kinds, corners, strict=True) if text]
    return tuple(sorted(found, key=lambda one: (one.box.y, one.box.x)))


def _code(kind: str, text: str, corners: npt.NDArray[np.float32]) -> Code:
    x, y = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    box = Box(x=float(x), y=float(y), width=float(right - x), height=float(bottom - y))
    return Code(kind=kind, text=text, box=box)
