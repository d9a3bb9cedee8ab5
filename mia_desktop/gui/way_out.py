"""What somebody in front of the window can do about trouble. Pure: an event or an error gives a way out."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from mia_desktop.core.errors import DeviceError, ModelError, UsageError
from mia_desktop.core.events import DeviceLost, Event, HealthChanged, WorkerFailed
from mia_desktop.gui.core_words import in_window_language, instead

translate = QCoreApplication.translate  # the name that lupdate looks for
_COMMAND = "`mia "
_SENTENCES = re.compile(r"(?<=[.!?]) +")


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A button beside the reason of the trouble.

    Attributes:
        words: what stands on it.
        page: name of the page that it opens; empty: the engine is made anew.
    """

    words: str
    page: str = ""


def of_event(event: Event) -> WayOut | None:
    """Return the way out of the trouble that `event` tells of; None when it tells of none."""
    match event:
        case HealthChanged(ok=False):
            return _models()
        case DeviceLost():
            return _devices()
        case WorkerFailed(gave_up=True):
            return _again()
        case _:
            return None


def of_error(error: Exception | None) -> WayOut:
    """Return the way out when there is no engine; `error` is why, None when it was unforeseen."""
    match error:
        case ModelError():
            return _models()
        case DeviceError() | UsageError():
            return _devices()
        case _:
            return _again()


def in_window(sentences: str) -> str:
    """Return `sentences` in the window's language, without commands: in the window a button stands for them."""
    kept = [plain for one in _SENTENCES.split(sentences) if (plain := _without_commands(instead(one)))]
    return " ".join(in_window_language(kept)) or sentences


def _without_commands(sentence: str) -> str:
    if _COMMAND not in sentence:
        return sentence
    clauses = [clause.partition(f": {_COMMAND}") for clause in sentence.rstrip(".").split("; ")]
    kept = [before for before, _, _ in clauses if _COMMAND not in before]
    return "; ".join(kept) + "." if kept else ""


def _models() -> WayOut:
    return WayOut(words=translate("WayOut", "Open the models"), page="models")


def _devices() -> WayOut:
    return WayOut(words=translate("WayOut", "Open the settings"), page="settings")


def _again() -> WayOut:
    return WayOut(words=translate("WayOut", "Start again"))
