"""The talk key on Windows: RegisterHotKey, which tells of one key only. Not run yet: no Windows was at hand."""

import ctypes
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QKeyCombination, Qt, QTimer

from mia_desktop.core.errors import RefusedError

translate = QCoreApplication.translate  # the name that lupdate looks for
_ID = 0x4D49  # below 0xC000, as for every application
_WM_HOTKEY = 0x0312
_NO_REPEAT = 0x4000
_MODIFIERS = {
    Qt.KeyboardModifier.AltModifier: 0x1,
    Qt.KeyboardModifier.ControlModifier: 0x2,
    Qt.KeyboardModifier.ShiftModifier: 0x4,
    Qt.KeyboardModifier.MetaModifier: 0x8,
}
_F1 = 0x70
_OTHERS = {Qt.Key.Key_Pause: 0x13, Qt.Key.Key_ScrollLock: 0x91}
_LOOK_MS = 20


class _Message(ctypes.Structure):
    """The beginning of Windows' MSG."""

    _fields_ = [("window", ctypes.c_void_p), ("message", ctypes.c_uint), ("wparam", ctypes.c_size_t)]


class WindowsGrab(QAbstractNativeEventFilter):
    """Hears one key; Windows tells when it goes down, and is asked whether it is still down."""

    def __init__(self, press: Callable[[], None], release: Callable[[], None]) -> None:
        super().__init__()
        self._press, self._release = press, release
        self._code = 0
        self._timer = QTimer(interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def take(self, keys: QKeyCombination) -> None:
        """Register the key; raises RefusedError when another program has it."""
        wanted = sum(bit for modifier, bit in _MODIFIERS.items() if keys.keyboardModifiers() & modifier)
        self._code = virtual_key(keys.key())
        if not _user32().RegisterHotKey(None, _ID, wanted | _NO_REPEAT, self._code):
            raise RefusedError(
                translate("Hotkey", "Another program uses this talk key. Choose another one in the settings.")
            )
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)

    def let_go(self) -> None:
        """Give the key back."""
        self._timer.stop()
        _user32().UnregisterHotKey(None, _ID)
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:  # noqa: N802 - Qt's name
        """Look for Windows' word that the key went down."""
        if bytes(kind) == b"windows_generic_MSG":  # type: ignore[arg-type] # a QByteArray gives its bytes
            what = _Message.from_address(int(message))
            if what.message == _WM_HOTKEY and what.wparam == _ID:
                self._press()
                self._timer.start()
                return True, 0
        return False, 0

    def _look(self) -> None:
        if not _user32().GetAsyncKeyState(self._code) & 0x8000:
            self._timer.stop()
            self._release()


def virtual_key(key: Qt.Key) -> int:
    """Return Windows' number of a key that `combination` allows."""
    if key in _OTHERS:
        return _OTHERS[key]
    if key.value >= Qt.Key.Key_F1.value:
        return _F1 + key.value - Qt.Key.Key_F1.value
    return key.value  # letters, digits and Space have the numbers of their characters


def _user32() -> Any:
    if sys.platform != "win32":
        raise RefusedError("This is not Windows.")
    return ctypes.windll.user32
