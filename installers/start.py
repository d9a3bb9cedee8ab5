"""Where a packaged MIA begins: the ``mia`` command, and the modules that MIA starts by ``python -m``."""

import multiprocessing
import runpy
import sys

# pip: as library/wheel.py asks its interpreter for it. The other: as senses/pictures.py does.
MODULES = ("pip", "mia_desktop.senses.picture_decoder")

if __name__ == "__main__":
    multiprocessing.freeze_support()
    arguments = sys.argv[2:] if sys.argv[1:2] == ["-P"] else sys.argv[1:]
    if len(arguments) > 1 and arguments[0] == "-m" and arguments[1] in MODULES:
        sys.argv[1:] = arguments[2:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        from mia_desktop.__main__ import main

        main()
