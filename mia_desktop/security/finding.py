"""Finds a vault together with the keyring that it needs."""

from pathlib import Path

from mia_desktop.security import system_keyring
from mia_desktop.security.vault import Vault


def vault_in(folder: Path, *, keyring: bool | None = None) -> Vault:
    """Return the vault in a folder, locked.

    Args:
        folder: where it is or shall be, `Paths.vault`.
        keyring: whether to look for the system's keyring; None: if the key of the vault that is there is in it.

    Raises VaultMissingError for None where there is no vault, KeyringError when the keyring does not answer.
    """
    if keyring is None:
        keyring = Vault(folder, None).status().keyring
    return Vault(folder, system_keyring.find() if keyring else None)
