"""``mia privacy``: what MIA may do with each sense, how long she keeps what, and erasing for good."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from mia_desktop.cli.output import Context, JsonOption, context, give, note, say
from mia_desktop.cli.vault_door import told, unlocked
from mia_desktop.core.errors import UsageError
from mia_desktop.core.memories import ById
from mia_desktop.engine.remembering import open_ruled_memory
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.security import consent, retention

group = typer.Typer(help="Consents, retention, erasing.")

_SURE = "erase everything"


@group.command()
def consents(
    ctx: typer.Context,
    allow: Annotated[str, typer.Option(metavar="USE", help="Allow a use from now on.")] = "",
    withdraw: Annotated[str, typer.Option(metavar="USE", help="Refuse it from now on.")] = "",
    ask: Annotated[str, typer.Option(metavar="USE", help="Let MIA ask each time.")] = "",
    erase: Annotated[bool, typer.Option("--erase", help="With --withdraw: forget what was kept under it.")] = False,
    json_: bool = JsonOption,
) -> None:
    """Show what each sense may be used for, or change one use."""
    changes: list[tuple[str, consent.Answer]] = [(allow, "allowed"), (withdraw, "refused"), (ask, "asks")]
    chosen = [(use, answer) for use, answer in changes if use]
    if len(chosen) > 1 or (erase and not withdraw):
        raise UsageError("Say one of --allow, --withdraw, --ask; --erase only with --withdraw.")
    opened = _open(ctx)
    forgotten = 0
    for use, answer in chosen:
        opened.consents.set(use, answer)
        if erase:
            forgotten = len(opened.forget(ById(ids=opened.memory.kept_under(use))).ids)
    backups = told(opened.renew_backups())
    answers = opened.consents.all()
    if json_:
        listed = [
            {"use": one.use, "answer": one.answer, "since": _time(one.since_s), "help": consent.USES[one.use].help}
            for one in answers
        ]
        give({"consents": listed, "forgotten": forgotten, "backups": backups})
        return
    for one in answers:
        say(f"{one.answer:<8} {one.use:<18} {consent.USES[one.use].help}")
    if erase:
        note(f"{forgotten} memories are forgotten.")


@group.command("retention")
def retention_(
    ctx: typer.Context,
    source: Annotated[str, typer.Option(help="The way it came in: voice, typed, image ...")] = "",
    keep: Annotated[str, typer.Option(help=f"How long: {', '.join(retention.CLASSES)}.")] = "",
    json_: bool = JsonOption,
) -> None:
    """Show how long what is kept, or choose it for one source; what is older goes at once."""
    if bool(source) != bool(keep):
        raise UsageError("Say both --source and --keep, or neither.")
    opened = _open(ctx)
    forgotten = len(opened.retain(source, keep).ids) if source else 0
    backups = told(opened.renew_backups())
    classes = opened.retention.all()
    if json_:
        give({"retention": classes, "forgotten": forgotten, "backups": backups})
        return
    for name, kept in classes.items():
        say(f"{name:<10} {kept}")
    if forgotten:
        note(f"{forgotten} memories were older and are forgotten.")


@group.command()
def erase(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--everything", help="The vault, its keys, its backups.")] = False,
    sure: Annotated[str, typer.Option(metavar="WORDS", help=f'"{_SURE}", for scripts.')] = "",
    backups: Annotated[
        bool, typer.Option("--backups", help="Renew the backups, so that no forgotten thing is in them.")
    ] = False,
    json_: bool = JsonOption,
) -> None:
    """Erase everything for good; or renew the backups after forgetting. Single memories: `mia memory forget`."""
    from mia_desktop.security import erasure

    if everything == backups:
        raise UsageError("Say --everything or --backups. Single memories are forgotten with `mia memory forget`.")
    if everything and _words(sure) != _SURE:
        raise UsageError(f'Nothing was erased. Type the words "{_SURE}" when asked, or give them with --sure.')
    if backups:
        renewed = told(_open(ctx).renew_backups(every=True))
        if json_:
            give({**renewed, "vault": True})
        else:
            say(f"{len(renewed['renewed'])} backups hold now what MIA remembers now.")
        return
    with unlocked(context(ctx)) as vault:
        done, missed = erasure.destroy(vault)
    if json_:
        give({"erased": [str(one) for one in done], "not_reached": [str(one) for one in missed], "vault": False})
    else:
        say("The vault, its keys and its recovery are erased." + (f" So are {len(done)} backups." if done else ""))
        for one in missed:
            note(f"This backup could not be reached; destroy it yourself: {one}")


def _words(given: str) -> str:
    if given or not sys.stdin.isatty():
        return given
    return str(typer.prompt(f'Everything that MIA remembers will be gone. Type "{_SURE}"', err=True)).strip()


def _open(ctx: typer.Context) -> RuledMemory:
    here: Context = context(ctx)
    vault = ctx.with_resource(unlocked(here))
    opened = open_ruled_memory(vault, here.paths, here.settings())
    ctx.call_on_close(opened.close)
    return opened


def _time(at_s: float | None) -> str | None:
    return None if at_s is None else datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
