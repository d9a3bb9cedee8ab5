"""Looks: at pictures that are shown, and through the camera while somebody speaks."""

import threading
from collections.abc import Callable
from typing import Final

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.commands import LookThroughCamera, NewConversation, PutAway, ShowPicture
from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import (
    Event,
    ReplyWritten,
    SightFailed,
    SightSeen,
    SightsUsed,
    SpeechEnded,
    SpeechStarted,
    TranscriptGrew,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.mailbox import Lane, Mailbox
from mia_desktop.core.ports import Camera, Eyesight, PictureOpener
from mia_desktop.core.sights import Focus, Modality, Percept, Picture, Sight, Vector
from mia_desktop.core.turn import TurnId
from mia_desktop.core.worker import REST_S
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.engine.percepts import Percepts
from mia_desktop.engine.viewfinder import Viewfinder
from mia_desktop.perception.attention import attend
from mia_desktop.perception.scene import SceneGate

_LOOK_S: Final = 0.1
_POLL_S: Final = 0.005
_GLANCE_S: Final = 0.05
"""As long as it takes to see that a view has not changed."""

EyesItem = ShowPicture | PutAway | LookThroughCamera | NewConversation | ReplyWritten | TurnFinished | Picture


class Eyes:
    """Keeps what was seen in this conversation, in memory only, and tells what the user's words are about.

    Pictures are looked at as soon as they are shown; the camera's newest frame at the beginning of speech and with each
    new word, and at the end what was seen with the last sound of it: who asks may have put the thing away since. Only a
    view that has changed costs anything. So hardly anything is left to do when the words are known.
    """

    def __init__(
        self,
        inbox: Mailbox[EyesItem],
        eyesight: Part[Eyesight],
        opener: PictureOpener,
        camera: Camera | None,
        ledger: Ledger,
        bus: Bus,
        clock: Clock,
        warm_up: Callable[[], object] = lambda: None,
    ) -> None:
        self._inbox = inbox
        self._eyesight = eyesight
        self._opener = opener
        self._ledger = ledger
        self._bus = bus
        self._clock = clock
        self._warm_up = warm_up
        self._percepts = Percepts()
        self._viewfinder = Viewfinder(camera, bus, clock, self._percepts.fail)
        self._gate = SceneGate()
        self._spoken_out: TurnId | None = None
        self._lock = threading.Lock()
        self._todo = 0
        self._loaded = False

    def submit(self, command: ShowPicture | PutAway | LookThroughCamera | NewConversation) -> None:
        """Take a command; never waits."""
        self._put(command)

    def view(self) -> Picture | None:
        """Return the camera's newest frame, for a face to show; None while it is closed or gives none."""
        return self._viewfinder.shown()

    def note(self, event: Event) -> None:
        """Listen to the bus: what is said makes the eyes look, what was answered moves the talk on."""
        match event:
            case TranscriptGrew(turn=turn) if turn == self._spoken_out:
                pass  # what is seen now is of after the question
            case SpeechStarted() | TranscriptGrew() | TranscriptReady(spoken=False):
                self._see(self._viewfinder.newest())
            case SpeechEnded(turn=turn, last_voiced_at_s=spoken_s):
                self._spoken_out = turn
                self._see(self._viewfinder.at(spoken_s))
            case TurnFinished() | ReplyWritten():
                self._put(event)
            case _:
                pass

    def step(self) -> None:
        """Take the next item."""
        item = self._inbox.get(timeout_s=_LOOK_S if self._viewfinder.is_open else REST_S)
        if item is None:
            self._viewfinder.keep_watching()
            return
        try:
            self._take(item)
        finally:
            with self._lock:
                self._todo -= 1

    def focus(self, turn: TurnId, revision: int, text: str, *, wait: bool = True) -> Focus | None:
        """Return what `text` is about; None when it is about no picture, or the turn is void.

        It waits until all that was shown has been looked at; a moment only when `wait` is false. Raises
        why a picture that was shown for this turn could not be looked at.
        """
        give_up_s = self._clock.now_s() + _GLANCE_S
        while self._todo:
            if self._ledger.is_void(turn, revision) if wait else self._clock.now_s() > give_up_s:
                return None
            self._clock.wait(_POLL_S)
        now_s = self._clock.now_s()
        percepts, talk, trouble = self._percepts.stand(now_s, ambient=not self._viewfinder.once)
        if trouble is not None and not talk.fresh and wait:
            raise trouble
        place = self._place(text) if percepts else None
        focus = attend(text, place, percepts, talk)
        if wait:
            words = None if place is None else Modality(kind="words", vector=place, at_s=now_s, confidence=0.5)
            self._percepts.choose(turn, focus, words)
            if focus is not None:
                self._ledger.tell(turn, revision, SightsUsed(turn=turn, focus=focus))
        return focus

    def earlier(self, focus: Focus) -> tuple[Percept, ...]:
        """Return the pictures of this conversation that came before those in focus, oldest first."""
        return self._percepts.earlier(focus)

    def finish(self) -> None:
        """Close the camera and let the pictures go, after the last step."""
        self._viewfinder.close()
        self._opener.close()

    def _see(self, frame: Picture | None) -> None:
        if frame is not None:
            self._put(frame)

    def _put(self, item: EyesItem) -> None:
        with self._lock:
            self._todo += 1
        if not self._inbox.put(item, Lane.CONTROL):
            with self._lock:
                self._todo -= 1

    def _take(self, item: EyesItem) -> None:
        match item:
            case ShowPicture():
                self._show(item)
            case Picture():
                self._glance(item)
            case PutAway(keys=keys):
                self._forget(set(keys) if keys else None)
            case NewConversation():
                self._forget(None)
                self._percepts.counted = 0
            case LookThroughCamera(on=True, once=once):
                if (frame := self._viewfinder.open(once=once)) is not None:  # so that the first question need not wait
                    self._glance(frame)
            case LookThroughCamera():
                self._viewfinder.close()
            case ReplyWritten() if self._viewfinder.once:  # it may take long until the answer is spoken
                self._viewfinder.close()
            case TurnFinished():
                self._percepts.move_on(item)

    def _show(self, shown: ShowPicture) -> None:
        try:
            given = shown.picture
            sight = self._look(self._opener.read_bytes(given.content, given.name, source=given.source))
        except MiaError as error:
            self._fail(shown.key, error)
            return
        self._perceive(shown.key, sight)

    def _glance(self, frame: Picture) -> None:
        """Look at a frame of the camera, unless it shows what the last one did."""
        if not self._viewfinder.is_open:
            return  # the camera was closed meanwhile
        if not self._gate.changed(frame.pixels) and self._percepts.see_again(frame):
            return
        try:
            sight = self._look(frame)
        except MiaError as error:
            self._gate.reset()
            self._fail("camera", error)
            return
        self._percepts.replace_fresh(frame.source)
        self._perceive(f"camera-{self._percepts.counted}", sight)

    def _look(self, picture: Picture) -> Sight:
        """Return what is in `picture`; the models are loaded for the first one."""
        if not self._loaded:
            self._loaded = True
            self._eyesight.load()
            self._warm_up()
        return self._eyesight.get().look(picture)

    def _perceive(self, key: str, sight: Sight) -> None:
        """Make a percept of what was seen."""
        self._percepts.add(key, sight, self._modalities(sight))
        self._bus.publish(SightSeen(key=key, at_s=self._clock.now_s(), sight=sight))

    def _modalities(self, sight: Sight) -> tuple[Modality, ...]:
        found, at_s = [], sight.picture.at_s
        if sight.vector is not None:
            sure = max((one.confidence for one in sight.labels), default=0.1)
            found.append(Modality(kind="image", vector=sight.vector, at_s=at_s, confidence=sure))
        if sight.lines and (vector := self._place(" ".join(one.text for one in sight.lines)[:1000])) is not None:
            sure = sum(one.confidence for one in sight.lines) / len(sight.lines)
            found.append(Modality(kind="reading", vector=vector, at_s=at_s, confidence=sure))
        return tuple(found)

    def _place(self, text: str) -> Vector | None:
        """Return the place of a text among the pictures, or None."""
        try:
            encoder = self._eyesight.get().encoder
            vector: Vector | None = None if encoder is None else encoder.embed_texts([text])[0]
        except MiaError:
            return None  # pointing words are enough
        return vector

    def _fail(self, key: str, error: MiaError) -> None:
        self._percepts.fail(error)
        self._bus.publish(SightFailed(key=key, error=error))

    def _forget(self, keys: set[str] | None) -> None:
        self._percepts.forget(keys)
        self._gate.reset()
