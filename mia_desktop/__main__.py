"""The ``mia`` command and ``python -m mia_desktop``: both faces put together."""

import sys

from mia_desktop.app import open_window
from mia_desktop.cli.main import run


def main() -> None:
    """Run the command and end the process with its documented exit code."""
    sys.exit(run(sys.argv[1:], open_window))


if __name__ == "__main__":
    main()
