"""A sentence that becomes sound stretch by stretch: where it begins, goes on and ends. Pure but for its own memory."""

from collections import deque
from collections.abc import Sequence

import numpy as np

from mia_desktop.core.frames import Speech
from mia_desktop.core.ring import Samples
from mia_desktop.speech import joints

_LOUD = 0.6
"""Peak of speech, about; what is silence is not known from a stretch that may have little else."""


class Stretches:
    """Takes the sound of one sentence in stretches and gives what can be spoken of it, without the silence around."""

    def __init__(
        self, sample_rate_hz: int, words: Sequence[tuple[int, float]], *, share_before: float, share: float
    ) -> None:
        """Begin a sentence.

        Args:
            sample_rate_hz: samples per second.
            words: where words end: samples since the beginning, and the share (0 to 1) of the text spoken by then.
            share_before: share of the text that was spoken before this sentence.
            share: share of the text that is spoken at its end.
        """
        self._sample_rate_hz = sample_rate_hz
        self._words = deque(words)
        self._share_before = share_before
        self._share = share
        self._sound: Samples = np.zeros(0, dtype=np.float32)
        self._given: int | None = None

    def feed(self, samples: Samples, *, last: bool) -> Speech | None:
        """Add a stretch; return what can be spoken now, or None.

        What may be the silence after the sentence is held back until more speech follows.
        """
        self._sound = np.concatenate((self._sound, samples))
        start, stop = joints.edges(self._sound, self._sample_rate_hz, loudest=_LOUD)
        if not last:
            stop = max(0, stop - joints.margin(self._sample_rate_hz))
        first = self._given is None
        begun = start if self._given is None else self._given
        # A beginning that is shorter than its fade would go on too loud.
        if stop <= begun or (first and not last and stop - begun < joints.margin(self._sample_rate_hz)):
            return None
        self._given = stop
        piece = joints.faded(self._sound[begun:stop], self._sample_rate_hz, begin=first, end=last)
        return Speech(samples=piece, words=self._spoken(begun, stop, last=last), ends=last)

    def _spoken(self, begun: int, stop: int, *, last: bool) -> tuple[tuple[int, float], ...]:
        spoken: list[tuple[int, float]] = []
        while self._words and (last or self._words[0][0] <= stop):
            at, self._share_before = self._words.popleft()
            spoken.append((min(max(at - begun, 0), stop - begun), self._share_before))
        if last:
            return (*spoken[:-1], (stop - begun, self._share))
        return (*spoken, (stop - begun, self._share_before))


def whole(stretches: Sequence[Speech]) -> list[Speech]:
    """Return the sentences that `stretches` are parts of, each in one."""
    sentences: list[Speech] = []
    for one in stretches:
        if sentences and not sentences[-1].ends:
            before = sentences.pop()
            length = len(before.samples)
            words = (*before.words[:-1], *((length + at, share) for at, share in one.words))
            one = Speech(samples=np.concatenate((before.samples, one.samples)), words=words, ends=one.ends)
        sentences.append(one)
    return sentences
