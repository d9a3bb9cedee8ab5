"""What this machine has that matters to models. torch is not asked: waking it takes seconds."""

import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Final, Literal

_PATIENCE_S: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """A graphics processor that models can run on.

    Attributes:
        name: as its maker calls it.
        kind: by which programs reach it.
        memory_bytes: memory that models can use.
    """

    name: str
    kind: Literal["cuda", "metal"]
    memory_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What there is to run models on.

    Attributes:
        memory_bytes: main memory.
        cores: physical processor cores.
        gpu: the largest graphics processor, or None.
    """

    memory_bytes: int
    cores: int
    gpu: Gpu | None = None

    @classmethod
    def measure(cls) -> "Machine":
        """Return this machine."""
        import psutil

        memory_bytes = int(psutil.virtual_memory().total)
        cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
        return cls(memory_bytes=memory_bytes, cores=cores, gpu=_nvidia() or _apple(memory_bytes))


def _apple(memory_bytes: int) -> Gpu | None:
    if sys.platform != "darwin" or platform.machine() != "arm64":
        return None
    # Metal may use about two thirds of the memory that it shares with the processor.
    return Gpu(name="Apple silicon", kind="metal", memory_bytes=memory_bytes * 2 // 3)


def _nvidia() -> Gpu | None:
    program = shutil.which("nvidia-smi")
    if program is None:
        return None
    command = [program, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return read_nvidia(answer.stdout)


def read_nvidia(text: str) -> Gpu | None:
    """Return the largest GPU that ``nvidia-smi`` lists as ``name, MiB`` a line, or None."""
    found = []
    for line in text.splitlines():
        name, _, mebibytes = line.rpartition(",")
        if name and mebibytes.strip().isdigit():
            found.append(Gpu(name=name.strip(), kind="cuda", memory_bytes=int(mebibytes) * 1024 * 1024))
    return max(found, key=lambda gpu: gpu.memory_bytes, default=None)
