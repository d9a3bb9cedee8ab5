"""The real speaker on the software sound card; what is in the air is what a tap on the sink hears."""

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from mia_desktop.bench.sound_card import SoundCard, Tap
from mia_desktop.core.clock import ManualClock
from mia_desktop.core.errors import DeviceError
from mia_desktop.speech.speaker import DeviceSpeaker

pytestmark = pytest.mark.devices
RATE = 22_050
TONE = (0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE * 3) / RATE)).astype(np.float32)
AUDIBLE = 0.01


def _wait(seconds: float) -> None:
    threading.Event().wait(seconds)


@pytest.fixture
def playing(portaudio: SoundCard) -> Iterator[tuple[DeviceSpeaker, Tap]]:
    speaker = DeviceSpeaker()
    with Tap(portaudio, "speaker") as tap:
        speaker.open()
        _wait(1.0)
        yield speaker, tap
        speaker.close()


def _feed(speaker: DeviceSpeaker, seconds: float) -> float:
    """Keep the speaker supplied with the tone; return how much it took, seconds."""
    at, end_s = 0, time.monotonic() + seconds
    while time.monotonic() < end_s:
        at += speaker.write(TONE[at : at + RATE // 4], RATE)
        _wait(0.01)
    return at / RATE


def _play_out(speaker: DeviceSpeaker, within_s: float) -> None:
    """Wait until all of it was heard."""
    end_s = time.monotonic() + within_s
    while speaker.pending_s() and time.monotonic() < end_s:
        _wait(0.05)


def test_the_first_sample_after_silence_is_in_the_air_soon(
    playing: tuple[DeviceSpeaker, Tap],
) -> None:
    speaker, tap = playing
    delays = []
    for _ in range(5):
        before_s = time.monotonic()
        _feed(speaker, 0.3)
        speaker.flush()
        _wait(0.3)
        first_s = tap.first_s(before_s, AUDIBLE)
        assert first_s is not None
        delays.append(first_s - before_s)
    assert np.median(delays) < 0.06


def test_a_flush_is_silent_soon_and_says_what_was_not_heard(playing: tuple[DeviceSpeaker, Tap]) -> None:
    speaker, tap = playing
    delays, errors = [], []
    for _ in range(5):
        before_s = time.monotonic()
        taken_s = _feed(speaker, 0.5)
        flushed_s = time.monotonic()
        dropped_s = speaker.flush()
        assert speaker.pending_s() == 0
        _wait(0.3)
        first_s, last_s = tap.first_s(before_s, AUDIBLE), tap.last_s(before_s, AUDIBLE)
        assert first_s is not None
        assert last_s is not None
        delays.append(last_s - flushed_s)
        errors.append((last_s - first_s) - (taken_s - dropped_s))
    assert np.median(delays) < 0.08
    assert abs(np.median(errors)) < 0.02


def test_a_pause_keeps_the_rest(playing: tuple[DeviceSpeaker, Tap]) -> None:
    speaker, tap = playing
    assert speaker.write(TONE[:RATE], RATE, last=True) == RATE
    _wait(0.4)
    speaker.pause()
    paused_s = time.monotonic()
    _wait(0.2)
    left_s = speaker.pending_s()
    _wait(0.3)
    assert speaker.pending_s() == left_s
    assert 0.4 < left_s < 0.7
    assert tap.first_s(paused_s + 0.1, AUDIBLE) is None
    speaker.resume()
    resumed_s = time.monotonic()
    _wait(1.2)
    assert speaker.pending_s() == 0
    last_s = tap.last_s(resumed_s, AUDIBLE)
    assert last_s is not None
    assert 0.0 < last_s - resumed_s - left_s < 0.1, "the device's own time comes on top"


def test_the_last_milliseconds_are_not_kept_by_the_resampler(playing: tuple[DeviceSpeaker, Tap]) -> None:
    speaker, tap = playing
    before_s = time.monotonic()
    speaker.write(TONE[: RATE // 2], RATE, last=True)
    _wait(0.9)
    first_s, last_s = tap.first_s(before_s, AUDIBLE), tap.last_s(before_s, AUDIBLE)
    assert first_s is not None
    assert last_s is not None
    assert last_s - first_s == pytest.approx(0.5, abs=0.012)


def test_a_softer_gain_is_heard_once_the_device_has_played_what_it_held(playing: tuple[DeviceSpeaker, Tap]) -> None:
    speaker, tap = playing
    _feed(speaker, 0.4)
    speaker.set_gain(0.25)
    softer_s = time.monotonic()
    _feed(speaker, 0.3)
    speaker.flush()
    _wait(0.2)
    loud_s = tap.last_s(softer_s, 0.2)
    assert loud_s is None or loud_s - softer_s < 0.25


def test_what_was_played_is_kept_with_its_time(playing: tuple[DeviceSpeaker, Tap]) -> None:
    speaker, tap = playing
    before_s = time.monotonic()
    _feed(speaker, 0.4)
    first_s = tap.first_s(before_s, AUDIBLE)
    assert first_s is not None
    rate_hz = speaker.played.rate_hz
    record = np.abs(speaker.played.read(before_s, rate_hz // 2))
    assert np.argmax(record > AUDIBLE) / rate_hz == pytest.approx(first_s - before_s, abs=0.03)
    assert record.max() == pytest.approx(0.3, abs=0.02)


def test_when_nobody_cares_for_seconds_the_next_words_are_heard_all_the_same(
    playing: tuple[DeviceSpeaker, Tap],
) -> None:
    speaker, tap = playing
    speaker.pending_s()
    before = speaker.xruns()
    _wait(2.3)
    again_s = time.monotonic()
    _feed(speaker, 0.4)
    assert speaker.xruns() == before + 1
    first_s = tap.first_s(again_s, AUDIBLE)
    assert first_s is not None
    assert first_s - again_s < 0.15


def test_a_speaker_that_stands_still_for_two_seconds_is_told(portaudio: SoundCard) -> None:
    clock = ManualClock(1.0)
    speaker = DeviceSpeaker(clock=clock)
    speaker.open()
    _wait(0.5)
    speaker._stream.abort()
    speaker.pending_s()
    clock.advance(1.9)
    speaker.pending_s()
    clock.advance(0.2)
    with pytest.raises(DeviceError, match="stopped playing"):
        speaker.pending_s()
    speaker.close()


def test_a_speaker_that_is_pulled_out_in_a_sentence_is_told_and_comes_back(
    portaudio: SoundCard, playing: tuple[DeviceSpeaker, Tap]
) -> None:
    speaker, tap = playing
    speaker.write(TONE, RATE, last=True)
    _wait(0.3)
    portaudio.pactl("suspend-sink", "speaker", "1")
    with pytest.raises(DeviceError, match="stopped playing"):
        _play_out(speaker, 8.0)
    speaker.close()
    portaudio.pactl("suspend-sink", "speaker", "0")
    speaker.open()
    back_s = time.monotonic()
    _feed(speaker, 1.0)
    first_s = tap.first_s(back_s, AUDIBLE)
    assert first_s is not None
    assert first_s - back_s < 0.8


def test_where_the_chosen_one_is_missing_the_default_one_speaks(portaudio: SoundCard) -> None:
    speaker = DeviceSpeaker("Speakers that are at home")
    speaker.open()
    assert speaker.name == "default speaker"
    speaker.close()
