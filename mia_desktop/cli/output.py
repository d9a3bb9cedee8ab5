"""How commands speak: results on stdout, everything else on stderr."""

import json
import sys
from dataclasses import dataclass

import typer

from mia_desktop.core import config
from mia_desktop.core.config import Settings
from mia_desktop.core.libraries import quiet_libraries as quiet_libraries
from mia_desktop.core.paths import Paths

JsonOption = typer.Option(False, "--json", help="Print exactly one JSON object.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every command gets.

    Attributes:
        paths: the folders of this MIA.
        passphrase_env: name of the environment variable with the vault's passphrase; None: it is asked for.
    """

    paths: Paths
    passphrase_env: str | None = None

    def settings(self) -> Settings:
        """Return the user's settings."""
        return config.load(self.paths.settings)


def context(ctx: typer.Context) -> Context:
    """Return what the main command put there."""
    found = ctx.find_object(Context)
    assert found is not None
    return found


def say(text: str = "") -> None:
    """Print a result for a person."""
    print(text, flush=True)


def note(text: str) -> None:
    """Print what is not a result."""
    print(text, file=sys.stderr, flush=True)


def give(result: object) -> None:
    """Print a result for a program: one JSON object."""
    print(json.dumps(result, ensure_ascii=False, allow_nan=False), flush=True)
