"""The pages beside the conversation. Each is read when it is first opened: the window must not wait for them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from mia_desktop.gui.pages.page import Page


def _memory() -> "type[Page]":
    from mia_desktop.gui.pages.memory import MemoryPage

    return MemoryPage


def _models() -> "type[Page]":
    from mia_desktop.gui.pages.models import ModelsPage

    return ModelsPage


def _privacy() -> "type[Page]":
    from mia_desktop.gui.pages.privacy import PrivacyPage

    return PrivacyPage


def _settings() -> "type[Page]":
    from mia_desktop.gui.pages.settings import SettingsPage

    return SettingsPage


def _diagnostics() -> "type[Page]":
    from mia_desktop.gui.pages.diagnostics import DiagnosticsPage

    return DiagnosticsPage


TITLES: Final[dict[str, str]] = {
    "memory": str(QT_TRANSLATE_NOOP("Window", "Memory")),
    "models": str(QT_TRANSLATE_NOOP("Window", "Models")),
    "privacy": str(QT_TRANSLATE_NOOP("Window", "Privacy")),
    "settings": str(QT_TRANSLATE_NOOP("Window", "Settings")),
    "diagnostics": str(QT_TRANSLATE_NOOP("Window", "Diagnostics")),
}
"""What the pages are called, in the order of the rail; a drawing of each name is in `gui/glyphs.py`."""
PAGES: Final[dict[str, "Callable[[], type[Page]]"]] = {
    "memory": _memory,
    "models": _models,
    "privacy": _privacy,
    "settings": _settings,
    "diagnostics": _diagnostics,
}
"""What reads a page and returns its class, by its name."""
