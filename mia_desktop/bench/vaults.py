"""Vaults for measuring: real ones, in a folder that goes away."""

import secrets
import tempfile
from pathlib import Path
from types import TracebackType

from mia_desktop.core.ports import Database
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault


class Vaults:
    """Makes vaults by name and unlocks them again; all are gone with the `with` block."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.passphrase = secrets.token_urlsafe()
        """Of all of them."""
        self._vaults: dict[str, Vault] = {}

    def __enter__(self) -> "Vaults":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        for vault in self._vaults.values():
            vault.lock()
        self._folder.cleanup()

    def make(self, name: str) -> Database:
        """Return the database of a new vault."""
        vault = self._vaults[name] = Vault(Path(self._folder.name) / name, None)
        create(vault, passphrase=self.passphrase)
        vault.unlock(self.passphrase)
        return vault.database

    def reopen(self, name: str) -> Database:
        """Lock the vault, unlock it again and return its database."""
        vault = self._vaults[name]
        vault.lock()
        vault.unlock(self.passphrase)
        return vault.database

    def lock(self, name: str) -> None:
        """Lock the vault, so that another process can open it."""
        self._vaults[name].lock()

    def folder(self, name: str) -> Path:
        """Return where the vault is."""
        return self._vaults[name].folder
