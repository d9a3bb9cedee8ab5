"""The key file: which database is the vault, and its data key wrapped for each way in. Nothing in it is secret."""

import dataclasses
import json
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mia_desktop.core import whole_file
from mia_desktop.core.errors import VaultDamagedError, VaultDiskError, VaultKeyError, VaultMissingError
from mia_desktop.security.keys import KEY_BYTES, NONCE_BYTES, TAG_BYTES, WRONG, Stretching, Wrapped

FORMAT = 1
_MOST_BYTES = 16_384
_SLOTS = ("a", "b")


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyWrap:
    """The way in of every day.

    Attributes:
        slot: the keyring's entry whose secret takes part, ``a`` or ``b``; None: none does.
        stretching: how the passphrase that takes part is stretched; None: none does.
        wrapped: the data key.
    """

    slot: str | None
    stretching: Stretching | None
    wrapped: Wrapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the key file says.

    Attributes:
        vault: the vault's id, 32 hexadecimal digits.
        generation: how many data keys it has had; the database's name follows from it.
        made: when this data key was made, ISO 8601 UTC.
        daily: the data key for every day; None only while an envelope is being made.
        recovery: the data key for the recovery kit; None: there is no kit.
    """

    vault: str
    generation: int
    made: str
    daily: DailyWrap | None = None
    recovery: Wrapped | None = None

    @classmethod
    def fresh(cls, made: str) -> "Envelope":
        """Return the envelope of a new vault, without any way in yet."""
        return cls(vault=secrets.token_hex(16), generation=1, made=made)

    def next(self, made: str) -> "Envelope":
        """Return the envelope of the next data key, without any way in yet."""
        return dataclasses.replace(self, generation=self.generation + 1, made=made, daily=None, recovery=None)

    @property
    def database(self) -> str:
        """The database's file name."""
        return f"vault-{self.generation}.db"

    @property
    def other_slot(self) -> str:
        """The slot of the keyring that is free for the next secret."""
        return "b" if self.daily is not None and self.daily.slot == "a" else "a"

    def about(self, kind: str, slot: str | None = None, stretching: Stretching | None = None) -> bytes:
        """Return everything public that a wrap is bound to, in one fixed form."""
        said: dict[str, object] = {"format": FORMAT, "vault": self.vault, "generation": self.generation}
        said |= {"made": self.made, "kind": kind, "slot": slot, "stretching": _stretching_out(stretching)}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

    def to_json(self) -> str:
        """Return the key file's text."""
        daily: dict[str, object] | None = None
        if self.daily is not None:
            daily = {"slot": self.daily.slot, "stretching": _stretching_out(self.daily.stretching)}
            daily |= _wrapped_out(self.daily.wrapped)
        written: dict[str, object] = {"format": FORMAT, "vault": self.vault, "generation": self.generation}
        written |= {"made": self.made, "daily": daily}
        return json.dumps(written | {"recovery": _wrapped_out(self.recovery) if self.recovery else None}, indent=1)

    @classmethod
    def from_json(cls, untrusted_text: str | bytes) -> "Envelope":
        """Return what a key file says.

        Raises VaultDamagedError when it is none, and VaultKeyError when its form is right and a value cannot be.
        """
        try:
            untrusted = json.loads(untrusted_text)
            if untrusted["format"] != FORMAT:
                raise VaultDamagedError("The vault's key file is of a newer MIA. Update MIA.")
            envelope = cls(
                vault=_matching(r"[0-9a-f]{32}", untrusted["vault"]),
                generation=_between(1, untrusted["generation"], 1_000_000_000),
                made=_matching(r"[0-9T:.Z+-]{10,40}", untrusted["made"]),
            )
            daily, recovery = untrusted["daily"], untrusted["recovery"]
            way = DailyWrap(
                slot=None if daily["slot"] is None else _SLOTS[_SLOTS.index(daily["slot"])],
                stretching=_stretching_in(daily["stretching"]),
                wrapped=_wrapped_in(daily),
            )
            kit = None if recovery is None else _wrapped_in(recovery)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise VaultDamagedError(
                "The vault's key file is damaged. Put it back from a backup: `mia vault restore`."
            ) from None
        return dataclasses.replace(envelope, daily=way, recovery=kit)


def read(path: Path) -> Envelope:
    """Read the key file; raises VaultMissingError when there is none."""
    try:
        with path.open("rb") as file:
            untrusted = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise VaultMissingError("There is no vault yet. `mia vault init` makes one.") from None
    except OSError:
        raise VaultDiskError(
            f"The vault's key file {path} cannot be read. Check the disk and its permissions."
        ) from None
    return Envelope.from_json(untrusted[:_MOST_BYTES])


def write(path: Path, envelope: Envelope) -> None:
    """Replace the key file, lastingly and in one step; raises VaultDiskError and leaves the old one."""
    try:
        whole_file.write(path, envelope.to_json())
        settle(path.parent)
    except OSError:
        raise VaultDiskError(
            f"The vault's key file {path} cannot be written. Free some space and check the disk."
        ) from None


def settle(folder: Path) -> None:
    """Make the names in a folder lasting. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _wrapped_out(wrapped: Wrapped) -> dict[str, object]:
    return {"salt": wrapped.salt.hex(), "nonce": wrapped.nonce.hex(), "sealed": wrapped.sealed.hex()}


def _wrapped_in(untrusted: dict[str, Any]) -> Wrapped:
    wrapped = Wrapped(**{name: bytes.fromhex(untrusted[name]) for name in ("salt", "nonce", "sealed")})
    if (len(wrapped.salt), len(wrapped.nonce), len(wrapped.sealed)) != (32, NONCE_BYTES, KEY_BYTES + TAG_BYTES):
        raise VaultKeyError(WRONG)
    return wrapped


def _stretching_out(stretching: Stretching | None) -> dict[str, object] | None:
    if stretching is None:
        return None
    numbers = {name: getattr(stretching, name) for name in ("memory_kib", "passes", "lanes")}
    return {"salt": stretching.salt.hex(), **numbers}


def _stretching_in(untrusted: dict[str, Any] | None) -> Stretching | None:
    """Return the parameters if they are ones that MIA would use; a forged file may neither weaken nor exhaust."""
    if untrusted is None:
        return None
    return Stretching(
        salt=bytes.fromhex(_matching(r"[0-9a-f]{32}", untrusted["salt"])),
        memory_kib=_between(19_456, untrusted["memory_kib"], 1_048_576),
        passes=_between(2, untrusted["passes"], 16),
        lanes=_between(1, untrusted["lanes"], 16),
    )


def _matching(pattern: str, untrusted: object) -> str:
    if not isinstance(untrusted, str) or not re.fullmatch(pattern, untrusted):
        raise ValueError
    return untrusted


def _between(low: int, untrusted: object, high: int) -> int:
    if not isinstance(untrusted, int) or isinstance(untrusted, bool) or not low <= untrusted <= high:
        raise ValueError
    return untrusted
