"""Keeps other libraries from calling home, from taking the processor from each other, and from hoarding memory."""

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

_OFFLINE = {
    "OPENCV_LOG_LEVEL": "ERROR",  # its warnings are for programmers
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_DATASETS_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "ORT_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


_SWITCH_S = 0.001


def stay_offline() -> None:
    """Set every library's own switch against network use and telemetry; call it before they are imported."""
    os.environ.update(_OFFLINE)


def share_processor() -> None:
    """Let idle threads take no processor from those that work; call it before the libraries are imported.

    OpenMP's sleep after a moment instead of spinning, and Python's take turns after 1 ms instead of 5.

    The audio encoder and the language model work at the same time, with a thread for each core both. Threads that wait
    in a loop then keep those that work from running: turns took ten times as long on a busy machine with two cores.
    Without any spinning at all, two threads wake each other a thousand times for a token, and are slower than one.
    """
    sys.setswitchinterval(min(_SWITCH_S, sys.getswitchinterval()))
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("KMP_BLOCKTIME", "0")
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")  # some microseconds


_ARENA_MAX = -8
_ARENAS = 2


def share_memory() -> None:
    """Let the threads share two heaps instead of having one each; where the C library is not glibc, do nothing."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(_ARENA_MAX, _ARENAS)


def give_memory_back() -> None:
    """Give what the heaps do not use back to the system: the models' scratch memory is of another size in each turn."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


@contextlib.contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keep what C libraries print to the file descriptor 2 from the user while devices are opened."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
