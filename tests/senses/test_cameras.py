"""Cameras: what is special about each; what they share is in the contract suite."""

import os
import sys
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from mia_desktop.core.clock import ManualClock
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.sights import Box, Picture
from mia_desktop.senses.replay_camera import ReplayCamera
from mia_desktop.senses.screen import Screen
from mia_desktop.senses.webcam import STILL_S, ChosenWebcam, Webcam, WebcamDevice


class FakeCapture:
    """Stands for cv2.VideoCapture: gives a frame at each permission, numbered in its pixels."""

    def __init__(self) -> None:
        self.frames = threading.Semaphore(0)
        self.unplugged = self.released = False
        self.given = self.decoded = 0
        self.wanted: dict[int, float] = {}
        self.waiting = threading.Event()

    def __call__(self, device: object) -> "FakeCapture":
        return self

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def grab(self) -> bool:
        self.waiting.set()
        self.frames.acquire()
        self.given += 1
        return not self.unplugged

    def set(self, what: int, value: float) -> bool:
        self.wanted[what] = value
        return False

    def retrieve(self) -> tuple[bool, np.ndarray]:
        self.decoded += 1
        return True, np.full((4, 6, 3), (self.given, 0, 200), dtype=np.uint8)

    def release(self) -> None:
        self.released = True

    def give(self, count: int = 1) -> None:
        """Let frames through and return when the last one was taken in."""
        for _ in range(count):
            self.waiting.clear()
            self.frames.release()
            assert self.waiting.wait(5) or self.unplugged


@pytest.fixture
def capture(monkeypatch: pytest.MonkeyPatch) -> FakeCapture:
    capture = FakeCapture()
    monkeypatch.setattr(cv2, "VideoCapture", capture)
    return capture


def end(camera: Webcam, capture: FakeCapture) -> None:
    capture.frames.release(10)
    camera.close()
    assert capture.released


def test_the_newest_frame_wins_and_is_rgb(capture: FakeCapture) -> None:
    clock = ManualClock()
    camera = Webcam(0, clock)
    camera.open()
    assert camera.newest() is None
    for _ in range(3):
        clock.advance(0.2)
        capture.give()
    newest = camera.newest()
    assert newest is not None
    assert newest.pixels[0, 0].tolist() == [200, 0, capture.given]
    assert newest.at_s == clock.now_s()
    assert camera.newest() is newest, "without a new frame nothing is converted again"
    end(camera, capture)
    assert camera.newest() is None


def test_frames_that_nobody_asks_for_are_mostly_not_decoded(capture: FakeCapture) -> None:
    clock = ManualClock()
    camera = Webcam(0, clock)
    camera.open()
    for _ in range(60):  # two seconds
        clock.advance(1 / 30)
        capture.give()
    resting = capture.decoded
    assert 7 <= resting <= 9
    for _ in range(60):
        clock.advance(1 / 30)
        capture.give()
        newest = camera.newest()
        assert newest is not None
        assert clock.now_s() - newest.at_s <= 0.27
    assert 15 <= capture.decoded - resting <= 21
    end(camera, capture)


def test_a_device_is_asked_for_pictures_in_which_small_print_can_be_read(capture: FakeCapture) -> None:
    camera = Webcam(0)
    camera.open()
    assert capture.wanted[cv2.CAP_PROP_FRAME_WIDTH] == 1280
    assert capture.wanted[cv2.CAP_PROP_FRAME_HEIGHT] == 720
    end(camera, capture)


def test_a_chosen_camera_is_looked_for_each_time_it_is_opened(
    capture: FakeCapture, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[WebcamDevice] = []
    monkeypatch.setattr("mia_desktop.senses.webcam.webcams", lambda: there)
    camera = ChosenWebcam()
    with pytest.raises(DeviceError, match="There is no camera"):
        camera.open()
    there.append(WebcamDevice(number=2, name="Desk cam"))
    capture.frames.release(100)
    camera.open()
    assert camera.name == "Desk cam"
    camera.close()
    assert camera.newest() is None
    there[0] = WebcamDevice(number=0, name="Other cam")
    with pytest.raises(DeviceError, match=r"Desk cam is not plugged in\. There is: Other cam\."):
        ChosenWebcam("Desk cam").open()
    camera.open()
    assert camera.name == "Other cam"
    camera.close()


def test_a_camera_that_was_unplugged_is_noticed_and_let_go(capture: FakeCapture) -> None:
    camera = Webcam(0)
    camera.open()
    thread = camera._thread
    assert thread is not None
    capture.unplugged = True
    capture.frames.release()
    thread.join(5)
    with pytest.raises(DeviceError, match="stopped sending"):
        camera.newest()
    assert capture.released


def test_a_camera_that_stands_still_is_noticed(capture: FakeCapture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mia_desktop.senses.webcam._CLOSE_S", 0.01)
    clock = ManualClock()
    camera = Webcam(0, clock)
    camera.open()
    thread = camera._thread
    assert thread is not None
    clock.advance(STILL_S + 0.1)
    with pytest.raises(DeviceError, match="stopped sending"):
        camera.newest()
    capture.frames.release()
    thread.join(5)
    assert capture.released, "its thread lets a device go that hung"


def test_a_recording_plays_by_the_clock(video: Path) -> None:
    clock = ManualClock()
    camera = ReplayCamera(video, real_time=True, clock=clock)
    camera.open()
    first = camera.newest()
    assert first is not None
    assert camera.newest() is first
    clock.advance(0.5)
    later = camera.newest()
    assert later is not None
    assert later.at_s == pytest.approx(0.5)
    assert int(later.pixels.mean()) > int(first.pixels.mean()) + 20
    clock.advance(100)
    last = camera.newest()
    assert camera.finished
    assert camera.newest() is last
    camera.close()


@pytest.mark.skipif(not sys.platform.startswith("linux") or not os.environ.get("DISPLAY"), reason="needs an X server")
def test_a_region_of_the_screen_shows_what_is_there_from_any_thread() -> None:
    from Xlib import X
    from Xlib.display import Display

    display = Display()
    screen = display.screen()
    window = screen.root.create_window(
        20, 30, 60, 40, 0, screen.root_depth, X.InputOutput, background_pixel=0x3366CC, override_redirect=True
    )
    window.map()
    display.sync()
    camera = Screen(region=Box(x=20, y=30, width=60, height=40))
    camera.open()
    seen: list[Picture | None] = []
    thread = threading.Thread(target=lambda: seen.append(camera.newest()))
    thread.start()
    thread.join()
    camera.close()
    window.destroy()
    display.close()
    assert seen[0] is not None
    assert seen[0].pixels.shape == (40, 60, 3)
    assert seen[0].pixels[20, 30].tolist() == [0x33, 0x66, 0xCC]
