"""The Camera port's suite, on a webcam's adapter with a real video file, a recording, a folder and a real screen."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest

from mia_desktop.core.errors import DeviceError
from mia_desktop.core.ports import Camera
from mia_desktop.core.sights import Box, Picture
from mia_desktop.senses.replay_camera import PlayedCamera, ReplayCamera
from mia_desktop.senses.screen import Screen
from mia_desktop.senses.webcam import Webcam, webcams
from tests.conftest import SAMPLES

REAL_CAPTURE = cv2.VideoCapture
KINDS = ["webcam on a video file", "webcam", "recording", "recording by the clock", "folder", "screen", "region"]


class PlayedByTheClock:
    """OpenCV's capture of a file, at a camera's pace and without an end."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.capture = REAL_CAPTURE(path)

    def grab(self) -> bool:
        threading.Event().wait(1 / 30)
        if not self.capture.grab():
            self.capture.release()
            self.capture = REAL_CAPTURE(self.path)
            return self.capture.grab()
        return True

    def __getattr__(self, name: str) -> object:
        return getattr(self.capture, name)


@pytest.fixture(params=KINDS)
def camera(request: pytest.FixtureRequest, video: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Camera]:
    kind = request.param
    if kind == "webcam on a video file":
        monkeypatch.setattr(cv2, "VideoCapture", PlayedByTheClock)
    if kind == "webcam" and not webcams():
        pytest.skip("there is no camera")
    if kind in ("screen", "region") and not os.environ.get("DISPLAY"):
        pytest.skip("there is no screen")
    camera: Camera = {
        "webcam on a video file": lambda: Webcam(str(video)),
        "webcam": Webcam,
        "recording": lambda: ReplayCamera(video),
        "recording by the clock": lambda: PlayedCamera(video),
        "folder": lambda: ReplayCamera(SAMPLES / "images"),
        "screen": Screen,
        "region": lambda: Screen(region=Box(x=10, y=10, width=100, height=50)),
    }[kind]()
    yield camera
    camera.close()


def first(camera: Camera) -> Picture:
    until_s = time.monotonic() + 10
    while time.monotonic() < until_s:
        picture = camera.newest()
        if picture is not None:
            return picture
        time.sleep(0.005)
    raise AssertionError("no picture came")


def test_a_camera_gives_pictures_only_while_it_is_open(camera: Camera) -> None:
    assert camera.newest() is None
    camera.open()
    picture = first(camera)
    assert picture.pixels.dtype == "uint8"
    assert picture.pixels.shape[2] == 3
    assert not picture.pixels.flags.writeable
    assert picture.source in ("camera", "screen")
    assert picture.name == camera.name
    camera.close()
    camera.close()
    assert camera.newest() is None
    camera.open()
    assert first(camera).at_s >= picture.at_s


@pytest.mark.parametrize("kind", ["webcam", "recording"])
def test_a_camera_that_is_not_there_says_so(kind: str, tmp_path: Path) -> None:
    missing = tmp_path / "none.avi"
    camera: Camera = Webcam(str(missing)) if kind == "webcam" else ReplayCamera(missing)
    with pytest.raises(DeviceError):
        camera.open()
