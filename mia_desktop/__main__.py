"""The ``mia`` command and ``python -m mia_desktop``: both faces put together."""

import os
import signal
import sys
import threading
from types import FrameType


def _window() -> int:
    """Open the window without reading the commands first: it is on the screen in half the time."""
    from mia_desktop.app import open_window
    from mia_desktop.cli.guarded import guarded
    from mia_desktop.core import log
    from mia_desktop.core.paths import Paths

    def call() -> int:
        paths = Paths.choose()
        log.write_to(paths)
        return open_window(paths)

    return guarded(call)


def _command() -> int:
    from mia_desktop.app import open_window
    from mia_desktop.cli.main import run

    if signal.getsignal(signal.SIGINT) is _stop_at_once:
        signal.signal(signal.SIGINT, _stop)
    return run(sys.argv[1:], open_window)


def _stop_at_once(number: int, frame: FrameType | None) -> None:
    """Answer Ctrl-C while Python reads the program: nothing is open yet, and an import broken off can be dangerous."""
    os.write(sys.stderr.fileno(), b"Stopped.\n")
    os._exit(130)


def _stop(number: int, frame: FrameType | None) -> None:
    """Answer Ctrl-C later: a command may have something to put in order, unless it is only reading more of the program.

    Whatever dies in that moment, nothing that was acknowledged is lost.
    """
    outer = frame
    while outer is not None:
        if outer.f_code.co_filename == "<frozen importlib._bootstrap>":
            _stop_at_once(number, frame)
        outer = outer.f_back
    raise KeyboardInterrupt


def main() -> None:
    """Run the command and end the process with its documented exit code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop_at_once)
    code = _window() if sys.argv[1:] in ([], ["open"]) else _command()
    if code == 130 or threading.active_count() > 1:
        # A model that is still being read cannot be interrupted, and Python may not be taken down under it. Python
        # also ends itself by the signal, not with the code, when Ctrl-C once came while a dataclass was being made.
        if logging := sys.modules.get("logging"):
            logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
