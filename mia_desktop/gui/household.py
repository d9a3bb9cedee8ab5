"""What the window's pages use beside the engine."""

from typing import TYPE_CHECKING, Literal

from mia_desktop.core import config
from mia_desktop.core.config import Settings
from mia_desktop.core.events import Event, HealthChanged, StateChanged
from mia_desktop.core.paths import Paths
from mia_desktop.monitor.observed import Observed

if TYPE_CHECKING:
    from mia_desktop.engine.ruled_memory import RuledMemory
    from mia_desktop.gui.model_work import ModelWork
    from mia_desktop.security.vault import Vault

VaultStanding = Literal["open", "locked", "opening", "unreachable", "none"]
"""How it stands with the vault; one that is unreachable is there, but its keyring or another MIA is in the way."""


class Household:
    """The folders, the vault and the memory of this MIA.

    Attributes:
        paths: the folders.
        vault: the vault, locked or not; None where there is none.
        memory: the memory in it as the engine uses it, once that is loaded. Whoever changes it does so by commands to
            the engine; reading is fine from any thread.
        observed: what was seen of the engine since the window was opened.
        models: what is done to models, once somebody asked for it; see `model_work.work_of`.
    """

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.vault: Vault | None = None
        self.memory: RuledMemory | None = None
        self.observed = Observed()
        self._loaded = False
        self.models: ModelWork | None = None

    @property
    def settings(self) -> Settings:
        """The settings as they are on disk; raises MiaError when they cannot be read."""
        return config.load(self.paths.settings)

    @property
    def unlocked(self) -> bool:
        """Whether memory can be asked now."""
        return self.memory is not None and not self.memory.locked

    @property
    def open_memory(self) -> "RuledMemory | None":
        """The memory while it can be asked."""
        return self.memory if self.unlocked else None

    @property
    def standing(self) -> VaultStanding:
        """How it stands with the vault."""
        if self.memory is not None:
            return "locked" if self.memory.locked else "open"
        if self.vault is not None and not self._loaded:
            return "opening"
        return "unreachable" if (self.paths.vault / "keys.json").exists() else "none"

    def see(self, event: Event) -> None:
        """Take note of what the engine tells."""
        self.observed.see(event)
        if isinstance(event, HealthChanged):
            self._loaded = True
        elif isinstance(event, StateChanged) and event.state == "warming up":
            self._loaded = False

    def close(self) -> None:
        """Stop what is done to models, let memory go and lock the vault."""
        if self.models is not None:
            self.models.close()
        memory, self.memory = self.memory, None
        if memory is not None:
            memory.close()
        if self.vault is not None:
            self.vault.lock()
