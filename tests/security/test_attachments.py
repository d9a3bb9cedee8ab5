"""Attachments come back whole, belong to their row, and are gone when forgotten."""

import os
from pathlib import Path

import pytest

from mia_desktop.core.errors import InputError, VaultDamagedError, VaultOlderError
from mia_desktop.security.attachments import FOLDER
from mia_desktop.security.sealed_stream import CHUNK_BYTES
from mia_desktop.security.vault import Vault
from tests.security.parts import CANARY


def keep(vault: Vault, data: bytes) -> str:
    with vault.database.write() as cursor:
        return vault.attachments.add(cursor, [data[:10], data[10:]])


def sealed(vault: Vault) -> list[Path]:
    return sorted((vault.folder / FOLDER).iterdir())


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, 3 * CHUNK_BYTES + 1])
def test_a_file_comes_back_as_it_was(vault: Vault, size: int) -> None:
    data = os.urandom(size)
    name = keep(vault, data)
    vault.lock()
    vault.unlock()
    assert b"".join(vault.attachments.read(name)) == data


def test_a_file_falls_with_its_transaction(vault: Vault) -> None:
    with pytest.raises(ZeroDivisionError), vault.database.write() as cursor:
        cursor.execute("SELECT ?", (vault.attachments.add(cursor, [b"x"]), 1 / 0))
    keep(vault, b"y")
    assert len(sealed(vault)) == 2
    vault.lock()
    vault.unlock()
    assert len(sealed(vault)) == 1, "what no row speaks of is swept"


def test_forgetting_drops_key_and_file(vault: Vault) -> None:
    name, other = keep(vault, CANARY.encode()), keep(vault, b"stays")
    cipher_text = (vault.folder / FOLDER / name).read_bytes()
    with vault.database.write() as cursor:
        vault.attachments.erase(cursor, name)
    assert vault.attachments.sweep() == 1
    assert [file.name for file in sealed(vault)] == [other]
    with pytest.raises(InputError):
        list(vault.attachments.read(name))
    (vault.folder / FOLDER / name).write_bytes(cipher_text)
    with pytest.raises(InputError):
        list(vault.attachments.read(name))
    assert vault.attachments.sweep() == 1


def test_files_cannot_be_exchanged_cut_or_lost(vault: Vault) -> None:
    one, two = keep(vault, b"1" * 200_000), keep(vault, b"2" * 200_000)
    first, second = vault.folder / FOLDER / one, vault.folder / FOLDER / two
    data = first.read_bytes()
    for wrong in (
        second.read_bytes(),
        data[: CHUNK_BYTES + 16],
        data[:-1],
        data + b"x",
        b"",
        bytes([data[0] ^ 1]) + data[1:],
    ):
        first.write_bytes(wrong)
        with pytest.raises(VaultDamagedError):
            list(vault.attachments.read(one))
    first.unlink()
    with pytest.raises(VaultDamagedError):
        list(vault.attachments.read(one))


@pytest.mark.parametrize("name", ["../keys.json", "/etc/passwd", "", "nothing"])
def test_only_known_names_are_opened(vault: Vault, name: str) -> None:
    with pytest.raises(InputError):
        list(vault.attachments.read(name))


def test_an_older_vault_takes_no_files(vault: Vault) -> None:
    vault.database.only_read = "older"
    with pytest.raises(VaultOlderError):
        keep(vault, b"x")
    vault.database.only_read = ""
