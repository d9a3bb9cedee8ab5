"""A full or failing disk: told, nothing acknowledged lost, and on again when there is room (T16)."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mia_desktop.core.errors import VaultDiskError
from mia_desktop.security import backup
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault
from tests.security.parts import MemoryKeyring, filled, is_whole, write_rows

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and preloading as Linux has them")

FAILURES = int(os.environ.get("MIA_DISK_FAILURES", "120"))

LIMITED = """
import json, resource, signal, sys
from pathlib import Path
from mia_desktop.core.errors import VaultDiskError
from tests.security.parts import MemoryKeyring, filled, is_whole, write_rows
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
vault, _ = filled(Path(sys.argv[1]), MemoryKeyring(), rows=20)
done, told = 20, []
for limit in range(40_000, 1_400_000, 19_973):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        write_rows(vault, range(done + 1, done + 4))
        done += 3
    except VaultDiskError as error:
        told.append(str(error))
    assert is_whole(vault) == done
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
write_rows(vault, [done + 1])
vault.lock()
vault.unlock()
assert not vault.doubt
is_whole(vault, done + 1)
vault.lock()
print(json.dumps({"told": len(told), "done": done, "says": sorted(set(told))}))
"""

FAILING = """
import ctypes, errno, json, sys
from pathlib import Path
from mia_desktop.core.errors import MiaError, VaultDiskError
from tests.security.parts import MemoryKeyring, filled, is_whole, write_rows
here = ctypes.CDLL(None)
fail_at, fail_with, calls = (ctypes.c_int.in_dll(here, "mia_" + name) for name in ("fail_at", "fail_with", "calls"))
vault, _ = filled(Path(sys.argv[1]) / "vault", MemoryKeyring(), rows=20)
done, told, most = 20, 0, 0
for number in range(1, int(sys.argv[2]) + 1):
    fail_with.value = errno.EIO if number % 2 else errno.ENOSPC
    calls.value, fail_at.value = 0, number % 40 + 1
    try:
        write_rows(vault, range(done + 1, done + 3))
        done += 2
        if number % 7 == 0:
            with vault.database.alone() as writer:
                writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except VaultDiskError:
        told += 1
    except Exception as error:
        if "sqlcipher" not in type(error).__module__:
            raise
    most = max(most, calls.value)
    fail_at.value = 0
    found = is_whole(vault)
    assert found == done, (number, found, done)
    if number % 10 == 0:
        calls.value, fail_at.value = 0, number % 9 + 1
        vault.lock()
        fail_at.value = 0
        vault.unlock()
        assert not vault.doubt, (number, vault.doubt)
        assert is_whole(vault) == done
vault.lock()
vault.unlock()
is_whole(vault, done)
vault.lock()
print(json.dumps({"told": told, "done": done, "most": most}))
"""


def child(script: str, *words: object, **environment: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return dict(json.loads(done.stdout))


def test_a_limit_to_files_is_told_and_survived(tmp_path: Path) -> None:
    said = child(LIMITED, tmp_path / "vault")
    assert said["told"] > 5  # type: ignore[operator]
    assert said["done"] > 50  # type: ignore[operator]
    assert all("disk is full or failing" in sentence for sentence in said["says"])  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def failing_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("gcc"):
        pytest.skip("needs a C compiler")
    library = tmp_path_factory.mktemp("c") / "failing_disk.so"
    source = Path(__file__).with_name("failing_disk.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-w", "-o", library, source, "-ldl"], check=True, timeout=60)
    return library


def test_any_write_or_sync_may_fail(tmp_path: Path, failing_disk: Path) -> None:
    said = child(FAILING, tmp_path, FAILURES, LD_PRELOAD=str(failing_disk))
    assert said["told"] > FAILURES / 10  # type: ignore[operator]
    assert said["most"] > 5, "the failures reach the vault's writes"  # type: ignore[operator]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=3m", "mia-test", str(place)]
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs the right to mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_told_and_survived(small_disk: Path, tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    vault, _ = filled(small_disk / "home" / "vault", keyring, rows=100)
    ballast = small_disk / "ballast"
    free = shutil.disk_usage(small_disk).free
    ballast.write_bytes(bytes(free - 60_000))
    done = 100
    told = ""
    while not told:
        try:
            write_rows(vault, [done + 1])
            done += 1
        except VaultDiskError as error:
            told = str(error)
    assert "full" in told
    is_whole(vault, done)
    for attempt in (
        lambda: backup.make(vault, small_disk / "backup.mia"),
        lambda: create(Vault(small_disk / "other" / "vault", MemoryKeyring())),
        vault.new_recovery,
    ):
        ballast.write_bytes(bytes(ballast.stat().st_size + shutil.disk_usage(small_disk).free))
        with pytest.raises(VaultDiskError):
            attempt()
    assert not (small_disk / "other" / "vault").exists()
    assert not list(small_disk.glob("*.part"))
    is_whole(vault, done)
    vault.lock()
    ballast.unlink()
    vault.unlock()
    write_rows(vault, [done + 1])
    assert vault.doubt == ""
    is_whole(vault, done + 1)
    vault.lock()
