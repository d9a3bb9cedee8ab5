"""Reads pictures that the user gives: decoded in a process of its own, within bounds of size, memory and time."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

import numpy as np

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.errors import InputError
from mia_desktop.core.sights import Picture, SightSource
from mia_desktop.senses.picture_decoder import MOST_BYTES, MOST_SIDE_PX, read_message, write_message

TIMEOUT_S: Final = 20.0
"""Longest time that a picture may take."""
_CHILD: Final = [sys.executable, "-P", "-m", "mia_desktop.senses.picture_decoder"]
"""-P: nothing is imported from the folder in which the user happens to be."""


class PictureReader:
    """Reads PNG, JPEG, WebP, GIF, BMP, TIFF and HEIC files and pages of PDF files; may be used from several threads.

    What a file is, its bytes say and not its name. The process starts with the first picture, serves the next ones too,
    and is replaced when it hangs or dies.

    Attributes:
        peak_bytes: the most memory that the process has held, bytes; 0 where the system does not tell.
    """

    def __init__(self, clock: Clock | None = None, timeout_s: float = TIMEOUT_S) -> None:
        self.peak_bytes = 0
        self._clock = clock or SystemClock()
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def warm_up(self) -> None:
        """Start the process, so that the first picture need not wait for it."""
        with self._lock:
            self._running()

    def read(self, path: Path, *, source: SightSource = "file", page: int = 0) -> Picture:
        """Return the picture in a file, or page `page` (from 0) of a PDF file. Raises InputError."""
        try:
            if path.is_dir():
                raise InputError(f"{path.name} is a folder. Give a picture in it.")
            if not path.is_file():
                raise InputError(f"There is no file {path}. Name one that is there.")
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except (OSError, ValueError):
            raise InputError(f"The file {path.name} cannot be read. Check that you may open it.") from None
        return self.read_bytes(data, path.name, source=source, page=page)

    def read_bytes(self, data: bytes, name: str, *, source: SightSource, page: int = 0) -> Picture:
        """Return the picture in `data`; `name` is what errors and the picture are called by. Raises InputError."""
        shown = name or "The picture"
        if not data:
            raise InputError(f"{shown} is empty. Give a file with a picture.")
        if len(data) > MOST_BYTES:
            raise InputError(f"{shown} is larger than {MOST_BYTES >> 20} MB. Scale it down.")
        with self._lock:
            answer, pixels = self._ask(data, page, shown)
        self.peak_bytes = int(answer["peak"])
        if "refused" in answer:
            raise InputError(f"{shown} {answer['refused']}.")
        width, height = int(answer["width"]), int(answer["height"])
        if not (0 < width <= MOST_SIDE_PX and 0 < height <= MOST_SIDE_PX and len(pixels) == width * height * 3):
            raise InputError(f"{shown} is damaged. Make or fetch it again.")
        array = np.frombuffer(pixels, dtype=np.uint8).reshape(height, width, 3)
        return Picture(pixels=array, source=source, name=name, at_s=self._clock.now_s())

    def close(self) -> None:
        """End the process. Closing twice is fine, and reading again starts another."""
        with self._lock:
            self._end()

    def _ask(self, data: bytes, page: int, shown: str) -> tuple[dict[str, Any], bytes]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._timeout_s, stop)
        timer.daemon = True
        timer.start()
        try:
            write_message(process.stdin, {"page": page}, data)
            return read_message(process.stdout)
        except (EOFError, OSError, ValueError):
            self._end()
            if late.is_set():
                raise InputError(f"{shown} takes too long to open. Scale it down or save it anew.") from None
            raise InputError(f"{shown} cannot be opened: it is damaged or made to do harm.") from None
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._process = subprocess.Popen(
                _CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what could not be written to a dead process
                    continue


def save(picture: Picture, path: Path) -> None:
    """Write a picture as PNG or, by the name's ending, as JPEG; only where the user asked. Raises InputError."""
    from PIL import Image

    try:
        image = Image.fromarray(picture.pixels)
        image.save(path, format="JPEG" if path.suffix.lower() in (".jpg", ".jpeg") else "PNG")
    except OSError:
        raise InputError(f"{path} cannot be written. Name a file in a folder of yours.") from None
