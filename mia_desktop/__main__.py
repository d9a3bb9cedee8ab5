"""The ``mia`` command and ``python -m mia_desktop``: both faces put together."""

import logging
import os
import sys
import threading


def main() -> None:
    """Run the command and end the process with its documented exit code."""
    try:  # Ctrl-C may come while Python still reads the program
        from mia_desktop.app import open_window
        from mia_desktop.cli.main import run

        code = run(sys.argv[1:], open_window)
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
