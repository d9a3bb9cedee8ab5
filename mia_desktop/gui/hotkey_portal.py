"""The talk key on Wayland: the desktop portal's GlobalShortcuts (org.freedesktop.portal.GlobalShortcuts).

The desktop shows the user its own dialog, in which the key may be changed or refused.
"""

import secrets
from collections.abc import Callable
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, QSocketNotifier, Qt, Slot

from mia_desktop.core.errors import RefusedError

translate = QCoreApplication.translate  # the name that lupdate looks for
_PATH = "/org/freedesktop/portal/desktop"
_SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_REQUEST = "org.freedesktop.portal.Request"
_SHORTCUT = "talk"
# As the XDG shortcuts specification writes them.
_MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: "CTRL",
    Qt.KeyboardModifier.AltModifier: "ALT",
    Qt.KeyboardModifier.ShiftModifier: "SHIFT",
    Qt.KeyboardModifier.MetaModifier: "LOGO",
}
_NAMES = {Qt.Key.Key_Space: "space", Qt.Key.Key_ScrollLock: "Scroll_Lock"}


class PortalGrab(QObject):
    """Asks the portal for a session with one shortcut, and hears when it is activated and deactivated.

    Args:
        press: the key went down.
        release: it went up.
        refuse: the desktop said no; with a sentence for the user.
        service: the portal's name on the session bus.
    """

    def __init__(
        self,
        press: Callable[[], None],
        release: Callable[[], None],
        refuse: Callable[[str], None],
        service: str = "org.freedesktop.portal.Desktop",
    ) -> None:
        super().__init__()
        self._press, self._release, self._refuse = press, release, refuse
        self._portal = DBusAddress(_PATH, service, _SHORTCUTS)
        self._trigger = ""
        self._session = ""
        self._answers: dict[str, Callable[[dict[str, Any]], None]] = {}
        try:
            self._bus: DBusConnection = open_dbus_connection("SESSION")
        except (OSError, KeyError, ValueError) as error:
            raise RefusedError(_no_portal()) from error
        self._notifier = QSocketNotifier(self._bus.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def take(self, keys: QKeyCombination) -> None:
        """Ask for the key; raises RefusedError when there is no portal to ask."""
        self._trigger = trigger(keys)
        for interface in (_SHORTCUTS, _REQUEST):
            rule = MatchRule(type="signal", interface=interface, sender=self._portal.bus_name)
            self._bus.send(message_bus.AddMatch(rule))
        options = {"session_handle_token": ("s", _token())}
        self._ask("CreateSession", "a{sv}", [], options, self._bind)
        self._notifier.setEnabled(True)

    def let_go(self) -> None:
        """Close the connection; the portal ends the session with it."""
        self._notifier.setEnabled(False)
        self._bus.close()

    def _bind(self, results: dict[str, Any]) -> None:
        self._session = str(results.get("session_handle", ("s", ""))[1])
        shortcut = {"description": ("s", translate("Hotkey", "Talk to MIA")), "preferred_trigger": ("s", self._trigger)}
        self._ask(
            "BindShortcuts",
            "oa(sa{sv})sa{sv}",
            [self._session, [(_SHORTCUT, shortcut)], ""],
            {},
            lambda _: None,
        )

    def _ask(
        self,
        method: str,
        signature: str,
        arguments: list[Any],
        options: dict[str, Any],
        answered: Callable[[dict[str, Any]], None],
    ) -> None:
        """Call a method whose answer comes as a signal from an object with a name that the caller chooses."""
        token = _token()
        caller = (self._bus.unique_name or "").removeprefix(":").replace(".", "_")
        self._answers[f"{_PATH}/request/{caller}/{token}"] = answered
        call = new_method_call(self._portal, method, signature, (*arguments, {**options, "handle_token": ("s", token)}))
        self._bus.send(call)

    @Slot()
    def _read(self) -> None:
        while True:
            try:
                message = self._bus.receive(timeout=0)
            except TimeoutError:
                return
            except (OSError, EOFError):
                self._notifier.setEnabled(False)
                self._release()
                return
            self._understand(message)

    def _understand(self, message: Message) -> None:
        fields = message.header.fields
        kind, member = message.header.message_type, fields.get(HeaderFields.member)
        if kind is MessageType.error and self._answers:
            self._answers.clear()
            self._refuse(_no_portal())
        elif kind is MessageType.signal and member == "Response":
            answered = self._answers.pop(str(fields.get(HeaderFields.path)), None)
            if answered is not None and message.body[0] == 0:
                answered(message.body[1])
            elif answered is not None:
                self._refuse(
                    translate(
                        "Hotkey",
                        "The desktop gave MIA no talk key. Set one in the desktop's settings, or use the one in MIA's "
                        "window.",
                    )
                )
        elif kind is MessageType.signal and message.body[:2] == (self._session, _SHORTCUT):
            if member == "Activated":
                self._press()
            elif member == "Deactivated":
                self._release()


def trigger(keys: QKeyCombination) -> str:
    """Return a combination as the XDG shortcuts specification writes it, such as ``CTRL+ALT+space``."""
    key = keys.key()
    name = _NAMES.get(key) or Qt.Key(key).name.removeprefix("Key_")
    held = [word for modifier, word in _MODIFIERS.items() if keys.keyboardModifiers() & modifier]
    return "+".join([*held, name.lower() if len(name) == 1 else name])


def _no_portal() -> str:
    return translate(
        "Hotkey", "This Wayland desktop offers no keys for the whole desktop. Use the talk key in MIA's window."
    )


def _token() -> str:
    return f"mia_{secrets.token_hex(6)}"
