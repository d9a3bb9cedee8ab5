"""Where things lie on this machine."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import mia_desktop
from mia_desktop.core.errors import MiaError

if sys.platform == "darwin":
    _DATA = Path.home() / "Library" / "Application Support" / "MIA"
elif sys.platform == "win32":
    _DATA = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "MIA"
else:
    _DATA = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "mia"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The folders of one MIA.

    Attributes:
        home: settings, logs and the vault.
        models: model weights.
    """

    home: Path
    models: Path

    @classmethod
    def choose(cls, home: Path | None = None, models: Path | None = None) -> "Paths":
        """Return the folders asked for; without, those of ``MIA_HOME`` and ``MIA_MODELS``, else the user's own."""
        home = home or _from_environment("MIA_HOME") or _DATA
        models = models or _from_environment("MIA_MODELS") or _DATA / "models"
        return cls(home=home.expanduser().absolute(), models=models.expanduser().absolute())

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.home / "settings.toml"

    @property
    def logs(self) -> Path:
        """The folder of logs."""
        return self.home / "logs"

    @property
    def vault(self) -> Path:
        """The folder of the encrypted vault."""
        return self.home / "vault"

    def make_home(self) -> Path:
        """Create the home folder, for this user only, and return it."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.home


def shipped(folder: str) -> Path:
    """Return a folder that ships with MIA (``models`` or ``resources``): of a bundle, a wheel or a checkout."""
    package = Path(mia_desktop.__file__).parent
    bundle = getattr(sys, "_MEIPASS", None)
    places = [Path(bundle)] if bundle else []
    for place in (*places, package, package.parent):
        if (place / folder).is_dir():
            return place / folder
    raise MiaError(f"MIA's own folder '{folder}' is missing. Install MIA again.")


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None
