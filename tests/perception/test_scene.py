"""The gate for unchanged views and the sensory memory of the eyes."""

import pickle

import numpy as np
import pytest

from mia_desktop.core.sights import Picture
from mia_desktop.perception.scene import FrameMemory, SceneGate
from tests.conftest import SAMPLES


def view(name: str) -> np.ndarray:
    from PIL import Image

    return np.asarray(Image.open(SAMPLES / "images" / name).convert("RGB").resize((640, 480)))


def picture(at_s: float) -> Picture:
    return Picture(pixels=np.zeros((2, 2, 3), dtype=np.uint8), source="camera", name="", at_s=at_s)


def test_noise_and_a_slight_change_of_light_are_no_new_view() -> None:
    gate, chance = SceneGate(), np.random.default_rng(1)
    room = view("coffee.jpg").astype(float)
    assert gate.changed(room.astype(np.uint8))
    for light in (-6, 0, 6):
        noisy = np.clip(room + light + chance.normal(0, 8, room.shape), 0, 255).astype(np.uint8)
        assert not gate.changed(noisy)


def test_another_view_or_a_thing_held_up_is_new_once() -> None:
    gate = SceneGate()
    room = view("coffee.jpg")
    gate.changed(room)
    held_up = room.copy()
    held_up[200:320, 250:350] = view("qr.png")[100:220, 100:200]
    assert gate.changed(held_up)
    assert not gate.changed(held_up)
    assert gate.changed(view("cat.jpg"))
    gate.reset()
    assert gate.changed(view("cat.jpg"))


def test_slow_change_adds_up() -> None:
    gate = SceneGate()
    assert [gate.changed(np.full((48, 64, 3), 4 * step, dtype=np.uint8)) for step in range(5)].count(True) == 2


def test_the_frame_from_the_time_of_speech_comes_with_its_age() -> None:
    memory = FrameMemory()
    assert memory.frame_at(0.0) is None
    for tenth in range(40):
        memory.see(picture(tenth / 10))
    then = memory.frame_at(3.05)
    assert then is not None
    assert then.picture.at_s == 3.0
    assert then.age_s == pytest.approx(0.05)
    oldest = memory.frame_at(1.5)
    assert oldest is not None
    assert 1.9 <= oldest.picture.at_s <= 2.0
    assert oldest.age_s < 0
    assert memory.frame_at(9.0) is None, "what is older than two seconds is gone"
    memory.see(picture(3.05))
    memory.see(picture(3.9))
    assert memory.frame_at(3.07) == then.__class__(picture=then.picture, age_s=pytest.approx(0.07)), "old ones stay out"
    memory.clear()
    assert memory.frame_at(3.0) is None
    with pytest.raises(TypeError, match="never stored"):
        pickle.dumps(memory)
