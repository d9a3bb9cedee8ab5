"""What is left in the process's memory after locking: no key (T4). Python's strings are another matter."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")

LOOK = """
import ctypes, gc, json, os, re, sys
from pathlib import Path
from mia_desktop.security import cipher
from mia_desktop.security.vault import Vault
from tests.security.parts import PASSPHRASE, MemoryKeyring, filled, is_whole

def count(hidden):
    # What is looked for is put together only while looking, wiped after, and the place where it lies is left out.
    wanted = bytearray(len(hidden))
    for i, b in enumerate(hidden):
        wanted[i] = b ^ 0x5A
    here = ctypes.addressof(ctypes.c_char.from_buffer(wanted))
    found = 0
    for line in Path("/proc/self/maps").read_text().splitlines():
        low, high, rights = re.match(r"([0-9a-f]+)-([0-9a-f]+) (....)", line).groups()
        if rights[0] != "r" or "[v" in line:
            continue
        low, high = int(low, 16), int(high, 16)
        while low < high:
            size = min(1 << 24, high - low)
            try:
                block = os.pread(mem, size, low)
            except OSError:
                break
            at = block.find(wanted)
            while at >= 0:
                found += low + at != here and not (id(block) <= low + at < id(block) + sys.getsizeof(block))
                at = block.find(wanted, at + 1)
            low += size - (64 if low + size < high else 0)
            del block
    for i in range(len(wanted)):
        wanted[i] = 0
    return found

def hide(secret):
    return bytes(b ^ 0x5A for b in secret)

mem = os.open("/proc/self/mem", os.O_RDONLY)
keyring = MemoryKeyring()
vault, _ = filled(Path(sys.argv[1]) / "vault", keyring, 50, PASSPHRASE)
vault.set_passphrase(PASSPHRASE)
is_whole(vault)
_, key = vault.opened()
hidden = {"data key": hide(key)}
written = cipher.database_key(key, "vault-1.db")
digits = [b"0123456789abcdef".index(one) for one in memoryview(written)[2:66]]
hidden["database key, written"] = hide(memoryview(written)[2:66])
hidden["database key"] = bytes((high << 4 | low) ^ 0x5A for high, low in zip(digits[::2], digits[1::2]))
for i in range(len(written)):
    written[i] = 0
gc.collect()
before = {name: count(one) for name, one in hidden.items()}
vault.lock()
gc.collect()
print(json.dumps({"before": before, "after": {name: count(one) for name, one in hidden.items()}}))
"""


def test_no_key_is_left_in_memory(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    if "PermissionError" in done.stderr:
        pytest.skip("this system does not let a process read itself")
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)
    assert counted["before"]["data key"] > 0, "the search finds what is there"
    assert counted["after"] == {"data key": 0, "database key, written": 0, "database key": 0}
