import numpy as np

from mia_desktop.senses.played_device import SIZE_PX, PlayedDevice


def test_a_played_device_gives_frames_of_its_view_until_it_is_let_go() -> None:
    view = np.full((60, 80, 3), (200, 120, 40), dtype=np.uint8)
    device = PlayedDevice(view)
    assert device.isOpened()
    assert device.grab()
    assert device.grab()
    good, frame = device.retrieve()
    assert good
    assert frame.shape == (SIZE_PX[1], SIZE_PX[0], 3)
    assert np.abs(frame.reshape(-1, 3).mean(axis=0) - (40, 120, 200)).max() < 4, "blue comes first"
    assert device.grabbed == 2
    device.release()
