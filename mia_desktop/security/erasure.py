"""Erasing for good what lies outside of the database: backups, and in the end the vault with every key."""

import contextlib
import os
import shutil
from pathlib import Path

from mia_desktop.core.errors import KeyringError, MiaError, VaultDiskError
from mia_desktop.security import backup, ways_in
from mia_desktop.security.vault import KEY_FILE, Vault


def remember_backup(vault: Vault, path: Path) -> None:
    """Write down, in the vault, that there is a backup in `path`, so that forgetting can reach it."""
    with vault.database.write() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS privacy_backup (path TEXT PRIMARY KEY) WITHOUT ROWID")
        cursor.execute("INSERT OR IGNORE INTO privacy_backup VALUES (?)", (str(path),))


def known_backups(vault: Vault) -> list[Path]:
    """Return where backups were made, whether they are still there or not."""
    if not vault.database.read("SELECT 1 FROM sqlite_master WHERE name = 'privacy_backup'"):
        return []
    return [Path(row[0]) for row in vault.database.read("SELECT path FROM privacy_backup ORDER BY path")]


def renew_backups(vault: Vault) -> tuple[list[Path], list[Path]]:
    """Put a backup of the vault as it is now in the place of every older one; return those done and those not reached.

    What was forgotten is in no backup then, but in those not reached. Each is replaced in one step: there is always a
    whole one.
    """
    done, missed = [], []
    for path in known_backups(vault):
        fresh = path.with_name(f".{path.name}.new")
        try:
            if not path.is_file():
                missed.append(path)
                continue
            fresh.unlink(missing_ok=True)
            backup.make(vault, fresh)
            fresh.replace(path)
            done.append(path)
        except (OSError, MiaError):
            missed.append(path)
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
    return done, missed


def destroy(vault: Vault) -> tuple[list[Path], list[Path]]:
    """Erase the unlocked vault with every key, and every backup that can be reached; return both kinds of backups.

    The keyring's secrets go first: from then on no file opens with this machine. What is not reached still opens with
    its recovery kit.
    """
    done, missed = [], []
    for path in known_backups(vault):
        try:
            path.unlink()
            done.append(path)
        except OSError:
            missed.append(path)
    sealed, _ = vault.opened()
    vault.lock()
    with vault.alone():
        if vault.store is not None:
            for slot in ("a", "b", "seen"):
                with contextlib.suppress(KeyringError):
                    vault.store.delete(ways_in.entry(sealed, slot))
        try:
            _overwrite(vault.folder / KEY_FILE)
            shutil.rmtree(vault.folder)
        except OSError:
            raise VaultDiskError(
                f"The vault's keys are gone, but not all of its files. Delete {vault.folder} yourself."
            ) from None
    return done, missed


def _overwrite(path: Path) -> None:
    """Write random bytes over a file where it lies, as far as the disk does so."""
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
