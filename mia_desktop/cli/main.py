"""The command itself: options for all, errors, exit codes."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import typer

from mia_desktop import __version__
from mia_desktop.cli import audit, bench, camera, config, doctor, memory, models, privacy, see, sound, talk, vault
from mia_desktop.cli.guarded import guarded
from mia_desktop.cli.output import Context, JsonOption, context, give, note, quiet_libraries, say
from mia_desktop.core import log
from mia_desktop.core.errors import InputError
from mia_desktop.core.paths import Paths

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="MIA hears, thinks and speaks on this machine. Without a command the window opens.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(talk.talk)
app.command()(talk.ask)
app.command()(talk.listen)
app.command()(see.see)
app.command()(sound.transcribe)
app.command("say")(sound.say_aloud)
app.command()(doctor.doctor)
app.add_typer(models.models, name="models")
app.add_typer(config.group, name="config")
app.add_typer(bench.group, name="bench")
app.add_typer(vault.group, name="vault")
app.add_typer(audit.group, name="audit")
app.add_typer(memory.memory, name="memory")
app.add_typer(privacy.group, name="privacy")
app.add_typer(camera.group, name="camera")


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    home: Path | None = typer.Option(None, "--home", help="Folder for all state but the models."),
    models: Path | None = typer.Option(None, "--models", help="Folder for the models."),
    passphrase_env: str | None = typer.Option(
        None,
        "--passphrase-env",
        metavar="NAME",
        help="Environment variable that has the vault's passphrase, for scripts.",
    ),
    in_tray: bool = typer.Option(False, "--in-tray", help="Begin in the system's tray, without a window."),
    version: bool = typer.Option(False, "--version", help="Print the version."),
) -> None:
    """Take the options of all commands; without a command open the window."""
    open_window: Callable[..., int] = ctx.obj
    ctx.obj = Context(paths=Paths.choose(home, models), passphrase_env=passphrase_env)
    log.write_to(ctx.obj.paths)
    if version:
        say(f"MIA {__version__}")
    elif ctx.invoked_subcommand is None:
        raise typer.Exit(open_window(ctx.obj.paths, in_tray=in_tray))
    elif ctx.invoked_subcommand == "open":
        ctx.meta["open_window"] = open_window


@app.command("open")
def open_files(
    ctx: typer.Context,
    files: list[Path] = typer.Argument(None, help="Pictures or models to open in the window."),
) -> None:
    """Open the window, with files if some are named; one that is open already comes to the front."""
    missing = [file for file in files or () if not file.exists()]
    if missing:
        raise InputError(f"There is no file {missing[0]}. Name one that is there.")
    raise typer.Exit(ctx.meta["open_window"](context(ctx).paths, files or ()))


@app.command()
def devices(json_: bool = JsonOption) -> None:
    """List microphones and speakers."""
    from mia_desktop.senses.devices import found

    with quiet_libraries():
        devices = found()
    if json_:
        give({"devices": [dataclasses.asdict(device) for device in devices]})
        return
    if not devices:
        note("There are no sound devices. Plug one in and check the system's settings.")
    for device in devices:
        say(f"{'*' if device.default else ' '} {device.kind:<11} {device.name}  ({device.rate_hz} Hz)")


def run(arguments: list[str], open_window: Callable[..., int]) -> int:
    """Run the command and return its exit code; whatever goes wrong is told in one sentence."""
    return guarded(lambda: app(arguments, standalone_mode=False, obj=open_window), wants_json="--json" in arguments)
