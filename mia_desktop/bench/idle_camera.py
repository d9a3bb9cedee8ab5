"""What an open camera costs while its view does not change. Another process plays the device."""

import time
from typing import Final

import psutil

from mia_desktop.core.commands import LookThroughCamera
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import CameraClosed, SightSeen
from mia_desktop.core.sights import Pixels
from mia_desktop.engine.assembly import Makers, build
from mia_desktop.engine.engine import Engine
from mia_desktop.senses.played_device import PlayedDevice
from mia_desktop.senses.webcam import Webcam

PREVIEW_PER_S: Final = 15
"""How often the window's preview asks for a picture."""
_SETTLE_S: Final = 2.0


def measure(settings: Settings, makers: Makers, view: Pixels, lasts_s: float) -> dict[str, float]:
    """Return the share of one core, per cent, that this process takes with the camera closed, open, and in the preview.

    Args:
        settings: of the engine.
        makers: of its parts.
        view: what stands before the camera.
        lasts_s: how long each is measured, seconds.
    """
    devices: list[PlayedDevice] = []

    def played(_: int | str) -> PlayedDevice:
        devices.append(PlayedDevice(view))
        return devices[-1]

    seen: list[SightSeen | CameraClosed] = []
    engine = build(settings, makers, camera=Webcam("played", capture=played))
    engine.subscribe(lambda event: seen.append(event) if isinstance(event, SightSeen | CameraClosed) else None)
    engine.start()
    try:
        time.sleep(_SETTLE_S)
        closed = _share(engine, lasts_s)
        engine.submit(LookThroughCamera(on=True, once=False))
        give_up_s = time.monotonic() + 120
        while not seen and time.monotonic() < give_up_s:
            time.sleep(0.05)
        if not seen or isinstance(seen[0], CameraClosed):
            raise MiaError("The camera that is played for the bench gave no picture. Run it again.")
        time.sleep(_SETTLE_S)
        before = devices[0].grabbed
        opened = _share(engine, lasts_s)
        frames_per_s = (devices[0].grabbed - before) / lasts_s
        previewed = _share(engine, lasts_s, views_per_s=PREVIEW_PER_S)
    finally:
        engine.stop()
    return {
        "frames_per_s": round(frames_per_s, 1),
        "closed_percent": closed,
        "open_percent": opened,
        "with_preview_percent": previewed,
        "camera_percent": round(opened - closed, 2),
    }


def _share(engine: Engine, lasts_s: float, *, views_per_s: float = 0.0) -> float:
    """Return this process's processor time over `lasts_s`, per cent of one core."""
    process = psutil.Process()
    before, began_s = process.cpu_times(), time.monotonic()
    while (now_s := time.monotonic()) - began_s < lasts_s:
        if views_per_s:
            engine.view()
        time.sleep(1 / views_per_s if views_per_s else lasts_s - (now_s - began_s))
    after = process.cpu_times()
    used_s = after.user + after.system - before.user - before.system
    return float(round(100 * used_s / (time.monotonic() - began_s), 2))
