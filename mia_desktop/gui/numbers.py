"""Numbers as people write them in the window's language."""

from PySide6.QtCore import QLocale

_MOST_DIGITS = 10


def number(value: float, digits: int | None = None) -> str:
    """Return a number with its marks of thousands and so many digits after the point; None: as many as it has."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:  # of no people, it has no marks
        locale = QLocale(QLocale.Language.English)
    if digits is None:
        return locale.toString(float(value), "g", _MOST_DIGITS)
    return locale.toString(float(value), "f", digits)
