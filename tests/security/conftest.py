"""Vaults for the tests of security."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault
from tests.security.parts import MemoryKeyring, filled


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "vault"


@pytest.fixture
def vault(folder: Path, keyring: MemoryKeyring) -> Iterator[Vault]:
    """An unlocked, empty vault whose key is in the keyring."""
    made = Vault(folder, keyring)
    create(made)
    made.unlock()
    yield made
    made.lock()


@pytest.fixture
def full(folder: Path, keyring: MemoryKeyring) -> Iterator[Vault]:
    """An unlocked vault with rows in it."""
    made, _ = filled(folder, keyring)
    yield made
    made.lock()
