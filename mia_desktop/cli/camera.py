"""``mia camera``: which cameras there are, and one look through one of them."""

import dataclasses
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from mia_desktop.cli.output import Context, JsonOption, context, give, note, quiet_libraries, say
from mia_desktop.cli.vault_door import unlocked
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import DeviceError, InputError, RefusedError, UsageError
from mia_desktop.core.ports import Camera
from mia_desktop.core.sights import Picture

group = typer.Typer(help="Cameras, and one look through one of them. They are closed until you ask.")

_FIRST_PICTURE_S: Final = 10.0
_SETTLE_S: Final = 0.7
"""A camera's first pictures are dark until it has found its exposure."""


@group.command("list")
def list_(json_: bool = JsonOption) -> None:
    """List the cameras that are plugged in."""
    from mia_desktop.senses.webcam import webcams

    with quiet_libraries():
        found = webcams()
    if json_:
        give({"cameras": [dataclasses.asdict(one) for one in found]})
        return
    if not found:
        note("There is no camera. Plug one in, or look at the screen: `mia camera look --screen`.")
    for one in found:
        say(f"{one.number:>2}  {one.name}")


@group.command()
def look(
    ctx: typer.Context,
    camera: Annotated[
        int | None, typer.Option(min=0, help="Number of the camera; without, the one in the settings.")
    ] = None,
    screen: Annotated[bool, typer.Option("--screen", help="Look at the screen instead.")] = False,
    replay: Annotated[Path | None, typer.Option(help="Look at a video or a folder of pictures instead.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the picture there, as PNG or JPEG.")] = None,
    allow_once: Annotated[bool, typer.Option("--allow-once", help="Allow this one look without being asked.")] = False,
    json_: bool = JsonOption,
) -> None:
    """Look once, and close the camera again. Nothing is kept but what --out names."""
    if (camera is not None) + screen + (replay is not None) > 1:
        raise UsageError("Say one of --camera, --screen, --replay.")
    if replay is not None and not replay.exists():
        raise InputError(f"There is no file {replay}. Name one that is there.")
    here = context(ctx)
    if replay is None:
        ask_for_look(here, "screen.look" if screen else "camera.look", allow_once)
    with quiet_libraries():
        picture, age_s = _one_picture(_chosen(camera, screen, replay, here.settings()))
    if out is not None:
        from mia_desktop.senses.pictures import save

        save(picture, out)
    height, width = picture.pixels.shape[:2]
    if json_:
        seen = {"source": "replay" if replay is not None else picture.source, "name": picture.name}
        give({**seen, "width": width, "height": height, "age_s": round(age_s, 3), "out": str(out) if out else None})
    else:
        say(f"{picture.name}: {width} x {height} pixels, {age_s:.1f} s old" + (f", written to {out}" if out else ""))


def _chosen(number: int | None, screen: bool, replay: Path | None, settings: Settings) -> Camera:
    from mia_desktop.engine import assembly
    from mia_desktop.senses.replay_camera import ReplayCamera
    from mia_desktop.senses.screen import Screen
    from mia_desktop.senses.webcam import Webcam

    if replay is not None:
        return ReplayCamera(replay)
    if screen:
        return Screen()
    return assembly.camera(settings) if number is None else Webcam(number)


@contextmanager
def _open(camera: Camera) -> Iterator[Camera]:
    camera.open()
    try:
        yield camera
    finally:
        camera.close()


def _one_picture(camera: Camera) -> tuple[Picture, float]:
    """Return a picture and its age, seconds."""
    from mia_desktop.senses.webcam import ChosenWebcam, Webcam

    settles = isinstance(camera, Webcam | ChosenWebcam)
    with _open(camera):
        began_s = time.monotonic()
        while True:
            picture = camera.newest()
            now_s = time.monotonic()
            if picture is not None and (not settles or picture.at_s - began_s >= _SETTLE_S):
                return picture, max(0.0, now_s - picture.at_s)
            if now_s - began_s > _FIRST_PICTURE_S:
                raise DeviceError(f"The {camera.name} sends no pictures. Unplug it and plug it in again.")
            time.sleep(0.02)


def ask_for_look(here: Context, use: str, allow_once: bool) -> None:
    """Make sure that the user allows this look; raises RefusedError."""
    from mia_desktop.security.consent import USES, Consents

    with ExitStack() as until_answered:
        consents = None
        if here.paths.vault.exists():
            vault = until_answered.enter_context(unlocked(here))
            consents = Consents(vault.database, vault.audit, vault.wall_s)
        answer = consents.answer(use) if consents else USES[use].first
        if answer == "allowed":
            return
        if answer == "refused":
            raise RefusedError(f"You do not allow this. `mia privacy consents --ask {use}` lets MIA ask.")
        if not allow_once:
            if not sys.stdin.isatty():
                raise RefusedError("MIA looks only when you allow it. Say --allow-once.")
            if not typer.confirm(f"{USES[use].help[:-1]}, this once?", err=True):
                raise RefusedError("Nothing was looked at.")
        if consents:
            consents.used_once(use)
