"""Tells that nothing can be written to memory, where room can be made, and that it goes again."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from mia_desktop.core.errors import VaultDiskError
from mia_desktop.core.events import Event, KeepingFailed, KeepingResumed
from mia_desktop.gui.notice import Notice

translate = QCoreApplication.translate  # the name that lupdate looks for


class KeepingNotice(QObject):
    """Shows the trouble until it is over, turn after turn."""

    def __init__(self, notice: Notice, make_room: Callable[[], None]) -> None:
        super().__init__(notice)
        self._notice = notice
        self._make_room = make_room

    def see(self, event: Event) -> None:
        """Say what an event tells of it."""
        match event:
            case KeepingFailed(error=error):
                full = translate("KeepingNotice", "The vault's disk is full or failing.")
                why = full if isinstance(error, VaultDiskError) else str(error)
                told = translate(
                    "KeepingNotice", "{0} What you say waits until it can be written; it is lost when MIA ends before."
                )
                words = translate("KeepingNotice", "Make room")
                self._notice.stand(told.format(why), words, self._make_room)
            case KeepingResumed(lost=0):
                self._notice.stand_down()
                self._notice.say(translate("KeepingNotice", "What you said is kept again."), passing=True)
            case KeepingResumed(lost=lost):
                self._notice.stand_down()
                told = translate(
                    "KeepingNotice", "The vault was locked before all was written: {0} of your turns are lost."
                )
                self._notice.say(told.format(lost), passing=False)
            case _:
                pass
