"""The pages beside the conversation."""

from typing import Final

from mia_desktop.gui.pages.diagnostics import DiagnosticsPage
from mia_desktop.gui.pages.memory import MemoryPage
from mia_desktop.gui.pages.models import ModelsPage
from mia_desktop.gui.pages.page import Page
from mia_desktop.gui.pages.privacy import PrivacyPage
from mia_desktop.gui.pages.settings import SettingsPage

PAGES: Final[dict[str, type[Page]]] = {
    "memory": MemoryPage,
    "models": ModelsPage,
    "privacy": PrivacyPage,
    "settings": SettingsPage,
    "diagnostics": DiagnosticsPage,
}
"""The pages by their names, in the order of the rail; a drawing of that name is in `gui/glyphs.py`."""
