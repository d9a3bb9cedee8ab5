"""The composition root of the window."""

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mia_desktop.core import config, log
from mia_desktop.core.paths import Paths

if TYPE_CHECKING:
    from mia_desktop.security.vault import Vault

_SWITCH_S = 0.0002
"""How long another thread may keep the interpreter while the window's wants it.

The window gives it away at every call of Qt, and draws with hundreds of them: with Python's own 5 ms that adds up.
"""


def _vault(paths: Paths) -> "Vault | None":
    """Return the vault, unlocked when the system's keyring alone can do that; None when there is none.

    While it is locked the user is a guest; the window may unlock it later.
    """
    from mia_desktop.core.errors import MiaError, VaultMissingError
    from mia_desktop.security.finding import vault_in
    from mia_desktop.security.vault import Vault

    try:
        passphrase = Vault(paths.vault, None).status().passphrase
        vault = vault_in(paths.vault)
    except VaultMissingError:
        return None
    except MiaError as error:
        log.report(error)
        return None
    try:
        if not passphrase:
            vault.unlock()
    except MiaError as error:
        log.report(error)
    return vault


def open_window(paths: Paths, files: Sequence[Path] = (), *, in_tray: bool = False) -> int:
    """Show the window, then put the engine together; return the process's exit code.

    Args:
        paths: the folders of this MIA.
        files: what to open in it.
        in_tray: begin without a window where there is a tray.
    """
    sys.setswitchinterval(_SWITCH_S)
    from mia_desktop.gui.engine_face import EngineFace
    from mia_desktop.gui.household import Household
    from mia_desktop.gui.run import run

    household = Household(paths)

    def make() -> EngineFace:
        from mia_desktop.engine import assembly
        from mia_desktop.engine.remembering import open_ruled_memory
        from mia_desktop.engine.ruled_memory import RuledMemory

        settings = config.load(paths.settings)
        microphone, speaker = assembly.devices(settings)
        makers = assembly.real_parts(paths, settings)
        vault = household.vault = household.vault or _vault(paths)
        if vault is not None:

            def memory() -> RuledMemory:
                household.memory = open_ruled_memory(vault, paths, settings, talks=True)
                return household.memory

            makers = dataclasses.replace(makers, memory=memory)
        return assembly.build(settings, makers, microphone, speaker, assembly.camera(settings))

    try:
        return run(make, paths=paths, household=household, files=files, in_tray=in_tray)
    finally:
        household.close()
