"""What this machine has and what MIA uses of it."""

import psutil


def rss_bytes() -> int:
    """Return the resident memory of this process, bytes."""
    return int(psutil.Process().memory_info().rss)


def physical_cores() -> int:
    """Return the number of physical cores, at least 1."""
    return int(psutil.cpu_count(logical=False) or psutil.cpu_count() or 1)
