"""Exports that only a passphrase opens: a mark, how the passphrase becomes a key, and a sealed stream of a tar."""

import io
import json
import os
import struct
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from mia_desktop.core.errors import InputError, VaultDamagedError, VaultDiskError, VaultKeyError
from mia_desktop.security import keys, sealed_stream
from mia_desktop.security.keys import Stretching

_MARK = b"MIA export 1\n"
_MOST_HEADER_BYTES = 1_024
_MOST_MEMORY_KIB = 1_048_576
_WRONG = "The export does not open with that passphrase, or it is damaged. Try again, or export it again."


def is_sealed(path: Path) -> bool:
    """Tell whether a file is such an export; raises InputError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MARK)) == _MARK
    except OSError:
        raise InputError(f"{path} cannot be read. Give the path of a file that `mia memory export` wrote.") from None


def write(path: Path, members: Iterable[tuple[str, bytes]], passphrase: str) -> None:
    """Write `members` (name, content) into a new file that `passphrase` opens.

    Raises InputError when there is a file already or no folder for it, VaultDiskError when it cannot be written.
    """
    if path.exists():
        raise InputError(f"{path} is there already. Name a new file.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"There is no folder {path.absolute().parent}. Make one, or name another.")
    part = path.with_name(f".{path.name}.part")
    stretching = Stretching.fresh()
    said = {"salt": stretching.salt.hex(), "kib": stretching.memory_kib, "passes": stretching.passes}
    header = json.dumps(said | {"lanes": stretching.lanes}).encode()
    key = stretching.key(passphrase)
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(_MARK + struct.pack(">I", len(header)) + header)
            sealed_stream.seal(_as_tar(members), file, key, _MARK + header)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except OSError:
        raise VaultDiskError(f"The export cannot be written to {path}. Free some space or name another.") from None
    finally:
        keys.wipe(key)
        part.unlink(missing_ok=True)


def read(path: Path, passphrase: str) -> dict[str, bytes]:
    """Return the members of an export by their names.

    Raises InputError when it is none, VaultKeyError for a wrong passphrase or a changed file.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_MARK)) != _MARK:
                raise InputError(f"{path} is no sealed export of MIA.")
            (size,) = struct.unpack(">I", file.read(4).rjust(4, b"\0"))
            untrusted = file.read(min(size, _MOST_HEADER_BYTES))
            key = _stretching(untrusted).key(passphrase)
            try:
                content = b"".join(sealed_stream.unseal(file, key, _MARK + untrusted))
            finally:
                keys.wipe(key)
    except OSError:
        raise InputError(f"{path} cannot be read.") from None
    except VaultDamagedError:
        raise VaultKeyError(_WRONG) from None
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        found = {}
        for member in tar:
            inside = tar.extractfile(member)  # never to the disk
            if inside is not None:
                found[member.name] = inside.read()
        return found


def _stretching(untrusted_header: bytes) -> Stretching:
    try:
        said = json.loads(untrusted_header)
        made = Stretching(
            salt=bytes.fromhex(said["salt"]), memory_kib=said["kib"], passes=said["passes"], lanes=said["lanes"]
        )
        numbers = (made.memory_kib, made.passes, made.lanes)
        bounds = ((8, _MOST_MEMORY_KIB), (1, 100), (1, 64))
        fits = all(type(one) is int and low <= one <= high for one, (low, high) in zip(numbers, bounds, strict=True))
        if fits and len(made.salt) >= 16:
            return made
    except (ValueError, KeyError, TypeError):
        pass
    raise VaultKeyError(_WRONG)


def _as_tar(members: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    for name, content in members:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        yield info.tobuf()
        yield content
        yield bytes(-len(content) % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)
