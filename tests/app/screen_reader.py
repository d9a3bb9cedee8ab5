"""Reads a program's accessible tree through AT-SPI, as a screen reader does."""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from jeepney import DBusAddress, DBusErrorResponse, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_ROOT = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_TEXT = "org.a11y.atspi.Text"
_ACTION = "org.a11y.atspi.Action"
_FOCUSABLE, _FOCUSED, _SHOWING = 11, 12, 25  # AtspiStateType


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What a screen reader can say of one thing on the screen."""

    name: str
    role: str
    text: str
    focusable: bool
    focused: bool
    showing: bool
    where: tuple[str, str] = ("", "")
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def says(self) -> str:
        """Return all names and texts that are on the screen."""
        return "\n".join(f"{node.name} {node.text}" for node in self.walk() if node.showing)


class ScreenReader:
    """A connection to the accessibility bus of a session."""

    def __init__(self, session: str) -> None:
        bus = open_dbus_connection(session)
        launcher = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
        [address] = _call(bus, new_method_call(launcher, "GetAddress"))
        bus.close()
        self._bus = open_dbus_connection(address)

    def close(self) -> None:
        self._bus.close()

    def tree(self, process: int) -> Node | None:
        """Return the tree of a process, or None while it has none."""
        for name, path in self._children("org.a11y.atspi.Registry", _ROOT):
            if self._process(name) == process:
                return self._node(name, path)
        return None

    def wait_for(self, process: "subprocess.Popen[str]", words: str, timeout_s: float) -> Node:
        """Return the tree once it says `words`."""
        end_s = time.monotonic() + timeout_s
        said = ""
        while time.monotonic() < end_s:
            assert process.poll() is None, f"ended with {process.returncode} before it said '{words}'"
            try:
                tree = self.tree(process.pid)
            except DBusErrorResponse:  # it changed while it was read
                tree = None
            if tree is not None:
                said = tree.says()
                if words.lower() in said.lower():
                    return tree
            time.sleep(0.1)
        raise AssertionError(f"'{words}' did not come; the screen says: {said}")

    def press(self, process: "subprocess.Popen[str]", name: str, timeout_s: float) -> None:
        """Press what is called `name`, once it is there."""
        end_s = time.monotonic() + timeout_s
        while time.monotonic() < end_s:
            tree = self.wait_for(process, name, timeout_s)
            for node in tree.walk():
                if node.name == name and node.showing and node.focusable:
                    owner, path = node.where
                    pressing = new_method_call(
                        DBusAddress(path, bus_name=owner, interface=_ACTION), "DoAction", "i", (0,)
                    )
                    [done] = _call(self._bus, pressing)
                    assert done
                    return
        raise AssertionError(f"'{name}' cannot be pressed")

    def _node(self, name: str, path: str) -> Node:
        address = DBusAddress(path, bus_name=name, interface=_ACCESSIBLE)
        properties = Properties(address)
        [(_, own_name)] = _call(self._bus, properties.get("Name"))
        [role] = _call(self._bus, new_method_call(address, "GetRoleName"))
        [interfaces] = _call(self._bus, new_method_call(address, "GetInterfaces"))
        [(low, _)] = _call(self._bus, new_method_call(address, "GetState"))
        text = ""
        if _TEXT in interfaces:
            where = DBusAddress(path, bus_name=name, interface=_TEXT)
            [text] = _call(self._bus, new_method_call(where, "GetText", "ii", (0, -1)))
        return Node(
            name=own_name,
            role=role,
            text=text,
            focusable=bool(low >> _FOCUSABLE & 1),
            focused=bool(low >> _FOCUSED & 1),
            showing=bool(low >> _SHOWING & 1),
            where=(name, path),
            children=[self._node(*child) for child in self._children(name, path)],
        )

    def _children(self, name: str, path: str) -> list[tuple[str, str]]:
        address = DBusAddress(path, bus_name=name, interface=_ACCESSIBLE)
        [children] = _call(self._bus, new_method_call(address, "GetChildren"))
        return children

    def _process(self, name: str) -> int:
        daemon = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
        [process] = _call(self._bus, new_method_call(daemon, "GetConnectionUnixProcessID", "s", (name,)))
        return process


def _call(bus: DBusConnection, message):
    reply = bus.send_and_get_reply(message, timeout=10)
    if reply.header.message_type is MessageType.error:
        raise DBusErrorResponse(reply)
    return reply.body
