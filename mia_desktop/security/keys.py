"""Keys: how they are made, derived, wrapped and forgotten. See docs/security.md for the picture.

Secrets are bytearrays, which can be overwritten; what comes from Python's strings (a typed passphrase) cannot.
"""

import os
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mia_desktop.core.errors import VaultKeyError

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
WRONG = (
    "The vault does not open with what this machine's keyring holds and what you gave: a key is missing or wrong, or "
    "the vault's files were changed. Nothing was altered. Try again, or use the recovery kit: "
    "`mia vault recovery --use`."
)
"""The one answer to every wrong key, so that it does not tell which part was wrong."""


def fresh() -> bytearray:
    """Return a new random key of 32 bytes."""
    return bytearray(os.urandom(KEY_BYTES))


def wipe(*secrets: bytearray | None) -> None:
    """Overwrite secrets with zeros, where they lie."""
    for secret in secrets:
        if secret is not None:
            secret[:] = bytes(len(secret))


def derive(secret: bytearray, purpose: bytes, size: int = KEY_BYTES, salt: bytes | None = None) -> bytearray:
    """Return a key of `size` bytes for one purpose.

    Source: HKDF with SHA-256, RFC 5869.
    """
    key = bytearray(size)
    HKDF(algorithm=hashes.SHA256(), length=size, salt=salt, info=purpose).derive_into(secret, key)
    return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretching:
    """How a passphrase becomes a key.

    Source: Argon2id, RFC 9106; the defaults are its second recommended option, above OWASP's minimum.

    Attributes:
        salt: 16 random bytes.
        memory_kib: memory to fill, KiB.
        passes: how many times over.
        lanes: degree of parallelism.
    """

    salt: bytes
    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4

    @classmethod
    def fresh(cls) -> "Stretching":
        """Return the defaults with a new salt."""
        return cls(salt=os.urandom(16))

    def key(self, passphrase: str) -> bytearray:
        """Return the 32-byte key of a passphrase; the same on every keyboard (Unicode NFC)."""
        typed = bytearray(unicodedata.normalize("NFC", passphrase).encode())
        key = bytearray(KEY_BYTES)
        Argon2id(
            salt=self.salt, length=KEY_BYTES, iterations=self.passes, lanes=self.lanes, memory_cost=self.memory_kib
        ).derive_into(typed, key)  # type: ignore[arg-type]  # takes any buffer
        wipe(typed)
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """A data key sealed by another key.

    Attributes:
        salt: 32 random bytes that make the sealing key unique.
        nonce: 12 random bytes.
        sealed: 32 bytes of key and 16 of tag.
    """

    salt: bytes
    nonce: bytes
    sealed: bytes


def wrap(data_key: bytearray, secret: bytearray, about: bytes) -> Wrapped:
    """Seal `data_key` by a key derived from `secret`, bound to `about` (AES-256-GCM, NIST SP 800-38D)."""
    salt, nonce = os.urandom(32), os.urandom(NONCE_BYTES)
    sealing = derive(secret, b"mia vault wrap 1\0" + about, salt=salt)
    try:
        return Wrapped(salt=salt, nonce=nonce, sealed=AESGCM(sealing).encrypt(nonce, data_key, about))
    finally:
        wipe(sealing)


def unwrap(wrapped: Wrapped, secret: bytearray, about: bytes) -> bytearray:
    """Return the data key; raises VaultKeyError with the one message when anything is not the right one."""
    data_key = bytearray(KEY_BYTES)
    sealing = derive(secret, b"mia vault wrap 1\0" + about, salt=wrapped.salt)
    try:
        AESGCM(sealing).decrypt_into(wrapped.nonce, wrapped.sealed, about, data_key)
    except (InvalidTag, ValueError):
        wipe(data_key)
        raise VaultKeyError(WRONG) from None
    finally:
        wipe(sealing)
    return data_key
