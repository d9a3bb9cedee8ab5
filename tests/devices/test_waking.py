"""The first syllable after a sleep, on the software sound card."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from mia_desktop.bench.sound_card import SoundCard, Tap
from mia_desktop.core.commands import SetAway, StartListening, StopListening
from mia_desktop.core.config import Settings
from mia_desktop.core.device_watch import DeviceWatch
from mia_desktop.senses.microphone import Microphone
from tests.engine.test_sleeping import Room

pytestmark = pytest.mark.devices
RATE = 16_000
TONE_S = 0.5
AHEAD_S = 0.15
"""Nobody speaks sooner after the key."""


def test_a_question_that_begins_150_ms_after_the_key_is_heard_whole(portaudio: SoundCard, tmp_path: Path) -> None:
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(int(RATE * TONE_S)) / RATE)
    click, quiet = np.full(160, 0.5), np.zeros(RATE - 160)
    wav = tmp_path / "question.wav"
    soundfile.write(wav, np.concatenate((click, quiet, tone, np.zeros(RATE // 2))), RATE)
    room = Room(Settings(), Microphone())
    room.step(SetAway(on=True))
    room.rest()
    assert DeviceWatch.running == 0, "the microphone is closed"
    with Tap(portaudio, "room") as tap:
        began_s, click_s = time.monotonic(), None
        player = portaudio.start(wav)
        while click_s is None:
            assert time.monotonic() - began_s < 10
            threading.Event().wait(0.01)
            click_s = tap.first_s(began_s, 0.2)
        threading.Event().wait(click_s + 1.0 - AHEAD_S - time.monotonic())
        room.step(StartListening())
        while time.monotonic() < click_s + 1.0 + TONE_S + 0.3:
            room.ears.step()
        room.step(StopListening())
        player.wait(10)
    loud = np.flatnonzero(np.abs(room.heard[-1].samples) > 0.1)
    assert (loud[-1] - loud[0]) / RATE == pytest.approx(TONE_S, abs=0.01)
    assert loud[0] > 0, "and a moment before it"
    room.inbox.close()
    room.ears.close()
