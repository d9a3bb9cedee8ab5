"""The talk key that works everywhere, also while MIA's window is minimised or hidden."""

import os
import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from mia_desktop.core.errors import MiaError, RefusedError, UsageError

translate = QCoreApplication.translate  # the name that lupdate looks for
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.MetaModifier
)
_ALONE = {Qt.Key.Key_Pause, Qt.Key.Key_ScrollLock, *(Qt.Key(Qt.Key.Key_F1.value + n) for n in range(24))}
_LETTERS = {Qt.Key(code) for code in range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)}
_DIGITS = {Qt.Key(code) for code in range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)}
_KEYS = _ALONE | _LETTERS | _DIGITS | {Qt.Key.Key_Space}


class Grab(Protocol):
    """A way to hear one key from the whole desktop."""

    def take(self, keys: QKeyCombination) -> None:
        """Begin to hear `keys`; raises RefusedError where that is not possible."""
        ...

    def let_go(self) -> None:
        """Hear nothing any more."""
        ...


class Hotkey(QObject):
    """One key combination for the whole desktop. MIA hears that one and no other key.

    Attributes:
        pressed: it went down.
        released: it went up.
        refused: it cannot be used; with a sentence for the user.
    """

    pressed = Signal()
    released = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grab: Grab | None = None
        self._down = False

    def use(self, name: str) -> str:
        """Hear the combination `name`, such as ``Ctrl+Alt+Space``, from now on; an empty one: none.

        Returns:
            A sentence for the user when that is not possible, else empty. On Wayland the desktop answers later; then
            `refused` tells.
        """
        self.stop()
        if not name:
            return ""
        try:
            keys = combination(name)
            self._grab = _grab(self._press, self._release, self._refuse)
            self._grab.take(keys)
        except MiaError as error:
            self._grab = None
            return str(error)
        return ""

    def stop(self) -> None:
        """Hear nothing any more; a key that is held counts as released."""
        if self._grab is not None:
            self._grab.let_go()
            self._grab = None
        self._release()

    def _press(self) -> None:
        if not self._down:
            self._down = True
            self.pressed.emit()

    def _release(self) -> None:
        if self._down:
            self._down = False
            self.released.emit()

    def _refuse(self, why: str) -> None:
        self.refused.emit(why)


def combination(name: str) -> QKeyCombination:
    """Return the combination of that name; raises UsageError when no desktop could tell it from ordinary typing."""
    sequence = QKeySequence.fromString(name, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() == 1:
        keys: QKeyCombination = sequence[0]  # type: ignore[index] # Qt's stubs do not know
        modifiers = keys.keyboardModifiers()
        beyond_shift = modifiers & ~Qt.KeyboardModifier.ShiftModifier
        if keys.key() in _KEYS and not modifiers & ~_MODIFIERS and (keys.key() in _ALONE or beyond_shift):
            return keys
    told = translate(
        "Hotkey",
        "'{0}' cannot be a talk key for the whole desktop. Use a letter, digit or Space with Ctrl, Alt or Meta, or a "
        "function key; such as Ctrl+Alt+Space.",
    )
    raise UsageError(told.format(name[:40]))


def _grab(press: Callable[[], None], release: Callable[[], None], refuse: Callable[[str], None]) -> Grab:
    """Return what this desktop offers."""
    if sys.platform == "win32":
        from mia_desktop.gui.hotkey_windows import WindowsGrab

        return WindowsGrab(press, release)
    if sys.platform == "darwin":
        from mia_desktop.gui.hotkey_macos import CarbonGrab

        return CarbonGrab(press, release)
    if QGuiApplication.platformName() == "wayland":
        from mia_desktop.gui.hotkey_portal import PortalGrab

        return PortalGrab(press, release, refuse)
    if os.environ.get("DISPLAY") and QGuiApplication.platformName() == "xcb":
        from mia_desktop.gui.hotkey_x11 import X11Grab

        return X11Grab(press, release)
    raise RefusedError(
        translate("Hotkey", "This screen has no keys for the whole desktop. Use the talk key in MIA's window.")
    )
