"""The files of one model on this machine, and the manifest that remembers what they were when they came."""

import contextlib
import dataclasses
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from mia_desktop.library import disk
from mia_desktop.library.catalog import MANIFEST, Model, ModelFile
from mia_desktop.library.progress import Watch

State = Literal["installed", "missing", "damaged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the manifest remembers of a file.

    Attributes:
        size: bytes.
        mtime_ns: time of its last change, nanoseconds.
        sha256: of its content, which was verified.
        origin: where it came from.
    """

    size: int
    mtime_ns: int
    sha256: str
    origin: str


class Shelf:
    """Where one model lies.

    Args:
        model: which.
        own: MIA's folder for it, which holds the manifest and, unless the model lies elsewhere, the files.
    """

    def __init__(self, model: Model, own: Path) -> None:
        self.model = model
        self.own = own
        self.folder = model.folder or own
        self._entries = _read(own / MANIFEST)

    def path(self, file: ModelFile) -> Path:
        """Return where `file` lies or would lie."""
        return self.folder / file.name

    def state(self, file: ModelFile, *, full: bool = False, watch: Watch | None = None) -> State:
        """Tell whether `file` is there and is what it should be.

        A file whose size and time are those of the manifest is believed, unless `full`; any other is hashed again.
        """
        path, entry = self.path(file), self._entries.get(file.name)
        try:
            stat = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return "damaged" if entry else "missing"
        expected = file.sha256 or (entry.sha256 if entry else None)
        if expected is None:
            return "missing"  # nobody can tell whether it is the right one
        known = entry is not None and entry.sha256 == expected
        unchanged = entry is not None and (entry.size, entry.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
        if known and unchanged and not full:
            return "installed"
        size = file.bytes if file.sha256 or entry is None else entry.size
        if stat.st_size != size or disk.sha256(path, watch) != expected:
            return "damaged"
        if not (known and unchanged):
            with contextlib.suppress(OSError):  # a folder that cannot be written is only slower
                self.record(file, expected, entry.origin if entry else "found")
        return "installed"

    def record(self, file: ModelFile, sha256: str, origin: str) -> None:
        """Remember a verified file."""
        stat = self.path(file).stat()
        self._note(file, Entry(size=stat.st_size, mtime_ns=stat.st_mtime_ns, sha256=sha256, origin=origin))

    def doubt(self, file: ModelFile) -> None:
        """Believe `file` no longer, though its size and time are those of the manifest: it will be hashed again."""
        entry = self._entries.get(file.name)
        if entry is not None:
            self._note(file, dataclasses.replace(entry, mtime_ns=0))

    def install(self, file: ModelFile, path: Path, sha256: str, origin: str) -> None:
        """Take a verified file over from `path`."""
        disk.settle(path, self.path(file))
        self.record(file, sha256, origin)

    def holds(self, sha256: str) -> Path | None:
        """Return an installed file of that content, or None."""
        for file in self.model.files:
            if (file.sha256 == sha256) and self.path(file).exists() and self.state(file) == "installed":
                return self.path(file)
        return None

    def _note(self, file: ModelFile, entry: Entry) -> None:
        self._entries[file.name] = entry
        disk.write_json(self.own / MANIFEST, {name: asdict(one) for name, one in self._entries.items()})


def _read(path: Path) -> dict[str, Entry]:
    try:
        untrusted = json.loads(path.read_text("utf-8"))
        return {
            str(name): Entry(
                size=int(one["size"]),
                mtime_ns=int(one["mtime_ns"]),
                sha256=str(one["sha256"]),
                origin=str(one["origin"]),
            )
            for name, one in untrusted.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}  # without it every file is hashed again
