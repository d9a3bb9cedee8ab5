"""Whether the view has changed, and the last two seconds of it."""

import threading
from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from mia_desktop.core.sights import Picture, Pixels

Thumbnail = npt.NDArray[np.float32]
"""Luma of a view's blocks: float32, shape (36, 64), 0 (black) to 255 (white)."""

_ROWS: Final = 36
_COLUMNS: Final = 64
_SAMPLES: Final = 4
"""Pixels that are looked at in each block, along each side: their mean averages the sensor's noise out."""
BLOCK_CHANGED: Final = 14.0
"""Difference of luma from which a block counts as changed: over noise and flicker, under a hand's shadow."""
VIEW_CHANGED: Final = 0.02
"""Share of changed blocks from which the view has changed: a cup held up in a room is more."""
LASTS_S: Final = 2.0


def thumbnail(pixels: Pixels) -> Thumbnail:
    """Return the luma (ITU-R BT.601) of the view's blocks."""
    import cv2

    sampled = cv2.resize(pixels, (_COLUMNS * _SAMPLES, _ROWS * _SAMPLES), interpolation=cv2.INTER_NEAREST)
    luma = cv2.cvtColor(sampled, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(luma, (_COLUMNS, _ROWS), interpolation=cv2.INTER_AREA), dtype=np.float32)


def changed_share(before: Thumbnail, after: Thumbnail) -> float:
    """Return the share (0 to 1) of blocks whose luma differs.

    The pair-wise comparison of Zhang, Kankanhalli and Smoliar, "Automatic partitioning of full-motion video"
    (Multimedia Systems 1, 1993), on means of blocks.
    """
    return float((np.abs(after - before) > BLOCK_CHANGED).mean())


class SceneGate:
    """Lets a picture through when the view differs from the last one that it let through."""

    def __init__(self) -> None:
        self._last: Thumbnail | None = None

    def changed(self, pixels: Pixels) -> bool:
        """Tell whether `pixels` shows another view; slow change adds up until it does."""
        seen = thumbnail(pixels)
        if self._last is not None and changed_share(self._last, seen) < VIEW_CHANGED:
            return False
        self._last = seen
        return True

    def reset(self) -> None:
        """Let the next picture through."""
        self._last = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenThen:
    """A picture out of the sensory memory.

    Attributes:
        picture: the picture.
        age_s: how much older it is than the time asked for, seconds; below 0: how much newer.
    """

    picture: Picture
    age_s: float


class FrameMemory:
    """The sensory memory of the eyes: the last two seconds, never written anywhere. For several threads.

    Args:
        lasts_s: how long a picture is held, seconds.
        most: how many are held at most.
    """

    def __init__(self, lasts_s: float = LASTS_S, most: int = 20) -> None:
        self._lasts_s = lasts_s
        self._lock = threading.Lock()
        self._pictures: deque[Picture] = deque(maxlen=most)

    def see(self, picture: Picture) -> None:
        """Take in the newest picture; what is too old or not newer is dropped."""
        with self._lock:
            if self._pictures and picture.at_s <= self._pictures[-1].at_s:
                return
            self._pictures.append(picture)
            while self._pictures[0].at_s < picture.at_s - self._lasts_s:
                self._pictures.popleft()

    def frame_at(self, time_s: float) -> SeenThen | None:
        """Return what was seen at `time_s` (clock seconds): the last picture before it, else the first one after.

        None when none is within the memory's length of that time.
        """
        with self._lock:
            pictures = list(self._pictures)
        picture = next((one for one in reversed(pictures) if one.at_s <= time_s), pictures[0] if pictures else None)
        if picture is None or abs(time_s - picture.at_s) > self._lasts_s:
            return None
        return SeenThen(picture=picture, age_s=time_s - picture.at_s)

    def clear(self) -> None:
        """Let all go."""
        with self._lock:
            self._pictures.clear()

    def __reduce__(self) -> str:
        raise TypeError("sensory memory is never stored")
