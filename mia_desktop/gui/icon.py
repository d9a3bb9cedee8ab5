"""MIA's own icon."""

from PySide6.QtGui import QIcon

from mia_desktop.core.paths import shipped


def mia_icon() -> QIcon:
    """Return the icon, drawn from the SVG that ships with MIA."""
    return QIcon(str(shipped("resources") / "icons" / "mia.svg"))
