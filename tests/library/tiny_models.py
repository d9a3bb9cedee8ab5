"""Models of a few bytes, the wheels that carry them, and catalogues that name them."""

import hashlib
import json
import os
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from mia_desktop.core.paths import Paths
from mia_desktop.library.progress import Progress
from mia_desktop.library.store import Store


class Carriers:
    """A folder of tiny wheels that pip takes for its index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, package: str, members: Mapping[str, bytes], version: str = "1.0") -> Path:
        stem = f"{package.replace('-', '_')}-{version}"
        path = self.folder / f"{stem}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
            for name, content in members.items():
                wheel.writestr(name, content)
            wheel.writestr(
                f"{stem}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n"
            )
            wheel.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{stem}.dist-info/RECORD", "")
        return path


class Seen(list[Progress]):
    """Collects what is reported."""

    def __call__(self, progress: Progress) -> None:
        self.append(progress)

    def items(self, stage: str) -> list[str]:
        found: list[str] = []
        for one in self:
            if one.stage == stage and one.item not in found:
                found.append(one.item)
        return found


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def catalogue_entry(
    name: str, files: Mapping[str, bytes], source: str, *, hashes: bool = True, **changes: object
) -> str:
    """Return the TOML of a model with these files."""
    lines = [
        "[[model]]",
        f'name = "{name}"',
        'role = "language"',
        'format = "gguf"',
        'licence = "none"',
        "memory_bytes = 1",
    ]
    lines += [f"{key} = {json.dumps(value)}" for key, value in changes.items()]
    lines.append("files = [")
    for file, content in files.items():
        digest = f', sha256 = "{sha(content)}"' if hashes else ""
        lines.append(f'  {{ name = "{file}", bytes = {len(content)}{digest} }},')
    return "\n".join([*lines, "]", "[[model.sources]]", source, ""])


def wheel_source(files: Mapping[str, list[str]]) -> str:
    return "\n".join(
        ['kind = "wheel"', "[model.sources.files]", *(f'"{k}" = {json.dumps(v)}' for k, v in files.items())]
    )


BIG = {"model.bin": os.urandom(300_000) + bytes(700_000), "config.json": b'{"a": 1}'}
"""Content of the model ``tiny``: model.bin in two carriers, config.json in the first."""


def store_of(paths: Paths, *entries: str) -> Store:
    paths.models.mkdir(parents=True, exist_ok=True)
    (paths.models / "added.toml").write_text("\n".join(entries), "utf-8")
    return Store(paths)


def gguf_bytes(tensor_bytes: int = 64) -> bytes:
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    head = b"GGUF" + struct.pack("<IQQ", 3, 1, 3)
    head += text("general.architecture") + struct.pack("<I", 8) + text("llama")
    head += text("llama.context_length") + struct.pack("<II", 4, 2048)
    head += text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, 2) + text("a") + text("b")
    head += text("w") + struct.pack("<IQIQ", 1, tensor_bytes // 4, 0, 0)
    return head + bytes(-len(head) % 32) + bytes(tensor_bytes)
