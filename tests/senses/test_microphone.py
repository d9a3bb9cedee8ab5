"""The real microphone on the software sound card."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mia_desktop.bench.sound_card import SoundCard, Tap
from mia_desktop.core.device_watch import DeviceWatch
from mia_desktop.core.errors import DeviceError
from mia_desktop.senses import devices
from mia_desktop.senses.microphone import Microphone

pytestmark = pytest.mark.devices


def _wait(seconds: float) -> None:
    threading.Event().wait(seconds)


@pytest.fixture
def microphone(portaudio: SoundCard) -> Iterator[Microphone]:
    microphone = Microphone()
    yield microphone
    microphone.close()


def _heard(microphone: Microphone, peak: float, within_s: float) -> tuple[float, float] | None:
    """Return when a loud sample was read and when it was in the air."""
    end_s = time.monotonic() + within_s
    while time.monotonic() < end_s:
        samples = microphone.read()
        loud = np.flatnonzero(np.abs(samples) > peak)
        if len(loud):
            return time.monotonic(), microphone.heard_until_s() - (len(samples) - loud[0]) / 16_000
        _wait(0.004)
    return None


def test_a_sound_is_read_soon_and_dated_right(portaudio: SoundCard, microphone: Microphone, tmp_path: Path) -> None:
    click = tmp_path / "click.wav"
    soundfile.write(click, np.concatenate([np.zeros(8_000), np.full(200, 0.5), np.zeros(4_000)]), 16_000)
    microphone.open()
    late, wrong = [], []
    with Tap(portaudio, "room") as tap:
        _heard(microphone, 0.2, 1.0)
        for _ in range(4):
            before_s = time.monotonic()
            player = portaudio.start(click)
            heard = _heard(microphone, 0.2, 5.0)
            player.wait(10)
            _heard(microphone, 2.0, 0.3)
            truth_s = tap.first_s(before_s, 0.2)
            assert heard is not None
            assert truth_s is not None
            late.append(heard[0] - truth_s)
            wrong.append(heard[1] - truth_s)
    assert np.median(late) < 0.05
    assert abs(np.median(wrong)) < 0.025


def test_a_microphone_that_is_pulled_out_is_told_and_comes_back(portaudio: SoundCard, microphone: Microphone) -> None:
    microphone.open()
    assert _heard(microphone, -1.0, 6.0) is not None
    portaudio.pactl("suspend-source", "mic", "1")
    with pytest.raises(DeviceError, match="stopped sending sound"):
        _heard(microphone, 2.0, 8.0)
    portaudio.pactl("suspend-source", "mic", "0")
    assert devices.refresh()
    microphone.open()
    assert _heard(microphone, -1.0, 6.0) is not None


def test_when_nobody_reads_for_seconds_what_is_missing_is_counted_and_it_listens_on(
    portaudio: SoundCard, microphone: Microphone
) -> None:
    microphone.open()
    assert _heard(microphone, -1.0, 6.0) is not None
    _wait(4.6)
    microphone.read()
    assert 0 < microphone.lost() < 16_000
    assert microphone.xruns() == 1
    lost = microphone.lost()
    _heard(microphone, 2.0, 0.5)
    assert -0.1 < time.monotonic() - microphone.heard_until_s() < 0.1
    assert microphone.lost() == lost


def test_a_device_that_knows_another_rate_only_is_resampled(
    portaudio: SoundCard, microphone: Microphone, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sounddevice

    def refuse(*_args: object, **_more: object) -> None:
        raise sounddevice.PortAudioError("Invalid sample rate")

    monkeypatch.setattr(sounddevice, "check_input_settings", refuse)
    microphone.open()
    assert microphone._stream.samplerate != 16_000
    assert _heard(microphone, -1.0, 6.0) is not None
    begun_s, begun_at_s, count = time.monotonic(), microphone.heard_until_s(), 0
    while time.monotonic() < begun_s + 1.5:
        count += len(microphone.read())
        _wait(0.01)
    assert count / (microphone.heard_until_s() - begun_at_s) == pytest.approx(16_000, rel=0.03)


def test_where_the_chosen_one_is_missing_the_default_one_listens(portaudio: SoundCard) -> None:
    microphone = Microphone("A headset that is at home")
    microphone.open()
    assert microphone.name == "default microphone"
    assert _heard(microphone, -1.0, 6.0) is not None
    microphone.close()


def test_the_list_of_devices_is_not_read_anew_under_an_open_stream(
    portaudio: SoundCard, microphone: Microphone
) -> None:
    assert DeviceWatch.running == 0
    assert devices.refresh()
    microphone.open()
    assert DeviceWatch.running == 1
    assert not devices.refresh()
    microphone.close()
    assert devices.refresh()
    assert devices.default_name("microphone")
