"""A video file or a folder of pictures that plays the camera."""

import threading
from pathlib import Path
from typing import Any

import numpy as np

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.sights import Picture, Pixels
from mia_desktop.senses.pictures import PictureReader

_PICTURES_PER_S = 10.0
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic")


class ReplayCamera:
    """A Camera that plays a recording, by the clock or a frame at each call. The last frame stays.

    Args:
        recording: a video file, or a folder whose pictures are played in the order of their names.
        real_time: whether frames come by the clock.
        frames_per_s: how fast; None: as the video says, of a folder one a second.
        clock: what real time is.
    """

    def __init__(
        self,
        recording: Path,
        *,
        real_time: bool = False,
        frames_per_s: float | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.name = recording.name
        self.finished = False
        self._recording = recording
        self._real_time = real_time
        self._wanted_rate = frames_per_s
        self._rate = frames_per_s or 1.0
        self._clock = clock or SystemClock()
        self._reader: PictureReader | None = None
        self._files: list[Path] = []
        self._video: Any = None
        self._began_s = 0.0
        self._index = -1
        self._picture: Picture | None = None
        self._alone = threading.RLock()

    def open(self) -> None:
        """Begin with the first frame; raises DeviceError when there is nothing to play."""
        with self._alone:
            self._begin()

    def newest(self) -> Picture | None:
        """Return the frame that is due; before the first call none is."""
        with self._alone:
            return self._due()

    def close(self) -> None:
        """End."""
        with self._alone:
            if self._video is not None:
                self._video.release()
            if self._reader is not None:
                self._reader.close()
            self._video = self._reader = self._picture = None
            self._files = []

    def _begin(self) -> None:
        self.close()
        if self._recording.is_dir():
            self._files = sorted(file for file in self._recording.iterdir() if file.suffix.lower() in _PICTURES)
            self._reader = PictureReader(self._clock)
        elif self._recording.is_file():
            import cv2

            self._video = cv2.VideoCapture(str(self._recording))
            self._rate = self._wanted_rate or self._video.get(cv2.CAP_PROP_FPS) or 30.0
        if not self._files and not (self._video is not None and self._video.isOpened()):
            self.close()
            raise DeviceError(f"{self.name} cannot be played. Give a video or a folder of pictures.")
        self._index, self.finished = -1, False
        self._began_s = self._clock.now_s()

    def _due(self) -> Picture | None:
        if self._reader is None and self._video is None:
            return None
        due = self._index + 1
        if self._real_time:
            due = int((self._clock.now_s() - self._began_s) * self._rate + 1e-6)
        if due > self._index and not self.finished:
            at_s = self._began_s + due / self._rate if self._real_time else self._clock.now_s()
            pixels = self._from_folder(due) if self._reader is not None else self._from_video(due)
            self._index = due
            if pixels is not None:
                self._picture = Picture(pixels=pixels, source="camera", name=self.name, at_s=at_s)
        return self._picture

    def _from_folder(self, index: int) -> Any:
        assert self._reader is not None
        self.finished = index >= len(self._files) - 1
        if index >= len(self._files) and self._index >= len(self._files) - 1:
            return None
        return self._reader.read(self._files[min(index, len(self._files) - 1)], source="camera").pixels

    def _from_video(self, index: int) -> Any:
        import cv2

        frame = None
        for _ in range(index - self._index):
            good, newer = self._video.read()
            if not good:
                self.finished = True
                break
            frame = newer
        if frame is None:
            if self._picture is None:
                raise DeviceError(f"{self.name} holds no picture that can be played.")
            return None
        pixels: Pixels = np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), dtype=np.uint8)
        pixels.flags.writeable = False
        return pixels


class PlayedCamera:
    """A recording that stands for a camera: a thread of its own decodes it, so that nobody waits for the newest.

    Args:
        recording: as ReplayCamera plays it, by the clock.
    """

    def __init__(self, recording: Path) -> None:
        self.name = recording.name
        self._replay = ReplayCamera(recording, real_time=True)
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._picture: Picture | None = None
        self._trouble: DeviceError | None = None

    def open(self) -> None:
        """Begin with the first frame; raises DeviceError when there is nothing to play."""
        self.close()
        self._replay.open()
        self._stop = threading.Event()
        self._trouble = None
        self._thread = threading.Thread(target=self._play, args=(self._stop,), name="played camera", daemon=True)
        self._thread.start()

    def newest(self) -> Picture | None:
        """Return the newest picture; raises DeviceError when the recording cannot be played."""
        if self._trouble is not None:
            raise self._trouble
        return self._picture

    def close(self) -> None:
        """End."""
        thread, self._thread = self._thread, None
        self._stop.set()
        if thread is not None:
            thread.join()
        self._replay.close()
        self._picture = self._trouble = None

    def _play(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                self._picture = self._replay.newest()
            except DeviceError as error:
                self._trouble = error
                return
            stop.wait(1 / _PICTURES_PER_S)
