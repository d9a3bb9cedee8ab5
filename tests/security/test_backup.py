"""Backups hold everything, prove themselves, and come back without harming what is there."""

import shutil
from pathlib import Path

import pytest

from mia_desktop.core.errors import InputError, MiaError, VaultDamagedError, VaultExistsError, VaultKeyError
from mia_desktop.security import backup, ways_in
from mia_desktop.security.rotation import rotate
from mia_desktop.security.vault import Vault
from tests.security.parts import MemoryKeyring, files, filled, is_whole, traces, write_rows


@pytest.fixture
def saved(full: Vault, tmp_path: Path) -> Path:
    rows = backup.make(full, tmp_path / "b.mia")
    assert (rows["memory"], rows["vec"], rows["vault_attachment"]) == (200, 200, 1)
    return tmp_path / "b.mia"


def _has_all(vault: Vault) -> None:
    is_whole(vault, 200)
    (name,) = vault.database.read("SELECT id FROM vault_attachment")[0]
    assert traces(b"".join(vault.attachments.read(name))) == ["utf-8"]


def test_a_backup_shows_nothing_and_leaves_nothing(full: Vault, saved: Path) -> None:
    assert traces(saved.read_bytes()) == []
    assert saved.stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in saved.parent.iterdir()) == ["b.mia", "home"]
    assert sorted(file.name for file in full.folder.parent.iterdir()) == ["vault", "vault.lock"]
    assert not list(full.folder.glob(".*"))
    assert full.audit.entries(1)[0].action == "backup made"
    with pytest.raises(InputError, match="there already"):
        backup.make(full, saved)


def test_it_comes_back_in_place_and_the_other_is_kept(full: Vault, saved: Path) -> None:
    write_rows(full, [201])
    full.lock()
    key = lambda sealed: full.open_daily(sealed, None)  # noqa: E731
    with pytest.raises(VaultExistsError):
        backup.restore(full, saved, key)
    aside = backup.restore(full, saved, key, replace=True)
    full.unlock()
    assert full.doubt, "it is older, and who unlocks it decides"
    full.accept()
    _has_all(full)
    full.lock()
    assert aside is not None
    other = Vault(aside, full.store)
    other.unlock()
    is_whole(other, 201)
    other.lock()


def test_the_kit_brings_it_back_on_another_machine(tmp_path: Path) -> None:
    vault, code = filled(tmp_path / "vault", MemoryKeyring())
    backup.make(vault, tmp_path / "b.mia")
    vault.lock()
    shutil.rmtree(tmp_path / "vault")
    there = Vault(tmp_path / "elsewhere" / "vault", MemoryKeyring())
    there.folder.parent.mkdir()
    backup.restore(there, tmp_path / "b.mia", lambda sealed: ways_in.open_recovery(sealed, code))
    there.recover(code)
    assert there.doubt == ""
    _has_all(there)
    there.lock()


def test_a_backup_of_an_old_key_needs_the_old_kit(folder: Path, keyring: MemoryKeyring, tmp_path: Path) -> None:
    vault, old = filled(folder, keyring)
    backup.make(vault, tmp_path / "b.mia")
    new = rotate(vault, None)
    vault.lock()
    for key in (
        lambda sealed: vault.open_daily(sealed, None),
        lambda sealed: ways_in.open_recovery(sealed, new),
    ):
        with pytest.raises(VaultKeyError):
            backup.restore(vault, tmp_path / "b.mia", key, replace=True)
    backup.restore(vault, tmp_path / "b.mia", lambda sealed: ways_in.open_recovery(sealed, old), replace=True)
    vault.recover(old, accept_older=True)
    _has_all(vault)
    vault.lock()


def test_a_damaged_backup_restores_nothing_and_harms_nothing(full: Vault, saved: Path) -> None:
    full.lock()
    before = {file: file.read_bytes() for file in files(full.folder)}
    good = saved.read_bytes()
    wrong = [good[:size] for size in (0, 5, 13, 17, 100, 700, 5000, len(good) - 1)]
    wrong += [good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :] for at in range(0, len(good), len(good) // 40)]
    for data in wrong:
        saved.write_bytes(data)
        with pytest.raises(MiaError):
            backup.restore(full, saved, lambda sealed: full.open_daily(sealed, None), replace=True)
    assert {file: file.read_bytes() for file in files(full.folder)} == before
    assert sorted(file.name for file in full.folder.parent.iterdir()) == ["vault", "vault.lock"]
    full.unlock()
    _has_all(full)


def test_what_is_no_backup_is_told(full: Vault, tmp_path: Path) -> None:
    full.lock()
    with pytest.raises(InputError, match="no file"):
        backup.key_file(tmp_path / "nothing")
    (tmp_path / "text").write_text("hello")
    with pytest.raises(InputError, match="no backup"):
        backup.key_file(tmp_path / "text")


def test_a_vault_that_is_damaged_is_not_saved_as_if_it_were_whole(full: Vault, tmp_path: Path) -> None:
    (name,) = full.database.read("SELECT id FROM vault_attachment")[0]
    (full.folder / "attachments" / name).write_bytes(b"x" * 1000)
    with pytest.raises(VaultDamagedError):
        backup.make(full, tmp_path / "b.mia")
    assert not list(tmp_path.glob("*b.mia*"))
