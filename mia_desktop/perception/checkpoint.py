"""Reads the tensors of a PyTorch checkpoint without PyTorch, and without running anything that is in it.

A checkpoint in the form that PyTorch wrote before version 1.6 is five pickles, of which the fourth holds the tensors'
shapes and the fifth the order of the storages, and then each storage: its length (int64) and its numbers.
"""

import pickle
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

Tensors = Mapping[str, npt.NDArray[np.float32]]

_MAGIC = 0x1950A86A20F9469CFC6C
_TYPES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


@dataclass(frozen=True, slots=True)
class _Storage:
    key: str
    dtype: np.dtype[Any]


@dataclass(frozen=True, slots=True)
class _Tensor:
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]

    def among(self, numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return this tensor out of the numbers of its storage."""
        last = self.offset + sum((size - 1) * step for size, step in zip(self.shape, self.stride, strict=True))
        if self.offset < 0 or min((*self.shape, *self.stride), default=1) < 1 or last >= len(numbers):
            raise ValueError("a tensor lies outside its storage")
        step_bytes = [step * numbers.itemsize for step in self.stride]
        return np.lib.stride_tricks.as_strided(numbers[self.offset :], self.shape, step_bytes, writeable=False)


def tensors(file: Path) -> Tensors:
    """Return the tensors of floating-point numbers by name: float32, each of its own shape.

    Raises:
        ValueError: it is not such a checkpoint, or it asks for anything but tensors.
        OSError: it cannot be read.
    """
    with file.open("rb") as stream:
        try:
            if _load(stream) != _MAGIC:
                raise ValueError("not a checkpoint of that form")
            _load(stream)
            _load(stream)
            named, keys = _load(stream), _load(stream)
            kinds = {one.storage.key: one.storage.dtype for one in named.values()}
            stored = {key: _numbers(stream, kinds[key]) for key in keys}
            return {
                name: one.among(stored[one.storage.key])
                for name, one in named.items()
                if one.storage.dtype == np.float32
            }
        except (pickle.UnpicklingError, AttributeError, KeyError, TypeError, EOFError, IndexError) as error:
            raise ValueError("not a checkpoint of that form") from error


def _numbers(stream: BinaryIO, dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    count = int.from_bytes(stream.read(8), "little")
    content = stream.read(count * dtype.itemsize)
    if len(content) != count * dtype.itemsize:
        raise ValueError("the checkpoint ends too early")
    return np.frombuffer(content, dtype=dtype)


def _load(stream: BinaryIO) -> Any:
    return _TensorsOnly(stream).load()


class _TensorsOnly(pickle.Unpickler):
    """An unpickler that knows nothing but tensors."""

    def find_class(self, module: str, name: str) -> Any:
        """Return the few names that a table of tensors needs; refuse all others."""
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _rebuilt
        if module == "torch" and name in _TYPES:
            return _TYPES[name]
        raise ValueError(f"a checkpoint may not use {module}.{name}")

    def persistent_load(self, untrusted: Any) -> _Storage:
        """Return the storage that a tensor refers to."""
        _, dtype, key, *_ = untrusted
        return _Storage(str(key), dtype)


def _rebuilt(storage: _Storage, offset: int, shape: tuple[int, ...], stride: tuple[int, ...], *_: object) -> _Tensor:
    return _Tensor(storage, offset, tuple(shape), tuple(stride))
