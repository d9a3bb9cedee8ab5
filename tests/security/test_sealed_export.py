from pathlib import Path

import pytest

from mia_desktop.core.errors import InputError, VaultKeyError
from mia_desktop.security import sealed_export

MEMBERS = [("memories.jsonl", b"My dog is called Rex.\n" * 5_000), ("media/" + "a" * 32, bytes(range(256)) * 300)]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "mia.export"
    sealed_export.write(path, MEMBERS, "nine purple owls")
    return path


def test_what_is_written_is_read_with_the_passphrase_and_with_no_other(export: Path) -> None:
    assert sealed_export.is_sealed(export)
    assert sealed_export.read(export, "nine purple owls") == dict(MEMBERS)
    with pytest.raises(VaultKeyError, match="does not open"):
        sealed_export.read(export, "nine purple owl")


def test_nothing_of_it_can_be_read_in_the_file_and_it_is_the_owners_alone(export: Path) -> None:
    assert b"Rex" not in export.read_bytes()
    assert b"media" not in export.read_bytes()
    assert export.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", [5, 20, 60, 200, -1, -70_000])
def test_a_changed_file_is_refused(export: Path, place: int) -> None:
    data = bytearray(export.read_bytes())
    data[place] ^= 1
    export.write_bytes(data)
    with pytest.raises((VaultKeyError, InputError)):
        sealed_export.read(export, "nine purple owls")


@pytest.mark.parametrize("length", [0, 12, 15, 40, 150, 70_000])
def test_a_file_that_was_cut_off_is_refused(export: Path, length: int) -> None:
    export.write_bytes(export.read_bytes()[:length])
    with pytest.raises((VaultKeyError, InputError)):
        sealed_export.read(export, "nine purple owls")


def test_a_header_that_asks_for_a_terabyte_is_refused(export: Path) -> None:
    data = export.read_bytes().replace(b'"kib": 65536', b'"kib": 99999', 1).replace(b"99999", b"9" * 5)
    export.write_bytes(data)
    with pytest.raises(VaultKeyError):
        sealed_export.read(export, "nine purple owls")


def test_nothing_is_overwritten(export: Path) -> None:
    with pytest.raises(InputError, match="there already"):
        sealed_export.write(export, MEMBERS, "x")
