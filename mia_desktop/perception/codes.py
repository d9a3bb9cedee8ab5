"""QR and bar codes in pictures, with OpenCV. What they say is told, never followed."""

import numpy as np
import numpy.typing as npt

from mia_desktop.core.sights import Box, Code, Pixels

_LEAST_PX = 20


def codes(pixels: Pixels) -> tuple[Code, ...]:
    """Return the codes that could be read, from top to bottom."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if min(grey.shape) < _LEAST_PX:
        return ()
    found: list[Code] = []
    # Each of the two finds codes that the other misses: the first none that stands on its head, the second none that is
    # out of focus.
    for detector in (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()):
        _, texts, corners, _ = detector.detectAndDecodeMulti(grey)
        if any(texts):
            found += [_code("QR", text, four) for text, four in zip(texts, corners, strict=True) if text]
            break
    # It looks for bars as they are in photographs; sharp ones are softened for it.
    for soft in (grey, cv2.GaussianBlur(grey, (5, 5), 0)):
        _, texts, kinds, corners = cv2.barcode.BarcodeDetector().detectAndDecodeWithType(soft)
        if any(texts):
            found += [_code(kind, text, four) for text, kind, four in zip(texts, kinds, corners, strict=True) if text]
            break
    return tuple(sorted(found, key=lambda one: (one.box.y, one.box.x)))


def _code(kind: str, text: str, corners: npt.NDArray[np.float32]) -> Code:
    x, y = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    box = Box(x=float(x), y=float(y), width=float(right - x), height=float(bottom - y))
    return Code(kind=kind, text=text, box=box)
