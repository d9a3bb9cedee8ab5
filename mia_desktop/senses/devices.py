"""Which sound devices this machine has."""

from dataclasses import dataclass
from typing import Literal

from mia_desktop.core.device_watch import DeviceWatch
from mia_desktop.core.errors import DeviceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A sound device.

    Attributes:
        kind: what it is for.
        name: what to write into the settings.
        rate_hz: the rate that it prefers, samples per second.
        channels: how many channels it has.
        default: whether it is used when none is named.
    """

    kind: Literal["microphone", "speaker"]
    name: str
    rate_hz: int
    channels: int
    default: bool


def found() -> list[Device]:
    """Return all microphones and speakers; raises DeviceError when the sound system itself is missing."""
    try:
        import sounddevice
    except OSError:
        raise DeviceError("The PortAudio library is missing. On Debian or Ubuntu: apt install libportaudio2.") from None
    defaults = list(sounddevice.default.device)
    devices = []
    for index, info in enumerate(sounddevice.query_devices()):
        for kind, channels, default in (
            ("microphone", info["max_input_channels"], defaults[0]),
            ("speaker", info["max_output_channels"], defaults[1]),
        ):
            if channels:
                devices.append(
                    Device(
                        kind=kind,  # type: ignore[arg-type]
                        name=info["name"],
                        rate_hz=int(info["default_samplerate"]),
                        channels=channels,
                        default=index == default,
                    )
                )
    return devices


def refresh() -> bool:
    """Look anew which devices there are; tell whether that was possible.

    PortAudio reads the list once and forgets its streams when it reads it again, so this does nothing while any of our
    streams is open. Call it before a lost device is opened again, and when the settings page is shown.
    """
    import sounddevice

    if DeviceWatch.running:
        return False
    sounddevice._terminate()
    sounddevice._initialize()
    return True


def default_name(kind: Literal["microphone", "speaker"]) -> str:
    """Return the name of the device that is used when none is named, or an empty text when there is none."""
    return next((device.name for device in found() if device.kind == kind and device.default), "")
