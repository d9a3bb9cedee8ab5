"""The ways to the data key: of every day (keyring, passphrase or both) and the recovery kit."""

import dataclasses
from collections.abc import Callable

from mia_desktop.core.errors import KeyringError, UsageError, VaultKeyError, VaultLockedError
from mia_desktop.security import keys, recovery
from mia_desktop.security.envelope import DailyWrap, Envelope
from mia_desktop.security.keys import WRONG, Stretching
from mia_desktop.security.system_keyring import SecretStore

TYPE_IT = (
    "This vault needs its passphrase. Type it in, or name the environment variable that has it: --passphrase-env NAME."
)
NEEDS_KEYRING = (
    "This vault's key is in the system's keyring, which cannot be reached from here. Unlock it, or log in to the "
    "desktop; if it is lost, the recovery kit opens the vault: `mia vault recovery --use`."
)
LEAST_LETTERS = 8
"""Of a passphrase."""


def seal_daily(
    envelope: Envelope, data_key: bytearray, store: SecretStore | None, passphrase: str | None, slot: str
) -> Envelope:
    """Return `envelope` with a new way in of every day; with a keyring, its new secret is in `slot`."""
    if store is None and passphrase is None:
        raise KeyringError(
            "There is no keyring on this system that MIA may use, so the vault needs a passphrase: "
            "`mia vault init --passphrase`, or --passphrase-env NAME before `vault`."
        )
    if passphrase is not None and len(passphrase) < LEAST_LETTERS:
        raise UsageError(f"A passphrase needs at least {LEAST_LETTERS} letters. A few random words are good.")
    stretching = None if passphrase is None else Stretching.fresh()
    named = None if store is None else slot
    held = keys.fresh() if store is not None else None
    if store is not None and held is not None:
        store.put(entry(envelope, slot), held)
    secret = _together(held, passphrase, stretching)
    about = envelope.about("daily", named, stretching)
    wrapped = keys.wrap(data_key, secret, about)
    keys.wipe(held, secret)
    return dataclasses.replace(envelope, daily=DailyWrap(slot=named, stretching=stretching, wrapped=wrapped))


def open_daily(
    envelope: Envelope, store: SecretStore | None, passphrase: str | None, trying: Callable[[], None]
) -> bytearray:
    """Return the data key; `trying` is called before a passphrase is tried, and may refuse.

    Raises:
        VaultLockedError: it needs a passphrase, and none was given.
        KeyringError: it needs the keyring, and that cannot be reached.
        VaultKeyError: something is wrong; it does not say what.
    """
    daily = envelope.daily
    assert daily is not None
    held = None
    if daily.stretching is not None and passphrase is None:
        raise VaultLockedError(TYPE_IT)
    if daily.slot is not None:
        if store is None:
            raise KeyringError(NEEDS_KEYRING)
        held = store.get(entry(envelope, daily.slot))
        if held is None or len(held) != keys.KEY_BYTES:
            raise VaultKeyError(WRONG)
    if daily.stretching is not None:
        trying()
    secret = _together(held, passphrase, daily.stretching)
    try:
        return keys.unwrap(daily.wrapped, secret, envelope.about("daily", daily.slot, daily.stretching))
    finally:
        keys.wipe(held, secret)


def seal_recovery(envelope: Envelope, data_key: bytearray) -> tuple[Envelope, str]:
    """Return `envelope` with a new recovery kit, and the kit's code, which is kept nowhere."""
    secret = keys.fresh()
    wrapped = keys.wrap(data_key, secret, envelope.about("recovery"))
    code = recovery.written(secret)
    keys.wipe(secret)
    return dataclasses.replace(envelope, recovery=wrapped), code


def open_recovery(envelope: Envelope, untrusted_code: str) -> bytearray:
    """Return the data key. Raises InputError for a mistyped code, VaultKeyError for an old or another vault's."""
    secret = recovery.read(untrusted_code)
    try:
        if envelope.recovery is None:
            raise VaultKeyError(WRONG)
        return keys.unwrap(envelope.recovery, secret, envelope.about("recovery"))
    finally:
        keys.wipe(secret)


def entry(envelope: Envelope, name: str) -> str:
    """Return what an entry of this vault is called in the keyring; `name` is a slot or ``seen``."""
    return f"{envelope.vault} {name}"


def _together(held: bytearray | None, passphrase: str | None, stretching: Stretching | None) -> bytearray:
    """Return keyring secret and stretched passphrase, one after the other; which take part is bound by the wrap."""
    typed = stretching.key(passphrase) if stretching is not None and passphrase is not None else bytearray()
    both = (held or bytearray()) + typed
    keys.wipe(typed)
    return both
