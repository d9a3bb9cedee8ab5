"""Where faces are in a picture, never whose, with YuNet (Wu et al. 2023) through OpenCV."""

from pathlib import Path

from mia_desktop.core.errors import ModelDamagedError
from mia_desktop.core.sights import Box, Face, Pixels

_LEAST_CONFIDENCE = 0.8
_OVERLAP = 0.3
_MOST = 100
_LONGEST_SIDE_PX = 640


class FaceFinder:
    """Counts faces. It knows nobody and keeps nothing."""

    def __init__(self, file: Path, model: str) -> None:
        import cv2

        try:
            self._detector = cv2.FaceDetectorYN.create(str(file), "", (320, 320), _LEAST_CONFIDENCE, _OVERLAP, _MOST)
        except cv2.error:
            raise ModelDamagedError(
                f"The model {model} cannot be loaded. `mia models pull {model}` fetches it again."
            ) from None
        self.model = model

    def find(self, pixels: Pixels) -> tuple[Face, ...]:
        """Return the faces from left to right."""
        import cv2

        height, width = pixels.shape[:2]
        scale = min(1.0, _LONGEST_SIDE_PX / max(height, width))
        small = cv2.resize(pixels, (max(1, round(width * scale)), max(1, round(height * scale))))
        self._detector.setInputSize((small.shape[1], small.shape[0]))
        _, found = self._detector.detect(cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
        faces = [
            Face(
                box=Box(**dict(zip(("x", "y", "width", "height"), (float(v) / scale for v in one[:4]), strict=True))),
                confidence=round(float(one[14]), 4),
            )
            for one in (found if found is not None else ())
        ]
        return tuple(sorted(faces, key=lambda one: one.box.x))
