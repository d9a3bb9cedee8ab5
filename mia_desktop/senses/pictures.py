"""Picture files and pasted pictures: from bytes to pixels."""

import multiprocessing
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import numpy as np

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.errors import InputError
from mia_desktop.core.sights import Picture, SightSource
from mia_desktop.senses import picture_decoder

_MOST_BYTES = 100_000_000
_MOST_S = 10.0
_START_S = 30.0
"""A process may take so long to begin on a busy machine; that is not the picture's fault."""


class PictureReader:
    """Reads pictures through a process of its own, which is replaced when a file was too much for it.

    The first picture waits for that process (about a third of a second); `warm_up` starts it before.
    """

    def __init__(self, clock: Clock | None = None, most_s: float = _MOST_S) -> None:
        self._clock = clock or SystemClock()
        self._most_s = most_s
        self._alone = threading.Lock()
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def warm_up(self) -> None:
        """Start the process that reads."""
        with self._alone:
            self._connect()

    def read(self, path: Path, *, source: SightSource = "file", page: int = 0) -> Picture:
        """Return the picture in a file; of a moving one the first frame, of a PDF page number `page` from 0.

        Raises:
            InputError: there is no such file, or it is not a picture that MIA reads.
        """
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise InputError(f"{path.name} is larger than {_MOST_BYTES // 1_000_000} MB. Save it smaller.")
            content = path.read_bytes()
        except IsADirectoryError:
            raise InputError(f"{path.name} is a folder. Give one picture.") from None
        except FileNotFoundError:
            raise InputError(f"There is no file {path}. Check the name.") from None
        except OSError as error:
            raise InputError(f"{path.name} cannot be read ({error.strerror}).") from None
        return self.read_bytes(content, path.name, source=source, page=page)

    def read_bytes(self, content: bytes, name: str, *, source: SightSource, page: int = 0) -> Picture:
        """Return the picture in `content`, called `name` before the user; raises as `read` does."""
        called = name or "The picture"
        if not content:
            raise InputError(f"{called} is empty.")
        if len(content) > _MOST_BYTES:
            raise InputError(f"{called} is larger than {_MOST_BYTES // 1_000_000} MB. Save it smaller.")
        with self._alone:
            answer = self._ask(content, page)
        if isinstance(answer, str):
            raise InputError(f"{called} {answer}")
        height, width, data = answer
        pixels = np.frombuffer(data, dtype=np.uint8).reshape(height, width, 3)
        return Picture(pixels=pixels, source=source, name=name, at_s=self._clock.now_s())

    def close(self) -> None:
        """End the process. Closing twice is fine; the next picture starts another."""
        with self._alone:
            self._end()

    def _ask(self, content: bytes, page: int) -> picture_decoder.Answer:
        pipe = self._connect()
        try:
            pipe.send((content, page))
            if pipe.poll(self._most_s):
                answer: picture_decoder.Answer = pipe.recv()
                return answer
            self._end()
            return "takes too long to open. Save it as another kind of picture."
        except (EOFError, OSError):
            self._end()
            return "cannot be opened: the part of MIA that tried had to stop. Save it as another kind of picture."

    def _connect(self) -> Connection:
        if self._pipe is not None and self._child is not None and self._child.is_alive():
            return self._pipe
        self._end()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(target=picture_decoder.serve, args=(theirs,), daemon=True, name="pictures")
        self._child.start()
        theirs.close()
        self._pipe.send((b"", 0))  # the answer says that it is there
        if not self._pipe.poll(_START_S):
            self._end()
            raise InputError("The part of MIA that opens pictures did not start. Try again.")
        self._pipe.recv()
        return self._pipe

    def _end(self) -> None:
        pipe, self._pipe = self._pipe, None
        child, self._child = self._child, None
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
        if child is not None:
            child.kill()
            child.join()
            child.close()
