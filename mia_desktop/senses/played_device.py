"""A camera's device that another process plays, to measure what looking costs without the cost of playing.

The player puts compressed frames into memory that both share and tells through a pipe when one is there, as a camera's
driver does for OpenCV. So taking and decoding frames is the work of this process, and making them is not. What the
kernel does for a real camera on USB has no counterpart here.
"""

import mmap
import os
import struct
import subprocess
import sys
import tempfile
import time
from typing import Any, Final

import numpy as np

from mia_desktop.core.sights import Pixels

FRAMES_PER_S: Final = 30
SIZE_PX: Final = (1280, 720)
_SLOTS: Final = 4
_SLOT_BYTES: Final = 4 << 20
_NOISE: Final = 4.0
"""Standard deviation of the sensor's noise, of 255."""


class PlayedDevice:
    """Stands for ``cv2.VideoCapture`` on a device that another process plays.

    Args:
        view: what stands before it, RGB; brought to 1280 x 720.
    """

    def __init__(self, view: Pixels) -> None:
        self.grabbed = 0
        self._slot = 0
        with tempfile.TemporaryFile() as shared:
            shared.truncate(_SLOTS * _SLOT_BYTES)
            self._memory = mmap.mmap(shared.fileno(), _SLOTS * _SLOT_BYTES)
            self._player = subprocess.Popen(
                [sys.executable, "-m", "mia_desktop.senses.played_device", str(shared.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(shared.fileno(),),
            )
        assert self._player.stdin is not None
        assert self._player.stdout is not None
        self._ready = self._player.stdout.fileno()
        self._player.stdin.write(struct.pack("<II", *view.shape[:2]) + view.tobytes())
        self._player.stdin.close()

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Tell that it is open."""
        return True

    def grab(self) -> bool:
        """Wait for the next frame, and leave it where it is."""
        told = os.read(self._ready, 1)
        if told:
            self._slot = told[0]
            self.grabbed += 1
        return bool(told)

    def retrieve(self) -> tuple[bool, Any]:
        """Decode the frame that was grabbed last: uint8, shape (720, 1280, 3), BGR."""
        import cv2

        start = self._slot * _SLOT_BYTES
        (size,) = struct.unpack_from("<I", self._memory, start)
        data = np.frombuffer(self._memory[start + 4 : start + 4 + size], dtype=np.uint8)
        frame = cv2.imdecode(data, cv2.IMREAD_COLOR)
        return frame is not None, frame

    def release(self) -> None:
        """End the player."""
        self._player.kill()
        self._player.wait()
        assert self._player.stdout is not None
        self._player.stdout.close()
        self._memory.close()


def _play(shared: int) -> None:
    """Play a device until it is killed; `shared` is the open file that the frames go into."""
    import cv2

    height, width = struct.unpack("<II", sys.stdin.buffer.read(8))
    view = np.frombuffer(sys.stdin.buffer.read(height * width * 3), dtype=np.uint8).reshape(height, width, 3)
    large = cv2.resize(view, SIZE_PX)[:, :, ::-1].astype(np.float32)
    chance = np.random.default_rng(3)
    frames = []
    for _ in range(FRAMES_PER_S):
        noisy = np.clip(large + chance.normal(0, _NOISE, large.shape), 0, 255).astype(np.uint8)
        frames.append(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes())
    memory = mmap.mmap(shared, _SLOTS * _SLOT_BYTES)
    due_s = time.monotonic()
    number = 0
    while True:
        data, slot = frames[number % len(frames)], number % _SLOTS
        start = slot * _SLOT_BYTES
        memory[start : start + 4 + len(data)] = struct.pack("<I", len(data)) + data
        os.write(1, bytes([slot]))
        number += 1
        due_s += 1 / FRAMES_PER_S
        time.sleep(max(0.0, due_s - time.monotonic()))


if __name__ == "__main__":
    _play(int(sys.argv[1]))
