import os
import shutil
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt

from mia_desktop.core.errors import RefusedError, UsageError
from mia_desktop.gui.hotkey import Hotkey, combination
from mia_desktop.gui.hotkey_macos import key_code
from mia_desktop.gui.hotkey_portal import PortalGrab, trigger
from mia_desktop.gui.hotkey_windows import virtual_key

needs_x11 = pytest.mark.skipif(
    sys.platform != "linux" or not os.environ.get("DISPLAY") or not shutil.which("xdotool"),
    reason="needs an X server and xdotool",
)


@pytest.mark.parametrize("name", ["Ctrl+Alt+Space", "Meta+M", "F9", "Alt+7", "Pause", "Ctrl+Shift+F12"])
def test_these_can_be_talk_keys(name):
    assert combination(name)


@pytest.mark.parametrize(
    "name", ["", "a", "Shift+A", "Space", "Ctrl", "Ctrl+Alt", "Ctrl+A, Ctrl+B", "Ctrl+Left", "Ctrl+ä", "x" * 99]
)
def test_these_cannot(name):
    with pytest.raises(UsageError, match="Ctrl\\+Alt\\+Space"):
        combination(name)


def test_each_system_has_a_number_for_the_usual_keys():
    assert virtual_key(Qt.Key.Key_Space) == 0x20
    assert virtual_key(Qt.Key.Key_F9) == 0x78
    assert virtual_key(Qt.Key.Key_M) == ord("M")
    assert key_code(Qt.Key.Key_Space) == 49
    assert key_code(Qt.Key.Key_F1) == 122
    assert key_code(Qt.Key.Key_M) == 46
    with pytest.raises(RefusedError):
        key_code(Qt.Key.Key_Pause)
    assert trigger(combination("Ctrl+Alt+Space")) == "CTRL+ALT+space"
    assert trigger(combination("Meta+M")) == "LOGO+m"
    assert trigger(combination("F9")) == "F9"


def test_a_screen_without_such_keys_is_told_in_one_sentence(qapp):
    if qapp.platformName() != "offscreen":
        pytest.skip("this screen has them")
    assert "MIA's window" in Hotkey().use("Ctrl+Alt+Space")


def xdotool(*words):
    subprocess.run(["xdotool", *words], check=True, timeout=10)


@needs_x11
class TestX11:
    """Driven through the X server, as by a person at a keyboard."""

    @pytest.fixture
    def grab(self, qtbot):
        from mia_desktop.gui.hotkey_x11 import X11Grab

        heard = []
        grab = X11Grab(lambda: heard.append("down"), lambda: heard.append("up"))
        grab.heard = heard
        yield grab
        grab.let_go()

    def test_it_hears_the_key_go_down_and_up_whoever_has_the_focus(self, qtbot, grab):
        grab.take(combination("Ctrl+Alt+Space"))
        xdotool("keydown", "ctrl", "keydown", "alt", "keydown", "space")
        qtbot.waitUntil(lambda: grab.heard == ["down"])
        xdotool("keyup", "space", "keyup", "alt", "keyup", "ctrl")
        qtbot.waitUntil(lambda: grab.heard == ["down", "up"])

    def test_it_hears_the_end_when_ctrl_goes_up_first(self, qtbot, grab):
        grab.take(combination("Ctrl+F9"))
        xdotool("keydown", "ctrl", "keydown", "F9", "keyup", "ctrl", "keyup", "F9")
        qtbot.waitUntil(lambda: grab.heard == ["down", "up"])

    def test_num_lock_does_not_matter(self, qtbot, grab):
        grab.take(combination("Ctrl+F9"))
        xdotool("key", "Num_Lock")
        try:
            xdotool("key", "ctrl+F9")
            qtbot.waitUntil(lambda: grab.heard == ["down", "up"])
        finally:
            xdotool("key", "Num_Lock")

    def test_other_keys_are_not_heard(self, qtbot, grab):
        grab.take(combination("Ctrl+F9"))
        xdotool("key", "a", "F9", "ctrl+F8")
        xdotool("key", "ctrl+F9")
        qtbot.waitUntil(lambda: len(grab.heard) >= 2)
        assert grab.heard == ["down", "up"]

    def test_a_key_that_another_program_has_is_refused(self, qtbot, grab):
        from mia_desktop.gui.hotkey_x11 import X11Grab

        grab.take(combination("Ctrl+F9"))
        with pytest.raises(RefusedError, match="Another program"):
            X11Grab(lambda: None, lambda: None).take(combination("Ctrl+F9"))


@pytest.fixture
def session_bus(tmp_path, monkeypatch):
    if not shutil.which("dbus-daemon"):
        pytest.skip("dbus-daemon is not installed")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
    yield
    daemon.terminate()
    daemon.wait(5)
    daemon.stdout.close()


class Portal:
    """A portal that grants or refuses, and then presses the key once."""

    def __init__(self, *, grants):
        from jeepney import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self.grants = grants
        self.bound = []
        self.bus = open_dbus_connection("SESSION")
        self.bus.send_and_get_reply(message_bus.RequestName("org.mia_desktop.test_portal"))
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        from jeepney import DBusAddress, HeaderFields, new_method_return, new_signal

        path = "/org/freedesktop/portal/desktop"
        session = f"{path}/session/1"
        shortcuts = DBusAddress(path, interface="org.freedesktop.portal.GlobalShortcuts")
        while len(self.bound) < 1:
            call = self.bus.receive(timeout=10)
            fields = call.header.fields
            if fields.get(HeaderFields.interface) != "org.freedesktop.portal.GlobalShortcuts":
                continue
            options = call.body[-1]
            caller = fields[HeaderFields.sender].removeprefix(":").replace(".", "_")
            request = f"{path}/request/{caller}/{options['handle_token'][1]}"
            self.bus.send(new_method_return(call, "o", (request,)))
            answer = DBusAddress(request, interface="org.freedesktop.portal.Request")
            created = fields[HeaderFields.member] == "CreateSession"
            results = {"session_handle": ("s", session)} if created else {}
            granted = created or self.grants
            self.bus.send(new_signal(answer, "Response", "ua{sv}", (0 if granted else 1, results)))
            if not created:
                self.bound.append(call.body[1])
        if self.grants:
            for member in ("Activated", "Deactivated"):
                for named in ("/somebody/else", session):
                    self.bus.send(new_signal(shortcuts, member, "osta{sv}", (named, "talk", 0, {})))

    def close(self):
        self.thread.join(10)
        self.bus.close()


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")
@pytest.mark.parametrize("grants", [True, False])
def test_the_portal_of_wayland_is_asked_and_its_answer_heard(qtbot, session_bus, grants):
    portal = Portal(grants=grants)
    heard = []
    grab = PortalGrab(
        lambda: heard.append("down"), lambda: heard.append("up"), heard.append, "org.mia_desktop.test_portal"
    )
    grab.take(combination("Ctrl+Alt+Space"))
    expected = 2 if grants else 1
    qtbot.waitUntil(lambda: len(heard) == expected)
    portal.close()
    grab.let_go()
    [[(name, about)]] = portal.bound
    assert name == "talk"
    assert about["preferred_trigger"] == ("s", "CTRL+ALT+space")
    if grants:
        assert heard == ["down", "up"]
    else:
        assert "desktop's settings" in heard[0]


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")
def test_without_a_portal_there_is_one_sentence(qtbot, session_bus):
    heard = []
    grab = PortalGrab(lambda: None, lambda: None, heard.append)
    grab.take(combination("Ctrl+Alt+Space"))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["This Wayland desktop offers no keys for the whole desktop. Use the talk key in MIA's window."]
    grab.let_go()
