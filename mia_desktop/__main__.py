"""``python -m mia_desktop`` is ``mia``."""

from mia_desktop.cli.main import main

if __name__ == "__main__":
    main()
