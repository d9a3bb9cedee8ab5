"""All of what she says leaves the speaker, whatever the speaker did just before, on the software sound card."""

import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from mia_desktop.bench.kept_speech import RATE_HZ, Sentence
from mia_desktop.bench.sound_card import SoundCard, Tap
from mia_desktop.bench.spoken_sound import Mouth, compare
from mia_desktop.core.ring import Samples
from mia_desktop.speech import joints
from mia_desktop.speech.speaker import DeviceSpeaker

pytestmark = pytest.mark.devices
TRIES = 5
"""A busy machine breaks sound off now and then; what is at fault in the speaker itself comes every time."""
RAMP = np.minimum(1.0, np.arange(RATE_HZ) / 100)
NOISE = np.convolve(np.random.default_rng(2).normal(0, 0.05, RATE_HZ), np.hanning(16), mode="same")
"""As deep as a voice: what is highest does not pass a sound card."""
WORDS = (NOISE * RAMP * RAMP[::-1]).astype(np.float32)
REPLY = np.concatenate((joints.silence(joints.LEAD_S, RATE_HZ), WORDS))
"""As the voice sends it: a speaker fades in."""
SAID = [Sentence(samples=WORDS, text="", pause_s=0.0)]


def opened(speaker: DeviceSpeaker) -> None:
    speaker.close()
    speaker.open()
    speaker.write(REPLY, RATE_HZ, last=True)


def flushed(speaker: DeviceSpeaker) -> None:
    speaker.write(np.zeros(RATE_HZ, dtype=np.float32), RATE_HZ, last=True)
    go_on(speaker, 0.3)
    speaker.flush()
    speaker.write(REPLY, RATE_HZ, last=True)


def softened(speaker: DeviceSpeaker) -> None:
    speaker.write(REPLY, RATE_HZ, last=True)
    go_on(speaker, 0.4)
    speaker.set_gain(0.25)
    go_on(speaker, 0.1)
    speaker.set_gain(1.0)


def paused(speaker: DeviceSpeaker) -> None:
    speaker.write(REPLY, RATE_HZ, last=True)
    go_on(speaker, 0.4)
    speaker.pause()
    go_on(speaker, 0.2)
    speaker.resume()


def go_on(speaker: DeviceSpeaker, seconds: float) -> None:
    """Keep the speaker supplied for so long."""
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        speaker.pending_s()
        threading.Event().wait(0.005)


def recorded(speaker: DeviceSpeaker, tap: Tap, act: Callable[[DeviceSpeaker], None]) -> Samples:
    begun_s = time.monotonic()
    act(speaker)
    while speaker.pending_s() > 0:
        threading.Event().wait(0.005)
    go_on(speaker, 0.3)
    return tap.since(begun_s)


@pytest.mark.parametrize("act", [opened, flushed, softened, paused])
def test_beginning_and_end_are_whole_after_the_speaker_was(
    portaudio: SoundCard, act: Callable[[DeviceSpeaker], None]
) -> None:
    speaker = DeviceSpeaker()
    speaker.open()
    tries: list[Mouth] = []
    with Tap(portaudio, "speaker") as tap:
        go_on(speaker, 0.5)
        while len(tries) < TRIES and not any(one.edges_lost + one.clicks == 0 for one in tries):
            tries.append(compare(SAID, recorded(speaker, tap, act), ducked=act in (softened, paused)))
    speaker.close()
    assert min(one.edges_lost for one in tries) == 0, tries
    assert min(one.clicks for one in tries) == 0, tries
