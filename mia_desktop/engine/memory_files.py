"""Memory as files: exports that a passphrase opens or that anybody can read, and taking them in again."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mia_desktop.core import whole_file
from mia_desktop.core.errors import InputError, UsageError
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.memory import foreign_file

_LINES = "memories.jsonl"
_READABLE = "memories.md"
_MEDIA = "media/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export holds.

    Attributes:
        lines: how many lines, the heading included.
        media: how many sealed files came with them.
    """

    lines: int
    media: int


def export_plain(
    ruled: RuledMemory, path: Path, form: Literal["jsonl", "markdown"] = "jsonl", shown: Callable[[str], str] = str
) -> Exported:
    """Write all memories, without media, into a new file that anybody can read; `shown` may mask texts.

    Raises InputError when there is a file already, or it cannot be written.
    """
    lines = list(ruled.memory.export(form, shown))
    if path.exists():
        raise InputError(f"{path} is there already. Name a new file.")
    if not path.absolute().parent.is_dir():
        raise InputError(f"There is no folder {path.absolute().parent}. Make one, or name another.")
    try:
        whole_file.write(path, "".join(lines))
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}). Name another file.") from None
    ruled.exported(len(lines), plain=True)
    return Exported(lines=len(lines), media=0)


def export_sealed(
    ruled: RuledMemory, path: Path, passphrase: str, shown: Callable[[str], str] = str, *, media: bool = True
) -> Exported:
    """Write all memories, for MIA and for people, and their media into a new file that `passphrase` opens.

    Raises as `sealed_export.write`.
    """
    from mia_desktop.security import sealed_export

    lines = list(ruled.memory.export("jsonl", shown))
    readable = "".join(ruled.memory.export("markdown", shown))
    names = ruled.attachments() if media else []
    members = [(_LINES, "".join(lines).encode()), (_READABLE, readable.encode())]
    members += [(f"{_MEDIA}{name}", ruled.attachment(name)) for name in names]
    sealed_export.write(path, members, passphrase)
    ruled.exported(len(lines), plain=False)
    return Exported(lines=len(lines), media=len(names))


def is_sealed(path: Path) -> bool:
    """Tell whether a file is an export that needs a passphrase; raises InputError when it cannot be read."""
    from mia_desktop.security import sealed_export

    return sealed_export.is_sealed(path)


def take_in(ruled: RuledMemory, path: Path, passphrase: str | None = None) -> int:
    """Take in what `export_plain` (as JSON lines) or `export_sealed` wrote; return how many memories were new.

    Raises InputError for another file, VaultKeyError for a wrong passphrase, UsageError for none that is needed.
    """
    from mia_desktop.security import sealed_export

    media: dict[str, bytes] = {}
    if not is_sealed(path):
        content = foreign_file.content(path, "the path of a file that `mia memory export` wrote")
    elif passphrase is None:
        raise UsageError("Give the export's passphrase: --export-env NAME, or type it in a terminal.")
    else:
        members = sealed_export.read(path, passphrase)
        content = members.get(_LINES, b"")
        media = {name.removeprefix(_MEDIA): data for name, data in members.items() if name.startswith(_MEDIA)}
    before = ruled.memory.stats().memories
    ruled.restore(_split(content))
    ruled.take_in(media)
    return ruled.memory.stats().memories - before


def _split(untrusted: bytes) -> list[str]:
    """Return the lines; only a line feed ends one, whatever else a text may hold."""
    return untrusted.decode("utf-8", "replace").removesuffix("\n").split("\n")
