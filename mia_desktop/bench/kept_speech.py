"""What she was given to say, sentence by sentence, so that it can be looked for in what came out of her speaker."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mia_desktop.bench.sound_card import TAP_RATE_HZ
from mia_desktop.core.frames import Speech
from mia_desktop.core.ports import Synthesizer
from mia_desktop.core.ring import Samples
from mia_desktop.speech import joints

RATE_HZ = TAP_RATE_HZ
"""Of sentences and recordings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What a synthesizer made in one go.

    Attributes:
        samples: float32, shape (n,), mono, `RATE_HZ`.
        text: of the clause that it is in.
        pause_s: silence that is meant to come after it.
    """

    samples: Samples
    text: str
    pause_s: float


class Kept:
    """A Synthesizer that keeps what it said."""

    def __init__(self, synthesizer: Synthesizer) -> None:
        self._synthesizer = synthesizer
        self.model, self.language = synthesizer.model, synthesizer.language
        self.sample_rate_hz = synthesizer.sample_rate_hz
        self.speed, self.volume = synthesizer.speed, synthesizer.volume
        self._clauses: list[tuple[str, list[Speech]]] = []

    def synthesize(self, text: str, *, soon: bool = False) -> Iterator[Speech]:
        """Keep and yield it."""
        self._synthesizer.speed, self._synthesizer.volume = self.speed, self.volume
        kept: list[Speech] = []
        self._clauses.append((text, kept))
        for speech in self._synthesizer.synthesize(text, soon=soon):
            kept.append(speech)
            yield speech

    def take(self, reply: str | None = None) -> list[Sentence]:
        """Return what was said since the last call; with `reply`, only the clauses at the end that make it up.

        What she began to say before the user had finished was never heard, when the user then said something else.
        """
        clauses, self._clauses = self._clauses, []
        if reply is not None:
            clauses = clauses[_begin(clauses, reply) :]
        return [sentence for text, parts in clauses for sentence in self._sentences(text, parts)]

    def _sentences(self, text: str, parts: Iterable[Speech]) -> Iterator[Sentence]:
        import soxr

        waiting: list[Samples] = []
        done: list[Samples] = []
        for part in parts:
            waiting.append(part.samples)
            if part.ends:
                done.append(np.concatenate(waiting))
                waiting = []
        done += [np.concatenate(waiting)] if waiting else []
        for number, samples in enumerate(done, 1):
            said = text if number == len(done) else "."
            yield Sentence(
                samples=soxr.resample(samples, self.sample_rate_hz, RATE_HZ).astype(np.float32),
                text=text,
                pause_s=len(joints.pause_after(said, self.speed, self.sample_rate_hz)) / self.sample_rate_hz,
            )


def _begin(clauses: Sequence[tuple[str, object]], reply: str) -> int:
    """Return from which clause on they make up `reply`."""
    missing = _letters(reply)
    for number in range(len(clauses) - 1, -1, -1):
        missing -= _letters(clauses[number][0])
        if missing <= 0:
            return number
    return 0


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
