"""``mia audit``: what was done with what MIA keeps, and the proof that nothing was taken out of that list."""

import dataclasses
from datetime import UTC, datetime
from typing import Annotated

import typer

from mia_desktop.cli.output import JsonOption, context, give, say
from mia_desktop.cli.vault_door import unlocked

group = typer.Typer(help="Who did what, when, to which class of things; never to what content.")


@group.command()
def verify(ctx: typer.Context, json_: bool = JsonOption) -> None:
    """Prove that no entry was changed, removed, moved or cut off."""
    with unlocked(context(ctx)) as vault:
        count = vault.audit.verify()
    if json_:
        give({"whole": True, "entries": count})
    else:
        say(f"{count} entries, each in its place.")


@group.command()
def show(
    ctx: typer.Context,
    last: Annotated[int | None, typer.Option(min=1, help="Only the last so many.")] = None,
    json_: bool = JsonOption,
) -> None:
    """Print the entries, oldest first."""
    with unlocked(context(ctx)) as vault:
        entries = vault.audit.entries(last)
    if json_:
        give({"entries": [{**dataclasses.asdict(one), "at": _time(one.at_s)} for one in entries]})
        return
    for one in entries:
        say(f"{one.number:>6}  {_time(one.at_s)}  {one.who:<10} {one.action:<24} {one.object_class} ({one.count})")


def _time(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
