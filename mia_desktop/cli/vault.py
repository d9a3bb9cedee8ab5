"""``mia vault``: make, open, change, save the encrypted vault."""

import dataclasses
import time
from pathlib import Path
from typing import Annotated

import typer

from mia_desktop.cli.output import JsonOption, context, give, note, say
from mia_desktop.cli.vault_door import (
    from_environment,
    hand_over,
    kit_code,
    passphrase,
    refuse_to_overwrite_kit,
    typed,
    unlocked,
)
from mia_desktop.core.errors import UsageError, VaultBusyError, VaultMissingError, VaultOlderError

group = typer.Typer(help="The encrypted vault of what MIA remembers.")

NewKit = Annotated[Path | None, typer.Option("--kit", metavar="FILE", help="Write the recovery kit there.")]
OldKit = Annotated[Path | None, typer.Option("--kit", metavar="FILE", help="File with a recovery kit.")]
CodeEnv = Annotated[str | None, typer.Option("--code-env", metavar="NAME", help="Variable with a recovery code.")]


@group.command()
def status(ctx: typer.Context, json_: bool = JsonOption) -> None:
    """Tell whether there is a vault, what opens it, and whether it is open. Needs no key."""
    from mia_desktop.security.vault import Vault

    here = context(ctx)
    try:
        seen = Vault(here.paths.vault, None).status()
    except VaultMissingError as error:
        if json_:
            give({"exists": False, "folder": str(here.paths.vault)})
        else:
            note(str(error))
        return
    if json_:
        give({"exists": True, "folder": str(here.paths.vault), **dataclasses.asdict(seen)})
        return
    opens = " and ".join(["the system's keyring"] * seen.keyring + ["a passphrase"] * seen.passphrase)
    say(f"vault     {seen.vault} in {here.paths.vault}, {seen.bytes / 1e6:.1f} MB")
    say(f"opens by  {opens}; key number {seen.generation}, of {seen.made}")
    say(f"kit       {'made' if seen.recovery else 'none: `mia vault recovery` makes one'}")
    say(f"state     {'open in another MIA' if seen.in_use else 'locked'}")
    if seen.wait_s:
        say(f"          the next passphrase can be tried in {seen.wait_s:.0f} s")


@group.command()
def init(
    ctx: typer.Context,
    ask: Annotated[bool, typer.Option("--passphrase", help="Ask for a passphrase as well.")] = False,
    no_keyring: Annotated[bool, typer.Option("--no-keyring", help="Passphrase only.")] = False,
    kit: NewKit = None,
    json_: bool = JsonOption,
) -> None:
    """Make the vault. Its key is in the system's keyring, behind a passphrase, or both."""
    from mia_desktop.security.finding import vault_in
    from mia_desktop.security.making import create

    here = context(ctx)
    refuse_to_overwrite_kit(kit)
    vault = vault_in(here.paths.vault, keyring=not no_keyring)
    wanted = ask or here.passphrase_env is not None or vault.store is None
    secret = passphrase(here, twice=True, which="New passphrase") if wanted else None
    if ask and secret is None:
        raise UsageError("A passphrase cannot be asked for here. Use --passphrase-env NAME before `vault`.")
    code = create(vault, secret)
    _tell_kit(code, kit, vault, json_, made=vault.status().vault, passphrase=secret is not None)


@group.command()
def unlock(
    ctx: typer.Context,
    accept_older: Annotated[bool, typer.Option(help="Take an older vault for good.")] = False,
    json_: bool = JsonOption,
) -> None:
    """Try whether the vault opens and is the one last seen. Nothing stays open: each command unlocks for itself."""
    began_s = time.monotonic()
    with unlocked(context(ctx)) as vault:
        took_s = time.monotonic() - began_s
        doubt = vault.doubt
        if doubt and not accept_older:
            raise VaultOlderError(vault.database.only_read)
        vault.accept()
    if json_:
        give({"opens": True, "accepted": doubt or None, "took_s": round(took_s, 3)})
    else:
        say("The vault opens." + (f" It was older than last seen ({doubt}) and is accepted now." if doubt else ""))


@group.command()
def lock(ctx: typer.Context, json_: bool = JsonOption) -> None:
    """Make sure that no MIA has the vault open. The one in the window is locked there, or by closing it."""
    from mia_desktop.security.vault import Vault

    if Vault(context(ctx).paths.vault, None).status().in_use:
        raise VaultBusyError("Another MIA has the vault open. Lock it in its window, or close it.")
    if json_:
        give({"locked": True})
    else:
        say("The vault is locked.")


@group.command("passphrase")
def passphrase_(
    ctx: typer.Context,
    new_env: Annotated[str | None, typer.Option(metavar="NAME", help="Variable with the new passphrase.")] = None,
    remove: Annotated[bool, typer.Option(help="Remove the passphrase; the keyring alone opens the vault.")] = False,
    json_: bool = JsonOption,
) -> None:
    """Set, change or remove the passphrase."""
    with unlocked(context(ctx)) as vault:
        new = None
        if not remove:
            new = from_environment(new_env) if new_env else typed("New passphrase", twice=True)
            if new is None:
                raise UsageError("Give the new passphrase: --new-env NAME, or type it in a terminal.")
        vault.set_passphrase(new)
    if json_:
        give({"passphrase": new is not None})
    else:
        say("The passphrase is removed." if new is None else "The passphrase is set.")


