"""With the window out of sight, sound devices that nobody needs are closed, and open again at once."""

from collections.abc import Callable

import numpy as np
import pytest

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import ManualClock
from mia_desktop.core.commands import SetAway, SetHandsFree, SetMuted, StartListening, StopListening
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import (
    DeviceLost,
    DeviceReturned,
    Event,
    SentenceSpoken,
    SpeechEnded,
    SpeechStarted,
    TurnFinished,
)
from mia_desktop.core.frames import SpeechFrame
from mia_desktop.core.items import Utterance
from mia_desktop.core.mailbox import Lane, Mailbox
from mia_desktop.core.played import PlayedSound
from mia_desktop.core.ports import SoundInput, VoiceDetector
from mia_desktop.core.ring import Samples
from mia_desktop.engine.ears import Ears, EarsItem
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.engine.playback import Playback
from mia_desktop.senses.echo import PassThrough
from mia_desktop.senses.replay import ReplayInput
from tests.fakes import FakeDetector, SlowSpeaker

SLEEP_S = 5.0


class Plugged(ReplayInput):
    """A microphone that knows whether it is open, and may be pulled out."""

    is_open = missing = False
    reads_left = 1_000_000

    def open(self) -> None:
        if self.missing:
            raise DeviceError("There is no microphone.")
        self.is_open = True

    def read(self) -> Samples:
        self.reads_left -= 1
        if self.reads_left < 0:
            raise DeviceError("The microphone stopped sending sound.")
        return super().read()

    def close(self) -> None:
        self.is_open = False


