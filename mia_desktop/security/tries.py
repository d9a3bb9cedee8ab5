"""Slows down guessing: after three wrong passphrases each further try has to wait longer."""

import json
from collections.abc import Callable
from pathlib import Path

from mia_desktop.core import whole_file
from mia_desktop.core.errors import VaultDiskError, VaultThrottledError

FREE = 3
_FIRST_S = 5.0
_LONGEST_S = 900.0


def delay_s(failed: int) -> float:
    """Return how long to wait after the `failed`-th wrong passphrase in a row."""
    return 0.0 if failed < FREE else min(_LONGEST_S, _FIRST_S * 2.0 ** min(failed - FREE, 20))


class Tries:
    """Counts wrong passphrases in a file, so that a new process does not start afresh.

    A clock set back does not shorten the wait: it starts anew.
    """

    def __init__(self, path: Path, wall_s: Callable[[], float]) -> None:
        self._path = path
        self._wall_s = wall_s

    def begin(self) -> None:
        """Count a try before it is made: killing the process wins nothing. VaultThrottledError when too early."""
        failed, last_s = self._read()
        now_s = self._wall_s()
        wait_s = delay_s(failed)
        if now_s < last_s:
            self._write(failed, now_s)
            last_s = now_s
        if now_s < last_s + wait_s:
            raise VaultThrottledError(f"Too many wrong passphrases. Try again in {last_s + wait_s - now_s:.0f} s.")
        self._write(failed + 1, now_s)

    def right(self) -> None:
        """Forget the wrong ones."""
        self._path.unlink(missing_ok=True)

    def wait_s(self) -> float:
        """Return how long the next try has to wait, seconds."""
        failed, last_s = self._read()
        return max(0.0, min(last_s, self._wall_s()) + delay_s(failed) - self._wall_s())

    def _read(self) -> tuple[int, float]:
        try:
            untrusted = json.loads(self._path.read_text("utf-8"))
            return max(0, int(untrusted["failed"])), float(untrusted["last_s"])
        except FileNotFoundError:
            return 0, 0.0
        except (OSError, ValueError, KeyError, TypeError):
            self._write(FREE, self._wall_s())  # somebody spoilt it: that wins nothing
            return FREE, self._wall_s()

    def _write(self, failed: int, last_s: float) -> None:
        try:
            whole_file.write(self._path, json.dumps({"failed": failed, "last_s": last_s}))
        except OSError:
            raise VaultDiskError(f"{self._path} cannot be written. Free some space and check the disk.") from None
