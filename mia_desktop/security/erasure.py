"""Erasing for good what lies outside of the database: backups, and in the end the vault with every key."""

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from mia_desktop.core.errors import InputError, KeyringError, MiaError, VaultDiskError, VaultError
from mia_desktop.security import backup, ways_in
from mia_desktop.security.vault import KEY_FILE, Vault


def save(vault: Vault, path: Path) -> dict[str, int]:
    """Make a backup, as `backup.make`, that forgetting will reach: the vault knows where it lies."""
    if path.exists():
        raise InputError(f"{path} is there already. Name a new file.")
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}. Make one, or name another.")
    with vault.database.write() as cursor:  # before it is there: a crash must leave none that is not known
        cursor.execute("CREATE TABLE IF NOT EXISTS privacy_backup (path TEXT PRIMARY KEY) WITHOUT ROWID")
        cursor.execute("INSERT OR IGNORE INTO privacy_backup VALUES (?)", (str(path),))
    try:
        return backup.make(vault, path)
    except MiaError:
        with contextlib.suppress(MiaError), vault.database.write() as cursor:
            cursor.execute("DELETE FROM privacy_backup WHERE path = ?", (str(path),))
        raise


def known_backups(vault: Vault) -> list[Path]:
    """Return where backups were made, whether they are still there or not."""
    if not vault.database.read("SELECT 1 FROM sqlite_master WHERE name = 'privacy_backup'"):
        return []
    return [Path(row[0]) for row in vault.database.read("SELECT path FROM privacy_backup ORDER BY path")]


def renew_backups(vault: Vault, paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Put a backup of the vault as it is now in the place of those in `paths`; return those done and those not reached.

    What was forgotten is in no backup then, but in those not reached. Each is replaced in one step: there is always a
    whole one.
    """
    done, missed = [], []
    for path in paths:
        fresh = path.with_name(f".{path.name}.new")
        try:
            if not _is_of(vault, path):
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


def _is_of(vault: Vault, path: Path) -> bool:
    """Tell whether a backup of this vault is in `path`, and not something else by now."""
    try:
        return backup.key_file(path).vault == vault.opened()[0].vault
    except (InputError, VaultError):
        return False


def destroy(vault: Vault) -> tuple[list[Path], list[Path]]:
    """Erase the unlocked vault with every key, and every backup that can be reached; return both kinds of backups.

    Vaults that a restored backup moved aside go as well.

    The keyring's secrets go first: from then on no file opens with this machine. What is not reached still opens with
    its recovery kit.
    """
    done, missed = [], []
    for path in known_backups(vault):
        try:
            if _is_of(vault, path):
                path.unlink()
                done.append(path)
            else:
                missed.append(path)
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
            for folder in (vault.folder, *vault.folder.parent.glob(f"{vault.folder.name}-until-*")):
                if (folder / KEY_FILE).is_file():
                    _overwrite(folder / KEY_FILE)
                shutil.rmtree(folder)
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
