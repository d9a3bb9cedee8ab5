"""Start at login, for those who switch it on: one entry where each system looks for such entries."""

import plistlib
import shlex
import sys
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication

from mia_desktop.core import whole_file
from mia_desktop.core.errors import RefusedError

translate = QCoreApplication.translate  # the name that lupdate looks for

System = Literal["linux", "darwin", "win32"]
_LABEL = "org.mia_desktop.mia"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
_VALUE = "MIA"
IN_TRAY = "--in-tray"


def command() -> list[str]:
    """Return the words that start this MIA in the tray, whether it is a package or a checkout."""
    frozen = getattr(sys, "frozen", False)
    start = [sys.executable] if frozen else [sys.executable, "-m", "mia_desktop"]
    if frozen and sys.platform == "win32":
        start = [str(Path(sys.executable).with_name("mia-window.exe"))]  # without a console
    return [*start, IN_TRAY]


def desktop_entry(words: list[str]) -> str:
    """Return the file of the XDG autostart specification (0.5) that runs `words` at login."""
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Name=MIA\n"
        "Comment=A private assistant on your own machine\n"
        f"Exec={' '.join(_quoted(word) for word in words)}\n"
        "Icon=mia\n"
        "Terminal=false\n"
        "X-GNOME-Autostart-enabled=true\n"
    )


def launch_agent(words: list[str]) -> str:
    """Return the property list of launchd that runs `words` at login on macOS."""
    agent = {"Label": _LABEL, "ProgramArguments": words, "RunAtLoad": True, "ProcessType": "Interactive"}
    return plistlib.dumps(agent, sort_keys=False).decode()


def run_value(words: list[str]) -> str:
    """Return the command line for the Run key of Windows' registry (quoted as CommandLineToArgvW reads it)."""
    import subprocess

    return subprocess.list2cmdline(words)


class Autostart:
    """The entry of this user.

    Args:
        system: for which system.
        folder: where the entries lie; None for the system's own place. Windows keeps its entry in the registry.
    """

    def __init__(self, system: str = sys.platform, folder: Path | None = None) -> None:
        self._system = system
        self._folder = folder

    @property
    def file(self) -> Path:
        """The entry on systems where it is a file."""
        if self._system == "darwin":
            return (self._folder or Path.home() / "Library" / "LaunchAgents") / f"{_LABEL}.plist"
        return (self._folder or _config_folder() / "autostart") / "mia.desktop"

    def is_on(self) -> bool:
        """Tell whether MIA starts at login."""
        return bool(_registry_value()) if self._system == "win32" else self.file.is_file()

    def switch(self, on: bool) -> None:
        """Make the entry or take it away; raises RefusedError where the system does not allow it."""
        try:
            if self._system == "win32":
                _set_registry_value(run_value(command()) if on else None)
            elif on:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                words = command()
                whole_file.write(self.file, launch_agent(words) if self._system == "darwin" else desktop_entry(words))
            else:
                self.file.unlink(missing_ok=True)
        except OSError as error:
            told = (
                translate("Autostart", "The system does not let MIA add its entry for the login ({0}).")
                if on
                else translate("Autostart", "The system does not let MIA remove its entry for the login ({0}).")
            )
            way = translate("Autostart", "Change it in the system's own settings.")
            raise RefusedError(f"{told.format(error.strerror or type(error).__name__)} {way}") from error


def _quoted(word: str) -> str:
    """Return a word as the Exec key wants it: in quotes, with its special characters escaped, % doubled."""
    if shlex.quote(word) == word and "%" not in word:
        return word
    for special in '\\"`$':
        word = word.replace(special, "\\" + special)
    # The file's own escaping of backslashes comes on top.
    return f'"{word}"'.replace("\\", "\\\\").replace("%", "%%")


def _config_folder() -> Path:
    import os

    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def _registry_value() -> str | None:
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
            return str(winreg.QueryValueEx(key, _VALUE)[0])
    except FileNotFoundError:
        return None


def _set_registry_value(value: str | None) -> None:
    if sys.platform != "win32":
        return
    import contextlib
    import winreg

    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
        if value is not None:
            winreg.SetValueEx(key, _VALUE, 0, winreg.REG_SZ, value)
            return
        with contextlib.suppress(FileNotFoundError):
            winreg.DeleteValue(key, _VALUE)
