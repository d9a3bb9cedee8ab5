"""The screen as a camera."""

import threading
from typing import Any, Final

import numpy as np

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.sights import Box, Picture
from mia_desktop.senses.picture_decoder import MOST_SIDE_PX

_APART_S: Final = 0.1
"""A screen is not taken more often than that."""


class Screen:
    """A Camera that sees the screen.

    Args:
        monitor: 0 for all monitors together, 1 for the first, and so on.
        region: the part of them that is seen, pixels of the desktop; None for all.
        clock: tells when a picture was taken.
    """

    def __init__(self, monitor: int = 0, region: Box | None = None, clock: Clock | None = None) -> None:
        self.name = "screen" if monitor == 0 else f"screen {monitor}"
        self._monitor = monitor
        self._region = region
        self._clock = clock or SystemClock()
        self._lock = threading.Lock()
        self._grabber: Any = None
        self._area: dict[str, int] = {}
        self._picture: Picture | None = None

    def open(self) -> None:
        """Begin to look; raises DeviceError without a screen, or without such a monitor or region."""
        import mss

        self.close()
        try:
            self._grabber = mss.MSS()
            monitors = self._grabber.monitors
        except (mss.ScreenShotError, OSError):
            self.close()
            raise DeviceError("There is no screen to look at, or the system does not allow it.") from None
        if not 0 <= self._monitor < len(monitors):
            self.close()
            raise DeviceError(f"There is no monitor {self._monitor}: there are {len(monitors) - 1}.")
        whole = monitors[self._monitor]
        self._area = {side: int(whole[side]) for side in ("left", "top", "width", "height")}
        if self._region is not None:
            self._area = _within(self._region, self._area)
            if self._area["width"] < 2 or self._area["height"] < 2:
                self.close()
                raise DeviceError("That region is not on the screen. Choose another.")

    def newest(self) -> Picture | None:
        """Return the screen as it is now, at most ten times a second a new one."""
        import mss

        with self._lock:
            if self._grabber is None:
                return None
            now_s = self._clock.now_s()
            if self._picture is None or now_s - self._picture.at_s >= _APART_S:
                try:
                    shot = self._grabber.grab(self._area)
                except mss.ScreenShotError:
                    raise DeviceError("The screen cannot be seen any more. Is it locked or turned off?") from None
                shape = (shot.height, shot.width, 4)
                pixels = _bounded(np.frombuffer(shot.raw, dtype=np.uint8).reshape(shape)[:, :, 2::-1])
                self._picture = Picture(pixels=pixels, source="screen", name=self.name, at_s=now_s)
            return self._picture

    def close(self) -> None:
        """Look no more."""
        with self._lock:
            if self._grabber is not None:
                self._grabber.close()
            self._grabber = self._picture = None


def _within(region: Box, whole: dict[str, int]) -> dict[str, int]:
    left, top = max(int(region.x), whole["left"]), max(int(region.y), whole["top"])
    right = min(int(region.x + region.width), whole["left"] + whole["width"])
    bottom = min(int(region.y + region.height), whole["top"] + whole["height"])
    return {"left": left, "top": top, "width": right - left, "height": bottom - top}


def _bounded(pixels: Any) -> Any:
    import cv2

    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    scale = MOST_SIDE_PX / max(height, width)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    pixels.flags.writeable = False
    return pixels
