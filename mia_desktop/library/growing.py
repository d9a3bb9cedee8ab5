"""A file that is put together part by part and survives a killed process."""

import contextlib
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from mia_desktop.core.errors import FetchError
from mia_desktop.library import disk
from mia_desktop.library.catalog import ModelFile
from mia_desktop.library.progress import Watch

_SUFFIX: Final = ".growing"


class Growing:
    """One file under way: its bytes so far, and beside them a journal that says which of them are good.

    Args:
        folder: the model's folder for what is under way.
        file: what it is to become.
        watch: hears of progress and may stop the work.
    """

    def __init__(self, folder: Path, file: ModelFile, watch: Watch) -> None:
        self.path = folder / (file.name + _SUFFIX)
        self._journal_path = folder / (file.name + ".journal")
        self._file = file
        self._watch = watch
        self.path.parent.mkdir(parents=True, exist_ok=True)

    @property
    def size(self) -> int:
        """Bytes that are there."""
        return self.path.stat().st_size if self.path.exists() else 0

    def journal(self) -> dict[str, object]:
        """Return what the journal says; nothing when there is none or it cannot be read."""
        with contextlib.suppress(OSError, ValueError):
            untrusted = json.loads(self._journal_path.read_text("utf-8"))
            if isinstance(untrusted, dict):
                return untrusted
        return {}

    def note(self, content: dict[str, object]) -> None:
        """Write the journal."""
        disk.write_json(self._journal_path, content)

    def drop(self) -> None:
        """Begin again."""
        self.path.unlink(missing_ok=True)
        self._journal_path.unlink(missing_ok=True)

    def join(self, parts: Sequence[tuple[str, Iterable[bytes]]]) -> str:
        """Append the parts that are not there yet, verify the whole and return its SHA-256.

        Args:
            parts: name and bytes of each part, in order; the bytes of parts that are there are not asked for.

        Raises:
            FetchError: the whole is not what the catalogue describes; it is dropped.
        """
        done, digest = self._good_parts([name for name, _ in parts])
        with self.path.open("rb+" if self.path.exists() else "wb") as out:
            out.truncate(sum(size for _, size, _ in done))
            out.seek(0, 2)
            for name, blocks in parts[len(done) :]:
                part, size = hashlib.sha256(), 0
                for block in blocks:
                    out.write(block)
                    digest.update(block)
                    part.update(block)
                    size += len(block)
                    self._watch.tell("assembling", self._file.name, out.tell(), self._file.bytes)
                out.flush()
                done.append((name, size, part.hexdigest()))
                self.note({"parts": done})
        self.check(digest.hexdigest())
        return digest.hexdigest()

    def check(self, sha256: str) -> None:
        """Raise FetchError, and drop the file, when `sha256` is not the catalogue's."""
        if self._file.sha256 is not None and sha256 != self._file.sha256:
            self.drop()
            raise FetchError(
                f"What was fetched for {self._file.name} of {self._watch.model} is not what the catalogue describes "
                f"(SHA-256 {sha256[:12]}..., expected {self._file.sha256[:12]}...). Try again later or update MIA."
            )

    def _good_parts(self, names: Sequence[str]) -> "tuple[list[tuple[str, int, str]], hashlib._Hash]":
        good: list[tuple[str, int, str]] = []
        digest = hashlib.sha256()
        noted = self.journal().get("parts")
        if not isinstance(noted, list) or not self.path.exists():
            return good, digest
        with self.path.open("rb") as file:
            for one, wanted in zip(noted, names, strict=False):
                name, size, expected = one
                if name != wanted:
                    break
                candidate, part, left = digest.copy(), hashlib.sha256(), int(size)
                while left and (block := file.read(min(left, disk.BLOCK_BYTES))):
                    candidate.update(block)
                    part.update(block)
                    left -= len(block)
                    self._watch.tell("verifying", self._file.name, file.tell(), self._file.bytes)
                if left or part.hexdigest() != expected:
                    break
                digest = candidate
                good.append((str(name), int(size), str(expected)))
        return good, digest
