"""Follows turns of an engine from a command."""

import queue
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from mia_desktop.core.commands import LookThroughCamera, ShowPicture
from mia_desktop.core.errors import DeviceError, ModelError, NoSpeechError
from mia_desktop.core.events import (
    CameraClosed,
    DeviceLost,
    Event,
    MemoryUsed,
    ModelLoaded,
    ReplyStarted,
    ReplyWritten,
    SightFailed,
    SightSeen,
    SightsUsed,
    StateChanged,
    TranscriptReady,
    TurnFinished,
    WorkerFailed,
)
from mia_desktop.core.memories import Hit
from mia_desktop.core.sights import Focus, Percept, PictureBytes
from mia_desktop.engine.engine import Engine
from mia_desktop.monitor.latency import Timings, Waterfall


@dataclass(slots=True, kw_only=True)
class Turn:
    """What became of one turn.

    Attributes:
        transcript: the user's words.
        reply: MIA's.
        language: ISO 639-1 code of the words, or empty.
        model: the language model that answered.
        timings: the waterfall.
        sights: the pictures that the answer is about: `key`, `name`, `source`, `why`, `age_s`, `description`, `text`.
        memories: what was remembered for the answer: `id`, `text`, `time`, `speaker`, `score`, `parts`, `why`.
    """

    transcript: str = ""
    reply: str = ""
    language: str = ""
    model: str = ""
    timings: Timings
    memories: list[dict[str, object]] = field(default_factory=list)
    sights: list[dict[str, object]] = field(default_factory=list)


class Session:
    """Collects an engine's events and waits for what a command needs."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.loaded: list[ModelLoaded] = []
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        engine.subscribe(self._events.put)

    def next(self, timeout_s: float | None = None) -> Event | None:
        """Return the next event, or None after `timeout_s`."""
        try:
            return self._events.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def wait_until_ready(self) -> None:
        """Wait for the models; raises what kept one from loading."""
        while True:
            event = self.next()
            if isinstance(event, ModelLoaded):
                self.loaded.append(event)
            elif isinstance(event, StateChanged) and event.state == "ready":
                return
            elif isinstance(event, StateChanged) and event.state == "trouble":
                raise ModelError(event.why)
            else:
                _raise_if_broken(event)

    def show(self, pictures: Sequence[PictureBytes]) -> None:
        """Show pictures and wait until they were looked at; raises why one of them could not be."""
        for number, picture in enumerate(pictures):
            self.engine.submit(ShowPicture(key=f"image-{number + 1}", picture=picture))
        left = len(pictures)
        while left:
            event = self.next()
            if isinstance(event, SightFailed):
                raise event.error
            _raise_if_broken(event)
            left -= isinstance(event, SightSeen)

    def look_through_camera(self, *, once: bool) -> None:
        """Open the camera and wait until its first picture was looked at; raises why that is not possible."""
        self.engine.submit(LookThroughCamera(on=True, once=once))
        while True:
            event = self.next()
            if isinstance(event, CameraClosed):
                raise DeviceError(event.why)
            if isinstance(event, SightSeen):
                return
            _raise_if_broken(event)

    def wait_for_turn(self) -> Turn:
        """Wait for the end of the next turn; raises when it failed or held no speech."""
        waterfall = Waterfall()
        turn = Turn(timings=waterfall.timings)
        while True:
            event = self.next()
            if event is None:
                continue
            waterfall.see(event)
            match event:
                case TranscriptReady():
                    turn.transcript, turn.language = event.text, event.language
                case ReplyStarted():
                    turn.model = event.model
                case MemoryUsed(hits=hits):
                    turn.memories = [_shown(hit) for hit in hits]
                case SightsUsed(focus=focus):
                    turn.sights = [_seen(one, focus) for one in focus.percepts]
                case ReplyWritten():
                    turn.reply = event.text.strip()
                case TurnFinished(outcome="nothing heard"):
                    raise NoSpeechError(event.why)
                case TurnFinished(outcome="failed"):
                    raise ModelError(event.why)
                case TurnFinished():
                    turn.timings = waterfall.timings
                    return turn
                case _:
                    _raise_if_broken(event)


def _seen(percept: Percept, focus: Focus) -> dict[str, object]:
    sight = percept.sight
    return {
        "key": percept.key,
        "name": sight.picture.name,
        "source": sight.picture.source,
        "why": focus.why,
        "age_s": round(focus.asked_s - sight.picture.at_s, 3),
        "description": sight.description,
        "text": "\n".join(one.text for one in sight.lines),
    }


def _shown(hit: Hit) -> dict[str, object]:
    memory = hit.memory
    return {
        "id": memory.id,
        "text": memory.text,
        "time": memory.at.isoformat(),
        "speaker": memory.speaker,
        "score": round(hit.score, 3),
        "parts": {name: round(value, 3) for name, value in asdict(hit.parts).items()},
        "why": hit.why,
    }


def _raise_if_broken(event: Event | None) -> None:
    if isinstance(event, DeviceLost):
        raise DeviceError(event.why)
    if isinstance(event, WorkerFailed) and event.gave_up:
        raise event.error
