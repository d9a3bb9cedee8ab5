"""From pieces of a reply to frames of speech."""

from collections.abc import Callable

import numpy as np
import pytest

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import SystemClock
from mia_desktop.core.frames import SpeechFrame
from mia_desktop.core.items import Sentence
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.ports import Synthesizer
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.engine.voice import Voice
from tests.fakes import FakeSynthesizer

RATE_HZ = FakeSynthesizer.sample_rate_hz


class Stage:
    """A voice with a fake synthesizer, and the frames that it sent."""

    def __init__(self, on_frame: Callable[[SpeechFrame], object] = lambda _: None) -> None:
        self.frames: list[SpeechFrame] = []
        self.synthesizer = FakeSynthesizer()
        self.ledger = Ledger(Bus(), SystemClock())
        self.inbox = Mailbox[Sentence]()
        part: Part[Synthesizer] = Part(lambda: self.synthesizer)
        part.load()

        def deliver(frame: SpeechFrame) -> None:
            self.frames.append(frame)
            on_frame(frame)

        self.voice = Voice(self.inbox, part, self.ledger, Floor(self.ledger), deliver)

    def say(self, turn: TurnId, *pieces: str) -> list[SpeechFrame]:
        self.frames.clear()
        end = 0
        for number, text in enumerate(pieces):
            end += len(text)
            self.inbox.put(Sentence(turn=turn, revision=0, text=text, up_to_char=end, last=number == len(pieces) - 1))
            self.voice.step()
        return list(self.frames)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def seconds(frames: list[SpeechFrame]) -> float:
    return sum(len(frame.samples) for frame in frames) / RATE_HZ


def test_each_frame_tells_how_much_of_the_reply_is_heard_after_it(stage: Stage) -> None:
    text = "It was **really** a very long, long day."
    frames = stage.say(stage.ledger.open(), text)
    ends = [text[: frame.up_to_char] for frame in frames]
    assert ends == ["It was **really**", "It was **really** a very long,", text, text]
    assert [frame.last for frame in frames] == [False, False, False, True]
    assert all(len(frame.samples) >= 0.1 * RATE_HZ for frame in frames[:-1])


def test_places_count_from_the_beginning_of_the_reply_and_each_piece_ends_exactly(stage: Stage) -> None:
    pieces = ("Certainly, my dear friend.", " It is so.\n", "Go.")
    frames = stage.say(stage.ledger.open(), *pieces)
    heard = [frame.up_to_char for frame in frames]
    assert heard == sorted(heard)
    assert {26, 37, 40} <= set(heard)
    assert heard[-1] == 40


def test_the_first_sound_of_a_reply_has_silence_before_it_and_later_pieces_a_pause(stage: Stage) -> None:
    turn = stage.ledger.open()
    frames = stage.say(turn, "One and two", " and three,", " and four.", " End.")
    sound = np.concatenate([frame.samples for frame in frames])
    loud = np.flatnonzero(sound)
    gaps_s = (np.diff(loud)[np.diff(loud) > 1] - 1) / RATE_HZ
    assert loud[0] == 0.010 * RATE_HZ
    assert [round(float(gap), 3) for gap in gaps_s] == [0.09, 0.09, 0.22]
    assert stage.synthesizer.said == ["One and two,", "and three,", "and four.", "End."], "it goes on after two"
    assert loud[-1] == len(sound) - 1, "nothing comes after the last word"
    again = stage.say(stage.ledger.open(), "One.")
    assert not again[0].samples[0], "the next reply begins with silence as well"


def test_speed_shortens_pauses(stage: Stage) -> None:
    stage.synthesizer.speed = 2.0
    turn = stage.ledger.open()
    slow = seconds(stage.say(turn, "One.", "Two."))
    stage.synthesizer.speed = 1.0
    assert seconds(stage.say(turn, "One.", "Two.")) > slow


def test_what_cannot_be_said_is_passed_over_and_still_counts(stage: Stage) -> None:
    frames = stage.say(stage.ledger.open(), "---\n", "🎉")
    assert [(frame.up_to_char, frame.last, len(frame.samples)) for frame in frames] == [(4, False, 0), (5, True, 0)]
    assert stage.synthesizer.said == []


def test_a_turn_that_is_cancelled_while_it_is_spoken_sends_no_more_frames() -> None:
    stage = Stage(lambda _: stage.ledger.cancel())
    assert len(stage.say(stage.ledger.open(), "One thing and another thing.", "More.")) == 1
