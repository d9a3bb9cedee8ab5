"""The rollback anchor: what the vault was when it was last seen, kept outside of it, in the keyring. Pure."""

import json
from dataclasses import dataclass

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What was last seen.

    Attributes:
        generation: the data key's number.
        number: how many commits there had been.
        head: the chain's head after them, 32 bytes (16 before the first).
        session: a random name of that unlocking.
        pages: fingerprint of the database file when it was closed in order; None: it was open.
    """

    generation: int
    number: int
    head: bytes
    session: str
    pages: bytes | None = None

    def to_bytes(self) -> bytes:
        """Return it as the keyring keeps it, about 250 bytes."""
        pages = None if self.pages is None else self.pages.hex()
        said = {"format": _FORMAT, "generation": self.generation, "number": self.number, "head": self.head.hex()}
        return json.dumps(said | {"session": self.session, "pages": pages}, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, untrusted: bytes | bytearray) -> "Anchor | None":
        """Return what the keyring kept, None when it is unreadable."""
        try:
            said = json.loads(bytes(untrusted))
            pages = None if said["pages"] is None else bytes.fromhex(said["pages"])
            head = bytes.fromhex(said["head"])
            generation, number, session = int(said["generation"]), int(said["number"]), str(said["session"])
            return cls(generation=generation, number=number, head=head, session=session, pages=pages)
        except (ValueError, KeyError, TypeError):
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is there now.

    Attributes:
        generation: the data key's number.
        number: how many commits there are.
        head_then: the chain's head after as many commits as the anchor counts; None: unknown.
        pages: fingerprint of the database file before it was opened.
        journal: whether the write-ahead journal lay beside it.
        left: the session that closed it in order without reaching the keyring; empty: none did.
    """

    generation: int
    number: int
    head_then: bytes | None
    pages: bytes
    journal: bool
    left: str


def doubt(anchor: Anchor, seen: Seen) -> str:
    """Return why this is not what was last seen or a continuation of it; empty when it is.

    After a crash the vault may be ahead of the anchor, never behind.
    """
    if seen.generation < anchor.generation or seen.number < anchor.number:
        return f"it has {seen.number} changes, {anchor.number} had been seen"
    if seen.head_then != anchor.head:
        return "its history is another one"
    if seen.generation > anchor.generation:
        return ""
    if anchor.pages is None and not seen.journal and seen.left != anchor.session:
        return "its journal is gone"
    if anchor.pages is not None and seen.number == anchor.number and seen.pages != anchor.pages:
        return "parts of it were replaced"
    return ""
