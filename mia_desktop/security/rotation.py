"""Rotation: everything under a new key. Killed anywhere, the vault opens again, with the old key or with the new one.

1. The database is exported into a file of the next generation, under the new data key.
2. The new file is read back: every page, every index, every row count, the chain's head.
3. A new secret goes into the keyring's other slot.
4. The key file is replaced in one step: it names the new file, the other slot and the newly wrapped data key. Before
   this moment the old vault is the vault, after it the new one.
5. The anchor, the old slot, the old file. What is left of this after a crash, the next unlocking does.
"""

import contextlib
from collections.abc import Callable
from typing import Any

from mia_desktop.core.errors import VaultDamagedError, VaultDiskError
from mia_desktop.security import cipher, database, envelope, keys, ways_in
from mia_desktop.security.envelope import Envelope
from mia_desktop.security.vault import KEY_FILE, Vault


def rotate(vault: Vault, passphrase: str | None, reached: Callable[[str], None] = lambda step: None) -> str:
    """Give the unlocked vault a new data key; return the code of its new recovery kit. Old kits and key files are void.

    Args:
        vault: the vault, unlocked.
        passphrase: its passphrase, if it has one; it stays the same.
        reached: hears of each step when it is done.
    """
    sealed, _ = vault.opened()
    vault.refuse_in_doubt()
    keys.wipe(vault.open_daily(sealed, passphrase))
    assert sealed.daily is not None
    typed = passphrase if sealed.daily.stretching is not None else None
    data_key = keys.fresh()
    new = sealed.next(vault.now())
    vault.tidy(sealed)

    def exchange(writer: Any) -> Envelope:
        reached("begun")
        _copy(vault, writer, new, data_key, reached)
        whole = ways_in.seal_daily(new, data_key, vault.store, typed, sealed.other_slot)
        reached("secret kept")
        try:
            envelope.write(vault.folder / KEY_FILE, whole)
        except VaultDiskError:
            if vault.envelope() != whole:  # it failed before the names were exchanged
                raise
        reached("key file replaced")
        return whole

    try:
        vault.exchange(exchange, data_key)
    except BaseException:
        if vault.envelope().generation == sealed.generation:
            keys.wipe(data_key)
            vault.tidy(sealed)
        raise
    reached("opened")
    vault.tidy(vault.opened()[0])
    reached("old removed")
    vault.note("key rotated")
    return vault.new_recovery()


def _copy(vault: Vault, writer: Any, new: Envelope, data_key: bytearray, reached: Callable[[str], None]) -> None:
    path = vault.folder / new.database
    key = cipher.database_key(data_key, path.name)
    try:
        cipher.export(writer, path, key)
        reached("exported")
        with contextlib.closing(cipher.connect(path, key, read_only=True)) as copy:
            cipher.check(copy)
            same = cipher.counts(copy) == cipher.counts(writer) and database.chain(copy) == database.chain(writer)
        if not same:
            raise VaultDamagedError(cipher.DAMAGED)
        envelope.settle(vault.folder)
        reached("verified")
    except OSError:
        raise VaultDiskError(
            "There is no room for the copy that a new key needs. Free some space and try again."
        ) from None
    finally:
        keys.wipe(key)
