"""Speaks: from sentences to sound."""

from collections.abc import Callable

import numpy as np

from mia_desktop.core.errors import MiaError
from mia_desktop.core.frames import SpeechFrame
from mia_desktop.core.items import Sentence
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.ports import Synthesizer
from mia_desktop.core.ring import Samples
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.speech.spoken_text import spoken

_NOTHING: Samples = np.zeros(0, dtype=np.float32)


class Voice:
    """Synthesises one sentence at a time."""

    def __init__(
        self,
        inbox: Mailbox[Sentence],
        synthesizer: Part[Synthesizer],
        ledger: Ledger,
        deliver: Callable[[SpeechFrame], object],
    ) -> None:
        self._inbox = inbox
        self._synthesizer = synthesizer
        self._ledger = ledger
        self._deliver = deliver

    def step(self) -> None:
        """Synthesise the next sentence."""
        sentence = self._inbox.get(timeout_s=0.1)
        if sentence is None or self._ledger.is_void(sentence.turn):
            return
        try:
            self._say(sentence, self._synthesizer.get())
        except MiaError as error:
            self._ledger.finish(sentence.turn, "failed", str(error))

    def _say(self, sentence: Sentence, synthesizer: Synthesizer) -> None:
        for samples in synthesizer.synthesize(spoken(sentence.text)):
            if self._ledger.is_void(sentence.turn):
                return
            self._send(sentence, synthesizer, samples, up_to_char=0, last=False)
        self._send(sentence, synthesizer, _NOTHING, up_to_char=sentence.up_to_char, last=sentence.last)

    def _send(self, sentence: Sentence, from_: Synthesizer, samples: Samples, *, up_to_char: int, last: bool) -> None:
        self._deliver(
            SpeechFrame(
                turn=sentence.turn,
                samples=samples,
                sample_rate_hz=from_.sample_rate_hz,
                up_to_char=up_to_char,
                last=last,
            )
        )
