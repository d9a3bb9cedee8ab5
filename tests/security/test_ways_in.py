"""Who gets in, who does not, and what a failure changes (T7, T9, T13)."""

import json
import shutil
import threading
import time
from pathlib import Path

import pytest

from mia_desktop.core.clock import ManualClock
from mia_desktop.core.errors import (
    InputError,
    KeyringError,
    MiaError,
    UsageError,
    VaultBusyError,
    VaultDamagedError,
    VaultExistsError,
    VaultKeyError,
    VaultLockedError,
    VaultMissingError,
    VaultThrottledError,
)
from mia_desktop.security.keys import WRONG
from mia_desktop.security.making import create
from mia_desktop.security.tries import delay_s
from mia_desktop.security.vault import KEY_FILE, Vault
from tests.security.parts import PASSPHRASE, MemoryKeyring, files, filled, is_whole

NEW = "another seven herons"


def image(folder: Path) -> dict[str, bytes]:
    """Return all bytes of a vault's folder, but not the count of tries."""
    return {file.name: file.read_bytes() for file in files(folder) if file.name != "tries.json"}


def refused(vault: Vault, passphrase: str | None = None) -> MiaError:
    """Check that the vault does not open, quickly, and that nothing of it changes; return the error."""
    before = image(vault.folder)
    began_s = time.perf_counter()
    with pytest.raises(MiaError) as told:
        vault.unlock(passphrase)
    assert time.perf_counter() - began_s < (1.0 if passphrase is None else 3.0)
    assert not vault.unlocked
    assert image(vault.folder) == before
    with pytest.raises(VaultLockedError):
        vault.database.read("SELECT 1")
    return told.value


def test_a_locked_vault_gives_nothing(full: Vault) -> None:
    full.lock()
    full.lock()
    for _ in range(2):
        with pytest.raises(VaultLockedError), full.database.write():
            pass
        with pytest.raises(VaultLockedError):
            full.database.read("SELECT 1")
        with pytest.raises(VaultLockedError):
            full.opened()
    full.unlock()
    is_whole(full, 200)


def test_keys_are_wiped_when_it_is_locked(full: Vault) -> None:
    _, data_key = full.opened()
    readers = full.database._readers
    chain_key = full.database._chain_key
    assert readers is not None
    assert chain_key is not None
    assert any(data_key)
    full.lock()
    assert not any(data_key)
    assert not any(chain_key)
    assert not any(readers._key)


@pytest.mark.parametrize("change", ["wrong", "missing", "empty", "short"])
def test_a_wrong_secret_in_the_keyring_opens_nothing(full: Vault, keyring: MemoryKeyring, change: str) -> None:
    full.lock()
    (name,) = [name for name in keyring.entries if not name.endswith("seen")]
    if change == "missing":
        del keyring.entries[name]
    else:
        keyring.entries[name] = {"wrong": b"x" * 32, "empty": b"", "short": b"x" * 31}[change]
    error = refused(full)
    assert isinstance(error, VaultKeyError)
    assert str(error) == WRONG


@pytest.mark.parametrize(
    "part", ["sealed", "salt", "nonce", "vault", "made", "generation", "slot", "cut", "stretching"]
)
def test_a_changed_key_file_opens_nothing(full: Vault, keyring: MemoryKeyring, part: str) -> None:
    full.lock()
    path = full.folder / KEY_FILE
    said = json.loads(path.read_text())
    daily = said["daily"]
    if part == "cut":
        daily["sealed"] = daily["sealed"][:-8]
    elif part == "generation":
        said["generation"] = 2
        (full.folder / "vault-1.db").rename(full.folder / "vault-2.db")
    elif part == "slot":
        daily["slot"] = "b" if daily["slot"] == "a" else "a"
        keyring.entries = {
            name[:-1] + daily["slot"] if name[-2] == " " else name: v for name, v in keyring.entries.items()
        }
    elif part == "made":
        said["made"] = "2001-01-01T00:00:00Z"
    elif part == "vault":
        keyring.entries = {name.replace(said["vault"], "0" * 32): value for name, value in keyring.entries.items()}
        said["vault"] = "0" * 32
    elif part == "stretching":
        daily["stretching"] = {"salt": "00" * 16, "memory_kib": 65536, "passes": 3, "lanes": 4}
    else:
        daily[part] = "00" + daily[part][2:] if daily[part][:2] != "00" else "01" + daily[part][2:]
    path.write_text(json.dumps(said))
    error = refused(full, "whatever it may be" if part == "stretching" else None)
    assert str(error) == WRONG


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 1}', '{"format": 9}', "\udcff", "[" * 5000])
def test_a_key_file_that_is_none_is_damage_and_no_new_vault(full: Vault, text: str) -> None:
    full.lock()
    (full.folder / KEY_FILE).write_text(text, errors="surrogateescape")
    assert isinstance(refused(full), VaultDamagedError)
    with pytest.raises(VaultExistsError):
        create(full)


