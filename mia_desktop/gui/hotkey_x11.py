"""The talk key on X11: a passive grab, so that the server tells MIA of that key alone."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, QSocketNotifier, Qt, Slot
from Xlib import X, display, error

from mia_desktop.core.errors import RefusedError

translate = QCoreApplication.translate  # the name that lupdate looks for
_MASKS = {
    Qt.KeyboardModifier.ShiftModifier: X.ShiftMask,
    Qt.KeyboardModifier.ControlModifier: X.ControlMask,
    Qt.KeyboardModifier.AltModifier: X.Mod1Mask,
    Qt.KeyboardModifier.MetaModifier: X.Mod4Mask,
}
_LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)  # Caps Lock and Num Lock may be on
_F1 = 0xFFBE
_OTHERS = {Qt.Key.Key_Pause: 0xFF13, Qt.Key.Key_ScrollLock: 0xFF14}


class X11Grab(QObject):
    """Hears one key through a connection of its own to the X server."""

    def __init__(self, press: Callable[[], None], release: Callable[[], None]) -> None:
        super().__init__()
        self._press, self._release = press, release
        self._code = 0
        try:
            self._display = display.Display()
        except (error.DisplayError, error.XError, OSError) as trouble:
            raise RefusedError(
                translate("Hotkey", "The X server gives MIA no key. Use the talk key in MIA's window.")
            ) from trouble
        self._notifier = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def take(self, keys: QKeyCombination) -> None:
        """Ask the server for the key; raises RefusedError when another program has it."""
        self._code = self._display.keysym_to_keycode(keysym(keys.key()))
        wanted = sum(mask for modifier, mask in _MASKS.items() if keys.keyboardModifiers() & modifier)
        taken = error.CatchError(error.BadAccess)
        root = self._display.screen().root
        for lock in _LOCKS:
            root.grab_key(self._code, wanted | lock, False, X.GrabModeAsync, X.GrabModeAsync, onerror=taken)
        self._display.sync()
        if self._code == 0 or taken.get_error() is not None:
            self.let_go()
            raise RefusedError(
                translate("Hotkey", "Another program uses this talk key. Choose another one in the settings.")
            )

    def let_go(self) -> None:
        """Close the connection; the server ends the grab."""
        self._notifier.setEnabled(False)
        self._display.close()

    @Slot()
    def _read(self) -> None:
        try:
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.KeyPress and event.detail == self._code:
                    self._press()
                elif event.type == X.KeyRelease and event.detail == self._code and not self._is_down():
                    self._release()
        except error.ConnectionClosedError:
            self._notifier.setEnabled(False)
            self._release()

    def _is_down(self) -> bool:
        """Tell whether the key itself is down: a held key is repeated as releases and presses."""
        keys = self._display.query_keymap()
        return bool(keys[self._code // 8] & 1 << self._code % 8)


def keysym(key: Qt.Key) -> int:
    """Return X's number of a key that `combination` allows."""
    if key in _OTHERS:
        return _OTHERS[key]
    if key.value >= Qt.Key.Key_F1.value:
        return _F1 + key.value - Qt.Key.Key_F1.value
    return ord(chr(key.value).lower())
