"""Reading the head of a GGUF file, enough to know that the file is one and is whole.

Source: the GGUF specification of ggml (docs/gguf.md), versions 2 and 3.
"""

import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from mia_desktop.core.errors import InputError

_MAGIC: Final = b"GGUF"
_STRING: Final = 8
_ARRAY: Final = 9
_MOST: Final = 1 << 26
_SCALARS: Final = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_BLOCKS: Final = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36), 10: (256, 84),
    11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292), 16: (256, 66), 17: (256, 74),
    18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82), 23: (256, 136), 24: (1, 1), 25: (1, 2),
    26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
}  # fmt: skip
"""For each tensor type its elements and bytes per block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GgufHead:
    """What the head says.

    Attributes:
        architecture: such as ``qwen2``.
        context_tokens: longest input, 0 when it is not said.
        tensors: how many.
    """

    architecture: str
    context_tokens: int
    tensors: int


def inspect(path: Path) -> GgufHead:
    """Read the head of a GGUF file; raises InputError when it is none or its tensors reach past its end."""
    try:
        with path.open("rb") as file:
            if file.read(4) != _MAGIC:
                raise InputError(f"{path} is no GGUF file.")
            return _inspect(path, file)
    except (struct.error, UnicodeDecodeError, OverflowError) as error:
        raise InputError(f"{path} is cut off or damaged: its head cannot be read. Download it again.") from error


def _inspect(path: Path, file: BinaryIO) -> GgufHead:
    version, tensors, pairs = _take(file, "I"), _take(file, "Q"), _take(file, "Q")
    if version not in (2, 3) or tensors > _MOST or pairs > _MOST:
        raise InputError(f"{path} is a GGUF file of a kind (version {version}) that MIA cannot read.")
    values: dict[str, object] = {}
    for _ in range(int(pairs)):
        key = _text(file)
        values[key] = _value(file, int(_take(file, "I")))
    ends = []
    for _ in range(int(tensors)):
        _text(file)
        shape = [int(_take(file, "Q")) for _ in range(min(int(_take(file, "I")), 8))]
        elements, block_bytes = _BLOCKS.get(int(_take(file, "I")), (256, 1))
        ends.append(int(_take(file, "Q")) + math.prod(shape) // elements * block_bytes)
    step = values.get("general.alignment", 32)
    step = step if isinstance(step, int) and step > 0 else 32
    needed = -(-file.tell() // step) * step + max(ends, default=0)
    size = path.stat().st_size
    if size < needed:
        raise InputError(f"{path} is cut off: {size} bytes, and its tensors need {needed}. Download it again.")
    architecture = str(values.get("general.architecture", ""))
    context = values.get(f"{architecture}.context_length", 0)
    return GgufHead(
        architecture=architecture, context_tokens=context if isinstance(context, int) else 0, tensors=int(tensors)
    )


def _take(file: BinaryIO, kind: str) -> int | float:
    number: int | float = struct.unpack("<" + kind, file.read(struct.calcsize("<" + kind)))[0]
    return number


def _text(file: BinaryIO) -> str:
    length = int(_take(file, "Q"))
    text = file.read(min(length, _MOST))
    if len(text) != length:
        raise struct.error("text reaches past the end")
    return text.decode("utf-8", "replace")


def _value(file: BinaryIO, kind: int) -> object:
    """Read one value; arrays are passed over."""
    if kind == _STRING:
        return _text(file)
    if kind != _ARRAY:
        return _take(file, _known(kind))
    inner, count = int(_take(file, "I")), int(_take(file, "Q"))
    if inner in (_STRING, _ARRAY):
        for _ in range(count):
            _value(file, inner)
    else:
        file.seek(struct.calcsize("<" + _known(inner)) * count, 1)
    return None


def _known(kind: int) -> str:
    if kind not in _SCALARS:
        raise struct.error("unknown kind of value")
    return _SCALARS[kind]
