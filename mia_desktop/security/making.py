"""Makes a new vault. It gets its name when it is complete, and never where anything is already."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from mia_desktop.core.errors import VaultDiskError, VaultExistsError
from mia_desktop.core.ports import Cursor
from mia_desktop.security import database, envelope, keys, ways_in
from mia_desktop.security.envelope import Envelope
from mia_desktop.security.vault import KEY_FILE, Vault


def create(vault: Vault, passphrase: str | None = None) -> str:
    """Make the vault, leave it locked, and return the code of its recovery kit, which is kept nowhere.

    Raises VaultExistsError where anything is that could be a vault, KeyringError without keyring and passphrase.
    """
    data_key = keys.fresh()
    try:
        vault.folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with vault.alone():
            refuse_to_overwrite(vault.folder)
            with empty_beside(vault.folder) as fresh:
                made = Envelope.fresh(vault.now())
                database.fill(fresh / made.database, data_key, made.vault, lambda cursor: _note(vault, cursor))
                made = ways_in.seal_daily(made, data_key, vault.store, passphrase, made.other_slot)
                made, code = ways_in.seal_recovery(made, data_key)
                envelope.write(fresh / KEY_FILE, made)
                move_in(fresh, vault.folder)
    except OSError:
        raise VaultDiskError(f"No vault can be made in {vault.folder.parent}. Check the disk.") from None
    finally:
        keys.wipe(data_key)
    return code


def _note(vault: Vault, cursor: Cursor) -> None:
    vault.audit.add(cursor, who="user", action="vault made", object_class="vault")


def refuse_to_overwrite(folder: Path) -> None:
    """Raise VaultExistsError where anything is that could be a vault."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise VaultExistsError(
            f"There is a vault already in {folder}. It is never overwritten; `mia vault restore --replace` moves it "
            "aside."
        )


@contextlib.contextmanager
def empty_beside(folder: Path) -> Iterator[Path]:
    """Give a new folder beside that of the vault; what is not moved in, now or at an earlier try, is removed."""
    fresh = folder.with_name(f".{folder.name}-new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def move_in(fresh: Path, folder: Path) -> None:
    """Give a complete new folder the vault's name, lastingly."""
    envelope.settle(fresh)
    with contextlib.suppress(FileNotFoundError):
        folder.rmdir()  # an empty one, if any: this refuses to remove a full one
    fresh.rename(folder)
    envelope.settle(folder.parent)
