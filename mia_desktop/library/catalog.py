"""The catalogue: every model that MIA knows, as read from ``catalog.toml`` and the user's ``added.toml``."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from mia_desktop.core.errors import ModelError, UsageError
from mia_desktop.core.paths import shipped
from mia_desktop.library.table import Table

ROLES: Final = (
    "language",
    "speech_to_text",
    "text_to_speech",
    "text_embedding",
    "image_labels",
    "face_detection",
    "end_of_turn",
)
FORMATS: Final = ("gguf", "ctranslate2-whisper", "piper", "sentence-transformers", "onnx", "pytorch", "open_clip")
MANIFEST: Final = "installed.json"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_PART: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([A-Za-z0-9.+!]+):(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """One file of a model.

    Attributes:
        name: path inside the model's folder, with forward slashes.
        bytes: its size; only an estimate when `sha256` is None.
        sha256: lower-case hex digest, or None when only the hub knows it.
    """

    name: str
    bytes: int
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelPart:
    """A member of a wheel that holds a file or a piece of one.

    Attributes:
        requirement: exact version of the carrier, ``package==version``.
        member: path inside the wheel.
    """

    requirement: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelSource:
    """Files carried by packages of the user's package index.

    Attributes:
        files: for each file its parts, which make it up one after the other.
    """

    files: Mapping[str, tuple[WheelPart, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSource:
    """Files of a repository on the Hugging Face hub.

    Attributes:
        repo: ``owner/name``.
        revision: commit, tag or branch.
        files: for each file its path in the repository.
    """

    repo: str
    revision: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSource:
    """Files that lie on this machine.

    Attributes:
        path: a folder that holds the files by their names, or the one file itself.
    """

    path: Path


Source = WheelSource | HubSource | LocalSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model.

    Attributes:
        name: how users call it.
        role: what it is for, one of `ROLES`.
        format: which code can load it, one of `FORMATS`.
        files: its files; the first is the one that loaders are given.
        sources: where to fetch it from, best first.
        summary: one line for lists.
        packs: sets that it belongs to.
        licence: of the weights.
        memory_bytes: memory it needs when running, an estimate.
        rank: which one is better for its role when both fit.
        languages: ISO 639-1 codes, or ``multilingual``.
        context_tokens: longest input, or 0 where that has no meaning.
        inputs: what it takes in beside its role's usual: ``text``, ``image``.
        needs: optional parts of MIA that must be installed, such as ``torch``.
        not_run_here: nobody has run it where this catalogue was written.
        folder: the user's own folder that holds the files, or None for the folder of models.
    """

    name: str
    role: str
    format: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]
    summary: str = ""
    packs: tuple[str, ...] = ()
    licence: str = ""
    memory_bytes: int = 0
    rank: int = 0
    languages: tuple[str, ...] = ()
    context_tokens: int = 0
    inputs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    not_run_here: bool = False
    folder: Path | None = None

    @property
    def bytes(self) -> int:
        """Size of all files."""
        return sum(file.bytes for file in self.files)


class Catalog:
    """All models by name, in the order of the catalogue."""

    def __init__(self, models: Iterable[Model]) -> None:
        self._models: dict[str, Model] = {}
        for model in models:
            if model.name in self._models:
                raise ModelError(f"Two models are called '{model.name}'. Rename one of them.")
            self._models[model.name] = model

    @classmethod
    def load(cls, user_file: Path | None = None) -> "Catalog":
        """Read the shipped catalogue and the user's own; raises ModelError naming file, model and field."""
        models = read(shipped("models") / "catalog.toml")
        if user_file is not None and user_file.exists():
            models += read(user_file)
        return cls(models)

    def __iter__(self) -> Iterator[Model]:
        return iter(self._models.values())

    def __contains__(self, name: object) -> bool:
        return name in self._models

    def __getitem__(self, name: str) -> Model:
        """Return a model; raises UsageError when there is none of that name."""
        if name not in self._models:
            raise UsageError(f"There is no model '{name[:64]}'. `mia models list` names them all.")
        return self._models[name]

    def pack(self, name: str) -> tuple[Model, ...]:
        """Return the models of a pack; raises UsageError when there is no such pack."""
        found = tuple(model for model in self if name in model.packs)
        if not found:
            packs = sorted({pack for model in self for pack in model.packs})
            raise UsageError(f"There is no pack '{name[:64]}'. The packs are: {', '.join(packs)}.")
        return found


