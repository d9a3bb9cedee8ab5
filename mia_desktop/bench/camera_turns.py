"""What a look through the camera costs a spoken turn: the same question with a camera and without."""

import queue
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mia_desktop.core.commands import LookThroughCamera, NewConversation, StartListening, StopListening
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import (
    Event,
    ReplyWritten,
    SightSeen,
    SightsUsed,
    SpeechStarted,
    StateChanged,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.ports import HEARING_RATE_HZ, Synthesizer
from mia_desktop.core.ring import Samples
from mia_desktop.core.sights import Pixels
from mia_desktop.engine.assembly import Makers, build
from mia_desktop.monitor.latency import Timings, Waterfall
from mia_desktop.senses.replay import ReplayInput
from mia_desktop.senses.still_camera import StillCamera
from mia_desktop.speech.recorder import Recorder

_TURN_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTurn:
    """A spoken turn.

    Attributes:
        heard: what was understood.
        reply: the answer.
        used: descriptions of the pictures that it was about.
        timings: its waterfall.
    """

    heard: str
    reply: str
    used: tuple[str, ...]
    timings: Timings


class Conversation:
    """Spoken turns in real time, with things held before a camera."""

    def __init__(self, settings: Settings, makers: Makers) -> None:
        self.camera = StillCamera()
        self._microphone = ReplayInput(real_time=True)
        self.engine = build(settings, makers, self._microphone, Recorder(), self.camera)
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.engine.subscribe(self._events.put)
        self.engine.start()
        ready = self._until(StateChanged)[-1]
        if isinstance(ready, StateChanged) and ready.state == "trouble":
            raise MiaError(ready.why)

    def look(self, pixels: Pixels) -> None:
        """Open the camera for the questions to come."""
        self.camera.hold(pixels)
        self.engine.submit(LookThroughCamera(on=True, once=False))
        self._until(SightSeen)

    def ask(self, question: Samples, while_speaking: Callable[[], None] = lambda: None) -> SeenTurn:
        """Speak a question; `while_speaking` is called when it has begun."""
        waterfall, heard, reply, used = Waterfall(), "", "", tuple[str, ...]()
        self.engine.submit(StartListening())
        self._until(SpeechStarted)
        self._microphone.play(question)
        while_speaking()
        self._microphone.wait_until_heard(_TURN_S)
        self.engine.submit(StopListening())
        for event in self._until(TurnFinished):
            waterfall.see(event)
            match event:
                case TranscriptReady(text=heard):
                    pass
                case ReplyWritten(text=reply):
                    pass
                case SightsUsed(focus=focus):
                    used = tuple(one.sight.description for one in focus.percepts)
        return SeenTurn(heard=heard, reply=reply.strip(), used=used, timings=waterfall.timings)

    def begin_anew(self) -> None:
        """Forget what was said."""
        self.engine.submit(NewConversation())

    def end(self) -> None:
        """Stop the engine."""
        self.engine.stop()

    def _until(self, kind: type[Event]) -> list[Event]:
        seen: list[Event] = []
        while not (seen and isinstance(seen[-1], kind)):
            try:
                seen.append(self._events.get(timeout=_TURN_S))
            except queue.Empty:
                raise MiaError(f"MIA did not answer within {_TURN_S:.0f} s.") from None
        return seen


def spoken(synthesizer: Synthesizer, text: str) -> Samples:
    """Return `text` as the microphone would hear it, with a pause before and after."""
    voice = np.concatenate([one.samples for one in synthesizer.synthesize(text)])
    count = int(len(voice) * HEARING_RATE_HZ / synthesizer.sample_rate_hz)
    heard = np.interp(np.linspace(0, len(voice) - 1, count), np.arange(len(voice)), voice)
    pause = np.zeros(HEARING_RATE_HZ // 4)
    samples: Samples = np.concatenate((pause, heard, pause)).astype(np.float32)
    return samples


def measure(talk: Conversation, question: Samples, scenes: Sequence[Pixels], turns: int) -> list[dict[str, object]]:
    """Return medians of the time from the last voiced sample to the first audio, seconds, and what the camera adds, ms.

    Turns without a camera, with something that was held before it already, and with something that is held up when
    the question begins, take turns.
    """
    taken_s: dict[str, list[float]] = {"no camera": [], "held before": [], "held up when asking": []}
    for number in range(turns):
        talk.begin_anew()
        talk.engine.submit(LookThroughCamera(on=False))
        taken_s["no camera"].append(talk.ask(question).timings.first_audio_s or 0.0)
        for way in ("held before", "held up when asking"):
            talk.begin_anew()
            talk.engine.submit(LookThroughCamera(on=False))
            talk.look(scenes[number % len(scenes)])
            if way == "held up when asking":
                talk.camera.hold(scenes[(number + 1) % len(scenes)])
            taken_s[way].append(talk.ask(question).timings.first_audio_s or 0.0)
    plain_s = statistics.median(taken_s["no camera"])
    return [
        {
            "camera": way,
            "turns": turns,
            "first_audio_s": round(statistics.median(all_s), 3),
            "added_ms": round(1000 * (statistics.median(all_s) - plain_s)),
            "each_s": [round(one, 3) for one in all_s],
        }
        for way, all_s in taken_s.items()
    ]
