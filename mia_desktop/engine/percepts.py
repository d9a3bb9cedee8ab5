"""The pictures of the present conversation, in memory only, and which of them it is about."""

import dataclasses
import threading
from typing import Final

import numpy as np

from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import TurnFinished
from mia_desktop.core.sights import Focus, Modality, Percept, Picture, Pixels, Sight, SightSource
from mia_desktop.core.turn import TurnId
from mia_desktop.perception.attention import Talk
from mia_desktop.perception.fusion import fuse

_MOST_PERCEPTS: Final = 64
_MOST_OPEN: Final = 16
"""Pictures whose pixels are kept; of older ones only what was found stays."""


class Percepts:
    """What was seen, oldest first. The eyes add to it; whoever answers asks what the talk is about; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._percepts: list[Percept] = []
        self._fresh: set[str] = set()
        self._current: set[str] = set()
        self._chosen: dict[TurnId, tuple[Focus, Modality | None]] = {}
        self._trouble: MiaError | None = None
        self._group = 0
        self.counted = 0
        """How many pictures there were so far."""

    def stand(self, now_s: float, *, ambient: bool) -> tuple[tuple[Percept, ...], Talk, MiaError | None]:
        """Return what was seen, where the talk stands, and why something could not be looked at.

        `ambient`: what the camera sees is the surroundings, and not shown for a question.
        """
        with self._lock:
            around = {one.key for one in self._percepts if ambient and one.sight.picture.source == "camera"}
            talk = Talk(current=set(self._current), fresh=set(self._fresh), ambient=around, now_s=now_s)
            return tuple(self._percepts), talk, self._trouble

    def choose(self, turn: TurnId, focus: Focus | None, words: Modality | None) -> None:
        """Take note of what a turn is about, and of the user's words for it."""
        with self._lock:
            if focus is None:
                self._chosen.pop(turn, None)
            else:
                self._chosen[turn] = (focus, words)

    def earlier(self, focus: Focus) -> tuple[Percept, ...]:
        """Return the pictures that came before those in focus, oldest first."""
        first = min(one.number for one in focus.percepts)
        with self._lock:
            return tuple(one for one in self._percepts if one.number < first)

    def add(self, key: str, sight: Sight, modalities: tuple[Modality, ...]) -> None:
        """Take in what was seen."""
        at_s = sight.picture.at_s
        with self._lock:
            if not self._fresh:
                self._group += 1
            self._percepts = [one for one in self._percepts if one.key != key]
            self._percepts.append(
                Percept(
                    key=key,
                    number=self.counted,
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
            self.counted += 1
            self._fresh.add(key)
            self._trouble = None

    def see_again(self, frame: Picture) -> bool:
        """Take in a frame that shows what the last one of its source did; tell whether there was one."""
        with self._lock:
            for at, last in reversed([*enumerate(self._percepts)]):
                if last.sight.picture.source == frame.source:
                    same = dataclasses.replace(last.sight, picture=frame)
                    self._percepts[at] = dataclasses.replace(last, at_s=frame.at_s, sight=same)
                    self._fresh.add(last.key)
                    return True
        return False

    def replace_fresh(self, source: SightSource) -> None:
        """Let the frames for the present question go: the newest counts."""
        with self._lock:
            self._percepts = [
                one for one in self._percepts if not (one.key in self._fresh and one.sight.picture.source == source)
            ]
            self._fresh = {one.key for one in self._percepts if one.key in self._fresh}

    def fail(self, error: MiaError) -> None:
        """Take note of why something could not be looked at."""
        with self._lock:
            self._trouble = error

    def forget(self, keys: set[str] | None) -> None:
        """Let pictures go, those of these keys or all."""
        with self._lock:
            self._percepts = [] if keys is None else [one for one in self._percepts if one.key not in keys]
            left = {one.key for one in self._percepts}
            self._fresh &= left
            self._current &= left
            self._trouble = None

    def move_on(self, finished: TurnFinished) -> None:
        """Take note of what the answer was about; a turn without pictures lets the talk move on."""
        with self._lock:
            focus, words = self._chosen.pop(finished.turn, (None, None))
            if finished.outcome == "answered":
                self._current = {one.key for one in focus.percepts} if focus else set()
                self._fresh -= self._current
                if words is not None:
                    self._percepts = [_asked(one, words) if one.key in self._current else one for one in self._percepts]
            self._trouble = None


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
