"""The whole of MIA through a sound card: from the last sound in the room to the first that leaves her speaker."""

import dataclasses
import itertools
import os
import queue
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from mia_desktop.bench.clips import ANSWERED, Clip
from mia_desktop.bench.kept_speech import RATE_HZ, Kept
from mia_desktop.bench.sound_card import SoundCard, Tap
from mia_desktop.bench.spoken_sound import Mouth, compare
from mia_desktop.bench.voice import Models, Tell, percentiles
from mia_desktop.bench.word_error import WordErrors, word_errors
from mia_desktop.core.commands import AskText, CancelTurn, NewConversation, SetHandsFree
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError
from mia_desktop.core.events import (
    Event,
    ReplyWritten,
    SpeechReady,
    SpeechStarted,
    StateChanged,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.engine.assembly import build, devices
from mia_desktop.senses.devices import refresh
from mia_desktop.speech.recorder import save_wav
from mia_desktop.speech.spoken_text import spoken

_AUDIBLE = 0.01
_BARGE_INS = 20
_WATCHED_S = 2.0
_LONGEST_STOP_S = 1.0
"""Who goes on for longer has not been interrupted."""
_SOFT_S = 0.1
"""Somebody may be heard before they are loud."""
_LONG_ANSWER = "Tell me a long story about a lighthouse."
_TURN_S = 40.0
_SHORT_ANSWER_TOKENS = 16
_TURNS_IN_A_CONVERSATION = 6
_HEARD_S = 0.3
"""After she has finished, all of it has been recorded within this."""


@contextmanager
def on_card() -> Iterator[tuple[SoundCard, Path]]:
    """Put this process on a sound card made of software, with the speaker's echo in the room at -12 dB."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        card = SoundCard(Path(folder))
        before = {name: os.environ.get(name) for name in ("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH")}
        os.environ.update({name: card.environment[name] for name in before})
        try:
            refresh()
            card.let_echo(-12.0)
            yield card, Path(folder)
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
            card.close()


class _Room:
    """MIA's engine on the card, and ears of our own on both sides."""

    def __init__(self, settings: Settings, models: Models, card: SoundCard, room: Tap, air: Tap) -> None:
        self._card, self._room, self._air = card, room, air
        self.microphone, self.speaker = devices(settings)
        self._models, self._synthesizer = models, Kept(models.synthesizer)
        makers = dataclasses.replace(models.makers, synthesizer=lambda: self._synthesizer)
        self.engine = build(settings, makers, self.microphone, self.speaker)
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._stops_s: list[float] = []
        self._reply = ""
        self.self_stops = 0
        self.mouth, self.misread = Mouth(), WordErrors(words=0, substituted=0, deleted=0, inserted=0)
        self.engine.subscribe(self._hear)
        self.engine.start()
        self.until(lambda event: isinstance(event, StateChanged) and event.state == "ready")
        self.engine.submit(SetHandsFree(on=True))

    def _hear(self, event: Event) -> None:
        if isinstance(event, SpeechStarted) and event.over is not None:
            self._stops_s.append(event.at_s)
        elif isinstance(event, ReplyWritten):
            self._reply = event.text
        self._events.put(event)

    def _count_self_stops(self, from_s: float, to_s: float) -> None:
        """Count how often she took herself for somebody: between these times nobody spoke."""
        self.self_stops += len([at_s for at_s in self._stops_s if from_s <= at_s < to_s])

    def until(self, wanted: Any) -> Event:
        """Return the next event that is `wanted`."""
        give_up_s = time.monotonic() + _TURN_S
        while time.monotonic() < give_up_s:
            try:
                event = self._events.get(timeout=1.0)
            except queue.Empty:
                continue
            if wanted(event):
                return event
        raise ModelError("The engine did not answer through the sound card; the measurement was stopped.")

    def gap_s(self, wav: Path) -> float | None:
        """Ask the question in `wav`; return the silence between its last sound and MIA's first, or None."""
        self._synthesizer.take()
        started_s = time.monotonic()
        player = self._card.start(wav)
        player.wait(60)
        self.until(lambda event: isinstance(event, TurnFinished) and event.outcome == "answered")
        self._count_self_stops(started_s, time.monotonic())
        self._listen(started_s)
        asked_s = self._room.last_s(started_s, _AUDIBLE)
        return None if asked_s is None else self._first_after(asked_s)

    def barge_in_s(self, wav: Path) -> float | None:
        """Speak over a long answer; return the time from the first sound to silence.

        None: she went on, or was silent already.
        """
        self.engine.submit(NewConversation())
        self._synthesizer.take()
        asked_s = time.monotonic()
        self.engine.submit(AskText(text=_LONG_ANSWER))
        self.until(lambda event: isinstance(event, SpeechReady))
        spoken_s = time.monotonic()
        time.sleep(1.5)
        started_s = time.monotonic()
        player = self._card.start(wav)
        time.sleep(_WATCHED_S)
        onset_s, last_s = self._room.first_s(started_s, _AUDIBLE), self._air.last_s(started_s, _AUDIBLE)
        player.wait(60)
        self.engine.submit(CancelTurn())
        time.sleep(0.5)
        self.mouth.add(compare(self._synthesizer.take(), self._air.since(asked_s), cut=True))
        self._count_self_stops(spoken_s, started_s if onset_s is None else onset_s - _SOFT_S)
        if onset_s is None or last_s is None or not 0 < last_s - onset_s < _LONGEST_STOP_S:
            return None
        return last_s - onset_s

    def answer(self, question: str) -> Mouth | None:
        """Ask in writing while she listens; return what became of the answer, or None when there was none."""
        self._synthesizer.take()
        self._models.synthesizer.forget_phrases()
        asked_s = time.monotonic()
        self.engine.submit(AskText(text=question))
        asked = self.until(lambda event: isinstance(event, TranscriptReady) and not event.spoken)
        assert isinstance(asked, TranscriptReady)
        finished = self.until(lambda event: isinstance(event, TurnFinished) and event.turn == asked.turn)
        self._count_self_stops(asked_s, time.monotonic())
        if isinstance(finished, TurnFinished) and finished.outcome == "answered":
            return self._listen(asked_s)
        self.engine.submit(CancelTurn())
        return None

    def _listen(self, asked_s: float) -> Mouth:
        """Look whether all of the answer since then came out, and what a recogniser makes of it."""
        import soxr

        time.sleep(_HEARD_S)
        recorded, said = self._air.since(asked_s), spoken(self._reply)
        mouth = compare(self._synthesizer.take(said), recorded)
        self.mouth.add(mouth)
        heard = soxr.resample(recorded, RATE_HZ, HEARING_RATE_HZ).astype(np.float32)
        self.misread += word_errors(
            said, self._models.encoder.transcribe_plainly(heard, self._synthesizer.language).text
        )
        return mouth

    def report(self) -> dict[str, Any]:
        """Return what became of all that she said, and how often the devices were late."""
        return {
            **self.mouth.report(),
            "spoken_wer": round(self.misread.rate, 4),
            "xruns": self.microphone.xruns() + self.speaker.xruns(),
        }

    def _first_after(self, asked_s: float) -> float | None:
        answered_s = self._air.first_s(asked_s, _AUDIBLE)
        return None if answered_s is None else answered_s - asked_s


@contextmanager
def _room(settings: Settings, models: Models) -> Iterator[tuple[_Room, Path]]:
    """Let MIA live on a sound card for a while, with its folder for files; her engine is stopped at the end."""
    with on_card() as (card, folder), Tap(card, card.talker) as room, Tap(card, "speaker") as air:
        one = _Room(settings, models, card, room, air)
        try:
            yield one, folder
        finally:
            one.engine.stop()


def on_sound_card(
    settings: Settings, models: Models, clips: Sequence[Clip], tell: Tell, *, barge_ins: int = _BARGE_INS
) -> dict[str, Any]:
    """Return clock A to F and barge-in as a microphone in the room would measure them."""
    tell(f"Through a sound card made of software: {len(clips)} questions, {barge_ins} barge-ins")
    with _room(settings, models) as (one, folder):
        files = []
        for clip in clips:
            files.append(folder / f"{clip.name}.wav")
            save_wav(files[-1], clip.samples, HEARING_RATE_HZ)
        begun_s = time.monotonic()
        gaps_s = [one.gap_s(file) for file in files]
        stops_s = [one.barge_in_s(files[number % len(files)]) for number in range(barge_ins)]
        minutes = (time.monotonic() - begun_s) / 60
    heard, stopped = [s for s in gaps_s if s is not None], [s for s in stops_s if s is not None]
    return {
        "a_to_f_s": percentiles(heard) if heard else None,
        "a_to_f_missed": len(gaps_s) - len(heard),
        "barge_in_stop_ms_p50": round(1000 * float(np.percentile(stopped, 50))) if stopped else None,
        "barge_in_stop_ms_p95": round(1000 * float(np.percentile(stopped, 95))) if stopped else None,
        "barge_in_missed": len(stops_s) - len(stopped),
        "barge_ins": len(stops_s),
        "self_stops_through_devices": one.self_stops,
        "minutes_on_devices": round(minutes, 1),
        **one.report(),
    }


def spoken_turns(settings: Settings, models: Models, turns: int, tell: Tell) -> dict[str, Any]:
    """Ask so many questions and return whether all of the answers left her speaker.

    They are short, so that there are many beginnings and ends, and chosen freely, so that no two are the same.
    """
    settings = dataclasses.replace(settings, reply_tokens=_SHORT_ANSWER_TOKENS, temperature=1.0)
    unanswered = 0
    with _room(settings, models) as (one, _):
        begun_s = time.monotonic()
        for number, question in enumerate(itertools.islice(itertools.cycle(ANSWERED), turns)):
            if number % _TURNS_IN_A_CONVERSATION == 0:
                one.engine.submit(NewConversation())
            mouth = one.answer(question)
            unanswered += mouth is None
            tell(f"{number + 1}/{turns} {question} {'no answer' if mouth is None else mouth.told()}")
        minutes = (time.monotonic() - begun_s) / 60
    return {
        "turns": turns,
        "unanswered": unanswered,
        **one.report(),
        "self_stops": one.self_stops,
        "minutes": round(minutes, 1),
    }
