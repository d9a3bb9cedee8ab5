"""Sealed streams: files of any size, encrypted in chunks that cannot be cut off, swapped, repeated or moved elsewhere.

Source: the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance" (CRYPTO 2015), over AES-256-GCM: the nonce of a chunk is its number and whether it is the
last. Each stream has a key of its own, so that no nonce is ever used twice.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mia_desktop.core.errors import VaultDamagedError
from mia_desktop.security.keys import TAG_BYTES

CHUNK_BYTES = 65_536


def seal(pieces: Iterable[bytes], sink: BinaryIO, key: bytearray, about: bytes) -> int:
    """Write `pieces`, sealed by `key` (used for nothing else) and bound to `about`; return how many bytes they had."""
    cipher = AESGCM(key)
    waiting = bytearray()
    number = total = 0
    for piece in pieces:
        total += len(piece)
        waiting += piece
        while len(waiting) > CHUNK_BYTES:
            sink.write(cipher.encrypt(_nonce(number, False), bytes(waiting[:CHUNK_BYTES]), about))
            del waiting[:CHUNK_BYTES]
            number += 1
    sink.write(cipher.encrypt(_nonce(number, True), bytes(waiting), about))
    return total


def unseal(source: BinaryIO, key: bytearray, about: bytes) -> Iterator[bytes]:
    """Yield what was sealed, chunk by chunk, each proven; raises VaultDamagedError at the first that is not as it was.

    The end is proven too: who uses chunks before the last one came must be ready to give them up.
    """
    cipher = AESGCM(key)
    number = 0
    chunk = source.read(CHUNK_BYTES + TAG_BYTES)
    while True:
        following = source.read(CHUNK_BYTES + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, not following), chunk, about)
        except (InvalidTag, ValueError):
            raise VaultDamagedError("A sealed file is damaged or not whole. Restore it from a backup.") from None
        if not following:
            return
        chunk, number = following, number + 1


def _nonce(number: int, last: bool) -> bytes:
    return bytes(7) + struct.pack(">IB", number, last)
