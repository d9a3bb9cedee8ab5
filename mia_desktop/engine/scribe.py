"""Writes down what is being said: from growing utterances to words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import MiaError
from mia_desktop.core.events import TranscriptGrew, TranscriptReady
from mia_desktop.core.items import Hearing, Overheard, Segment, UserText, Utterance
from mia_desktop.core.mailbox import Lane, Mailbox
from mia_desktop.core.ports import HEARING_RATE_HZ, AudioEncoder
from mia_desktop.core.ring import Samples
from mia_desktop.core.turn import TurnId
from mia_desktop.core.worker import REST_S
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.perception.input_gate import gated
from mia_desktop.perception.interjection import kind
from mia_desktop.perception.wake_word import addressed

_SETTLE_S = 6.0
"""A pause after this much speech is a good place to be done with it."""
_LONGEST_WINDOW_S = 20.0
_SETTLED_TAIL_S = 0.1

ScribeOutput = UserText | Overheard


@dataclass(slots=True, kw_only=True)
class _Notes:
    """What is known of one turn: segments that will not change, and the last reading of what follows them.

    `ripe` are segments up to a silence, and where that begins: they will not change when it turns out to be a long one.
    `follows` says that it goes on with the conversation, so that MIA need not be named.
    """

    turn: TurnId
    follows: bool
    settled: tuple[Segment, ...] = ()
    settled_samples: int = 0
    ripe: tuple[tuple[Segment, ...], int] = ((), 0)
    language: str | None = None
    heard_language: str = ""
    window: Samples | None = None
    read_up_to: int = 0
    revision: int = -1
    told_revision: int = -1
    text: str = ""


class Scribe:
    """Transcribes while the user speaks, so that little is left to do after the last word."""

    def __init__(
        self,
        inbox: Mailbox[Utterance],
        encoder: Part[AudioEncoder],
        settings: Settings,
        ledger: Ledger,
        floor: Floor,
        bus: Bus,
        clock: Clock,
        deliver: Callable[[ScribeOutput, Lane], object],
    ) -> None:
        self._inbox = inbox
        self._encoder = encoder
        self._language = None if settings.hearing_language == "auto" else settings.hearing_language
        self._wake_word = settings.wake_word
        self._ledger = ledger
        self._floor = floor
        self._bus = bus
        self._clock = clock
        self._deliver = deliver
        self._notes = _Notes(turn=TurnId(0), follows=False)

    def step(self) -> None:
        """Transcribe the newest state of the utterance."""
        utterance = self._inbox.get(timeout_s=REST_S)
        if utterance is None or self._ledger.is_void(utterance.turn):
            return
        if self._notes.turn != utterance.turn:
            follows = utterance.over is not None or self._floor.in_conversation(self._clock.now_s())
            self._notes = _Notes(turn=utterance.turn, follows=follows, language=self._language)
        try:
            self._listen(utterance)
        except MiaError as error:
            self._ledger.finish(utterance.turn, "failed", str(error))

    def _listen(self, utterance: Utterance) -> None:
        notes = self._notes
        if utterance.progress == "speaking":
            text, _ = self._read(notes, utterance, quick=True)
            if self._admit(utterance, text):
                self._bus.publish(TranscriptGrew(turn=utterance.turn, text=text))
                self._deliver(Overheard(turn=utterance.turn, text=text), Lane.DATA)
            return
        if utterance.progress == "paused" and self._ledger.is_void(utterance.turn, utterance.revision):
            return  # the user spoke on while something else was read
        if notes.revision != utterance.revision:
            self._write_down(notes, utterance)
        if utterance.progress == "ended" and self._admit(utterance, notes.text):
            self._tell(utterance, notes)

    def _write_down(self, notes: _Notes, utterance: Utterance) -> None:
        """Read what was said up to a pause: at once a first time, and again thoroughly where that was not sure."""
        text, sure = self._read(notes, utterance, quick=True)
        notes.revision = notes.told_revision = utterance.revision
        if not sure:
            if utterance.over is None:
                self._suppose(utterance, notes, text)
            if utterance.progress == "paused" and self._ledger.is_void(utterance.turn, utterance.revision):
                notes.revision = -1  # the user speaks on
                return
            before, (text, _) = text, self._read(notes, utterance, quick=False)
            if _words(text) != _words(before):
                notes.told_revision += 1
                self._ledger.revise(utterance.turn, notes.told_revision)
        notes.text = text
        self._suppose(utterance, notes, text)

    def _suppose(self, utterance: Utterance, notes: _Notes, text: str) -> None:
        """Let the mind work on words that may be all."""
        if utterance.progress == "paused" and self._admit(utterance, text):
            self._bus.publish(TranscriptGrew(turn=utterance.turn, text=text))
            self._deliver(self._said(utterance, notes, text, certain=False), Lane.DATA)

    def _addressed(self, utterance: Utterance, text: str) -> str:
        """Return the words for MIA: all of them, but for a name that they must begin with."""
        if not self._wake_word or utterance.by_key:
            return text
        meant = addressed(text, self._wake_word)
        return meant if meant is not None else text if self._notes.follows else ""

    def _admit(self, utterance: Utterance, text: str) -> bool:
        """Tell whether there is something to think about; end the turn when it was not meant for MIA."""
        if self._ledger.is_void(utterance.turn):
            return False
        text = self._addressed(utterance, text)
        meant = kind(text, self._floor.said_recently() if utterance.over is not None else "")
        if meant == "words":
            if utterance.over is not None:
                self._ledger.finish(utterance.over, "cancelled")
            return True
        if meant == "stop":
            if utterance.progress != "speaking":
                self._ledger.cancel()
        elif utterance.over is not None:
            if utterance.progress != "speaking":
                if meant in ("echo", "nothing"):
                    self._floor.fooled_by = meant
                self._ledger.finish(utterance.turn, "not for MIA")
        elif text:
            return True
        elif utterance.progress == "ended" and self._wake_word and not utterance.by_key:
            self._ledger.finish(utterance.turn, "not for MIA")
        elif utterance.progress == "ended":
            self._ledger.finish(utterance.turn, "nothing heard", "I could not make out any words. Say it again.")
        return False

    def _tell(self, utterance: Utterance, notes: _Notes) -> None:
        self._bus.publish(
            TranscriptReady(
                turn=utterance.turn,
                at_s=self._clock.now_s(),
                text=self._addressed(utterance, notes.text),
                language=notes.heard_language,
                spoken=True,
            )
        )
        self._ledger.settle(utterance.turn)
        self._deliver(self._said(utterance, notes, notes.text, certain=True), Lane.CONTROL)

    def _said(self, utterance: Utterance, notes: _Notes, text: str, *, certain: bool) -> UserText:
        return UserText(
            turn=utterance.turn,
            revision=notes.told_revision,
            text=self._addressed(utterance, text),
            aloud=True,
            certain=certain,
            judged=not certain and not utterance.by_key,
            spoken=True,
        )

    def _read(self, notes: _Notes, utterance: Utterance, *, quick: bool) -> tuple[str, bool]:
        """Return all words so far and whether they are sure; what a pause sets apart is read once and kept."""
        segments, end = notes.ripe
        if segments and utterance.revision // 2 > end:  # the user spoke on
            notes.ripe = ((), 0)
            if utterance.rested_at == end:
                self._keep(notes, segments, min(end + int(_SETTLED_TAIL_S * HEARING_RATE_HZ), len(utterance.samples)))
        if notes.window is None or notes.read_up_to != len(utterance.samples):
            notes.window, notes.read_up_to = utterance.samples[notes.settled_samples :], len(utterance.samples)
        window_s = len(notes.window) / HEARING_RATE_HZ
        voiced_s = None if notes.settled else utterance.voiced_s
        heard = self._encoder.get().transcribe(notes.window, notes.language, quick=quick)
        hearing = gated(heard, voiced_s)
        notes.heard_language = hearing.language
        text = " ".join(one.text for one in (*notes.settled, *hearing.segments))
        if hearing.segments and (hearing.sure or not quick):
            self._settle(notes, utterance, hearing, window_s)
        return text, heard.sure

    def _settle(self, notes: _Notes, utterance: Utterance, hearing: Hearing, window_s: float) -> None:
        if utterance.progress == "paused" and window_s >= _SETTLE_S:
            notes.ripe = (hearing.segments, utterance.revision // 2)
        elif window_s >= _LONGEST_WINDOW_S and len(hearing.segments) > 1:
            kept = hearing.segments[:-1]
            self._keep(notes, kept, notes.settled_samples + int(kept[-1].end_s * HEARING_RATE_HZ))
        notes.language = notes.language or (hearing.language if window_s >= 3.0 else None)

    def _keep(self, notes: _Notes, segments: tuple[Segment, ...], up_to: int) -> None:
        """Be done with `segments`, which are those up to that sample."""
        start_s = notes.settled_samples / HEARING_RATE_HZ
        notes.settled += tuple(
            replace(one, start_s=one.start_s + start_s, end_s=one.end_s + start_s) for one in segments
        )
        notes.settled_samples = up_to
        notes.window = None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
