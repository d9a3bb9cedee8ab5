"""What makes the window easier on eyes: stronger contrast, and nothing that moves by itself."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints, QGuiApplication
from PySide6.QtWidgets import QStyle, QWidget
from shiboken6 import isValid

from mia_desktop.core.config import Settings

_kept: list[Any] = []
"""The system's hints: when Python lets go of the first, Qt's binding takes the second away from all."""
_CONTRAST, _STILL = "mia_high_contrast", "mia_still"


def wish(settings: Settings) -> None:
    """Take what the user wants; the window that is made next heeds it."""
    application = QGuiApplication.instance()
    if application is not None:
        application.setProperty(_CONTRAST, settings.high_contrast)
        application.setProperty(_STILL, settings.reduced_motion)


def strong_contrast() -> bool:
    """Tell whether the user or their system wants stronger contrast."""
    application = QGuiApplication.instance()
    if application is None:
        return False
    return bool(application.property(_CONTRAST)) or (
        contrast_hints().contrastPreference() == Qt.ContrastPreference.HighContrast
    )


def contrast_hints() -> QAccessibilityHints:
    """Return what the system says of contrast, and when that changes."""
    if not _kept or not isValid(_kept[1]):
        hints = QGuiApplication.styleHints()
        _kept[:] = (hints, hints.accessibility())
    found: QAccessibilityHints = _kept[1]
    return found


def still(widget: QWidget) -> bool:
    """Tell whether the user or their system wants nothing to move by itself."""
    application = QGuiApplication.instance()
    asked = application is not None and bool(application.property(_STILL))
    return asked or widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) == 0
