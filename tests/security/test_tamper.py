"""Changed, replayed, exchanged: what was done to the files while nobody looked (T6, T8)."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mia_desktop.core.errors import MiaError, VaultDamagedError, VaultOlderError
from mia_desktop.security import cipher
from mia_desktop.security.anchor import Anchor, Seen, doubt
from mia_desktop.security.vault import KEY_FILE, Vault
from tests.security.parts import CANARY, MemoryKeyring, files, filled, is_whole, write_rows

FLIPS = int(os.environ.get("MIA_FLIPS", "25"))
PAGE = cipher.PAGE_BYTES
DATABASE = "vault-1.db"


def _all_of(vault: Vault, rows: int) -> None:
    """Open, read everything, lock."""
    try:
        vault.unlock()
        is_whole(vault, rows)
        for (name,) in vault.database.read("SELECT id FROM vault_attachment"):
            assert len(b"".join(vault.attachments.read(name))) == 5000 * len(CANARY)
    finally:
        vault.lock()


@pytest.mark.parametrize("anchored", [True, False])
def test_one_flipped_bit_never_gives_wrong_data(folder: Path, keyring: MemoryKeyring, anchored: bool) -> None:
    vault, _ = filled(folder, keyring)
    vault.lock()
    entries = dict(keyring.entries)
    if not anchored:
        entries = {name: value for name, value in entries.items() if not name.endswith("seen")}
    chance = random.Random(7)
    told = whole = 0
    for file in files(folder):
        good = file.read_bytes()
        for _ in range(FLIPS):
            place, bit = chance.randrange(len(good)), chance.randrange(8)
            with file.open("r+b") as opened:
                opened.seek(place)
                opened.write(bytes([good[place] ^ 1 << bit]))
            keyring.entries = dict(entries)
            try:
                _all_of(Vault(folder, keyring), 200)
                whole += 1
            except MiaError:
                told += 1
            file.write_bytes(good)
            assert not list(folder.glob("vault-2*"))
    assert told > whole, "most bits matter"
    keyring.entries = dict(entries)
    _all_of(Vault(folder, keyring), 200)


def _older(vault: Vault, match: str) -> None:
    """Check that the vault opens in doubt, can be read but not written, and stays so until the user decides."""
    for _ in range(2):
        vault.unlock()
        assert match in vault.doubt
        rows = is_whole(vault)
        with pytest.raises(VaultOlderError, match="older"), vault.database.write():
            pass
        for change in (lambda: vault.set_passphrase(None), vault.new_recovery):
            with pytest.raises(VaultOlderError):
                change()
        vault.lock()
    vault.unlock()
    vault.accept()
    write_rows(vault, [rows + 1])
    vault.lock()
    vault.unlock()
    assert vault.doubt == ""
    is_whole(vault, rows + 1)
    assert "older vault accepted" in [one.action for one in vault.audit.entries()]
    vault.lock()


@pytest.mark.parametrize("what", [DATABASE, "everything"])
def test_an_older_file_is_noticed_and_can_only_be_read(full: Vault, tmp_path: Path, what: str) -> None:
    full.lock()
    shutil.copytree(full.folder, tmp_path / "old")
    full.unlock()
    write_rows(full, [201, 202])
    full.lock()
    for file in files(tmp_path / "old"):
        if what in ("everything", file.name):
            shutil.copy(file, full.folder / file.relative_to(tmp_path / "old"))
    _older(full, "changes")


def test_every_old_page_played_back_is_noticed(full: Vault) -> None:
    path = full.folder / DATABASE
    full.lock()
    old = path.read_bytes()
    full.unlock()
    with full.database.write() as cursor:
        cursor.execute("UPDATE memory SET tag = 'x' WHERE id % 7 = 0")
    full.lock()
    new = path.read_bytes()
    pages = [i for i in range(0, min(len(old), len(new)), PAGE) if old[i : i + PAGE] != new[i : i + PAGE]]
    assert len(pages) > 3
    for place in pages:
        path.write_bytes(new[:place] + old[place : place + PAGE] + new[place + PAGE :])
        try:
            full.unlock()
            assert full.doubt
            with pytest.raises(VaultOlderError), full.database.write():
                pass
        except VaultDamagedError:
            pass
        full.lock()
    path.write_bytes(new)
    full.unlock()
    assert full.doubt == ""


@pytest.mark.parametrize("anchored", [True, False])
def test_swapped_pages_are_damage(full: Vault, keyring: MemoryKeyring, anchored: bool) -> None:
    path = full.folder / DATABASE
    full.lock()
    if not anchored:
        keyring.entries = {name: value for name, value in keyring.entries.items() if not name.endswith("seen")}
    good = path.read_bytes()
    count = len(good) // PAGE
    one, two = (count // 3) * PAGE, (count // 2) * PAGE
    swapped = bytearray(good)
    swapped[one : one + PAGE], swapped[two : two + PAGE] = good[two : two + PAGE], good[one : one + PAGE]
    path.write_bytes(swapped)
    with pytest.raises(VaultDamagedError):
        _all_of(full, 200)


def _crashed(vault: Vault, to: Path) -> None:
    """Copy an open vault as a power cut would leave it."""
    shutil.copytree(vault.folder, to)


def test_a_vault_left_by_a_crash_opens_without_doubt(full: Vault, keyring: MemoryKeyring, tmp_path: Path) -> None:
    write_rows(full, [201])
    _crashed(full, tmp_path / "crashed")
    assert list((tmp_path / "crashed").glob("*-wal"))
    vault = Vault(tmp_path / "crashed", keyring)
    vault.unlock()
    assert vault.doubt == ""
    is_whole(vault, 201)
    vault.lock()


def test_a_journal_taken_away_is_noticed(full: Vault, keyring: MemoryKeyring, tmp_path: Path) -> None:
    full.lock()
    full.unlock()
    write_rows(full, [201])
    _crashed(full, tmp_path / "crashed")
    for file in (tmp_path / "crashed").glob("*-wal"):
        file.unlink()
    _older(Vault(tmp_path / "crashed", keyring), "journal is gone")


def test_a_vault_that_grew_elsewhere_is_not_taken_for_this_one(
    full: Vault, tmp_path: Path, keyring: MemoryKeyring
) -> None:
    full.lock()
    shutil.copytree(full.folder, tmp_path / "fork")
    elsewhere = MemoryKeyring()
    elsewhere.entries = dict(keyring.entries)
    fork = Vault(tmp_path / "fork", elsewhere)
    fork.unlock()
    for number in range(201, 210):
        write_rows(fork, [number])
    fork.lock()
    full.unlock()
    write_rows(full, [201])
    full.lock()
    shutil.copy(tmp_path / "fork" / DATABASE, full.folder / DATABASE)
    _older(full, "history is another one")


def test_a_vault_of_another_id_under_this_key_file_is_damage(full: Vault, tmp_path: Path) -> None:
    other, _ = filled(tmp_path / "other", MemoryKeyring())
    other.lock()
    full.lock()
    shutil.copy(tmp_path / "other" / DATABASE, full.folder / DATABASE)
    with pytest.raises(VaultDamagedError):
        full.unlock()
    shutil.copy(tmp_path / "other" / KEY_FILE, full.folder / KEY_FILE)
    with pytest.raises(MiaError):
        full.unlock()


def test_the_anchor_is_moved_every_so_many_commits(full: Vault, keyring: MemoryKeyring) -> None:
    def seen() -> int:
        (kept,) = [value for name, value in keyring.entries.items() if name.endswith("seen")]
        anchor = Anchor.from_bytes(kept)
        assert anchor is not None
        assert len(kept) < 700
        return anchor.number

    before = seen()
    for number in range(201, 201 + 70):
        write_rows(full, [number])
    assert seen() > before
    assert full.database.read("SELECT count(*) FROM vault_chain")[0][0] < 80, "links before the anchor are dropped"
    keyring.broken = True
    for number in range(271, 271 + 70):
        write_rows(full, [number])
    keyring.broken = False
    is_whole(full, 340)


ANCHOR = Anchor(generation=2, number=10, head=b"h" * 32, session="s", pages=b"p" * 32)
SEEN = Seen(generation=2, number=10, head_then=b"h" * 32, pages=b"p" * 32, journal=False, left="")


@pytest.mark.parametrize(
    ("anchor", "seen", "doubtful"),
    [
        ({}, {}, False),
        ({}, {"number": 12}, False),
        ({}, {"number": 9, "head_then": None}, True),
        ({}, {"generation": 1}, True),
        ({}, {"generation": 3, "pages": b"q"}, False),
        ({}, {"head_then": b"i" * 32}, True),
        ({}, {"number": 12, "head_then": None}, True),
        ({}, {"pages": b"q"}, True),
        ({}, {"number": 12, "pages": b"q"}, False),
        ({"pages": None}, {"journal": True, "pages": b"q"}, False),
        ({"pages": None}, {"journal": False}, True),
        ({"pages": None}, {"journal": False, "left": "r"}, True),
        ({"pages": None}, {"journal": False, "left": "s", "number": 14}, False),
        ({"pages": None}, {"journal": False, "left": "s", "number": 9}, True),
        ({"pages": None}, {"journal": False, "generation": 3}, False),
    ],
)
def test_what_is_doubted(anchor: dict[str, object], seen: dict[str, object], doubtful: bool) -> None:
    import dataclasses

    change: Callable[..., object] = dataclasses.replace
    assert bool(doubt(change(ANCHOR, **anchor), change(SEEN, **seen))) is doubtful  # type: ignore[arg-type]


@pytest.mark.parametrize("kept", [b"", b"{", b"[]", b"null", b"\xff", b'{"format":1}'])
def test_an_unreadable_anchor_is_none(kept: bytes) -> None:
    assert Anchor.from_bytes(kept) is None
    assert Anchor.from_bytes(ANCHOR.to_bytes()) == ANCHOR
