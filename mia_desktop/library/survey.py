"""What there is to tell of all models: which are here, whole, in use, and suit this machine."""

import importlib.util
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mia_desktop.core import config
from mia_desktop.core.config import Settings
from mia_desktop.library.catalog import Model
from mia_desktop.library.fit import Fit, fit
from mia_desktop.library.machine import Machine
from mia_desktop.library.shelf import State
from mia_desktop.library.store import Store

CHOSEN_BY: Final[Mapping[str, str]] = {
    "language": "language.model",
    "speech_to_text": "hearing.model",
    "text_to_speech": "speech.voice",
    "end_of_turn": "hearing.turn_model",
    "text_embedding": "memory.model",
}
"""The setting that says which model has a role. Of the other roles the best model that is here is used."""

NEEDED_TO_TALK: Final = ("language", "speech_to_text", "text_to_speech", "end_of_turn")
STARTER: Final = "starter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """One model on this machine.

    Attributes:
        model: which.
        state: whether it is here and whole.
        kept_bytes: what is here of a fetch that was broken off.
        used: whether MIA works with it.
        fit: how it suits this machine.
        recommended: whether it is the best for its role here.
        lacks: optional parts of MIA that it needs and that are not installed.
    """

    model: Model
    state: State
    kept_bytes: int
    used: bool
    fit: Fit
    recommended: bool
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All models on this machine.

    Attributes:
        models: each by its name, in the catalogue's order.
        machine: what they run on.
        folder: where they lie.
        free_bytes: room on the disk of that folder.
        best: for each role the model that suits this machine best.
        small: for each role the best of the starter pack: less to fetch.
        missing: models that are chosen for talking and are not here whole.
    """

    models: Mapping[str, Surveyed]
    machine: Machine
    folder: Path
    free_bytes: int
    best: Mapping[str, str]
    small: Mapping[str, str]
    missing: tuple[str, ...]

    def to_fetch_bytes(self, names: Mapping[str, str]) -> int:
        """Return how much of a set, given by its roles, is not here yet."""
        wanted = [self.models[name] for name in names.values()]
        return sum(max(0, one.model.bytes - one.kept_bytes) for one in wanted if one.state != "installed")


def survey(store: Store, settings: Settings, machine: Machine) -> Survey:
    """Look at every model. This may take as long as reading a file whose time changed."""
    models = list(store.catalog)
    lacks = {model.name: tuple(one for one in model.needs if not _installed(one)) for model in models}
    ready = [model for model in models if not lacks[model.name]]
    best = fit(machine, ready).recommended
    small = fit(machine, [model for model in ready if STARTER in model.packs]).recommended
    fits = {one.model.name: one for one in fit(machine, models).fits}
    states = {model.name: store.status(model.name) for model in models}
    used = {role: in_use(role, settings, models, states) for role in {model.role for model in models}}
    return Survey(
        models={
            model.name: Surveyed(
                model=model,
                state=states[model.name],
                kept_bytes=store.kept_bytes(model.name) if states[model.name] != "installed" else 0,
                used=used[model.role] == model.name and states[model.name] == "installed",
                fit=fits[model.name],
                recommended=best.get(model.role) == model.name,
                lacks=lacks[model.name],
            )
            for model in models
        },
        machine=machine,
        folder=store.folder,
        free_bytes=_free_bytes(store.folder),
        best=best,
        small=small,
        missing=missing(store, settings),
    )


def missing(store: Store, settings: Settings) -> tuple[str, ...]:
    """Return the models that the settings choose for talking and that are not here whole."""
    chosen = [str(config.get(settings, CHOSEN_BY[role])) for role in NEEDED_TO_TALK]
    return tuple(name for name in chosen if name and (name not in store.catalog or store.status(name) != "installed"))


def in_use(role: str, settings: Settings, models: list[Model], states: Mapping[str, State]) -> str:
    """Return the name of the model that has a role, or an empty text."""
    if role in CHOSEN_BY:
        return str(config.get(settings, CHOSEN_BY[role]))
    here = [model for model in models if model.role == role and states[model.name] == "installed"]
    return max(here, key=lambda model: (model.folder is not None, model.rank)).name if here else ""


def _installed(part: str) -> bool:
    return importlib.util.find_spec(part) is not None


def _free_bytes(folder: Path) -> int:
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
