"""What can be chosen for settings that name a device, a model or a language."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

from mia_desktop.core.paths import Paths, shipped
from mia_desktop.gui.setting_editor import Choice
from mia_desktop.library.store import Store
from mia_desktop.senses import devices

_ROLES: Final = {
    "hearing.model": "speech_to_text",
    "hearing.turn_model": "end_of_turn",
    "memory.model": "text_embedding",
    "language.model": "language",
    "speech.voice": "text_to_speech",
}
_DEVICES: Final = {"hearing.microphone": "microphone", "speech.speaker": "speaker"}
_SPOKEN: Final = {
    "ar": "العربية",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "fi": "Suomi",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "hu": "Magyar",
    "id": "Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "no": "Norsk",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "sv": "Svenska",
    "th": "ไทย",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
"""Languages by their own names; any other that the model knows can be written into the settings file."""
SLOW: Final = frozenset({*_ROLES, *_DEVICES})
"""Settings whose choices are looked up beside the window."""


def languages() -> list[Choice]:
    """Return the languages that are often spoken to MIA, each by its own name."""
    each = Choice(value="auto", words=QCoreApplication.translate("SettingChoices", "Find out each time"))
    return [each, *(Choice(value=code, words=name) for code, name in _SPOKEN.items())]


def window_languages() -> list[Choice]:
    """Return the languages that the window speaks."""
    files = (shipped("resources") / "translations").glob("mia_*.qm")
    codes = sorted({"en", *(file.stem.removeprefix("mia_") for file in files)})
    return [
        Choice(value="", words=QCoreApplication.translate("SettingChoices", "As the system")),
        *(Choice(value=code, words=_SPOKEN.get(code, code)) for code in codes),
    ]


def quick(key: str) -> Callable[[], list[Choice]] | None:
    """Return what gives the choices for `key` at once; None where there are none."""
    return {"hearing.language": languages, "desktop.language": window_languages}.get(key)


def slow(key: str, paths: Paths) -> list[Choice]:
    """Return the choices for a key of `SLOW`; it may take a second."""
    return sound_devices(_DEVICES[key]) if key in _DEVICES else models(_ROLES[key], paths)


def sound_devices(kind: str) -> list[Choice]:
    """Return this machine's microphones or speakers; raises DeviceError where sound itself is missing."""
    there = [one for one in devices.found() if one.kind == kind]
    names = dict.fromkeys(one.name for one in there)
    default = next((one.name for one in there if one.default), "")
    first = (
        QCoreApplication.translate("SettingChoices", "The system's: {0}").format(default)
        if default
        else QCoreApplication.translate("SettingChoices", "The system's")
    )
    return [Choice(value="", words=first), *(Choice(value=name, words=name) for name in names)]


def models(role: str, paths: Paths) -> list[Choice]:
    """Return the models of a role that are on this machine, the best first."""
    store = Store(paths)
    there = [one for one in store.catalog if one.role == role and store.status(one.name) == "installed"]
    found = [
        Choice(value=one.name, words=f"{one.name} ({one.bytes / 1e6:,.0f} MB)")
        for one in sorted(there, key=lambda one: -one.rank)
    ]
    return (
        [Choice(value="", words=QCoreApplication.translate("SettingChoices", "None")), *found]
        if role == "end_of_turn"
        else found
    )
