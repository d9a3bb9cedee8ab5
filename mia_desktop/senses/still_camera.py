"""Pictures that play the camera."""

from mia_desktop.core.clock import SystemClock
from mia_desktop.core.sights import Picture, Pixels


class StillCamera:
    """A Camera before which pictures are held, one after the other."""

    name = "pictures"

    def __init__(self) -> None:
        self._clock = SystemClock()
        self._held: Pixels | None = None
        self.is_open = False

    def hold(self, pixels: Pixels) -> None:
        """Hold a picture before the camera until the next one."""
        self._held = pixels

    def open(self) -> None:
        """Begin to look."""
        self.is_open = True

    def newest(self) -> Picture | None:
        """Return what is held before it, as of now."""
        held = self._held
        return None if held is None else Picture(pixels=held, source="camera", name="", at_s=self._clock.now_s())

    def close(self) -> None:
        """Let go."""
        self.is_open = False
