"""The window's language."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication

from mia_desktop.core.paths import shipped


def speak(application: QCoreApplication, language: str = "") -> list[QTranslator]:
    """Let the window speak `language` (ISO 639-1; empty: the system's), as far as it can; else English.

    Returns:
        The translations in use: MIA's own and Qt's, for its buttons and dialogs.
    """
    locale = QLocale(language) if language else QLocale.system()
    folders = {
        "mia": str(shipped("resources") / "translations"),
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    }
    QLocale.setDefault(locale)  # numbers and sizes
    if isinstance(application, QGuiApplication):
        application.setLayoutDirection(locale.textDirection())
    used = []
    for name, folder in folders.items():
        translator = QTranslator(application)
        if translator.load(locale, name, "_", folder) and application.installTranslator(translator):
            used.append(translator)
    return used