@group.command()
def rotate(ctx: typer.Context, kit: NewKit = None, json_: bool = JsonOption) -> None:
    """Put everything under a new key. Old recovery kits and old key files open nothing any more."""
    from mia_desktop.security import rotation
    from mia_desktop.security.finding import vault_in

    here = context(ctx)
    refuse_to_overwrite_kit(kit)
    vault = vault_in(here.paths.vault)
    secret = passphrase(here) if vault.status().passphrase else None
    vault.unlock(secret)
    try:
        code = rotation.rotate(vault, secret)
    finally:
        vault.lock()
    _tell_kit(code, kit, vault, json_, generation=vault.status().generation)


@group.command()
def backup(ctx: typer.Context, file: Path, json_: bool = JsonOption) -> None:
    """Write the whole vault into one encrypted file, and try whether it can be restored."""
    from mia_desktop.security import erasure

    with unlocked(context(ctx)) as vault:
        rows = erasure.save(vault, file.absolute())
    if json_:
        give({"backup": str(file), "bytes": file.stat().st_size, "rows": rows})
    else:
        say(f"{file}, {file.stat().st_size / 1e6:.1f} MB. It was read back and is whole.")


@group.command()
def restore(
    ctx: typer.Context,
    file: Path,
    replace: Annotated[bool, typer.Option(help="Move the vault that is there aside.")] = False,
    kit: OldKit = None,
    code_env: CodeEnv = None,
    json_: bool = JsonOption,
) -> None:
    """Put a backup in place, opened by what opened the vault then: keyring and passphrase, or the recovery kit."""
    from mia_desktop.security import backup, making, ways_in
    from mia_desktop.security.finding import vault_in

    here = context(ctx)
    if not replace:
        making.refuse_to_overwrite(here.paths.vault)
    daily = backup.key_file(file).daily
    assert daily is not None
    if kit is None and code_env is None:
        vault = vault_in(here.paths.vault, keyring=daily.slot is not None)
        secret = passphrase(here) if daily.stretching is not None else None
        aside = backup.restore(vault, file, lambda sealed: vault.open_daily(sealed, secret), replace=replace)
        vault.unlock(secret)
        vault.accept()
    else:
        code = kit_code(kit, code_env)
        vault = vault_in(here.paths.vault, keyring=True)
        secret = passphrase(here, twice=True, which="New passphrase") if _wants_passphrase(ctx, vault.store) else None
        aside = backup.restore(vault, file, lambda sealed: ways_in.open_recovery(sealed, code), replace=replace)
        vault.recover(code, secret, accept_older=True)
    vault.note("backup restored")
    vault.lock()
    if json_:
        give({"restored": str(file), "vault": vault.status().vault, "moved_aside": str(aside) if aside else None})
    else:
        say("The backup is in place." + (f" The vault that was there is in {aside}." if aside else ""))


@group.command()
def recovery(
    ctx: typer.Context,
    use: Annotated[
        bool, typer.Option("--use", help="Open the vault with a kit, when keyring or passphrase are lost.")
    ] = False,
    kit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File for the new kit, or with the kit to use.")
    ] = None,
    code_env: CodeEnv = None,
    accept_older: Annotated[bool, typer.Option(help="Take an older vault for good.")] = False,
    json_: bool = JsonOption,
) -> None:
    """Make a new recovery kit, which voids the old one; or (--use) open the vault with one, for this machine."""
    from mia_desktop.security.finding import vault_in

    here = context(ctx)
    if not use:
        refuse_to_overwrite_kit(kit)
        with unlocked(here) as vault:
            code = vault.new_recovery()
        _tell_kit(code, kit, vault, json_)
        return
    code = kit_code(kit, code_env)
    vault = vault_in(here.paths.vault, keyring=True)
    secret = passphrase(here, twice=True, which="New passphrase") if _wants_passphrase(ctx, vault.store) else None
    vault.recover(code, secret, accept_older=accept_older)
    vault.lock()
    if json_:
        give({"recovered": True, "keyring": vault.status().keyring, "passphrase": secret is not None})
    else:
        say("The vault opens here again. The kit stays good; keep it.")


def _wants_passphrase(ctx: typer.Context, store: object | None) -> bool:
    return store is None or context(ctx).passphrase_env is not None


def _tell_kit(code: str, kit: Path | None, vault: object, json_: bool, **more: object) -> None:
    from mia_desktop.security.vault import Vault

    assert isinstance(vault, Vault)
    if not json_ or kit is not None:
        hand_over(code, kit, vault)
    if json_:
        give({**more, "recovery_code": code if kit is None else None, "kit": str(kit) if kit else None})