@pytest.mark.parametrize("numbers", [{"memory_kib": 8}, {"memory_kib": 2**31}, {"passes": 10**9}, {"lanes": 0}])
def test_a_forged_key_file_neither_weakens_nor_exhausts(folder: Path, numbers: dict[str, int]) -> None:
    vault = Vault(folder, None)
    create(vault, PASSPHRASE)
    path = folder / KEY_FILE
    said = json.loads(path.read_text())
    said["daily"]["stretching"] |= numbers
    path.write_text(json.dumps(said))
    assert isinstance(refused(vault, PASSPHRASE), VaultDamagedError)


def test_parts_that_are_missing_are_told_and_never_made_anew(full: Vault) -> None:
    full.lock()
    (full.folder / "vault-1.db").rename(full.folder / "elsewhere")
    assert isinstance(refused(full), VaultDamagedError)
    (full.folder / "elsewhere").rename(full.folder / "vault-1.db")
    (full.folder / KEY_FILE).rename(full.folder / "elsewhere")
    assert isinstance(refused(full), VaultDamagedError)
    with pytest.raises(VaultExistsError):
        create(full)


def test_without_a_vault_there_is_none_to_open(folder: Path, keyring: MemoryKeyring) -> None:
    with pytest.raises(VaultMissingError, match="mia vault init"):
        Vault(folder, keyring).unlock()
    assert not folder.exists()
    folder.mkdir(parents=True)
    create(Vault(folder, keyring))


def test_an_old_vault_is_never_overwritten(full: Vault, keyring: MemoryKeyring) -> None:
    full.lock()
    before, entries = image(full.folder), dict(keyring.entries)
    with pytest.raises(VaultExistsError):
        create(full)
    assert (image(full.folder), keyring.entries) == (before, entries)


def test_an_interrupted_making_leaves_no_vault_and_does_not_hinder(folder: Path, keyring: MemoryKeyring) -> None:
    keyring.broken = True
    vault = Vault(folder, keyring)
    with pytest.raises(KeyringError):
        create(vault)
    with pytest.raises(VaultMissingError):
        vault.status()
    keyring.broken = False
    create(vault)
    vault.unlock()
    vault.lock()


def test_only_one_mia_has_it_open(full: Vault, keyring: MemoryKeyring) -> None:
    second = Vault(full.folder, keyring)
    assert second.status().in_use
    with pytest.raises(VaultBusyError):
        second.unlock()
    full.lock()
    assert not second.status().in_use
    second.unlock()
    second.lock()


def test_what_one_thread_unlocked_another_locks(full: Vault, keyring: MemoryKeyring) -> None:
    locking = threading.Thread(target=full.lock)
    locking.start()
    locking.join()
    assert not full.unlocked
    second = Vault(full.folder, keyring)
    second.unlock()
    second.lock()


def test_locking_stops_readers_and_waits_for_the_writer(full: Vault) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    told: list[BaseException] = []

    def read() -> None:
        try:
            full.database.read(endless)
        except VaultLockedError as error:
            told.append(error)

    reading = threading.Thread(target=read)
    with full.database.write() as cursor:
        reading.start()
        locking = threading.Thread(target=full.lock)
        locking.start()
        reading.join(timeout=20)
        cursor.execute("UPDATE memory SET tag = 'kept'")
    locking.join(timeout=20)
    assert len(told) == 1
    full.unlock()
    assert full.doubt == ""
    assert full.database.read("SELECT DISTINCT tag FROM memory") == [("kept",)]


def test_a_passphrase_is_a_second_factor(folder: Path, keyring: MemoryKeyring) -> None:
    vault, _ = filled(folder, keyring, passphrase=PASSPHRASE)
    vault.lock()
    assert isinstance(refused(vault), VaultLockedError)
    assert str(refused(vault, "the wrong one")) == WRONG
    without = Vault(folder, None)
    assert isinstance(refused(without, PASSPHRASE), KeyringError)
    stranger = Vault(folder, MemoryKeyring())
    assert str(refused(stranger, PASSPHRASE)) == WRONG
    vault.unlock(PASSPHRASE)
    is_whole(vault, 200)
    vault.lock()


def test_a_passphrase_is_set_changed_and_removed(full: Vault, keyring: MemoryKeyring) -> None:
    full.set_passphrase(PASSPHRASE)
    old = image(full.folder)[KEY_FILE]
    full.set_passphrase(NEW)
    full.lock()
    assert str(refused(full, PASSPHRASE)) == WRONG
    full.unlock(NEW)
    full.set_passphrase(None)
    full.lock()
    full.unlock()
    is_whole(full, 200)
    assert [one.action for one in full.audit.entries(3)] == ["passphrase set", "passphrase set", "passphrase removed"]
    full.lock()
    (full.folder / KEY_FILE).write_bytes(old)
    assert str(refused(full, PASSPHRASE)) == WRONG, "an old key file is void: its secret left the keyring"
    assert len(keyring.entries) == 2


