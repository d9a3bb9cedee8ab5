"""How soon a MIA that was just started answers from a vault: in a process of its own, which has loaded nothing yet."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mia_desktop.bench.scale import Renamed
from mia_desktop.core import config
from mia_desktop.core.paths import Paths
from mia_desktop.engine.remembering import load_embedder
from mia_desktop.memory.memory import Memory
from mia_desktop.security.vault import Vault

_QUESTION = "What was it that Anna said two weeks ago?"
_PATIENCE_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswer:
    """What became of the time from the passphrase to the first answer, seconds.

    Attributes:
        unlock_s: the vault was unlocked, Argon2id included.
        open_s: the memories were in their arrays, and the embedding model was loaded, its libraries included.
        all_s: the first question was answered: the sum of everything.
    """

    unlock_s: float
    open_s: float
    all_s: float


def measure(folder: Path, passphrase: str, paths: Paths, times: int = 5) -> FirstAnswer:
    """Unlock the vault in `folder` and ask it something, each time in a new process; return the median one."""
    tried = [_in_a_process(folder, passphrase, paths) for _ in range(times)]
    return sorted(tried, key=lambda one: one.all_s)[times // 2]


def _in_a_process(folder: Path, passphrase: str, paths: Paths) -> FirstAnswer:
    command = [sys.executable, "-m", "mia_desktop.bench.first_answer", str(folder), str(paths.home), str(paths.models)]
    done = subprocess.run(
        command, input=passphrase + "\n", capture_output=True, text=True, timeout=_PATIENCE_S, check=True
    )
    return FirstAnswer(**json.loads(done.stdout))


def _ask(folder: Path, paths: Paths, passphrase: str) -> dict[str, float]:
    began = time.perf_counter()
    vault = Vault(folder, None)
    vault.unlock(passphrase)
    unlocked = time.perf_counter()
    memory = Memory(vault.database, Renamed(load_embedder(paths, config.load(paths.settings))))
    opened = time.perf_counter()
    memory.recall(_QUESTION, datetime.now(UTC))
    answered = time.perf_counter()
    vault.lock()
    return {
        "unlock_s": unlocked - began,
        "open_s": opened - unlocked,
        "all_s": answered - began,
    }


if __name__ == "__main__":
    _FOLDER, _HOME, _MODELS = map(Path, sys.argv[1:])
    _SECRET = sys.stdin.readline().rstrip("\n")
    print(json.dumps(_ask(_FOLDER, Paths(home=_HOME, models=_MODELS), _SECRET)))  # noqa: T201
