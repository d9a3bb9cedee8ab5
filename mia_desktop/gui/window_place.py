"""Where the window was and how large, for the next start."""

import base64
import binascii
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mia_desktop.core import whole_file
from mia_desktop.core.paths import Paths

_LONGEST_BYTES = 4096


class WindowPlace:
    """Keeps a window's place in a small file of its own: numbers of the screen, and nothing else."""

    def __init__(self, paths: Paths) -> None:
        self._file: Path = paths.home / "window.place"

    def restore(self, window: QWidget) -> bool:
        """Put `window` where it was, on a screen that is there; tell whether it moved."""
        try:
            untrusted = base64.b64decode(self._file.read_bytes()[:_LONGEST_BYTES], validate=True)
        except (OSError, binascii.Error):
            return False
        return window.restoreGeometry(untrusted)  # Qt checks it and keeps it on the screen

    def keep(self, window: QWidget) -> None:
        """Remember where `window` is; without room on the disk, forget it."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            whole_file.write(self._file, base64.b64encode(window.saveGeometry().data()).decode("ascii"))
        except OSError:
            self.forget()

    def forget(self) -> None:
        """Remember nothing."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError:
            return
