"""The recovery kit: 256 random bits that open the vault without keyring and passphrase, written to be typed."""

import base64
import hashlib

from mia_desktop.core.errors import InputError
from mia_desktop.security.keys import KEY_BYTES, wipe

_CHECK_BYTES = 3
_GROUP = 4
_RFC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_WRITTEN = str.maketrans(_RFC, _CROCKFORD)
_READ = str.maketrans(_CROCKFORD + "OIL", _RFC + "ABB")


def written(secret: bytearray) -> str:
    """Return the code for a recovery secret: 14 groups of four, the last digits a checksum.

    Source: Crockford's base 32, which has no letters that look like digits.
    """
    both = bytearray(secret) + _check(secret)
    code = base64.b32encode(both).decode().translate(_WRITTEN)
    wipe(both)
    return "-".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))


def read(untrusted_code: str) -> bytearray:
    """Return the secret of a code, however it is spaced and cased; raises InputError for a slip of the pen."""
    text = "".join(untrusted_code.split()).replace("-", "").upper().translate(_READ)
    try:
        both = bytearray(base64.b32decode(text))
    except ValueError:
        both = bytearray()
    secret, check = both[:KEY_BYTES], bytes(both[KEY_BYTES:])
    if len(both) != KEY_BYTES + _CHECK_BYTES or check != _check(secret):
        raise InputError(
            "This recovery code has a slip in it: 14 groups of four letters and digits are wanted. Compare it."
        )
    return secret


def page(code: str, vault: str, made: str) -> str:
    """Return the kit as a page to print or to keep in a safe place."""
    groups = code.split("-")
    lines = ["  ".join(groups[i : i + 7]) for i in range(0, len(groups), 7)]
    return (
        f"MIA recovery kit\nvault {vault}\nmade  {made}\n\n" + "\n".join(lines) + "\n\n"
        "Whoever has this code and the vault's files can read everything in it. Keep it apart from the computer.\n"
        "It is used with: mia vault recovery --use\n"
    )


def from_page(untrusted_text: str) -> str:
    """Return the code in a kit's page, or the text itself when it is just a code."""
    lines = [line for line in untrusted_text.splitlines() if is_code_line(line)]
    return " ".join(lines) if "MIA recovery kit" in untrusted_text else untrusted_text


def is_code_line(untrusted_line: str) -> bool:
    """Tell whether a line of a kit's page is half of the code."""
    return len("".join(untrusted_line.split()).replace("-", "")) == 7 * _GROUP


def _check(secret: bytearray) -> bytes:
    return hashlib.sha256(b"mia recovery 1\0" + secret).digest()[:_CHECK_BYTES]
