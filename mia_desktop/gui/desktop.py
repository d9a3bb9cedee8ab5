"""MIA on the desktop, around the window: tray, talk key, notifications, one instance, the window's place."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from mia_desktop.core.commands import CancelTurn, SetAway, SetHandsFree, SetMuted, StartListening, StopListening
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import Event, State, StateChanged
from mia_desktop.core.paths import Paths
from mia_desktop.gui.autostart import Autostart
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.hotkey import Hotkey
from mia_desktop.gui.notifications import worth_telling
from mia_desktop.gui.single_instance import SingleInstance
from mia_desktop.gui.tray import Tray
from mia_desktop.gui.unsaved_question import UnsavedQuestion
from mia_desktop.gui.way_out import in_window
from mia_desktop.gui.window_place import WindowPlace

_SEEN_OR_NOT = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange)
_CANNOT_TALK: tuple[State, ...] = ("warming up", "trouble", "muted")


class Desktop(QObject):
    """Connects the window and the engine with what a desktop offers, and does without what it lacks.

    Attributes:
        files_given: files to open (a list of `Path`), from the command line or a second start.
        trouble: a sentence for the user, such as that the talk key is taken.
        wants_first_run: the user wants to set MIA up again; the window is before them.
    """

    files_given = Signal(object)
    trouble = Signal(str)
    wants_first_run = Signal()

    def __init__(
        self, window: QWidget, bridge: Bridge, settings: Settings, paths: Paths, instance: SingleInstance
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._settings = window, bridge, settings
        self._quitting = self._away = False
        self._state: State = "warming up"
        self._place = WindowPlace(paths)
        self._autostart = Autostart()
        self.tray = Tray(self)
        self.hotkey = Hotkey(self)
        self.unsaved = UnsavedQuestion(window)
        instance.asked_for.connect(self._asked_for)
        bridge.happened.connect(self._on_event)
        self.hotkey.pressed.connect(self._talk)
        self.hotkey.released.connect(self._sent)
        self.hotkey.refused.connect(self.trouble)
        self.tray.wants_window.connect(self.raise_window)
        self.tray.told_clicked.connect(self.raise_window)
        self.tray.wants_talk.connect(self._talk_or_send)
        self.tray.wants_hands_free.connect(self._set_hands_free)
        self.tray.wants_mute.connect(self._set_muted)
        self.tray.wants_autostart.connect(self._set_autostart)
        self.tray.wants_first_run.connect(self._set_up)
        self.tray.wants_quit.connect(self._quit_if_saved)
        self.unsaved.answered.connect(self.quit)
        window.installEventFilter(self)

    def begin(self, *, in_tray: bool = False, files: Sequence[Path] = ()) -> None:
        """Show the tray and the window (not when it should stay in the tray), and hear the talk key."""
        if self._settings.keep_window_place:
            self._place.restore(self._window)
        if self._settings.tray:
            self.tray.autostart.setChecked(self._autostart.is_on())
            self.tray.show()
        if not (in_tray and self.tray.there):
            self._window.show()
        self._tell_whether_seen()
        refused = self.hotkey.use(self._settings.hotkey)
        if refused:
            self.trouble.emit(refused)
        if files:
            self.files_given.emit(list(files))

    def end(self) -> None:
        """Give back what the desktop lent."""
        self._window.removeEventFilter(self)
        self.hotkey.stop()
        self.tray.hide()
        if self._settings.keep_window_place:
            self._place.keep(self._window)
        else:
            self._place.forget()

    @Slot()
    def raise_window(self) -> None:
        """Bring the window to the user, wherever it was."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    @Slot()
    def quit(self) -> None:
        """End MIA at once, whether her window is open or not."""
        self._quitting = True
        self._window.close()
        QApplication.quit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let a closed window live on in the tray, if the user wants that and can see the tray."""
        if watched is not self._window:
            return False
        if event.type() in _SEEN_OR_NOT:
            QTimer.singleShot(0, self, self._tell_whether_seen)  # once the window is what it becomes
        if event.type() != QEvent.Type.Close:
            return False
        if self._settings.close_to_tray and self.tray.there and not self._quitting:
            event.ignore()
            self._window.hide()
            return True
        if not self._quitting and self._asks():
            event.ignore()
            return True
        QTimer.singleShot(0, self, self._quit_if_closed)  # the window itself may still say no
        return False

    @Slot()
    def _quit_if_saved(self) -> None:
        if not self._asks():
            self.quit()

    def _asks(self) -> bool:
        """Ask the user first if words of theirs would be lost; tell whether that is so."""
        turns = self._bridge.snapshot().unsaved
        if turns:
            self.raise_window()
            self.unsaved.ask(turns)
        return turns > 0

    @Slot()
    def _tell_whether_seen(self) -> None:
        away = not self._window.isVisible() or self._window.isMinimized()
        if away != self._away:
            self._away = away
            self._bridge.submit(SetAway(on=away))

    @Slot()
    def _quit_if_closed(self) -> None:
        if not self._window.isVisible():
            QApplication.quit()

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if isinstance(event, StateChanged):
            self._state = event.state
            self.tray.show_state(event.state, in_window(event.why))
        self.unsaved.see(event)
        self.tray.show_status(self._bridge.snapshot())
        if not self._window.isActiveWindow():
            told = worth_telling(event, self._settings)
            if told is not None:
                self.tray.tell(told.title, told.text)

    @Slot(object, str)
    def _asked_for(self, files: list[Path], token: str) -> None:
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt takes it from there when the window is activated
        self.raise_window()
        if files:
            self.files_given.emit(files)

    @Slot()
    def _talk(self) -> None:
        if self._state not in _CANNOT_TALK:
            self._bridge.submit(StartListening())

    @Slot()
    def _sent(self) -> None:
        self._bridge.submit(StopListening())

    @Slot()
    def _set_up(self) -> None:
        self.raise_window()
        self.wants_first_run.emit()

    @Slot(bool)
    def _talk_or_send(self, on: bool) -> None:
        if on:
            self._talk()
        else:
            self._sent()

    @Slot(bool)
    def _set_hands_free(self, on: bool) -> None:
        self._bridge.submit(SetHandsFree(on=on))

    @Slot(bool)
    def _set_muted(self, on: bool) -> None:
        if on:
            self._bridge.submit(CancelTurn())
        self._bridge.submit(SetMuted(on=on))

    @Slot(bool)
    def _set_autostart(self, on: bool) -> None:
        try:
            self._autostart.switch(on)
        except MiaError as error:
            self.trouble.emit(str(error))
        self.tray.autostart.setChecked(self._autostart.is_on())
