"""The camera, while the user lets MIA look through it."""

from collections.abc import Callable
from typing import Final

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import CameraClosed, CameraOpened
from mia_desktop.core.ports import Camera
from mia_desktop.core.sights import Picture
from mia_desktop.perception.scene import FrameMemory

_POLL_S: Final = 0.005
_FIRST_FRAME_S: Final = 3.0
_VIEWS_APART_S: Final = 0.25
"""How often sensory memory takes in what the camera sees while nobody speaks."""
_NO_CAMERA: Final = "There is no camera. Open the window to use one."
_NO_FRAME: Final = "The camera gives no picture. Check that no other program uses it, or choose another one."


class Viewfinder:
    """Opens and closes the camera, gives its frames, and remembers those of the last two seconds.

    Args:
        camera: the camera; None: there is none.
        bus: hears when it is opened, closed and lost.
        clock: for when it was looked through.
        lost: hears why it cannot be looked through.

    Attributes:
        is_open: whether it is open.
        once: whether it was opened for one question.
    """

    def __init__(self, camera: Camera | None, bus: Bus, clock: Clock, lost: Callable[[DeviceError], object]) -> None:
        self._camera = camera
        self._bus = bus
        self._clock = clock
        self._lost = lost
        self._frames = FrameMemory()
        self._seen_s = 0.0
        self.is_open = False
        self.once = False

    def open(self, *, once: bool) -> Picture | None:
        """Open it and return its first frame; None when it is open already or cannot be."""
        if self._camera is None:
            self._lose(DeviceError(_NO_CAMERA), "camera")
            return None
        self.once = once
        if self.is_open:
            return None
        try:
            self._camera.open()
        except DeviceError as error:
            self._lose(error, self._camera.name)
            return None
        self.is_open = True
        self._bus.publish(CameraOpened(name=self._camera.name, once=once))
        return self._first()

    def _first(self) -> Picture | None:
        """Wait for the first frame."""
        give_up_s = self._clock.now_s() + _FIRST_FRAME_S
        while self.is_open and self._clock.now_s() < give_up_s:
            if (frame := self.newest()) is not None:
                return frame
            self._clock.wait(_POLL_S)
        if self.is_open:
            self.close(_NO_FRAME)
        return None

    def newest(self) -> Picture | None:
        """Return the newest frame; None while it is closed or gives none. A camera that is lost is closed."""
        if self._camera is None or not self.is_open:
            return None
        self._seen_s = self._clock.now_s()
        try:
            return self._taken(self._camera)
        except DeviceError as error:
            self.close(str(error))
            return None

    def at(self, then_s: float) -> Picture | None:
        """Return the frame of a moment ago; the newest one where that is not known any more."""
        frame = self.newest()
        then = None if frame is None else self._frames.frame_at(then_s)
        return frame if then is None else then.picture

    def shown(self) -> Picture | None:
        """Return the newest frame, for a face to show; None while it is closed or gives none."""
        if self._camera is None or not self.is_open:
            return None
        try:
            return self._taken(self._camera)
        except DeviceError:
            return None  # whoever asks in earnest is told

    def _taken(self, camera: Camera) -> Picture | None:
        frame = camera.newest()
        if frame is not None:
            self._frames.see(frame)
        return frame

    def keep_watching(self) -> None:
        """Take in now and then what is in view, while nobody speaks."""
        if self.is_open and self._clock.now_s() - self._seen_s >= _VIEWS_APART_S:
            self.newest()

    def close(self, why: str = "") -> None:
        """Close it, and say why unless the user wants it."""
        if self._camera is None or not self.is_open:
            return
        self.is_open = False
        self._camera.close()
        self._frames.clear()
        if why:
            self._lose(DeviceError(why), self._camera.name)
        else:
            self._bus.publish(CameraClosed(name=self._camera.name))

    def _lose(self, error: DeviceError, name: str) -> None:
        self._lost(error)
        self._bus.publish(CameraClosed(name=name, why=str(error)))
