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
