import pickle
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest

from mia_desktop.perception import checkpoint

torch = pytest.importorskip("torch")


def saved(path: Path, content: object) -> Path:
    torch.save(content, path, _use_new_zipfile_serialization=False)
    return path


def test_tensors_are_read_as_pytorch_wrote_them(tmp_path: Path) -> None:
    whole = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    written = OrderedDict(a=whole, turned=whole.permute(2, 0, 1), part=whole[1, 1:], count=torch.tensor(7))
    read = checkpoint.tensors(saved(tmp_path / "w.pth", written))
    assert set(read) == {"a", "turned", "part"}, "whole numbers are no weights"
    for name, tensor in read.items():
        assert tensor.dtype == np.float32
        np.testing.assert_array_equal(tensor, written[name].numpy())


class Harm:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('the checkpoint ran')",)


def test_nothing_in_a_checkpoint_is_run(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"may not use __builtin__\.exec"):
        checkpoint.tensors(saved(tmp_path / "w.pth", OrderedDict(a=Harm())))


@pytest.mark.parametrize("kept", [0, 1, 20, 400, -1])
def test_a_checkpoint_that_is_cut_off_is_refused(tmp_path: Path, kept: int) -> None:
    path = saved(tmp_path / "w.pth", OrderedDict(a=torch.zeros(8), b=torch.zeros(3)))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ValueError, match="checkpoint"):
        checkpoint.tensors(path)


@pytest.mark.parametrize("content", [{"a": 3}, [1, 2], "text", None])
def test_a_checkpoint_of_something_else_is_refused(tmp_path: Path, content: object) -> None:
    path = tmp_path / "w.pth"
    pieces = (0x1950A86A20F9469CFC6C, 1001, {}, content, [])
    path.write_bytes(b"".join(pickle.dumps(one, protocol=2) for one in pieces))
    with pytest.raises(ValueError, match="not a checkpoint"):
        checkpoint.tensors(path)
