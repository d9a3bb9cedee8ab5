"""Room on the disk, and files that are there whole or not at all."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from mia_desktop.core import whole_file
from mia_desktop.core.errors import DiskFullError, FetchError
from mia_desktop.library.progress import Watch

BLOCK_BYTES: Final = 1 << 20
_FULL: Final = {errno.ENOSPC, errno.EDQUOT}


def human(size_bytes: int) -> str:
    """Return a size as people write it: 491.4 MB."""
    size = float(size_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def require_room(folder: Path, needed_bytes: int) -> None:
    """Raise DiskFullError unless the disk of `folder` has room for `needed_bytes`."""
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes:
        raise _full(folder, needed_bytes, free_bytes)


@contextlib.contextmanager
def explained(folder: Path, needed_bytes: int) -> Iterator[None]:
    """Turn errors of the disk into words: DiskFullError when it is full, else FetchError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise full(folder, needed_bytes) from error
        raise FetchError(
            f"{error.filename or folder}: {error.strerror or error}. Check the folder {folder}."
        ) from error


def full(folder: Path, needed_bytes: int) -> DiskFullError:
    """Return the error for a disk that somebody else found full."""
    return _full(folder, needed_bytes, shutil.disk_usage(folder).free)


def write_json(path: Path, content: object) -> None:
    """Write `content` all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole_file.write(path, json.dumps(content, indent=1))


def settle(path: Path, target: Path) -> None:
    """Make what was written to `path` lasting, and move it to `target` in one step."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(path, target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sha256(path: Path, watch: Watch | None = None) -> str:
    """Return the SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    total, done = path.stat().st_size, 0
    with path.open("rb") as file:
        for block in blocks(file):
            digest.update(block)
            done += len(block)
            if watch is not None:
                watch.tell("verifying", path.name, done, total)
    return digest.hexdigest()


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the rest of an open file."""
    while block := file.read(BLOCK_BYTES):
        yield block


def _full(folder: Path, needed_bytes: int, free_bytes: int) -> DiskFullError:
    return DiskFullError(
        f"The disk of {folder} is full: {human(needed_bytes)} needed, {human(free_bytes)} free. "
        "Free some room, or choose another folder with MIA_MODELS; what was fetched is kept."
    )