def read(path: Path) -> list[Model]:
    """Return the models that a catalogue file describes; raises ModelError saying what is wrong where."""
    try:
        untrusted = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ModelError(f"The catalogue {path} cannot be read ({error}). Mend or delete it.") from error
    top = Table(untrusted, str(path))
    models = [_model(table) for table in top.tables("model")]
    top.nothing_else()
    return models


def check_name(name: str) -> str:
    """Return `name` when a model can be called so, else raise UsageError."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"'{name[:64]}' is no name for a model: use a-z, 0-9, dot, dash and underscore, at most 64.")
    return name


def _model(table: Table) -> Model:
    name = table.text("name")
    table = table.within(f"model '{name[:64]}'")
    if not _NAME.fullmatch(name):
        raise table.wrong("name", "may hold a-z, 0-9, dot, dash and underscore")
    files = tuple(_file(one) for one in table.tables("files"))
    names = [file.name for file in files]
    if not files or len(set(names)) != len(names):
        raise table.wrong("files", "must name at least one file and none twice")
    folder = table.text("folder", "")
    model = Model(
        name=name,
        role=table.choice("role", ROLES),
        format=table.choice("format", FORMATS),
        files=files,
        sources=tuple(_source(one, names) for one in table.tables("sources")),
        summary=table.text("summary", ""),
        packs=table.texts("packs"),
        licence=table.text("licence"),
        memory_bytes=table.number("memory_bytes"),
        rank=table.number("rank", 0),
        languages=table.texts("languages"),
        context_tokens=table.number("context_tokens", 0),
        inputs=table.texts("inputs"),
        needs=table.texts("needs"),
        not_run_here=table.flag("not_run_here"),
        folder=Path(folder) if folder else None,
    )
    if model.folder is None and not model.sources:
        raise table.wrong("sources", "must name at least one source")
    hub_first = any(isinstance(source, HubSource) for source in model.sources)
    if not hub_first and any(file.sha256 is None for file in files):
        raise table.wrong("files", "need a sha256 each, because no hub source can tell it")
    table.nothing_else()
    return model


def _file(table: Table) -> ModelFile:
    name = table.text("name")
    parts = PurePosixPath(name)
    if "\\" in name or ":" in name or parts.is_absolute() or ".." in parts.parts or name in (MANIFEST, ".", ""):
        raise table.wrong("name", "must be a plain path inside the model's folder")
    sha256 = table.text("sha256", "") or None
    if sha256 is not None and not _SHA256.fullmatch(sha256):
        raise table.wrong("sha256", "must be 64 hexadecimal digits in lower case")
    file = ModelFile(name=name, bytes=table.number("bytes"), sha256=sha256)
    table.nothing_else()
    return file


def _source(table: Table, names: list[str]) -> Source:
    kind = table.choice("kind", ("wheel", "hub", "local"))
    source: Source
    if kind == "local":
        source = LocalSource(path=Path(table.text("path")))
    elif kind == "hub":
        source = HubSource(
            repo=table.text("repo"), revision=table.text("revision", "main"), files=_all(table, names).string_map()
        )
    else:
        parts = {name: tuple(_part(table, one) for one in lines) for name, lines in _all(table, names).list_map()}
        source = WheelSource(files=parts)
    table.nothing_else()
    return source


def _all(table: Table, names: list[str]) -> Table:
    files = table.table("files")
    if set(files.keys()) != set(names):
        raise table.wrong("files", "must name exactly the model's files")
    return files


def _part(table: Table, text: str) -> WheelPart:
    match = _PART.fullmatch(text)
    if match is None:
        raise table.wrong("files", f"'{text[:80]}' is not of the form package==version:path/in/wheel")
    return WheelPart(requirement=f"{match[1]}=={match[2]}", member=match[3])
