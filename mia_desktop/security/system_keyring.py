"""The system's keyring: only those of the operating system, asked directly, with a deadline.

The `keyring` library would let an environment variable or a settings file choose the backend, even import code from a
folder named there; MIA therefore never asks it for "the" keyring.
"""

import base64
import binascii
import importlib
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

from mia_desktop.core.errors import KeyringError

DEADLINE_S = 4.0
_SILENT: Final = "The system's keyring did not answer. Unlock it and try again."
_REFUSED: Final = "The system's keyring refused. Unlock it and try again."
_ACCOUNT = "MIA"
_ALLOWED: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "darwin": (("keyring.backends.macOS", "Keyring"),),
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
    "linux": (("keyring.backends.SecretService", "Keyring"), ("keyring.backends.kwallet", "DBusKeyring")),
}
_T = TypeVar("_T")


class SecretStore(Protocol):
    """Keeps small secrets outside of the vault."""

    name: str

    def get(self, entry: str) -> bytearray | None:
        """Return a secret, None when there is none. Raises KeyringError when the store does not answer."""
        ...

    def put(self, entry: str, secret: bytes | bytearray) -> None:
        """Keep a secret of at most 700 bytes. Raises KeyringError when it is not kept."""
        ...

    def delete(self, entry: str) -> None:
        """Forget a secret; fine when there is none."""
        ...


class SystemKeyring:
    """A backend of the `keyring` library that is on MIA's list."""

    def __init__(self, backend: Any, deadline_s: float = DEADLINE_S) -> None:
        self.name: str = backend.name
        self._backend = backend
        self._deadline_s = deadline_s

    def get(self, entry: str) -> bytearray | None:
        """Return a secret, None when there is none."""
        found = self._ask(lambda: self._backend.get_password(_service(entry), _ACCOUNT))
        if found is None:
            return None
        try:
            return bytearray(base64.b64decode(found, validate=True))
        except (binascii.Error, ValueError, TypeError):
            return bytearray()

    def put(self, entry: str, secret: bytes | bytearray) -> None:
        """Keep a secret, and read it back: a keyring that forgets is refused."""
        written = base64.b64encode(secret).decode()
        self._ask(lambda: self._backend.set_password(_service(entry), _ACCOUNT, written))
        if self.get(entry) != secret:
            raise KeyringError(
                "The system's keyring does not keep what it is given. Repair it, or use a passphrase only."
            )

    def delete(self, entry: str) -> None:
        """Forget a secret; fine when there is none."""
        if self.get(entry) is not None:
            self._ask(lambda: self._backend.delete_password(_service(entry), _ACCOUNT))

    def _ask(self, question: Callable[[], _T]) -> _T:
        return within(question, self._deadline_s)


def find(deadline_s: float = DEADLINE_S) -> SystemKeyring | None:
    """Return the operating system's keyring, None where it has none. Raises KeyringError when it does not answer."""
    for module, name in _ALLOWED.get(sys.platform, ()):
        backend = within(lambda m=module, n=name: _backend(m, n), deadline_s)  # type: ignore[misc]
        if backend is not None:
            return SystemKeyring(backend, deadline_s)
    return None


def within(question: Callable[[], _T], deadline_s: float) -> _T:
    """Ask on a thread of its own and wait at most `deadline_s`; whatever goes wrong is a KeyringError."""
    answer: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(("", question()))
        except TimeoutError:
            answer.put((_SILENT, None))
        except Exception:  # noqa: BLE001 - backends raise what their platform raises; its text may quote secrets
            answer.put((_REFUSED, None))

    threading.Thread(target=ask, name="keyring", daemon=True).start()
    try:
        trouble, value = answer.get(timeout=deadline_s)
    except queue.Empty:
        raise KeyringError(
            f"The system's keyring did not answer within {deadline_s:g} s. Unlock it and try again."
        ) from None
    if trouble:
        raise KeyringError(trouble)
    result: _T = value
    return result


def _backend(module: str, name: str) -> Any | None:
    """Return a backend whose settings the environment cannot change, None where it does not work."""
    try:
        cls = getattr(importlib.import_module(module), name)
        if not cls.priority > 0:
            return None
    except TimeoutError:
        raise
    except (ImportError, RuntimeError, AttributeError, OSError):
        return None

    class Own(cls):  # type: ignore[misc, valid-type]
        """The backend without what it would read from the environment."""

        keychain = None

        def set_properties_from_env(self) -> None:
            """Read nothing."""

    backend = Own()
    if sys.platform == "win32":
        backend.persist = "local machine"  # the default would roam with a domain's profile
    return backend


def _service(entry: str) -> str:
    return f"MIA vault {entry}"
