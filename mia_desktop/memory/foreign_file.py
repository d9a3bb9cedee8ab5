"""Files that somebody else wrote, read within bounds."""

import json
import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO, Final

from mia_desktop.core.errors import InputError

MOST_BYTES: Final = 512_000_000
"""Larger exports are refused: taken apart they need several times as much memory."""

_ZIP: Final = b"PK\x03\x04"


def content(path: Path, what: str, inside: str = "") -> bytes:
    """Return what is in a file, or in the file `inside` of it when it is a ZIP archive.

    A small archive may unpack to more than any memory holds, so it is never unpacked further than `MOST_BYTES`.

    Args:
        path: the file.
        what: what the user is to give, for the sentence that says why not.
        inside: the name that a file in an archive has, in whatever folder; empty: archives are no use.

    Raises InputError when it cannot be read, is too large, or lacks that file.
    """
    try:
        with path.open("rb") as file:
            begins = file.read(len(_ZIP))
            if inside and begins == _ZIP:
                untrusted = _in_archive(file, inside)
            else:
                untrusted = begins + file.read(MOST_BYTES + 1 - len(begins))
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        raise InputError(f"{path} cannot be read. Give {what}.") from None
    if untrusted is None:
        raise InputError(f"{path} holds no {inside}. Give {what}.")
    if len(untrusted) > MOST_BYTES:
        raise InputError(f"{path} holds more than {MOST_BYTES // 1_000_000} MB. Split it.")
    return untrusted


def _in_archive(file: BinaryIO, inside: str) -> bytes | None:
    with zipfile.ZipFile(file) as archive:
        for untrusted_name in archive.namelist():
            if untrusted_name.rpartition("/")[2] == inside:
                with archive.open(untrusted_name) as member:
                    return member.read(MOST_BYTES + 1)
    return None


def parsed(untrusted: bytes | str) -> Any:
    """Return JSON taken apart; raises ValueError for whatever is none, deeply nested as well."""
    try:
        return json.loads(untrusted)
    except RecursionError:
        raise ValueError("nested too deeply") from None
