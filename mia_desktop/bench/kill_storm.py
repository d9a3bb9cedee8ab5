"""Kills while memories are written: what was acknowledged must be there, and whole."""

import random
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mia_desktop.bench.vaults import Vaults
from mia_desktop.core.errors import MiaError
from mia_desktop.core.memories import Experience
from mia_desktop.core.ports import Database
from mia_desktop.memory.memory import Memory
from mia_desktop.security.vault import Vault

_LONGEST_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KillStorm:
    """What became of memories whose writer was killed.

    Attributes:
        kills: how often it was.
        acknowledged: memories of which it had said that they are kept.
        lost: how many of these were not there afterwards.
        torn: after how many kills words or text index did not agree with the memories.
    """

    kills: int
    acknowledged: int
    lost: int
    torn: int


def measure(vaults: Vaults, kills: int, seed: int = 5) -> KillStorm:
    """Kill a process that remembers, at random moments, and look each time at what it leaves."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    Memory(vaults.make("storm"))
    vaults.lock("storm")
    acknowledged: set[int] = set()
    torn = 0
    for _ in range(kills):
        command = [sys.executable, "-m", "mia_desktop.bench.kill_storm", str(vaults.folder("storm"))]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(vaults.passphrase + "\n")
            child.stdin.flush()
            told = [child.stdout.readline()]
            time.sleep(chance.uniform(0, _LONGEST_S))
            child.kill()
            told += child.stdout.readlines()
        acknowledged |= {int(line) for line in told if line.endswith("\n")}
        torn += not _is_whole(vaults.reopen("storm"))
        vaults.lock("storm")
    there = {int(row[0]) for row in vaults.reopen("storm").read("SELECT id FROM memory")}
    lost = len(acknowledged - there)
    return KillStorm(kills=kills, acknowledged=len(acknowledged), lost=lost, torn=torn)


def _is_whole(database: Database) -> bool:
    """Tell whether every memory has its words, and the text index agrees with the texts."""
    if database.read("SELECT 1 FROM memory WHERE id NOT IN (SELECT memory FROM cue)"):
        return False
    try:
        with database.write() as cursor:
            cursor.execute("INSERT INTO fts(fts, rank) VALUES ('integrity-check', 1)")
    except MiaError:
        return False
    return True


def _remember_for_ever(folder: Path) -> None:
    vault = Vault(folder, None)
    vault.unlock(sys.stdin.readline().rstrip("\n"))
    memory = Memory(vault.database)
    while True:
        at = datetime.now(UTC)
        sys.stdout.write(f"{memory.remember(Experience(text=f'It is {at.time()}.', at=at, speaker='Anna'))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _remember_for_ever(Path(sys.argv[1]))
