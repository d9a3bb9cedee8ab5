"""What is worth a notification while nobody looks at the window. Pure: an event and two settings give words or none."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from mia_desktop.core.config import Settings
from mia_desktop.core.events import DeviceLost, Event, KeepingFailed, ReplyWritten, TurnFinished, WorkerFailed

translate = QCoreApplication.translate  # the name that lupdate looks for
_LONGEST_CHARS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notification.

    Attributes:
        title: one line.
        text: more, or empty.
    """

    title: str
    text: str


def worth_telling(event: Event, settings: Settings) -> Told | None:
    """Return the notification of `event`, or None.

    A notification stays in the system's list and is seen on a locked screen: it holds nothing of the conversation
    unless the user allows it.
    """
    if not settings.notifications:
        return None
    match event:
        case ReplyWritten(text=text) if text.strip():
            return Told(
                title=translate("Notifications", "MIA has answered"),
                text=_begin(text) if settings.notification_text else "",
            )
        case TurnFinished(outcome="failed"):
            return Told(
                title=translate("Notifications", "MIA could not answer"),
                text=translate("Notifications", "Her window says why."),
            )
        case DeviceLost(kind="microphone"):
            return Told(
                title=translate("Notifications", "The microphone is gone"),
                text=translate("Notifications", "MIA hears nothing until it is back."),
            )
        case DeviceLost(kind="speaker"):
            return Told(
                title=translate("Notifications", "The speaker is gone"),
                text=translate("Notifications", "MIA answers in writing until it is back."),
            )
        case KeepingFailed():
            return Told(
                title=translate("Notifications", "MIA cannot write down what you say"),
                text=translate("Notifications", "Her window says why."),
            )
        case WorkerFailed(gave_up=True):
            return Told(
                title=translate("Notifications", "A part of MIA has stopped"),
                text=translate("Notifications", "Her window offers to start it again."),
            )
        case _:
            return None


def _begin(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_CHARS else line[: _LONGEST_CHARS - 1].rsplit(" ", 1)[0] + " …"
