"""Webcams through OpenCV."""

import sys
import threading
from collections.abc import Callable
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
"""Frames that are decoded while somebody asks for each; the others are taken from the device and dropped."""
RESTING_PER_S: Final = 4.0
"""Frames that are decoded in any case, so that the newest is never older than the time between two of them."""
_SIZE_PX: Final = (1280, 720)
"""What a device is asked for, so that small print can be read; it may give another size."""
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
        name: what to call it before the user.
        capture: opens the device as ``cv2.VideoCapture`` does, which it is when there is none.
    """

    def __init__(
        self,
        device: int | str = 0,
        clock: Clock | None = None,
        *,
        name: str = "",
        capture: Callable[[int | str], Any] | None = None,
    ) -> None:
        self.name = name or (f"camera {device}" if isinstance(device, int) else Path(device).name)
        self._device = device
        self._capture = capture
        self._clock = clock or SystemClock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._frame: Pixels | None = None
        self._frame_at_s = 0.0
        self._heard_at_s = 0.0
        self._dead = False
        self._asked = False
        self._picture: Picture | None = None

    def open(self) -> None:
        """Open the device; raises DeviceError when there is none or another program has it."""
        import cv2

        self.close()
        capture: Any = (self._capture or cv2.VideoCapture)(self._device)  # type: ignore[arg-type, unused-ignore]
        if not capture.isOpened():
            capture.release()
            raise DeviceError(
                f"The {self.name} cannot be used: it is missing, or another program has it. `mia camera list` "
                "shows the cameras."
            )
        if isinstance(self._device, int):
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))  # uncompressed, USB is too slow for it
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, _SIZE_PX[0])
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _SIZE_PX[1])
        self._stop = threading.Event()
        self._frame, self._picture, self._dead, self._asked = None, None, False, False
        self._heard_at_s = self._clock.now_s()
        self._thread = threading.Thread(target=self._take, args=(capture, self._stop), name="webcam", daemon=True)
        self._thread.start()

    def newest(self) -> Picture | None:
        """Return the newest picture; raises DeviceError when the camera was unplugged or stands still."""
        if self._thread is None:
            return None
        with self._lock:
            self._asked = True
            frame, at_s, dead = self._frame, self._frame_at_s, self._dead
            still = self._clock.now_s() - self._heard_at_s > STILL_S
        if dead or still:
            self.close()
            raise DeviceError(f"The {self.name} stopped sending pictures. Check that it is plugged in.")
        if frame is None:
            return None
        if self._picture is None or self._picture.at_s != at_s:
            self._picture = Picture(pixels=frame, source="camera", name=self.name, at_s=at_s)
        return self._picture

    def close(self) -> None:
        """Let the device go; when it hangs, its thread lets it go as soon as it can."""
        thread, self._thread = self._thread, None
        self._stop.set()
        if thread is not None:
            thread.join(_CLOSE_S)
        self._frame = self._picture = None

    def _take(self, capture: Any, stop: threading.Event) -> None:
        import cv2

        decoded_s = float("-inf")
        try:
            while not stop.is_set():
                good = capture.grab()
                now_s = self._clock.now_s()
                frame = None
                if good and now_s - decoded_s >= 1 / (PICTURES_PER_S if self._asked else RESTING_PER_S):
                    good, frame = capture.retrieve()
                    decoded_s = now_s
                    if good:
                        frame = np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), dtype=np.uint8)
                        frame.flags.writeable = False
                with self._lock:
                    if stop.is_set():
                        return
                    self._heard_at_s = now_s
                    if frame is not None:
                        self._frame, self._frame_at_s, self._asked = frame, now_s, False
                    self._dead = not good
                if not good:
                    return
        finally:
            capture.release()


class ChosenWebcam:
    """A Camera that is looked for anew each time it is opened, so that it may be plugged in and out.

    Args:
        wanted: its name as `webcams` tells it; empty: the first one that is there.
    """

    def __init__(self, wanted: str = "") -> None:
        self.name = wanted or "camera"
        self._wanted = wanted
        self._webcam: Webcam | None = None

    def open(self) -> None:
        """Open it; raises DeviceError when it is not plugged in or another program has it."""
        self.close()
        there = webcams()
        device = next((one for one in there if self._wanted in ("", one.name)), None)
        if device is None and there:
            names = ", ".join(one.name for one in there)
            raise DeviceError(f"The camera {self._wanted} is not plugged in. There is: {names}.")
        if device is None:
            raise DeviceError("There is no camera. Plug one in.")
        self.name = device.name
        webcam = Webcam(device.number, name=device.name)
        webcam.open()
        self._webcam = webcam

    def newest(self) -> Picture | None:
        """Return the newest picture; raises DeviceError when the camera was unplugged or stands still."""
        webcam = self._webcam
        return None if webcam is None else webcam.newest()

    def close(self) -> None:
        """Let the device go."""
        webcam, self._webcam = self._webcam, None
        if webcam is not None:
            webcam.close()
