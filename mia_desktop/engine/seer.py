"""Answers about pictures by a language model that sees them itself, where one is installed."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mia_desktop.core import log
from mia_desktop.core.errors import MiaError
from mia_desktop.core.items import Message
from mia_desktop.core.ports import PictureTalker
from mia_desktop.core.sights import Focus


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenReply:
    """An answer that has begun.

    Attributes:
        model: whose it is, as in the catalogue.
        pieces: the answer piece by piece; closing it stops the work.
    """

    model: str
    pieces: Iterator[str]


class Seer:
    """The PictureTalker of this machine, loaded with the first picture. Without one, or when it fails, nobody answers.

    Args:
        open_talker: opens the best one; None when there is none.
    """

    def __init__(self, open_talker: Callable[[], PictureTalker | None] = lambda: None) -> None:
        self._open_talker = open_talker
        self._lock = threading.Lock()
        self._opened = False
        self._talker: PictureTalker | None = None

    def load(self) -> PictureTalker | None:
        """Return the model, loading it the first time; None when there is none that works."""
        with self._lock:
            if not self._opened:
                self._opened = True
                try:
                    self._talker = self._open_talker()
                except MiaError as error:
                    log.report(error)
            return self._talker

    def begin(self, messages: Sequence[Message], focus: Focus | None, most_tokens: int) -> SeenReply | None:
        """Begin to answer `messages` about the pictures in focus; None when the text model has to, from a description.

        That is so without such a model, when a picture's pixels were let go, and when the model fails at once.
        """
        if focus is None or (talker := self.load()) is None:
            return None
        pictures = [one.sight.picture.pixels for one in focus.percepts]
        if any(min(pixels.shape[:2]) <= 1 for pixels in pictures):
            return None
        pieces = talker.reply(messages, pictures, most_tokens)
        try:
            first = next(pieces, "")
        except MiaError as error:
            log.report(error)
            return None
        return SeenReply(model=talker.model, pieces=_from(first, pieces)) if first else None


def _from(first: str, rest: Iterator[str]) -> Iterator[str]:
    try:
        yield first
        yield from rest
    finally:
        rest.close()  # type: ignore[attr-defined]
