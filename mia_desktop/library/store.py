"""The models on this machine: find, check, fetch, remove and add them."""

import contextlib
import shutil
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from mia_desktop.core.errors import ModelDamagedError, ModelMissingError, UsageError
from mia_desktop.core.paths import Paths
from mia_desktop.library import added, disk
from mia_desktop.library.catalog import Catalog, Model, ModelFile
from mia_desktop.library.progress import Report, Watch
from mia_desktop.library.shelf import Shelf, State

_WAIT_S: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A model that is on this machine, whole.

    Attributes:
        model: which.
        folder: folder that holds its files.
        files: each file's name and path, in the catalogue's order.
    """

    model: Model
    folder: Path
    files: Mapping[str, Path]

    @property
    def main(self) -> Path:
        """The file that loaders are given."""
        return next(iter(self.files.values()))


class Store:
    """All models of one MIA.

    Args:
        paths: its folders.
    """

    def __init__(self, paths: Paths) -> None:
        self._models = paths.models
        self._added = paths.models / "added.toml"
        self.catalog = Catalog.load(self._added)

    @property
    def folder(self) -> Path:
        """The folder of models."""
        return self._models

    def located(self, name: str) -> Located:
        """Return where a model lies.

        Raises:
            ModelMissingError: it is not on this machine.
            ModelDamagedError: a file is not what it should be.
            UsageError: there is no such model.
        """
        shelf = self._shelf(name)
        for file in shelf.model.files:
            state = shelf.state(file)
            if state == "damaged" or (state == "missing" and shelf.model.folder is not None):
                raise self._damaged(shelf, file)
            if state == "missing":
                raise ModelMissingError(
                    f"The model {name} is not on this machine. `mia models pull {name}` fetches it."
                )
        files = {file.name: shelf.path(file) for file in shelf.model.files}
        return Located(model=shelf.model, folder=shelf.folder, files=files)

    def status(self, name: str) -> State:
        """Tell whether a model can be used, without reading its files unless they changed."""
        shelf = self._shelf(name)
        states = {shelf.state(file) for file in shelf.model.files}
        if "damaged" in states or (shelf.model.folder is not None and states != {"installed"}):
            return "damaged"
        return "missing" if "missing" in states else "installed"

    def files(self, name: str) -> list[Path]:
        """Return the files of a model that exist, whole or not."""
        shelf = self._shelf(name)
        return [path for file in shelf.model.files if (path := shelf.path(file)).is_file()]

    def kept_bytes(self, name: str) -> int:
        """Return how much of a model that is not whole is here: whole files, and what a broken-off fetch left."""
        partial = self._models / ".partial" / self.catalog[name].name
        left = [path for kind in ("*.growing", "*.whl") for path in partial.rglob(kind)]
        kept = sum(path.stat().st_size for path in (*self.files(name), *left))
        return min(kept, self.catalog[name].bytes)  # a part that was being written is there twice

    def verify(self, name: str, progress: Report | None = None, cancel: threading.Event | None = None) -> list[str]:
        """Hash every file again; return the names of those that are missing or damaged."""
        shelf, watch = self._shelf(name), Watch(name, progress, cancel)
        bad = [file for file in shelf.model.files if shelf.state(file, full=True, watch=watch) != "installed"]
        for file in bad:
            with contextlib.suppress(OSError):  # a folder that cannot be written: it is only not remembered
                shelf.doubt(file)
        return [file.name for file in bad]

    def pull(self, name: str, progress: Report | None = None, cancel: threading.Event | None = None) -> None:
        """Fetch what is missing or damaged of a model; nothing when it is whole.

        Raises:
            FetchError: no source could give it.
            DiskFullError: there is no room.
            CancelledError: `cancel` was set; what was fetched is kept.
        """
        model, watch = self.catalog[name], Watch(name, progress, cancel)
        if model.folder is not None:
            self.located(name)
            return
        partial = self._models / ".partial" / name
        with disk.explained(self._models, model.bytes):
            partial.parent.mkdir(parents=True, exist_ok=True)
            with self._alone(name, watch):
                shelf = self._shelf(name)
                missing = [file for file in model.files if shelf.state(file, watch=watch) != "installed"]
                if missing:
                    self._fetch(shelf, missing, partial, watch)
                shutil.rmtree(partial, ignore_errors=True)
        watch.tell("done", "", model.bytes, model.bytes)

    def remove(self, name: str) -> None:
        """Delete a model, or forget one that the user added; the user's own files stay."""
        model = self.catalog[name]
        with disk.explained(self._models, 0):
            if not self._models.exists():
                return
            (self._models / ".partial").mkdir(exist_ok=True)
            with self._alone(name, Watch(name)):
                shutil.rmtree(self._models / ".partial" / name, ignore_errors=True)
                if (self._models / name).exists():
                    shutil.rmtree(self._models / name)
            if model.folder is not None:
                with self._alone("added.toml", Watch(name)):
                    added.forget(self._added, name)
                    self.catalog = Catalog.load(self._added)

    def drop_kept(self, name: str) -> None:
        """Delete what a fetch that was broken off has left here."""
        partial = self._models / ".partial"
        with disk.explained(self._models, 0):
            if (partial / name).exists():
                with self._alone(name, Watch(name)):
                    shutil.rmtree(partial / name)

    def add(
        self,
        path: Path,
        name: str | None = None,
        role: str | None = None,
        progress: Report | None = None,
        cancel: threading.Event | None = None,
    ) -> Model:
        """Register a model where it lies: a GGUF file, a Piper voice, a folder of a CTranslate2 Whisper.

        Raises:
            InputError: it is none of these, or not whole.
            UsageError: the name or the role does not fit.
            CancelledError: `cancel` was set.
        """
        model = added.describe(path, name, role, Watch(path.name, progress, cancel))
        if model.name in self.catalog and self.catalog[model.name].folder is None:
            raise UsageError(f"MIA knows another model called '{model.name}'. Choose another name with --name.")
        with disk.explained(self._models, disk.BLOCK_BYTES):
            (self._models / ".partial").mkdir(parents=True, exist_ok=True)
            with self._alone("added.toml", Watch(model.name)):
                added.register(self._added, model)
                self.catalog = Catalog.load(self._added)
            shutil.rmtree(self._models / model.name, ignore_errors=True)
            shelf = self._shelf(model.name)
            for file in model.files:
                shelf.record(file, file.sha256 or "", "added")
        return model

    def _fetch(self, shelf: Shelf, missing: list[ModelFile], partial: Path, watch: Watch) -> None:
        from mia_desktop.library.fetch import fetch
        from mia_desktop.library.growing import Growing

        for file in tuple(missing):
            twin = self._twin(file, shelf.model)
            if twin is not None:
                growing = Growing(partial, file, watch)
                with twin.open("rb") as source:
                    digest = growing.join([(str(twin), disk.blocks(source))])
                shelf.install(file, growing.path, digest, "twin")
                missing.remove(file)
        if missing:
            fetch(shelf.model, missing, partial, shelf.install, watch)

    def _twin(self, file: ModelFile, of: Model) -> Path | None:
        """Return a file of the same content that another model brought, so that it is not fetched twice."""
        if file.sha256 is None:
            return None
        for model in self.catalog:
            if model is not of and (path := self._shelf(model.name).holds(file.sha256)) is not None:
                return path
        return None

    def _shelf(self, name: str) -> Shelf:
        return Shelf(self.catalog[name], self._models / name)

    def _damaged(self, shelf: Shelf, file: ModelFile) -> ModelDamagedError:
        name, path = shelf.model.name, shelf.path(file)
        if shelf.model.folder is not None:
            what = f"If you meant to change it, `mia models add` it again; `mia models remove {name}` forgets it."
        else:
            what = f"`mia models pull {name}` fetches it again."
        return ModelDamagedError(f"The file {path} of the model {name} is missing or not what it was. {what}")

    @contextlib.contextmanager
    def _alone(self, name: str, watch: Watch) -> Iterator[None]:
        """Keep every other MIA off `name` meanwhile; wait for one that is at it, and say so."""
        lock = FileLock(self._models / ".partial" / f"{name}.lock")
        while True:
            try:
                lock.acquire(timeout=0)
                break
            except Timeout:
                watch.tell("waiting")
                watch.pause(_WAIT_S)
        try:
            yield
        finally:
            lock.release()
