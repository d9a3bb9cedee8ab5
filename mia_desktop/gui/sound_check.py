"""Tries a microphone and a speaker beside the window."""

import threading
from collections.abc import Callable
from typing import Final

import numpy as np

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.errors import MiaError
from mia_desktop.core.paths import shipped
from mia_desktop.core.ports import HEARING_RATE_HZ, SoundInput, SoundOutput
from mia_desktop.core.ring import Samples
from mia_desktop.senses import sound_file
from mia_desktop.senses.microphone import Microphone
from mia_desktop.speech.speaker import DeviceSpeaker

SAMPLE: Final = "hello-i-am-mia.wav"
_READ_S: Final = 0.03
_LOUD: Final = 0.12
_LOUD_FOR_S: Final = 0.3
_LONGEST_S: Final = 10.0
_GAIN: Final = 4.0
"""As the engine shows loudness: speech into a usual microphone fills the meter."""


class MicrophoneCheck:
    """Listens to one microphone at a time and keeps nothing of what it hears.

    Attributes:
        level: loudness now, 0 to 1.
        heard: whether something was loud for long enough to be speech.
        live: whether sound arrives.
        trouble: why the microphone does not work, else empty.

    Args:
        make: makes a microphone of that name; empty is the system's.
    """

    def __init__(self, make: Callable[[str], SoundInput] = Microphone, clock: Clock | None = None) -> None:
        self._make = make
        self._clock = clock or SystemClock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.level = 0.0
        self.heard = self.live = False
        self.trouble = ""

    def begin(self, name: str) -> None:
        """Listen to another microphone, or to the same one anew."""
        self.end()
        self.level, self.heard, self.live, self.trouble = 0.0, False, False, ""
        self._stop = threading.Event()
        arguments = (name, self._stop, self._thread)
        self._thread = threading.Thread(target=self._listen, args=arguments, name="mia-check", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Cease to listen; returns at once."""
        self._stop.set()
        self.level = 0.0

    def _listen(self, name: str, stop: threading.Event, before: threading.Thread | None) -> None:
        if before is not None:
            before.join()  # a sound card may bear one listener only
        microphone, loud_s = self._make(name), 0.0
        try:
            microphone.open()
            while not stop.is_set():
                samples = microphone.read()
                if len(samples):
                    level = loudness(samples)
                    loud_s = loud_s + len(samples) / HEARING_RATE_HZ if level > _LOUD else max(0.0, loud_s - _READ_S)
                    self.level, self.live = level, True
                    self.heard = self.heard or loud_s >= _LOUD_FOR_S
                self._clock.wait(_READ_S)
        except MiaError as error:
            if not stop.is_set():
                self.level, self.live, self.trouble = 0.0, False, str(error)
        finally:
            microphone.close()


def loudness(samples: Samples) -> float:
    """Return how loud samples are, 0 to 1."""
    return float(min(1.0, np.sqrt(np.mean(np.square(samples))) * _GAIN))


def play_sample(
    name: str,
    stop: threading.Event,
    make: Callable[[str], SoundOutput] = DeviceSpeaker,
    clock: Clock | None = None,
) -> None:
    """Play MIA's greeting through a speaker; returns when it was heard. Raises DeviceError.

    Args:
        name: which speaker; empty is the system's.
        stop: set when it is no longer wanted.
        make: makes a speaker of that name.
        clock: tells when to feed it again.
    """
    clock = clock or SystemClock()
    samples = sound_file.load(shipped("resources") / "samples" / SAMPLE, _LONGEST_S)
    end_s = clock.now_s() + _LONGEST_S
    speaker = make(name)
    try:
        speaker.open()
        while not stop.is_set() and clock.now_s() < end_s:
            if len(samples):
                samples = samples[speaker.write(samples, HEARING_RATE_HZ, last=True) :]
            elif not speaker.pending_s():
                return
            clock.wait(_READ_S)
    finally:
        speaker.close()
