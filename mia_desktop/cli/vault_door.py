"""How commands get at the vault: with which passphrase or kit, and locked again in the end."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mia_desktop.cli.output import Context, note, say
from mia_desktop.core.errors import InputError, UsageError, VaultMissingError

if TYPE_CHECKING:
    from mia_desktop.engine.outbox import Renewed
    from mia_desktop.engine.ruled_memory import RuledMemory
    from mia_desktop.security.vault import Vault


@contextlib.contextmanager
def unlocked(here: Context) -> Iterator["Vault"]:
    """Unlock the vault for the length of a command; asks for the passphrase when it has one."""
    from mia_desktop.security.finding import vault_in

    vault = vault_in(here.paths.vault)
    with _opened(vault, passphrase(here) if vault.status().passphrase else None):
        yield vault


@contextlib.contextmanager
def _opened(vault: "Vault", secret: str | None) -> Iterator[None]:
    vault.unlock(secret)
    try:
        yield
    finally:
        vault.lock()


@contextlib.contextmanager
def remembering(here: Context) -> Iterator[Callable[[], "RuledMemory"] | None]:
    """Give what opens the long-term memory, for the length of a conversation; None for a guest, which is said."""
    from mia_desktop.engine.remembering import open_ruled_memory
    from mia_desktop.security.finding import vault_in
    from mia_desktop.security.vault import Vault

    try:
        status = Vault(here.paths.vault, None).status()
    except VaultMissingError:
        note("You are a guest: nothing of this is kept. `mia vault init` makes a vault.")
        yield None
        return
    secret = passphrase(here) if status.passphrase else None
    if status.passphrase and secret is None:
        note("You are a guest: the vault is locked, so nothing of this is kept.")
        yield None
        return
    vault = vault_in(here.paths.vault)
    with _opened(vault, secret), contextlib.ExitStack() as at_end:

        def memory() -> "RuledMemory":
            opened = open_ruled_memory(vault, here.paths, here.settings(), talks=True)
            at_end.callback(opened.close)
            return opened

        yield memory


def passphrase(here: Context, *, twice: bool = False, which: str = "Passphrase") -> str | None:
    """Return the passphrase of the environment variable named, else what is typed unseen; None without a terminal."""
    if here.passphrase_env is not None:
        return from_environment(here.passphrase_env)
    return typed(which, twice=twice)


def typed(which: str, *, twice: bool = False) -> str | None:
    """Ask for something that is not shown while it is typed; None without a terminal."""
    if not sys.stdin.isatty():
        return None
    return str(typer.prompt(which, hide_input=True, confirmation_prompt=twice, err=True))


def from_environment(name: str) -> str:
    """Take a secret out of an environment variable, so that no process started later inherits it."""
    found = os.environ.pop(name, "")
    if not found:
        raise UsageError(f"The environment variable {name[:60]} is empty or not there.")
    return found


def hand_over(code: str, kit: Path | None, vault: "Vault") -> None:
    """Show a new recovery kit once, or write it into a new file that only the user may read."""
    from mia_desktop.security import recovery

    status = vault.status()
    page = recovery.page(code, status.vault, status.made)
    if kit is None:
        say(page)
        note("This kit is shown only now. Print it or write it down, and keep it apart from this computer.")
        return
    try:
        with os.fdopen(os.open(kit, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        raise InputError(
            f"The recovery kit cannot be written to {kit} and is lost. Make another: `mia vault recovery --kit FILE`."
        ) from None
    note(f"The recovery kit is in {kit}. Print it or move it away from this computer.")


def refuse_to_overwrite_kit(kit: Path | None) -> None:
    """Raise InputError, before anything is changed, when a new kit could not be written."""
    if kit is not None and (kit.exists() or not os.access(kit.absolute().parent, os.W_OK)):
        raise InputError(f"No recovery kit can be written to {kit}. Name a new file in a folder of yours.")


def kit_code(kit: Path | None, code_env: str | None) -> str:
    """Return the recovery code: of a kit's file, of an environment variable, or as typed."""
    from mia_desktop.security import recovery

    if kit is not None:
        try:
            return recovery.from_page(kit.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            raise InputError(f"The recovery kit {kit} cannot be read.") from None
    code = from_environment(code_env) if code_env is not None else typed("Recovery code")
    if code is None:
        raise UsageError("Give the recovery kit: --kit FILE, or --code-env NAME, or type its code in a terminal.")
    return code


def told(renewed: "Renewed") -> dict[str, list[str]]:
    """Say which backups still hold what was forgotten; return what a program is told of all."""
    for one in renewed.missed:
        note(f"This backup could not be reached and still holds it; plug it in or destroy it: {one}")
    return {"renewed": [str(one) for one in renewed.done], "not_reached": [str(one) for one in renewed.missed]}
