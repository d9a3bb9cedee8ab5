"""The microphone as it comes and goes."""

from typing import Final

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import DeviceLost, DeviceReturned
from mia_desktop.core.ports import SoundInput
from mia_desktop.core.ring import Samples

_REOPEN_S: Final = 1.0


class HeldMicrophone:
    """Holds a SoundInput open while it is wanted. A lost one is looked for each second; both are told.

    Attributes:
        opened: whether it sends sound.
    """

    def __init__(self, device: SoundInput, bus: Bus, clock: Clock) -> None:
        self._device = device
        self._bus = bus
        self._clock = clock
        self._missing = False
        self._retry_at_s = 0.0
        self.opened = False

    def open(self) -> bool:
        """Open it unless it is open; tell whether it is."""
        if self.opened:
            return True
        if self._clock.now_s() < self._retry_at_s:
            return False
        before = self._device.name
        try:
            self._device.open()
        except DeviceError as error:
            self.lose(error)
            return False
        if self._missing or self._device.name != before:
            self._bus.publish(DeviceReturned(kind="microphone", name=self._device.name))
        self.opened, self._missing = True, False
        return True

    def look_again(self) -> None:
        """Let the next `open` try at once."""
        self._retry_at_s = 0.0

    def rest(self) -> None:
        """Close it until it is wanted again."""
        if self.opened:
            self.opened = False
            self._device.close()
        self._retry_at_s = 0.0

    def read(self) -> Samples:
        """Return what came since the last call. Raises DeviceError when the device is lost; `lose` it then."""
        return self._device.read()

    def heard_until_s(self) -> float:
        """Return the clock time at which the last sample that `read` returned was in the air."""
        return self._device.heard_until_s()

    def lost(self) -> int:
        """Return how many samples are missing because they were not read in time."""
        return self._device.lost()

    @property
    def name(self) -> str:
        """Of the device."""
        return self._device.name

    def close(self) -> None:
        """Let it go for good."""
        self._device.close()

    def lose(self, error: DeviceError) -> None:
        """Tell that it is gone, once, and look for it from now on."""
        first = self.opened or not self._retry_at_s
        self.opened, self._missing = False, True
        self._retry_at_s = self._clock.now_s() + _REOPEN_S
        if first:
            self._bus.publish(DeviceLost(kind="microphone", why=str(error)))
