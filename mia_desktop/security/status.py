"""What can be said of a vault from outside."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What can be said of a vault without opening it.

    Attributes:
        vault: its id.
        generation: how many data keys it has had.
        made: when the present data key was made, ISO 8601 UTC.
        keyring: whether a secret in the system's keyring takes part.
        passphrase: whether a passphrase takes part.
        recovery: whether there is a recovery kit.
        in_use: whether a MIA has it open.
        wait_s: how long the next passphrase has to wait, seconds.
        bytes: size of all its files.
    """

    vault: str
    generation: int
    made: str
    keyring: bool
    passphrase: bool
    recovery: bool
    in_use: bool
    wait_s: float
    bytes: int
