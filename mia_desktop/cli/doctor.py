"""What works, what does not, and how to mend it."""

import dataclasses

import typer

from mia_desktop import __version__
from mia_desktop.cli.output import JsonOption, context, give, say
from mia_desktop.engine.checkup import NEEDED, checks


def doctor(ctx: typer.Context, json_: bool = JsonOption) -> None:
    """Tell what works, what does not, and how to mend it."""
    answers = list(checks(context(ctx).paths))
    if json_:
        give({"version": __version__, "checks": [dataclasses.asdict(one) for one in answers]})
    else:
        for one in answers:
            say(f"{'✓' if one.ok else '✗'} {one.name:<20} {one.why}" + (f"\n    {one.mend}" if one.mend else ""))
    if not all(one.ok for one in answers if one.name in NEEDED):
        raise typer.Exit(4)
