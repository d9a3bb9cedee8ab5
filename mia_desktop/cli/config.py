"""Settings from the command line."""

import typer

from mia_desktop.cli.output import JsonOption, context, give, note, say
from mia_desktop.core import config

group = typer.Typer(help="See and change settings.")


@group.command("get")
def get(ctx: typer.Context, key: str, json_: bool = JsonOption) -> None:
    """Print one setting."""
    value = config.get(context(ctx).settings(), key)
    if json_:
        give({"key": key, "value": value})
    else:
        say(_written(value))


@group.command("set")
def set_(ctx: typer.Context, key: str, value: str, json_: bool = JsonOption) -> None:
    """Change one setting."""
    here = context(ctx)
    settings = config.with_value(here.settings(), key, value)
    config.save(settings, here.paths.settings)
    if json_:
        give({"key": key, "value": config.get(settings, key)})
    else:
        note(f"{key} = {_written(config.get(settings, key))}")


@group.command("list")
def list_(ctx: typer.Context, json_: bool = JsonOption) -> None:
    """Print all settings."""
    settings = context(ctx).settings()
    if json_:
        rows = [
            {"key": key, "value": config.get(settings, key), "default": one.default, "unit": one.unit, "help": one.help}
            for key, one in config.SETTINGS.items()
        ]
        give({"settings": rows})
        return
    for key, one in config.SETTINGS.items():
        value = f"{_written(config.get(settings, key))} {one.unit}".strip()
        say(f"{key:<28} {value:<20} {one.help}")


def _written(value: config.Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
