"""The one tree of errors. Each message tells the user what is wrong and what to do."""

from typing import ClassVar


class MiaError(Exception):
    """Base of every error that may reach a user.

    Attributes:
        code: stable identifier for programs, ``snake_case``.
        exit_code: process exit status of the ``mia`` command.
        permanent: whether trying the same again is pointless.
    """

    code: ClassVar[str] = "unforeseen"
    exit_code: ClassVar[int] = 1
    permanent: ClassVar[bool] = True


class UsageError(MiaError):
    """A command or setting was given wrongly."""

    code = "usage"
    exit_code = 2


class InputError(MiaError):
    """A file or text that the user gave cannot be used."""

    code = "bad_input"
    exit_code = 3


class NoSpeechError(InputError):
    """A recording holds nothing that sounds like speech."""

    code = "no_speech"


class ModelError(MiaError):
    """A model is missing, damaged or cannot be loaded."""

    code = "model"
    exit_code = 4


class ModelMissingError(ModelError):
    """A model is not on this machine yet."""

    code = "model_missing"


class ModelDamagedError(ModelError):
    """A model's file is not the one that the catalogue describes."""

    code = "model_damaged"


class FetchError(ModelError):
    """A model could not be fetched."""

    code = "fetch"
    permanent = False


class DiskFullError(FetchError):
    """There is no room for a file."""

    code = "disk_full"


class CancelledError(MiaError):
    """The user stopped a long operation."""

    code = "cancelled"
    exit_code = 130
    permanent = False


class DeviceError(MiaError):
    """A microphone or speaker is missing or does not work."""

    code = "device"
    exit_code = 4
    permanent = False


class RefusedError(MiaError):
    """A lock, a consent or another running MIA stands in the way."""

    code = "refused"
    exit_code = 5
    permanent = False


class VaultExistsError(RefusedError):
    """A vault stands where a new one was to be made."""

    code = "vault_exists"


class VaultLockedError(RefusedError):
    """The vault is locked, and what would unlock it was not given."""

    code = "vault_locked"


class VaultBusyError(RefusedError):
    """Another MIA has the vault open."""

    code = "vault_busy"


class VaultKeyError(RefusedError):
    """The vault does not open with what was given."""

    code = "vault_key"


class VaultThrottledError(RefusedError):
    """Too many wrong passphrases came too fast."""

    code = "vault_throttled"


class KeyringError(RefusedError):
    """The system's keyring cannot be used."""

    code = "keyring"


class VaultError(MiaError):
    """The vault is missing, damaged, or not the one last seen."""

    code = "vault"
    exit_code = 6


class VaultMissingError(VaultError):
    """There is no vault yet."""

    code = "vault_missing"


class VaultDamagedError(VaultError):
    """Bytes of the vault were changed or lost."""

    code = "vault_damaged"


class VaultOlderError(VaultError):
    """The vault is older than the one last seen here, and may only be read until the user decides."""

    code = "vault_older"


class VaultDiskError(VaultError):
    """The disk is full or failing; nothing of the last step was kept."""

    code = "vault_disk"
    permanent = False


class AuditBrokenError(VaultError):
    """The audit's chain does not hold."""

    code = "audit_broken"


class StatementError(VaultError):
    """A statement to the vault's database cannot be carried out as it is written."""

    code = "statement"


class RowConflictError(StatementError):
    """A row breaks a constraint of its table."""

    code = "row_conflict"
