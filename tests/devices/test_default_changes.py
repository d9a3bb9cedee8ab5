"""Another device becomes the system's default one while MIA has the default one open."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mia_desktop.bench.sound_card import SoundCard, Tap
from mia_desktop.senses.microphone import Microphone
from mia_desktop.speech.speaker import DeviceSpeaker

pytestmark = pytest.mark.devices
RATE = 22_050
TONE = (0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE // 2) / RATE)).astype(np.float32)


def _wait(seconds: float) -> None:
    threading.Event().wait(seconds)


@pytest.fixture
def headset(portaudio: SoundCard) -> Iterator[SoundCard]:
    """A second sink "headset", and a second source "other" that hears the sink "elsewhere"."""
    modules = [
        portaudio.pactl("load-module", "module-null-sink", f"sink_name={name}", "norewinds=1")
        for name in ("headset", "elsewhere")
    ]
    modules.append(
        portaudio.pactl("load-module", "module-remap-source", "master=elsewhere.monitor", "source_name=other")
    )
    yield portaudio
    portaudio.pactl("set-default-sink", "speaker")
    portaudio.pactl("set-default-source", "mic")
    for module in reversed(modules):
        portaudio.pactl("unload-module", module)


def _say(speaker: DeviceSpeaker) -> None:
    """Play half a second, and wait until it was heard."""
    speaker.write(TONE, RATE, last=True)
    for _ in range(40):
        _wait(0.05)
        if not speaker.pending_s():
            return


def test_she_speaks_from_the_speaker_that_becomes_the_default_one(headset: SoundCard) -> None:
    speaker = DeviceSpeaker()
    with Tap(headset, "speaker") as old, Tap(headset, "headset") as new:
        speaker.open()
        _say(speaker)
        assert old.first_s(0.0, 0.1) is not None
        headset.pactl("set-default-sink", "headset")
        _wait(0.3)
        assert new.first_s(0.0, 0.1) is None
        _say(speaker)
        assert new.first_s(0.0, 0.1) is not None
        speaker.close()


def test_she_hears_the_microphone_that_becomes_the_default_one(headset: SoundCard, tmp_path: Path) -> None:
    wav = tmp_path / "tone.wav"
    soundfile.write(wav, np.tile(TONE, 3), RATE)
    microphone = Microphone()
    microphone.open()
    _wait(0.5)
    headset.pactl("set-default-source", "other")
    _wait(0.3)
    microphone.read()
    headset._run("paplay", "--device=elsewhere", str(wav))
    _wait(0.2)
    assert np.abs(microphone.read()).max() > 0.1
    microphone.close()
