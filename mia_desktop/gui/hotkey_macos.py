"""The talk key on macOS: Carbon's hot keys, which need no permission and tell of one key only.

Not run yet: no Mac was at hand.
"""

import ctypes
import ctypes.util
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt

from mia_desktop.core.errors import RefusedError

translate = QCoreApplication.translate  # the name that lupdate looks for
_PRESSED, _RELEASED = 5, 6  # kEventHotKeyPressed, kEventHotKeyReleased
# Carbon's modifiers; Qt calls the Command key Control on macOS, and the Control key Meta.
_MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: 0x0100,
    Qt.KeyboardModifier.ShiftModifier: 0x0200,
    Qt.KeyboardModifier.AltModifier: 0x0800,
    Qt.KeyboardModifier.MetaModifier: 0x1000,
}
# Virtual key codes name places on the keyboard (HIToolbox/Events.h).
_LETTERS = dict(
    zip(
        "ASDFHGZXCVBQWERYTOUIPLJKNM",
        (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 31, 32, 34, 35, 37, 38, 40, 45, 46),
        strict=True,
    )
)
_DIGITS = dict(zip("1234567890", (18, 19, 20, 21, 23, 22, 26, 28, 25, 29), strict=True))
_FUNCTION = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111)
_SPACE = 49


class _EventType(ctypes.Structure):
    _fields_ = [("event_class", ctypes.c_uint32), ("kind", ctypes.c_uint32)]


class _HotKeyId(ctypes.Structure):
    _fields_ = [("signature", ctypes.c_uint32), ("number", ctypes.c_uint32)]


_Handler = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class CarbonGrab:
    """Hears one key through Carbon's event target of the application."""

    def __init__(self, press: Callable[[], None], release: Callable[[], None]) -> None:
        self._press, self._release = press, release
        self._handler = _Handler(self._happened)  # Carbon keeps no reference to it
        self._handler_ref, self._key_ref = ctypes.c_void_p(), ctypes.c_void_p()
        self._carbon = _carbon()

    def take(self, keys: QKeyCombination) -> None:
        """Register the key; raises RefusedError when macOS does not give it."""
        carbon = self._carbon
        wanted = sum(bit for modifier, bit in _MODIFIERS.items() if keys.keyboardModifiers() & modifier)
        target = carbon.GetEventDispatcherTarget()
        kinds = (_EventType * 2)(*(_EventType(_four("keyb"), kind) for kind in (_PRESSED, _RELEASED)))
        refused = carbon.InstallEventHandler(target, self._handler, 2, kinds, None, ctypes.byref(self._handler_ref))
        refused = refused or carbon.RegisterEventHotKey(
            key_code(keys.key()), wanted, _HotKeyId(_four("MIA "), 1), target, 0, ctypes.byref(self._key_ref)
        )
        if refused:
            self.let_go()
            raise RefusedError(
                translate("Hotkey", "macOS does not give this talk key. Choose another one in the settings.")
            )

    def let_go(self) -> None:
        """Give the key back."""
        if self._key_ref:
            self._carbon.UnregisterEventHotKey(self._key_ref)
        if self._handler_ref:
            self._carbon.RemoveEventHandler(self._handler_ref)
        self._handler_ref, self._key_ref = ctypes.c_void_p(), ctypes.c_void_p()

    def _happened(self, _next: int | None, event: int | None, _data: int | None) -> int:
        if self._carbon.GetEventKind(ctypes.c_void_p(event)) == _PRESSED:
            self._press()
        else:
            self._release()
        return 0


def key_code(key: Qt.Key) -> int:
    """Return the Mac's number of a key that `combination` allows; raises RefusedError for keys a Mac lacks."""
    if key == Qt.Key.Key_Space:
        return _SPACE
    number = key.value - Qt.Key.Key_F1.value
    if 0 <= number < len(_FUNCTION):
        return _FUNCTION[number]
    code = (_LETTERS | _DIGITS).get(chr(key.value)) if key.value < 128 else None
    if code is None:
        raise RefusedError(translate("Hotkey", "A Mac has no such key. Choose another one in the settings."))
    return code


def _four(letters: str) -> int:
    return int.from_bytes(letters.encode("ascii"), "big")


def _carbon() -> Any:
    place = ctypes.util.find_library("Carbon")
    if place is None:
        raise RefusedError(
            translate("Hotkey", "macOS has no keys for the whole desktop here. Use the talk key in MIA's window.")
        )
    carbon = ctypes.CDLL(place)
    pointer = ctypes.c_void_p
    carbon.GetEventDispatcherTarget.restype = pointer
    carbon.InstallEventHandler.argtypes = [pointer, _Handler, ctypes.c_ulong, pointer, pointer, pointer]
    carbon.RegisterEventHotKey.argtypes = [
        ctypes.c_uint32,
        ctypes.c_uint32,
        _HotKeyId,
        pointer,
        ctypes.c_uint32,
        pointer,
    ]
    carbon.UnregisterEventHotKey.argtypes = carbon.RemoveEventHandler.argtypes = [pointer]
    carbon.GetEventKind.argtypes, carbon.GetEventKind.restype = [pointer], ctypes.c_uint32
    return carbon
