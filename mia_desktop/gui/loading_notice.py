"""Tells of a model that is being loaded for one answer, and lets the user call it off."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from mia_desktop.core.events import Event, ModelLoaded, ModelLoading, TurnFinished
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.notice import Notice


class LoadingNotice(QObject):
    """Shows which model is loaded until it is there or its turn is over."""

    def __init__(self, notice: Notice, cancel: Callable[[], None]) -> None:
        super().__init__(notice)
        self._notice = notice
        self._cancel = cancel
        self._turn: TurnId | None = None
        self._told = ""

    def see(self, event: Event) -> None:
        """Say what an event tells of it."""
        match event:
            case ModelLoading():
                self._turn = event.turn
                words = QCoreApplication.translate("LoadingNotice", "Loading {0}, which answers this once…")
                self._told = words.format(event.model)
                cancel = QCoreApplication.translate("LoadingNotice", "Cancel")
                self._notice.offer(self._told, cancel, self._cancel)
            case ModelLoaded() if self._turn is not None:
                self._end()
            case TurnFinished(turn=turn) if turn == self._turn:
                self._end()
            case _:
                pass

    def _end(self) -> None:
        self._turn = None
        if self._notice.newest == self._told:  # else something newer is told
            self._notice.pass_on()
