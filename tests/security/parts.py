"""What the tests of security share: keyrings that keep secrets where a test wants them, vaults, and scans."""

import base64
import collections
import json
import math
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from mia_desktop.core.errors import KeyringError
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault

CANARY = "Zq7-canary-fJ4mW9xT2kPd8LsVb3RnYc6Hg5Ue"
PASSPHRASE = "nine purple owls at noon"


class MemoryKeyring:
    """A keyring that forgets with the test."""

    name = "memory"

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}
        self.broken = False

    def get(self, entry: str) -> bytearray | None:
        self._works()
        return bytearray(self.entries[entry]) if entry in self.entries else None

    def put(self, entry: str, secret: bytes | bytearray) -> None:
        self._works()
        self.entries[entry] = bytes(secret)

    def delete(self, entry: str) -> None:
        self._works()
        self.entries.pop(entry, None)

    def _works(self) -> None:
        if self.broken:
            raise KeyringError("The system's keyring did not answer.")


class FileKeyring:
    """A keyring that outlives its process, for tests that kill one."""

    name = "file"

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, entry: str) -> bytearray | None:
        found = self._all().get(entry)
        return None if found is None else bytearray.fromhex(found)

    def put(self, entry: str, secret: bytes | bytearray) -> None:
        self._write({**self._all(), entry: secret.hex()})

    def delete(self, entry: str) -> None:
        self._write({name: value for name, value in self._all().items() if name != entry})

    def _all(self) -> dict[str, str]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    def _write(self, entries: dict[str, str]) -> None:
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(entries))
        os.replace(part, self._path)


def filled(folder: Path, store: object, rows: int = 200, passphrase: str | None = None) -> tuple[Vault, str]:
    """Return an unlocked vault with rows, an index for full text, vectors and an attachment, and its recovery code."""
    vault = Vault(folder, store)  # type: ignore[arg-type]
    code = create(vault, passphrase)
    vault.unlock(passphrase)
    with vault.database.write() as cursor:
        cursor.execute("CREATE TABLE memory (id INTEGER PRIMARY KEY, text TEXT NOT NULL, tag TEXT)")
        cursor.execute("CREATE TABLE vec (id INTEGER PRIMARY KEY REFERENCES memory, data BLOB NOT NULL)")
        cursor.execute("CREATE VIRTUAL TABLE fts USING fts5(text, tokenize='porter')")
    write_rows(vault, range(1, rows + 1))
    with vault.database.write() as cursor:
        vault.attachments.add(cursor, [CANARY.encode() * 5000])
        vault.audit.add(cursor, who="user", action="remembered", object_class="episode", count=rows)
    return vault, code


def vector(number: int) -> bytes:
    """Return a vector that can be known again."""
    return b"".join(zlib.crc32(b"%d %d" % (number, i)).to_bytes(4, "little") for i in range(384))


def write_rows(vault: Vault, numbers: Iterable[int]) -> None:
    with vault.database.write() as cursor:
        for number in numbers:
            write_row(cursor, number)


def write_row(cursor: object, number: int) -> None:
    text = f"memory {number} {CANARY}"
    cursor.execute("INSERT INTO memory VALUES (?, ?, ?)", (number, text, CANARY))  # type: ignore[attr-defined]
    cursor.execute("INSERT INTO vec VALUES (?, ?)", (number, vector(number)))  # type: ignore[attr-defined]
    cursor.execute("INSERT INTO fts (rowid, text) VALUES (?, ?)", (number, text))  # type: ignore[attr-defined]


def is_whole(vault: Vault, rows: int | None = None) -> int:
    """Check that every row has its text, vector and index entry as written; return how many there are."""
    found = vault.database.read("SELECT m.id, m.text, v.data FROM memory m JOIN vec v USING (id) ORDER BY id")
    for number, text, data in found:
        assert text == f"memory {number} {CANARY}"
        assert data == vector(number)
    counts = vault.database.read(
        "SELECT (SELECT count(*) FROM memory), (SELECT count(*) FROM vec),"
        " (SELECT count(*) FROM fts WHERE fts MATCH 'memory')"
    )
    assert counts == [(len(found),) * 3]
    assert [row[0] for row in found] == list(range(1, len(found) + 1)), "a prefix of what was written"
    assert rows is None or len(found) == rows
    vault.audit.verify()
    return len(found)


def traces(data: bytes) -> list[str]:
    """Return in which forms the canary or a vector is found in bytes."""
    plain = CANARY.encode()
    forms = {
        "utf-8": plain,
        "utf-16": CANARY.encode("utf-16-le"),
        "reversed": plain[::-1],
        "hex": plain.hex().encode(),
        **{f"base64+{i}": base64.b64encode(b"x" * i + plain)[4 : 4 + 40] for i in range(3)},
        **{f"vector {i}": vector(i)[:64] for i in range(1, 51)},
    }
    return [name for name, form in forms.items() if form in data]


def files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def entropy(data: bytes) -> float:
    """Return Shannon's entropy, bits per byte."""
    counts = collections.Counter(data)
    return -sum(n / len(data) * math.log2(n / len(data)) for n in counts.values())


def decrypted_pages(vault: Vault, database: Path | None = None) -> bytes:
    """Return every page of the unlocked vault's database and journal as it is, free pages and slack included.

    `database`: that of a copy that the same data key opens.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    from mia_desktop.security import cipher

    sealed, data_key = vault.opened()
    path = database or vault.folder / sealed.database
    key = bytes.fromhex(cipher.database_key(data_key, path.name)[2:66].decode())
    whole = path.read_bytes()
    pages = [whole[start : start + cipher.PAGE_BYTES] for start in range(0, len(whole), cipher.PAGE_BYTES)]
    journal = path.with_name(f"{path.name}-wal")
    frames = journal.read_bytes()[32:] if journal.exists() else b""
    pages += [
        frames[start + 24 : start + 24 + cipher.PAGE_BYTES] for start in range(0, len(frames), 24 + cipher.PAGE_BYTES)
    ]
    plain = []
    for page in pages:
        if len(page) == cipher.PAGE_BYTES:
            body, vector_of_page = page[:-80], page[-80:-64]  # then 64 bytes of HMAC
            body = body[16:] if body == whole[: len(body)] or body[:16] == whole[:16] else body  # page 1: the salt
            decryptor = Cipher(algorithms.AES256(key), modes.CBC(vector_of_page)).decryptor()
            plain.append(decryptor.update(body) + decryptor.finalize())
    assert b"vault_chain" in plain[0], "the pages were decrypted"
    return b"".join(plain)