class PluggedSpeaker(SlowSpeaker):
    """A speaker that knows whether it is open."""

    is_open = False

    def open(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False


class Room:
    """Ears and playback, stepped by hand."""

    def __init__(self, settings: Settings, microphone: SoundInput | None = None) -> None:
        self.clock, self.bus = ManualClock(100.0), Bus()
        self.events: list[Event] = []
        self.bus.subscribe(self.events.append)
        self.ledger = Ledger(self.bus, self.clock)
        self.floor = Floor(self.ledger)
        self.microphone, self.speaker = Plugged(clock=self.clock), PluggedSpeaker()
        self.inbox: Mailbox[EarsItem] = Mailbox()
        self.frames: Mailbox[SpeechFrame] = Mailbox()
        self.heard: list[Utterance] = []
        detector: Part[VoiceDetector] = Part(FakeDetector)
        detector.load()
        self.ears = Ears(
            self.inbox,
            microphone or self.microphone,
            detector,
            None,
            PassThrough(PlayedSound()),
            settings,
            self.ledger,
            self.floor,
            self.bus,
            self.clock,
            lambda utterance, _lane: self.heard.append(utterance),
        )
        self.playback = Playback(self.frames, self.speaker, self.ledger, self.floor, self.bus, self.clock)
        self.step()

    def step(self, *commands: EarsItem) -> None:
        for command in commands or (None,):
            if command is not None:
                self.inbox.put(command, Lane.URGENT)
            self.ears.step()
            self.playback.step()

    def rest(self, seconds: float = SLEEP_S + 0.1) -> None:
        """Let time pass; ears that sleep wait for a command, so they get one that wakes nobody."""
        self.clock.advance(seconds)
        self.step(StopListening())
        self.clock.advance(seconds)
        self.step(StopListening())


@pytest.fixture
def room() -> Room:
    return Room(Settings())


def test_out_of_sight_for_some_seconds_both_devices_are_closed_and_nothing_is_lost(room: Room) -> None:
    room.step(SetAway(on=True))
    assert room.microphone.is_open
    room.rest(SLEEP_S / 4)
    assert room.microphone.is_open
    room.rest()
    assert not room.microphone.is_open
    assert not room.speaker.is_open
    assert room.events == []


def test_in_sight_they_stay_open(room: Room) -> None:
    room.rest(100.0)
    assert room.microphone.is_open
    assert room.speaker.is_open


def test_the_talk_key_opens_the_microphone_before_anything_else(room: Room) -> None:
    room.step(SetAway(on=True))
    room.rest()
    room.inbox.put(StartListening(), Lane.URGENT)
    room.ears.step()
    assert room.microphone.is_open
    assert [type(event) for event in room.events] == [SpeechStarted]
    room.microphone.play((0.5 * np.sin(np.arange(16_000) / 5)).astype(np.float32))
    for _ in range(60):
        room.step()
    assert room.speaker.is_open, "long before the answer"
    room.step(StopListening())
    assert SpeechEnded in map(type, room.events)
    assert len(room.heard[-1].samples) > 15_000
    room.rest()
    assert not room.microphone.is_open, "and closed again after that"


def test_what_was_heard_before_the_sleep_is_no_pre_roll(room: Room) -> None:
    room.microphone.play(np.full(8_000, 0.3, dtype=np.float32))
    for _ in range(40):
        room.step()
    room.step(SetAway(on=True))
    room.rest()
    room.step(StartListening())
    room.microphone.play((0.5 * np.sin(np.arange(16_000) / 5)).astype(np.float32))
    for _ in range(60):
        room.step()
    room.step(StopListening())
    assert len(room.heard[-1].samples) <= 16_000


@pytest.mark.parametrize("waking", [SetAway(on=False), SetHandsFree(on=True)], ids=["window", "hands-free"])
def test_the_window_and_hands_free_open_it_at_once(room: Room, waking: EarsItem) -> None:
    room.step(SetAway(on=True))
    room.rest()
    room.step(waking)
    room.step()
    assert room.microphone.is_open
    assert room.speaker.is_open


def test_hands_free_it_stays_open_out_of_sight() -> None:
    room = Room(Settings(hands_free=True))
    room.step(SetAway(on=True))
    room.rest(100.0)
    assert room.microphone.is_open
    assert room.speaker.is_open


def test_a_muted_microphone_is_closed_and_a_key_does_not_open_it(room: Room) -> None:
    room.step(SetMuted(on=True))
    room.step(StartListening())
    assert not room.microphone.is_open
    assert room.speaker.is_open, "she may still have something to say"
    room.step(SetMuted(on=False))
    room.step()
    assert room.microphone.is_open
    assert not {DeviceLost, DeviceReturned} & set(map(type, room.events))


def test_a_microphone_that_is_missing_when_it_is_needed_is_told_and_so_is_its_return(room: Room) -> None:
    room.step(SetAway(on=True))
    room.rest()
    room.microphone.missing = True
    room.step(StartListening())
    assert [type(event) for event in room.events] == [DeviceLost]
    room.microphone.missing = False
    room.clock.advance(2.0)
    room.step(SetAway(on=False))
    room.step()
    assert [type(event) for event in room.events] == [DeviceLost, DeviceReturned]
    assert room.microphone.is_open


def test_all_that_came_before_the_key_went_up_is_read(room: Room) -> None:
    room.step(StartListening())
    sound = (0.5 * np.sin(np.arange(9_999) / 5)).astype(np.float32)
    room.microphone.play(sound)
    for _ in range(40):
        room.step()
    room.step(StopListening())
    assert (room.heard[-1].samples[-len(sound) :] == sound).all()


def test_a_microphone_that_goes_as_the_key_goes_up_ends_the_turn_and_is_told(room: Room) -> None:
    room.step(StartListening())
    room.events.clear()
    room.inbox.put(StopListening(), Lane.URGENT)
    room.microphone.reads_left = 1
    room.ears.step()
    over, lost = room.events
    assert isinstance(lost, DeviceLost)
    assert isinstance(over, TurnFinished)
    assert (over.outcome, over.why) == ("failed", lost.why)


def test_what_is_said_while_the_speaker_sleeps_opens_it(room: Room) -> None:
    room.step(SetAway(on=True))
    room.rest()
    turn = room.ledger.open()
    room.ledger.settle(turn)
    frame = SpeechFrame(
        turn=turn,
        revision=0,
        samples=np.ones(1_600, dtype=np.float32),
        sample_rate_hz=16_000,
        up_to_char=5,
        last=True,
    )
    room.frames.put(frame)
    until = _steps(room.playback.step)
    until(lambda: room.speaker.queued_s == pytest.approx(0.1))
    assert room.speaker.is_open
    room.speaker.played_s = 0.1
    until(lambda: SentenceSpoken in map(type, room.events))


def _steps(step: Callable[[], None]) -> Callable[[Callable[[], bool]], None]:
    def until(test: Callable[[], bool]) -> None:
        for _ in range(10):
            if test():
                return
            step()
        raise AssertionError("it did not come")

    return until
