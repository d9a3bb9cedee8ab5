"""The machine's sleep, on a bus of its own with a logind made here."""

import os
import select
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from mia_desktop.core.clock import ManualClock
from mia_desktop.monitor.sleep import SleepSignal

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="dbus-daemon is not installed")


class Logind:
    """What systemd-logind does with inhibitors, and its signal."""

    def __init__(self) -> None:
        from jeepney import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self._bus = open_dbus_connection("SYSTEM", enable_fds=True)
        self._bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
        self._read: int | None = None
        self.asked: tuple[str, ...] = ()

    def give_inhibitor(self) -> None:
        """Answer one Inhibit."""
        from jeepney import HeaderFields, new_method_return

        while True:
            message = self._bus.receive(timeout=5)
            if message.header.fields.get(HeaderFields.member) == "Inhibit":
                break
        self.asked = message.body
        self._read, write = os.pipe()
        os.set_blocking(self._read, False)
        self._bus.send(new_method_return(message, "h", (write,)))
        os.close(write)

    def tell(self, asleep: bool) -> None:
        from jeepney import DBusAddress, new_signal

        address = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
        self._bus.send(new_signal(address, "PrepareForSleep", "b", (asleep,)))

    @property
    def held_up(self) -> bool:
        """Whether somebody still holds the inhibitor."""
        assert self._read is not None
        try:
            return os.read(self._read, 1) != b""
        except BlockingIOError:
            return True

    @property
    def let_go(self) -> bool:
        """Whether the inhibitor is released; the bus closes its copy a moment after it handed it on."""
        readable, _, _ = select.select([self._read], [], [], 5.0)
        return bool(readable) and not self.held_up

    def close(self) -> None:
        if self._read is not None:
            os.close(self._read)
        self._bus.close()


@pytest.fixture
def system_bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bus.stdout is not None
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.stdout.readline().strip())
    yield
    bus.terminate()
    bus.wait(timeout=10)
    bus.stdout.close()


def test_sleep_waits_until_what_must_be_done_is_done(system_bus: None) -> None:
    import threading

    logind = Logind()
    seen: list[bool] = []
    awake: list[bool] = []
    signal = SleepSignal(lambda: seen.append(logind.held_up), lambda: awake.append(True), ManualClock())
    answering = threading.Thread(target=logind.give_inhibitor)
    answering.start()
    signal.step()
    answering.join()
    assert logind.asked[0::3] == ("sleep", "delay")
    assert logind.held_up
    logind.tell(asleep=True)
    signal.step()
    assert seen == [True], "the machine waits while it is done"
    assert logind.let_go
    logind.tell(asleep=False)
    answering = threading.Thread(target=logind.give_inhibitor)
    answering.start()
    signal.step()
    answering.join()
    assert logind.held_up, "the next sleep is held up as well"
    assert awake == [True]
    signal.close()
    assert logind.let_go
    logind.close()


def test_without_logind_nothing_is_heard_and_nothing_breaks(system_bus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = ManualClock()
    signal = SleepSignal(pytest.fail, pytest.fail, clock)
    for _ in range(5):
        signal.step()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    for _ in range(200):
        signal.step()
    assert clock.now_s() > 60
