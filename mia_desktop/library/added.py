"""Models that the user brought: what they are, and the file that remembers them."""

import json
import os
import re
import tempfile
import tomllib
from pathlib import Path
from typing import Final

from mia_desktop.core.errors import InputError, UsageError
from mia_desktop.library import disk, gguf
from mia_desktop.library.catalog import ROLES, Model, ModelFile, check_name
from mia_desktop.library.progress import Watch

_WHISPER: Final = ("model.bin", "config.json", "tokenizer.json", "preprocessor_config.json")
_OPEN_CLIP: Final = "open_clip_config.json"
_CLIP_WEIGHTS: Final = (".safetensors", ".bin", ".pth", ".pt")
_MODEL: Final = re.compile(r"^(?=\[\[model\]\])", re.MULTILINE)
_SPLIT: Final = re.compile(r"(.+)-00001-of-(\d{5})\.gguf")


def describe(path: Path, name: str | None, role: str | None, watch: Watch | None = None) -> Model:
    """Look at a file or folder and return the model it is; raises InputError when it is none, or not whole."""
    path = path.expanduser().absolute()
    if not path.exists():
        raise InputError(f"There is no {path}.")
    if role is not None and role not in ROLES:
        raise UsageError(f"'{role[:40]}' is no role. The roles are: {', '.join(ROLES)}.")
    name = check_name(name) if name is not None else _name_of(path)
    context_tokens, languages, inputs = 0, tuple[str, ...](), tuple[str, ...]()
    if path.is_dir() and (path / _OPEN_CLIP).is_file():
        kind, usual, paths = "open_clip", "image_labels", _open_clip(path)
    elif path.is_dir():
        kind, usual, paths = "ctranslate2-whisper", "speech_to_text", _whisper(path)
    elif path.suffix == ".onnx":
        kind, usual, paths = "piper", "text_to_speech", [path, _voice_config(path)]
        languages = _voice_language(paths[1])
    else:
        kind, usual, paths = "gguf", "language", _splits(path)
        context_tokens = max(gguf.inspect(one).context_tokens for one in paths)
        if projector := _projector(path):
            gguf.inspect(projector)
            paths.append(projector)
            inputs = ("text", "image")
    folder = path if path.is_dir() else path.parent
    files = tuple(
        ModelFile(name=one.relative_to(folder).as_posix(), bytes=one.stat().st_size, sha256=disk.sha256(one, watch))
        for one in paths
    )
    return Model(
        name=name,
        role=role or usual,
        format=kind,
        files=files,
        sources=(),
        summary=f"Added from {folder}",
        licence="unknown",
        memory_bytes=sum(file.bytes for file in files) * 6 // 5 + 200_000_000,
        languages=languages,
        context_tokens=context_tokens,
        inputs=inputs,
        folder=folder,
    )


def register(user_file: Path, model: Model) -> None:
    """Write `model` into the user's catalogue, in place of one of the same name."""
    _write(user_file, [*_others(user_file, model.name), _toml(model)])


def forget(user_file: Path, name: str) -> None:
    """Take a model out of the user's catalogue."""
    _write(user_file, _others(user_file, name))


def _others(user_file: Path, name: str) -> list[str]:
    """Return the text of every model but `name`, so that what the user wrote by hand stays as it is."""
    if not user_file.exists():
        return []
    blocks = _MODEL.split(user_file.read_text("utf-8"))
    return [block for block in blocks if name not in (one.get("name") for one in _models(block))]


def _models(block: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = tomllib.loads(block).get("model", [])
    return found


def _write(user_file: Path, blocks: list[str]) -> None:
    handle, temporary = tempfile.mkstemp(dir=user_file.parent, prefix=".added-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(blocks)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, user_file)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _toml(model: Model) -> str:
    fields: dict[str, object] = {
        "name": model.name,
        "summary": model.summary,
        "role": model.role,
        "format": model.format,
        "licence": model.licence,
        "memory_bytes": model.memory_bytes,
        "languages": list(model.languages),
        "context_tokens": model.context_tokens,
        "inputs": list(model.inputs),
        "folder": str(model.folder),
    }
    lines = ["[[model]]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items())]
    for file in model.files:
        lines += ["[[model.files]]", f"name = {json.dumps(file.name, ensure_ascii=False)}"]
        lines += [f"bytes = {file.bytes}", f"sha256 = {json.dumps(file.sha256)}"]
    return "\n".join(lines) + "\n\n"


def _name_of(path: Path) -> str:
    words = re.sub(r"[^a-z0-9._-]+", "-", (path.name if path.is_dir() else path.stem).lower()).strip("-._")
    return check_name(words[:64] or "model")


def _splits(path: Path) -> list[Path]:
    match = _SPLIT.fullmatch(path.name)
    if match is None:
        return [path]
    paths = [path.with_name(f"{match[1]}-{n:05d}-of-{match[2]}.gguf") for n in range(1, int(match[2]) + 1)]
    for one in paths:
        if not one.exists():
            raise InputError(f"{path.name} is the first of {int(match[2])} parts, and {one.name} is not beside it.")
    return paths


def _projector(path: Path) -> Path | None:
    """Return what lets the model at `path` see, when it lies beside it and can belong to no other model."""
    others = [one for one in path.parent.glob("*.gguf") if one not in _splits(path)]
    return others[0] if len(others) == 1 and "mmproj" in others[0].name else None


def _open_clip(folder: Path) -> list[Path]:
    weights = [one for kind in _CLIP_WEIGHTS for one in sorted(folder.glob(f"*{kind}"))]
    if len(weights) != 1:
        raise InputError(
            f"{folder} is taken for a model of open_clip: beside {_OPEN_CLIP} there must be one file of weights "
            f"({', '.join(_CLIP_WEIGHTS)}), not {len(weights)}."
        )
    return weights + sorted(one for kind in ("*.json", "*.txt", "*.model") for one in folder.glob(kind))


def _whisper(folder: Path) -> list[Path]:
    vocabularies = sorted(folder.glob("vocabulary.*"))
    paths = [folder / name for name in _WHISPER if (folder / name).is_file()] + vocabularies
    has_words = vocabularies or folder / "tokenizer.json" in paths
    if not (folder / "model.bin" in paths and folder / "config.json" in paths and has_words):
        raise InputError(
            f"{folder} is no CTranslate2 Whisper model: model.bin, config.json and tokenizer.json or vocabulary.* "
            "must be in it."
        )
    return paths


def _voice_config(path: Path) -> Path:
    config = path.with_name(path.name + ".json")
    if not config.is_file():
        raise InputError(f"{path.name} is taken for a Piper voice, but {config.name} is not beside it.")
    _voice_language(config)
    return config


def _voice_language(config: Path) -> tuple[str, ...]:
    try:
        untrusted = json.loads(config.read_text("utf-8"))
        int(untrusted["audio"]["sample_rate"])
        language = str(untrusted.get("language", {}).get("family", ""))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"{config} is not the description of a Piper voice.") from error
    return (language,) if language else ()
