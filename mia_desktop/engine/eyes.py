"""Looks: at pictures that are shown, and through the camera while somebody speaks."""

import dataclasses
import threading
from collections.abc import Callable
from typing import Final

import numpy as np

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.commands import LookThroughCamera, NewConversation, PutAway, ShowPicture
from mia_desktop.core.errors import DeviceError, MiaError
from mia_desktop.core.events import (
    CameraClosed,
    CameraOpened,
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
from mia_desktop.core.sights import Focus, Modality, Percept, Picture, Pixels, Sight, Vector
from mia_desktop.core.turn import TurnId
from mia_desktop.core.worker import REST_S
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.perception.attention import Talk, attend
from mia_desktop.perception.fusion import fuse
from mia_desktop.perception.scene import FrameMemory, SceneGate

_LOOK_S: Final = 0.1
_MOST_PERCEPTS: Final = 64
_MOST_OPEN: Final = 16
"""Pictures whose pixels are kept; of older ones only what was found stays."""
_POLL_S: Final = 0.005
_GLANCE_S: Final = 0.05
"""As long as it takes to see that a view has not changed."""
_FIRST_FRAME_S: Final = 3.0
_VIEWS_APART_S: Final = 0.25
"""How often sensory memory takes in what the camera sees while nobody speaks."""
_NO_CAMERA: Final = "There is no camera. Open the window to use one."
_NO_FRAME: Final = "The camera gives no picture. Check that no other program uses it, or choose another one."

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
        self._camera = camera
        self._ledger = ledger
        self._bus = bus
        self._clock = clock
        self._warm_up = warm_up
        self._lock = threading.Lock()
        self._seen = FrameMemory()
        self._seen_s = 0.0
        self._gate = SceneGate()
        self._spoken_out: TurnId | None = None
        self._todo = 0
        self._percepts: list[Percept] = []
        self._fresh: set[str] = set()
        self._current: set[str] = set()
        self._chosen: dict[TurnId, tuple[Focus, Modality | None]] = {}
        self._trouble: MiaError | None = None
        self._counted = 0
        self._group = 0
        self._open = False
        self._once = False
        self._loaded = False

    def submit(self, command: ShowPicture | PutAway | LookThroughCamera | NewConversation) -> None:
        """Take a command; never waits."""
        self._put(command)

    def view(self) -> Picture | None:
        """Return the camera's newest frame, for a face to show; None while it is closed or gives none."""
        if self._camera is None or not self._open:
            return None
        try:
            frame = self._camera.newest()
        except DeviceError:
            return None  # whoever asks in earnest is told
        if frame is not None:
            self._seen.see(frame)
        return frame

    def note(self, event: Event) -> None:
        """Listen to the bus: what is said makes the eyes look, what was answered moves the talk on."""
        match event:
            case TranscriptGrew(turn=turn) if turn == self._spoken_out:
                pass  # what is seen now is of after the question
            case SpeechStarted() | TranscriptGrew() | TranscriptReady(spoken=False):
                if self._open and (frame := self._newest()) is not None:
                    self._put(frame)
            case SpeechEnded(turn=turn, last_voiced_at_s=spoken_s):
                self._spoken_out = turn
                if self._open and (frame := self._newest()) is not None:
                    then = self._seen.frame_at(spoken_s)
                    self._put(then.picture if then is not None else frame)
            case TurnFinished() | ReplyWritten():
                self._put(event)
            case _:
                pass

    def step(self) -> None:
        """Take the next item."""
        item = self._inbox.get(timeout_s=_LOOK_S if self._open else REST_S)
        if item is None:
            if self._open and self._clock.now_s() - self._seen_s >= _VIEWS_APART_S:
                self._newest()
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
        with self._lock:
            percepts = tuple(self._percepts)
            ambient = {one.key for one in percepts if one.sight.picture.source == "camera" and not self._once}
            now_s = self._clock.now_s()
            talk = Talk(current=set(self._current), fresh=set(self._fresh), ambient=ambient, now_s=now_s)
            trouble = self._trouble
        if trouble is not None and not talk.fresh and wait:
            raise trouble
        place = self._place(text) if percepts else None
        focus = attend(text, place, percepts, talk)
        if wait:
            with self._lock:
                if focus is None:
                    self._chosen.pop(turn, None)
                else:
                    words = None if place is None else Modality(kind="words", vector=place, at_s=now_s, confidence=0.5)
                    self._chosen[turn] = (focus, words)
            if focus is not None:
                self._ledger.tell(turn, revision, SightsUsed(turn=turn, focus=focus))
        return focus

    def earlier(self, focus: Focus) -> tuple[Percept, ...]:
        """Return the pictures of this conversation that came before those in focus, oldest first."""
        first = min(one.number for one in focus.percepts)
        with self._lock:
            return tuple(one for one in self._percepts if one.number < first)

    def finish(self) -> None:
        """Close the camera and let the pictures go, after the last step."""
        self._close()
        self._opener.close()

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
                self._counted = 0
            case LookThroughCamera(on=True, once=once):
                self._open_camera(once=once)
            case LookThroughCamera():
                self._close()
            case ReplyWritten() if self._once:  # it may take long until the answer is spoken
                self._close()
            case TurnFinished():
                self._move_on(item)

    def _show(self, shown: ShowPicture) -> None:
        try:
            given = shown.picture
            sight = self._look(self._opener.read_bytes(given.content, given.name, source=given.source))
        except MiaError as error:
            self._fail(shown.key, error)
            return
        self._perceive(shown.key, sight)

    def _glance(self, frame: Picture) -> None:
        """Look at a frame of the camera, unless it shows what the last one did or a newer one waits."""
        if not self._open:
            return  # the camera was closed meanwhile
        changed = self._gate.changed(frame.pixels)
        for at, last in reversed([*enumerate(self._percepts)]):
            if last.sight.picture.source == frame.source:
                if not changed:
                    with self._lock:
                        same = dataclasses.replace(last.sight, picture=frame)
                        self._percepts[at] = dataclasses.replace(last, at_s=frame.at_s, sight=same)
                        self._fresh.add(last.key)
                    return
                break
        try:
            sight = self._look(frame)
        except MiaError as error:
            self._gate.reset()
            self._fail("camera", error)
            return
        with self._lock:  # of the frames for one question the newest counts
            self._percepts = [
                one
                for one in self._percepts
                if not (one.key in self._fresh and one.sight.picture.source == frame.source)
            ]
            self._fresh = {one.key for one in self._percepts if one.key in self._fresh}
        self._perceive(f"camera-{self._counted}", sight)

    def _look(self, picture: Picture) -> Sight:
        """Return what is in `picture`; the models are loaded for the first one."""
        if not self._loaded:
            self._loaded = True
            self._eyesight.load()
            self._warm_up()
        return self._eyesight.get().look(picture)

    def _perceive(self, key: str, sight: Sight) -> None:
        """Make a percept of what was seen."""
        modalities = self._modalities(sight)
        at_s = sight.picture.at_s
        with self._lock:
            if not self._fresh:
                self._group += 1
            self._percepts = [one for one in self._percepts if one.key != key]
            self._percepts.append(
                Percept(
                    key=key,
                    number=self._counted,
                    group=self._group,
                    at_s=at_s,
                    sight=sight,
                    vector=fuse(modalities, at_s)[0] if modalities else None,
                    space=sight.space,
                    modalities=modalities,
                )
            )
            del self._percepts[:-_MOST_PERCEPTS]
            for at, one in enumerate(self._percepts[:-_MOST_OPEN]):
                self._percepts[at] = dataclasses.replace(one, sight=_without_pixels(one.sight))
            self._counted += 1
            self._fresh.add(key)
            self._trouble = None
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
        with self._lock:
            self._trouble = error
        self._bus.publish(SightFailed(key=key, error=error))

    def _forget(self, keys: set[str] | None) -> None:
        with self._lock:
            self._percepts = [] if keys is None else [one for one in self._percepts if one.key not in keys]
            left = {one.key for one in self._percepts}
            self._fresh &= left
            self._current &= left
            self._trouble = None
        self._gate.reset()

    def _move_on(self, finished: TurnFinished) -> None:
        """Take note of what the answer was about; a turn without pictures lets the talk move on."""
        with self._lock:
            focus, words = self._chosen.pop(finished.turn, (None, None))
            if finished.outcome == "answered":
                self._current = {one.key for one in focus.percepts} if focus else set()
                self._fresh -= self._current
                if words is not None:
                    self._percepts = [_asked(one, words) if one.key in self._current else one for one in self._percepts]
            self._trouble = None

    def _open_camera(self, *, once: bool) -> None:
        if self._camera is None:
            self._lose(DeviceError(_NO_CAMERA), "camera")
            return
        self._once = once
        if self._open:
            return
        try:
            self._camera.open()
        except DeviceError as error:
            self._lose(error, self._camera.name)
            return
        self._open = True
        self._bus.publish(CameraOpened(name=self._camera.name, once=once))
        self._see_first()

    def _see_first(self) -> None:
        """Wait for the first frame and look at it, so that the first question need not."""
        give_up_s = self._clock.now_s() + _FIRST_FRAME_S
        while self._open and self._clock.now_s() < give_up_s:
            if (frame := self._newest()) is not None:
                self._glance(frame)
                return
            self._clock.wait(_POLL_S)
        if self._open:
            self._close(_NO_FRAME)

    def _newest(self) -> Picture | None:
        assert self._camera is not None
        self._seen_s = self._clock.now_s()
        try:
            frame = self._camera.newest()
        except DeviceError as error:
            self._close(str(error))
            return None
        if frame is not None:
            self._seen.see(frame)
        return frame

    def _lose(self, error: DeviceError, name: str) -> None:
        with self._lock:
            self._trouble = error
        self._bus.publish(CameraClosed(name=name, why=str(error)))

    def _close(self, why: str = "") -> None:
        if self._camera is None or not self._open:
            return
        self._open = False
        self._camera.close()
        self._seen.clear()
        if why:
            self._lose(DeviceError(why), self._camera.name)
        else:
            self._bus.publish(CameraClosed(name=self._camera.name))


def _asked(percept: Percept, words: Modality) -> Percept:
    """Return the percept with what was said of it last."""
    modalities = (*(one for one in percept.modalities if one.kind != "words"), words)
    at_s = percept.at_s
    # The question belongs to the moment of the picture, however long the user took to ask.
    there = tuple(dataclasses.replace(one, at_s=at_s) for one in modalities)
    return dataclasses.replace(percept, modalities=there, vector=fuse(there, at_s)[0])


def _without_pixels(sight: Sight) -> Sight:
    nothing: Pixels = np.zeros((1, 1, 3), dtype=np.uint8)
    return dataclasses.replace(sight, picture=dataclasses.replace(sight.picture, pixels=nothing))
