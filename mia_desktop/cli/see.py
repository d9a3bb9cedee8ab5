"""Pictures from the command line."""

from dataclasses import asdict
from pathlib import Path

import typer

from mia_desktop.cli.output import JsonOption, context, give, say
from mia_desktop.core.sights import Sight
from mia_desktop.perception.text_reader import rows


def see(
    ctx: typer.Context,
    files: list[Path] = typer.Argument(metavar="FILE...", help="Pictures, or a PDF."),
    page: int = typer.Option(1, "--page", min=1, help="Which page of a PDF."),
    json_: bool = JsonOption,
) -> None:
    """Say what pictures show and what is written in them."""
    from mia_desktop.engine.seeing import open_eyes
    from mia_desktop.senses.pictures import PictureReader

    here = context(ctx)
    reader = PictureReader()
    try:
        pictures = [reader.read(file, page=page - 1) for file in files]
    finally:
        reader.close()
    eyes = open_eyes(here.paths, here.settings())
    told = []
    for picture in pictures:
        sight = eyes.look(picture)
        told.append(as_json(sight))
        if not json_:
            say(f"{picture.name}: {sight.description}" if len(files) > 1 else sight.description)
    if json_:
        give(told[0] if len(files) == 1 else {"pictures": told})


def as_json(sight: Sight) -> dict[str, object]:
    """Return what was found, for programs."""
    return {
        "name": sight.picture.name,
        "labels": [asdict(one) for one in sight.labels],
        "text": rows(sight.lines),
        "lines": [asdict(one) for one in sight.lines],
        "faces": [asdict(one) for one in sight.faces],
        "codes": [asdict(one) for one in sight.codes],
        "look": asdict(sight.look),
        "description": sight.description,
        "timings": {name: round(ms / 1000, 4) for name, ms in sight.timings_ms},
    }