def test_without_a_keyring_a_passphrase_is_needed_and_enough(folder: Path) -> None:
    vault = Vault(folder, None)
    with pytest.raises(KeyringError, match="needs a passphrase"):
        create(vault)
    with pytest.raises(UsageError):
        create(vault, "short")
    assert not folder.exists()
    vault, _ = filled(folder, None, passphrase=PASSPHRASE)
    with pytest.raises(KeyringError):
        vault.set_passphrase(None)
    vault.lock()
    vault.unlock(PASSPHRASE)
    is_whole(vault, 200)
    vault.lock()


def test_wrong_passphrases_are_slowed_down_over_processes_and_clocks(folder: Path) -> None:
    clock = ManualClock(1_000_000.0)

    def again() -> Vault:
        return Vault(folder, None, wall_s=clock.now_s)

    create(again(), PASSPHRASE)
    for _ in range(3):
        assert isinstance(refused(again(), "wrong one"), VaultKeyError)
    assert isinstance(refused(again(), PASSPHRASE), VaultThrottledError), "even the right one has to wait"
    assert again().status().wait_s == 5.0
    clock.advance(4.9)
    assert isinstance(refused(again(), "wrong one"), VaultThrottledError)
    clock.advance(0.2)
    assert isinstance(refused(again(), "wrong one"), VaultKeyError)
    back = ManualClock(10.0)
    assert isinstance(refused(Vault(folder, None, wall_s=back.now_s), PASSPHRASE), VaultThrottledError)
    back.advance(9.0)
    assert isinstance(refused(Vault(folder, None, wall_s=back.now_s), PASSPHRASE), VaultThrottledError)
    back.advance(2.0)
    vault = Vault(folder, None, wall_s=back.now_s)
    vault.unlock(PASSPHRASE)
    vault.lock()
    assert vault.status().wait_s == 0.0


def test_spoiling_the_count_of_tries_wins_nothing(folder: Path) -> None:
    clock = ManualClock(1_000_000.0)
    vault = Vault(folder, None, wall_s=clock.now_s)
    create(vault, PASSPHRASE)
    (folder / "tries.json").write_text("spoilt")
    assert isinstance(refused(vault, PASSPHRASE), VaultThrottledError)
    clock.advance(5.1)
    vault.unlock(PASSPHRASE)
    vault.lock()


def test_the_wait_grows_and_has_a_bound() -> None:
    waits = [delay_s(failed) for failed in range(40)]
    assert waits[:6] == [0, 0, 0, 5, 10, 20]
    assert waits == sorted(waits)
    assert waits[-1] == 900


@pytest.mark.parametrize("lost", ["entry", "keyring"])
def test_the_kit_opens_it_when_the_keyring_is_lost(folder: Path, keyring: MemoryKeyring, lost: str) -> None:
    vault, code = filled(folder, keyring)
    vault.lock()
    fresh = MemoryKeyring() if lost == "keyring" else keyring
    if lost == "entry":
        keyring.entries.clear()
    there = Vault(folder, fresh)
    before = image(folder)
    assert "recovery kit" in str(refused(there))
    assert image(folder) == before
    there.recover(code)
    is_whole(there, 200)
    there.lock()
    there.unlock()
    is_whole(there, 200)
    there.lock()
    there.recover(code)
    there.lock()


def test_the_kit_opens_it_when_the_passphrase_is_forgotten(folder: Path) -> None:
    vault, code = filled(folder, None, passphrase=PASSPHRASE)
    vault.lock()
    with pytest.raises(KeyringError):
        vault.recover(code)
    assert not vault.unlocked
    vault.recover(code, NEW)
    vault.lock()
    assert str(refused(vault, PASSPHRASE)) == WRONG
    vault.unlock(NEW)
    vault.lock()


def test_a_new_kit_voids_the_old_and_other_kits_never_fit(folder: Path, keyring: MemoryKeyring, tmp_path: Path) -> None:
    vault, first = filled(folder, keyring)
    second = vault.new_recovery()
    vault.lock()
    strange = create(Vault(tmp_path / "other", MemoryKeyring()))
    before = image(folder)
    for code in (first, strange):
        with pytest.raises(VaultKeyError):
            vault.recover(code)
    with pytest.raises(InputError):
        vault.recover(second[:-1] + ("A" if second[-1] != "A" else "B"))
    assert image(folder) == before
    vault.recover(second)
    vault.lock()


def test_a_copy_of_the_folder_is_useless_without_the_keyring(full: Vault, tmp_path: Path) -> None:
    full.lock()
    shutil.copytree(full.folder, tmp_path / "stolen")
    assert isinstance(refused(Vault(tmp_path / "stolen", None)), KeyringError)
    assert str(refused(Vault(tmp_path / "stolen", MemoryKeyring()))) == WRONG
