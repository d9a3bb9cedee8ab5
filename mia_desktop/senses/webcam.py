"""Webcams through OpenCV."""

import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.sights import Picture, Pixels

STILL_S: Final = 3.0
"""A camera that gives no frame for so long is dead."""
PICTURES_PER_S: Final = 10.0
"""Frames that are decoded; the others are taken from the device and dropped."""
_CLOSE_S: Final = 2.0
_PROBED: Final = 4
"""How many cameras are tried where the system does not list them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebcamDevice:
    """A camera of this machine.

    Attributes:
        number: its number, from 0; as the system counts them.
        name: as the system calls it.
    """

    number: int
    name: str


def webcams() -> list[WebcamDevice]:
    """Return the cameras that are plugged in; opens none of them on Linux, each for a moment elsewhere."""
    if sys.platform == "linux":
        places = sorted(Path("/sys/class/video4linux").glob("video*"), key=lambda place: int(place.name[5:]))
        return [
            WebcamDevice(number=int(place.name[5:]), name=(place / "name").read_text("utf-8", "replace").strip())
            for place in places
            if (place / "index").read_text().strip() == "0"  # the others give what is no picture
        ]
    import cv2

    found = []
    for number in range(_PROBED):
        capture = cv2.VideoCapture(number)
        if capture.isOpened():
            found.append(WebcamDevice(number=number, name=f"camera {number}"))
        capture.release()
    return found


class Webcam:
    """A Camera on a device. A thread of its own takes every frame, so that the newest is never an old one.

    Args:
        device: its number; a file's name plays that video as OpenCV does.
        clock: tells when a frame came.
    """

    def __init__(self, device: int | str = 0, clock: Clock | None = None) -> None:
        self.name = f"camera {device}" if isinstance(device, int) else Path(device).name
        self._device = device
        self._clock = clock or SystemClock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._frame: Any = None
        self._frame_at_s = 0.0
        self._heard_at_s = 0.0
        self._dead = False
        self._picture: Picture | None = None

    def open(self) -> None:
        """Open the device; raises DeviceError when there is none or another program has it."""
        import cv2

        self.close()
        capture = cv2.VideoCapture(self._device)  # type: ignore[call-overload, unused-ignore]
        if not capture.isOpened():
            capture.release()
            raise DeviceError(
                f"The {self.name} cannot be used: it is missing, or another program has it. `mia camera list` "
                "shows the cameras."
            )
        self._stop = threading.Event()
        self._frame, self._picture, self._dead = None, None, False
        self._heard_at_s = self._clock.now_s()
        self._thread = threading.Thread(target=self._take, args=(capture, self._stop), name="webcam", daemon=True)
        self._thread.start()

    def newest(self) -> Picture | None:
        """Return the newest picture; raises DeviceError when the camera was unplugged or stands still."""
        if self._thread is None:
            return None
        with self._lock:
            frame, at_s, dead = self._frame, self._frame_at_s, self._dead
            still = self._clock.now_s() - self._heard_at_s > STILL_S
        if dead or still:
            self.close()
            raise DeviceError(f"The {self.name} stopped sending pictures. Check that it is plugged in.")
        if frame is None:
            return None
        if self._picture is None or self._picture.at_s != at_s:
            import cv2

            pixels: Pixels = np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), dtype=np.uint8)
            pixels.flags.writeable = False
            self._picture = Picture(pixels=pixels, source="camera", name=self.name, at_s=at_s)
        return self._picture

    def close(self) -> None:
        """Let the device go; when it hangs, its thread lets it go as soon as it can."""
        thread, self._thread = self._thread, None
        self._stop.set()
        if thread is not None:
            thread.join(_CLOSE_S)
        self._frame = self._picture = None

    def _take(self, capture: Any, stop: threading.Event) -> None:
        due_s = self._clock.now_s()
        try:
            while not stop.is_set():
                good = capture.grab()
                now_s = self._clock.now_s()
                frame = None
                if good and now_s >= due_s:
                    good, frame = capture.retrieve()
                    due_s = now_s + 1 / PICTURES_PER_S
                with self._lock:
                    if stop.is_set():
                        return
                    self._heard_at_s = now_s
                    if frame is not None:
                        self._frame, self._frame_at_s = frame, now_s
                    self._dead = not good
                if not good:
                    return
        finally:
            capture.release()
