"""What works, what does not, and how to mend it: the checks that both faces show."""

import dataclasses
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from mia_desktop import __version__
from mia_desktop.core import config
from mia_desktop.core.errors import MiaError, VaultMissingError
from mia_desktop.core.libraries import quiet_libraries
from mia_desktop.core.paths import Paths, shipped
from mia_desktop.library.store import Store
from mia_desktop.senses.devices import found

_FREE_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The answer to one question.

    Attributes:
        name: what was looked at.
        ok: whether it works.
        why: what was found.
        mend: what to do when it does not, else empty.
    """

    name: str
    ok: bool
    why: str
    mend: str = ""


NEEDED: Final = ("hearing model", "language model", "voice")
"""What a conversation cannot do without."""


def checks(paths: Paths) -> Iterator[Check]:
    """Yield the answers one by one, each as soon as it is known."""
    looks: list[tuple[str, Callable[[Paths], Check]]] = [
        ("program", _program),
        ("settings", _settings),
        ("home", _home),
        ("hearing model", lambda paths: _model(paths, "hearing_model")),
        ("language model", lambda paths: _model(paths, "language_model")),
        ("voice", lambda paths: _model(paths, "voice")),
        ("microphone", lambda _: _device("microphone")),
        ("speaker", lambda _: _device("speaker")),
        ("vault", _vault),
        ("screen", lambda _: _screen()),
        ("graphics processor", lambda _: _gpu()),
    ]
    for name, look in looks:
        try:
            yield dataclasses.replace(look(paths), name=name)
        except MiaError as error:
            yield Check(name=name, ok=False, why=str(error), mend="Do what the sentence says.")


def _program(_: Paths) -> Check:
    folders = [shipped("models"), shipped("resources")]
    return Check(
        name="",
        ok=True,
        why=f"MIA {__version__}, Python {sys.version.split()[0]}, {platform.system()}, its own folders: {len(folders)}",
    )


def _settings(paths: Paths) -> Check:
    config.load(paths.settings)
    return Check(name="", ok=True, why=f"{paths.settings}" if paths.settings.exists() else "all at default")


def _home(paths: Paths) -> Check:
    place = paths.home
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if not os.access(place, os.W_OK):
        return Check(name="", ok=False, why=f"{place} cannot be written.", mend="Choose another folder with --home.")
    enough = free > _FREE_BYTES
    return Check(
        name="",
        ok=enough,
        why=f"{paths.home}, {free / 1e9:.1f} GB free",
        mend="" if enough else "Free at least 2 GB, or move the models with --models.",
    )


def _model(paths: Paths, field: str) -> Check:
    name = str(getattr(config.load(paths.settings), field))
    try:
        located = Store(paths).located(name)
    except MiaError as error:
        return Check(name="", ok=False, why=str(error), mend=f"mia models pull {name}")
    return Check(name="", ok=True, why=f"{name}, {sum(f.bytes for f in located.model.files) / 1e6:.0f} MB")


def _device(kind: str) -> Check:
    with quiet_libraries():
        devices = [device for device in found() if device.kind == kind]
    if not devices:
        return Check(name="", ok=False, why=f"There is no {kind}.", mend="Plug one in and check the system's settings.")
    chosen = next((device for device in devices if device.default), devices[0])
    return Check(name="", ok=True, why=f"{chosen.name}, {chosen.rate_hz} Hz")


def _vault(paths: Paths) -> Check:
    from mia_desktop.security.vault import Vault

    try:
        seen = Vault(paths.vault, None).status()
    except VaultMissingError:
        return Check(name="", ok=True, why="there is none; you are a guest, of whom nothing is kept")
    ways = [name for name, there in (("keyring", seen.keyring), ("passphrase", seen.passphrase)) if there]
    why = f"{seen.bytes / 1e6:.1f} MB, opens with {' and '.join(ways)}"
    if seen.in_use:
        why = f"{why}, in use now"
    if seen.recovery:
        return Check(name="", ok=True, why=why)
    return Check(name="", ok=False, why=f"{why}; there is no recovery kit", mend="mia vault recovery")


def _screen() -> Check:
    there = sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return Check(
        name="",
        ok=there,
        why="a screen is there" if there else "There is no screen.",
        mend="" if there else "The window needs one; `mia talk`, `mia ask` and `mia listen` do not.",
    )


def _gpu() -> Check:
    from mia_desktop.language.llama import offload

    return Check(
        name="", ok=True, why="llama.cpp can use one" if offload() else "none used; models run on the processor"
    )
