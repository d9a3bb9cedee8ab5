"""Vaults for measuring: real ones, in a folder that goes away or in one that is kept."""

import contextlib
import secrets
import tempfile
from pathlib import Path
from types import TracebackType

from mia_desktop.bench.scale import Place
from mia_desktop.core.ports import Database
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault

_KEPT = "what is made up needs no secret"


class Vaults:
    """Makes vaults by name and unlocks them again.

    Args:
        keep: where they stay, with a passphrase that is no secret; None: all are gone with the `with` block.
    """

    def __init__(self, keep: Path | None = None) -> None:
        self._gone = contextlib.ExitStack()
        self._keep = keep
        self._folder = Path(self._gone.enter_context(tempfile.TemporaryDirectory())) if keep is None else keep
        self.passphrase = secrets.token_urlsafe() if keep is None else _KEPT
        """Of all of them."""
        self._vaults: dict[str, Vault] = {}

    def __enter__(self) -> "Vaults":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        for vault in self._vaults.values():
            vault.lock()
        self._gone.close()

    def make(self, name: str) -> Database:
        """Return the database of a new vault, or of the one of that name that was kept."""
        vault = self._vaults[name] = Vault(self._folder / name, None)
        if self._keep is None or not vault.folder.exists():
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

    def vault(self, name: str) -> Vault:
        """Return the vault of that name, as it is."""
        return self._vaults[name]

    def folder(self, name: str) -> Path:
        """Return where the vault is."""
        return self._folder / name

    def place(self, name: str) -> Place:
        """Return what fills, locks and opens the vault of that name."""
        return Place(
            make=lambda: self.make(name),
            reopen=lambda: self.reopen(name),
            lock=lambda: self.lock(name),
            size=lambda: self._vaults[name].status().bytes,
        )
