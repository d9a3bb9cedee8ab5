"""Writes down what was said: from utterances to words."""

from collections.abc import Callable

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import TranscriptReady
from mia_desktop.core.items import UserText, Utterance
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.ports import AudioEncoder
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.perception.input_gate import gated


class Scribe:
    """Transcribes one utterance at a time."""

    def __init__(
        self,
        inbox: Mailbox[Utterance],
        encoder: Part[AudioEncoder],
        settings: Settings,
        ledger: Ledger,
        bus: Bus,
        clock: Clock,
        deliver: Callable[[UserText], object],
    ) -> None:
        self._inbox = inbox
        self._encoder = encoder
        self._language = None if settings.hearing_language == "auto" else settings.hearing_language
        self._ledger = ledger
        self._bus = bus
        self._clock = clock
        self._deliver = deliver

    def step(self) -> None:
        """Transcribe the next utterance."""
        utterance = self._inbox.get(timeout_s=0.1)
        if utterance is None or self._ledger.is_void(utterance.turn):
            return
        try:
            hearing = gated(self._encoder.get().transcribe(utterance.samples, self._language))
        except MiaError as error:
            self._ledger.finish(utterance.turn, "failed", str(error))
            return
        if self._ledger.is_void(utterance.turn):
            return
        if not hearing.text:
            self._ledger.finish(utterance.turn, "nothing heard", "I could not make out any words. Say it again.")
            return
        self._bus.publish(
            TranscriptReady(
                turn=utterance.turn,
                at_s=self._clock.now_s(),
                text=hearing.text,
                language=hearing.language,
                spoken=True,
            )
        )
        self._deliver(UserText(turn=utterance.turn, text=hearing.text, spoken=True, aloud=True))
