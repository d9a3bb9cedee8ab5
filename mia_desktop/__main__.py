"""The ``mia`` command and ``python -m mia_desktop``: both faces put together."""

import logging
import os
import sys
import threading


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

    return run(sys.argv[1:], open_window)


def main() -> None:
    """Run the command and end the process with its documented exit code."""
    try:  # Ctrl-C may come while Python still reads the program
        code = _window() if sys.argv[1:] in ([], ["open"]) else _command()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        code = 130
    if threading.active_count() > 1:
        # A model that is still being read cannot be interrupted, and Python may not be taken down under it.
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
