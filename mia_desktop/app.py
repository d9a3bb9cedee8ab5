"""The composition root of the window."""

from mia_desktop.core import config
from mia_desktop.core.paths import Paths


def open_window(paths: Paths) -> int:
    """Show the window, then put the engine together; return the process's exit code."""
    from mia_desktop.gui.engine_face import EngineFace
    from mia_desktop.gui.run import run

    def make() -> EngineFace:
        from mia_desktop.engine import assembly

        settings = config.load(paths.settings)
        microphone, speaker = assembly.devices(settings)
        return assembly.build(settings, assembly.real_parts(paths, settings), microphone, speaker)

    return run(make)
