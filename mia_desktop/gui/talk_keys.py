"""Hold to talk: one hold, whether by the button, Space or F4."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

_TALK_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_F4)
_REPEAT_MS = 40  # X repeats a held key as releases and presses, and Qt does not recognise all of them under load


class TalkHold(QObject):
    """Joins all that can be held: talking begins with the first and ends with the last of them.

    Space talks wherever it has no other meaning, that is, unless a text field or a button has the focus.

    Attributes:
        began: something is held.
        ended: nothing is held any more.
    """

    began = Signal()
    ended = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._held: set[str] = set()
        self.allowed = False
        self._going_up: set[str] = set()
        self._sure = QTimer(self, interval=_REPEAT_MS, singleShot=True)
        self._sure.timeout.connect(self._went_up)
        application = QGuiApplication.instance()
        if application is not None:
            application.installEventFilter(self)  # keys go to the focused widget first, whichever it is

    @property
    def held(self) -> bool:
        """Whether anything is held."""
        return bool(self._held)

    def hold(self, what: str) -> None:
        """Note that `what` went down."""
        if self.allowed and what not in self._held:
            self._held.add(what)
            if len(self._held) == 1:
                self.began.emit()

    def release(self, what: str) -> None:
        """Note that `what` went up."""
        if what in self._held:
            self._held.discard(what)
            if not self._held:
                self.ended.emit()

    def release_all(self) -> None:
        """End the hold: the window cannot see the keys go up any more."""
        for what in tuple(self._held):
            self.release(what)

    def forget(self) -> None:
        """Drop the hold without an end: the turn was cancelled."""
        self._held.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the talk keys of the window."""
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate and watched is self._page.window():
            self.release_all()
        elif isinstance(event, QKeyEvent) and self._is_ours(watched):
            if kind == QEvent.Type.KeyPress:
                return self._pressed(event)
            if kind == QEvent.Type.KeyRelease:
                return self._released(event)
        return False

    def _is_ours(self, watched: QObject) -> bool:
        if isinstance(watched, QWidget):
            return watched.window() is self._page.window()
        return isinstance(watched, QWindow) and watched is self._page.window().windowHandle()

    def _pressed(self, event: QKeyEvent) -> bool:
        name = _name(event)
        if name is None or event.modifiers() or (name == "Space" and name not in self._held and _space_is_taken()):
            return False
        self._going_up.discard(name)
        if not event.isAutoRepeat():
            self.hold(name)
        return True

    def _released(self, event: QKeyEvent) -> bool:
        name = _name(event)
        if name not in self._held:
            return False
        if name is not None and not event.isAutoRepeat():
            self._going_up.add(name)
            if QGuiApplication.platformName() == "xcb":
                self._sure.start()
            else:
                self._went_up()
        return True

    @Slot()
    def _went_up(self) -> None:
        for name in tuple(self._going_up):
            self.release(name)
        self._going_up.clear()


def _name(event: QKeyEvent) -> str | None:
    key = event.key()
    return Qt.Key(key).name.removeprefix("Key_") if key in _TALK_KEYS else None


def _space_is_taken() -> bool:
    return isinstance(QApplication.focusWidget(), QPlainTextEdit | QLineEdit | QAbstractButton)
