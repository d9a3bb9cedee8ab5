"""What this machine has and what MIA uses of it."""

from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What MIA and the whole machine use now.

    Attributes:
        cpu_percent: of one core, by MIA; more than 100 when she uses several.
        rss_bytes: resident memory of MIA, bytes.
        threads: her threads.
        cores: logical cores of the machine.
        machine_cpu_percent: of all cores, by everybody, 0 to 100.
        machine_memory_bytes: memory of the machine, bytes.
        machine_memory_percent: of it in use, 0 to 100.
    """

    cpu_percent: float
    rss_bytes: int
    threads: int
    cores: int
    machine_cpu_percent: float
    machine_memory_bytes: int
    machine_memory_percent: float


class UsageMeter:
    """Measures what is used; the shares of the processor are those since the last time."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self.read()

    def read(self) -> Usage:
        """Return what is used now."""
        memory = psutil.virtual_memory()
        return Usage(
            cpu_percent=float(self._process.cpu_percent()),
            rss_bytes=int(self._process.memory_info().rss),
            threads=int(self._process.num_threads()),
            cores=int(psutil.cpu_count() or 1),
            machine_cpu_percent=float(psutil.cpu_percent()),
            machine_memory_bytes=int(memory.total),
            machine_memory_percent=float(memory.percent),
        )


def rss_bytes() -> int:
    """Return the resident memory of this process, bytes."""
    return int(psutil.Process().memory_info().rss)


def physical_cores() -> int:
    """Return the number of physical cores, at least 1."""
    return int(psutil.cpu_count(logical=False) or psutil.cpu_count() or 1)
