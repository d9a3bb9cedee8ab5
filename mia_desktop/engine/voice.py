"""Speaks: from pieces of the reply to sound."""

from collections.abc import Callable, Iterator

import numpy as np

from mia_desktop.core.errors import MiaError
from mia_desktop.core.frames import Speech, SpeechFrame
from mia_desktop.core.items import Sentence
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.ports import Synthesizer
from mia_desktop.core.ring import Samples
from mia_desktop.core.turn import TurnId
from mia_desktop.core.worker import REST_S
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.speech import joints
from mia_desktop.speech.alignment import places, reached
from mia_desktop.speech.spoken_text import spoken

_NOTHING: Samples = np.zeros(0, dtype=np.float32)
_SHORTEST_FRAME_S = 0.1


class Voice:
    """Synthesises one piece of the reply at a time, and says which of its words each frame completes."""

    def __init__(
        self,
        inbox: Mailbox[Sentence],
        synthesizer: Part[Synthesizer],
        ledger: Ledger,
        floor: Floor,
        deliver: Callable[[SpeechFrame], object],
    ) -> None:
        self._inbox = inbox
        self._synthesizer = synthesizer
        self._ledger = ledger
        self._floor = floor
        self._deliver = deliver
        self._begun: tuple[TurnId, int] | None = None

    def step(self) -> None:
        """Synthesise the next sentence."""
        sentence = self._inbox.get(timeout_s=REST_S)
        if sentence is None or self._ledger.is_void(sentence.turn, sentence.revision):
            return
        try:
            self._say(sentence, self._synthesizer.get())
        except MiaError as error:
            self._ledger.finish(sentence.turn, "failed", str(error))

    def _say(self, sentence: Sentence, synthesizer: Synthesizer) -> None:
        rate_hz, speed = synthesizer.sample_rate_hz, synthesizer.speed
        said = spoken(sentence.text, synthesizer.language)
        if not sentence.last:
            said = joints.continued(said)
        answered = (sentence.turn, sentence.revision)
        silence = joints.silence(joints.LEAD_S, rate_hz) if answered != self._begun else _NOTHING
        self._floor.note_said(said)
        words: list[tuple[int, float]] = []
        for speech in synthesizer.synthesize(said, soon=True):
            words = words or places(sentence.text, lambda text: spoken(text, synthesizer.language))
            for samples, share in _in_words(speech, rate_hz):
                if self._ledger.is_void(*answered):
                    return
                self._begun = self._floor.spoken_for = answered
                self._send(sentence, rate_hz, np.concatenate((silence, samples)), reached(share, words))
                silence = _NOTHING
            if speech.ends:
                silence = joints.pause_after(".", speed, rate_hz)
        rest = joints.pause_after(said, speed, rate_hz) if said and not sentence.last else _NOTHING
        self._send(sentence, rate_hz, rest, len(sentence.text), last=sentence.last)

    def _send(self, sentence: Sentence, rate_hz: int, samples: Samples, chars: int, *, last: bool = False) -> None:
        """Send `samples`; after them, `chars` characters of the sentence have been heard."""
        self._deliver(
            SpeechFrame(
                turn=sentence.turn,
                revision=sentence.revision,
                samples=samples,
                sample_rate_hz=rate_hz,
                up_to_char=sentence.up_to_char - len(sentence.text) + chars,
                last=last,
            )
        )


def _in_words(speech: Speech, rate_hz: int) -> Iterator[tuple[Samples, float]]:
    """Yield the samples of one or more words at a time, and what share of the text they complete."""
    begun = 0
    for end, share in speech.words:
        if end - begun >= _SHORTEST_FRAME_S * rate_hz or end == len(speech.samples):
            yield speech.samples[begun:end], share
            begun = end
