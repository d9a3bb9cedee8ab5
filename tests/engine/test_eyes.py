"""Conversations about pictures, with fake parts."""

import dataclasses
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from mia_desktop.core.commands import (
    AskText,
    CancelTurn,
    LookThroughCamera,
    NewConversation,
    PutAway,
    ShowPicture,
    StartListening,
    StopListening,
)
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError
from mia_desktop.core.events import (
    CameraClosed,
    CameraOpened,
    Event,
    ReplyStarted,
    ReplyWritten,
    SightFailed,
    SightSeen,
    SightsUsed,
    SpeechEnded,
    SpeechStarted,
    StateChanged,
    TranscriptGrew,
    TurnFinished,
)
from mia_desktop.core.items import Hearing, Message
from mia_desktop.core.ports import LongTermMemory, PictureTalker
from mia_desktop.core.ring import Samples
from mia_desktop.core.sights import Picture, PictureBytes, Pixels, Sight
from mia_desktop.engine.assembly import Makers, build
from mia_desktop.senses.replay import ReplayInput
from tests.fakes import (
    FakeCamera,
    FakeDetector,
    FakeEncoder,
    FakeEyesight,
    FakeLanguageModel,
    FakePictureOpener,
    FakeSynthesizer,
    grey,
)


class Table:
    """An engine that can be shown things, and its events."""

    def __init__(
        self,
        *,
        camera: bool = True,
        talker: PictureTalker | None = None,
        memory: Callable[[], LongTermMemory] | None = None,
    ) -> None:
        self.language, self.eyesight, self.opener = FakeLanguageModel(), FakeEyesight(), FakePictureOpener()
        self.camera = FakeCamera()
        self.engine = build(
            Settings(),
            Makers(
                detector=FakeDetector,
                encoder=FakeEncoder,
                language=lambda: self.language,
                synthesizer=FakeSynthesizer,
                eyesight=lambda: self.eyesight,
                opener=lambda: self.opener,
                picture_talker=lambda: talker,
                memory=memory,
            ),
            camera=self.camera if camera else None,
        )
        self.events: queue.Queue[Event] = queue.Queue()
        self.engine.subscribe(self.events.put)
        self.engine.start()
        self.until(StateChanged)

    def until(self, kind: type[Event]) -> list[Event]:
        """Return the events up to the first of `kind`."""
        seen: list[Event] = []
        while not (seen and isinstance(seen[-1], kind)):
            seen.append(self.events.get(timeout=10))
        return seen

    def show(self, *names: str) -> None:
        for name in names:
            self.engine.submit(ShowPicture(key=name, picture=PictureBytes(content=b"\x40", source="drop", name=name)))

    def ask(self, text: str) -> list[str]:
        """Return the names of the pictures that the answer was about."""
        self.engine.submit(AskText(text=text, aloud=False))
        events = self.until(TurnFinished)
        assert isinstance(events[-1], TurnFinished)
        assert events[-1].outcome == "answered", events[-1].why
        used = [one for one in events if isinstance(one, SightsUsed)]
        return [one.sight.picture.name for one in used[-1].focus.percepts] if used else []

    def told(self) -> str:
        """Return the last message that the language model was given."""
        return self.language.prompts[-1][-1].text


@pytest.fixture
def table() -> Iterator[Callable[..., Table]]:
    made: list[Table] = []
    before = set(threading.enumerate())

    def make(**more: Any) -> Table:
        made.append(Table(**more))
        return made[-1]

    yield make
    for one in made:
        one.engine.stop()
        assert one.opener.closed
        assert one.camera.closed >= one.camera.opened
    assert set(threading.enumerate()) <= before


def test_a_question_waits_for_the_picture_and_is_about_it(table: Callable[..., Table]) -> None:
    one = table()
    one.eyesight.may_look.clear()
    one.show("cat")
    threading.Timer(0.05, one.eyesight.may_look.set).start()
    assert one.ask("What is this?") == ["cat"]
    assert "It shows a cat" in one.told()
    assert one.told().endswith("\n\nWhat is this?")


def test_what_comes_before_the_last_message_is_the_same_with_and_without_a_picture(
    table: Callable[..., Table],
) -> None:
    one = table()
    one.ask("Hello.")
    one.show("cat")
    one.ask("What is this?")
    one.ask("What is the capital of France?")
    first, second, third = one.language.prompts
    assert [message.text for message in second[: len(first)]] == [message.text for message in first]
    assert [message.text for message in third[: len(second) - 1]] == [message.text for message in second[:-1]]
    assert "cat" not in "".join(message.text for message in third)


def test_follow_ups_keep_the_picture_until_the_talk_moves_on(table: Callable[..., Table]) -> None:
    one = table()
    one.show("cat")
    assert one.ask("What is this?") == ["cat"]
    assert one.ask("Is it old?") == ["cat"]
    assert one.ask("What is the capital of France?") == []
    assert one.ask("Is it far away?") == []
    assert one.ask("What was in the first picture?") == ["cat"]


def test_a_new_picture_is_meant_and_an_old_one_can_be_named(table: Callable[..., Table]) -> None:
    one = table()
    one.show("cat")
    one.ask("What is this?")
    one.show("cup")
    assert one.ask("And this?") == ["cup"]
    assert one.ask("Is the cat asleep?") == ["cat"]
    one.show("left", "right")
    assert one.ask("Compare these two.") == ["left", "right"]


def test_a_picture_that_is_put_away_is_not_spoken_of(table: Callable[..., Table]) -> None:
    one = table()
    one.show("cat", "cup")
    one.engine.submit(PutAway(keys=("cup",)))
    assert one.ask("What is this?") == ["cat"]
    one.engine.submit(NewConversation())
    assert one.ask("What is this?") == []


def test_a_bad_picture_ends_the_question_about_it_with_one_sentence(table: Callable[..., Table]) -> None:
    one = table()
    one.engine.submit(ShowPicture(key="x", picture=PictureBytes(content=b"bad", source="drop", name="x.png")))
    failed = one.until(SightFailed)[-1]
    assert isinstance(failed, SightFailed)
    assert str(failed.error) == "x.png is not a whole picture."
    one.engine.submit(AskText(text="What is this?", aloud=False))
    finished = one.until(TurnFinished)[-1]
    assert isinstance(finished, TurnFinished)
    assert (finished.outcome, finished.why) == ("failed", "x.png is not a whole picture.")
    assert one.ask("What is the capital of France?") == []


def test_stop_does_not_wait_for_the_eyes(table: Callable[..., Table]) -> None:
    one = table()
    one.eyesight.may_look.clear()
    one.show("cat")
    one.engine.submit(AskText(text="What is this?", aloud=False))
    one.engine.submit(CancelTurn())
    finished = one.until(TurnFinished)[-1]
    assert isinstance(finished, TurnFinished)
    assert finished.outcome == "cancelled"
    one.eyesight.may_look.set()
    assert one.ask("What is this?") == ["cat"]


def test_the_camera_is_closed_until_it_is_asked_for_and_after_one_answer(table: Callable[..., Table]) -> None:
    one = table()
    one.camera.scene = grey(10, "cat")
    assert one.ask("What do you see?") == []
    assert one.camera.opened == 0
    one.engine.submit(LookThroughCamera(on=True))
    assert isinstance(one.until(CameraOpened)[-1], CameraOpened)
    assert one.ask("What is this?") == ["cat"]
    closed = one.until(CameraClosed)[-1]
    assert isinstance(closed, CameraClosed)
    assert not closed.why
    assert one.camera.closed == 1


def test_what_is_before_the_camera_when_the_question_comes_is_spoken_of(table: Callable[..., Table]) -> None:
    one = table()
    one.camera.scene = grey(10, "cat")
    one.engine.submit(LookThroughCamera(on=True, once=False))
    one.until(SightSeen)
    one.camera.scene = grey(200, "cup")
    assert one.ask("What is this?") == ["cup"]
    one.camera.scene = grey(90, "dog")
    assert one.ask("And this?") == ["dog"]
    assert one.ask("What is the capital of France?") == []


def test_an_unchanged_view_is_looked_at_once_and_its_age_starts_anew(table: Callable[..., Table]) -> None:
    one = table()
    one.camera.scene = grey(10, "cat", at_s=1.0)
    one.engine.submit(LookThroughCamera(on=True, once=False))
    one.until(SightSeen)
    one.camera.scene = grey(11, "cat", at_s=9.0)
    assert one.ask("What is this?") == ["cat"]
    assert one.ask("What is it now?") == ["cat"]
    assert one.eyesight.looked == ["cat"]


def test_a_camera_that_breaks_is_told_in_one_sentence(table: Callable[..., Table]) -> None:
    one = table()
    one.camera.broken = True
    one.engine.submit(LookThroughCamera(on=True))
    closed = one.until(CameraClosed)[-1]
    assert isinstance(closed, CameraClosed)
    assert closed.why == "The fake camera cannot be used."
    one.camera.broken = False
    one.camera.scene = grey(10, "cat")
    one.engine.submit(LookThroughCamera(on=True, once=False))
    one.until(SightSeen)
    one.camera.broken = True
    one.engine.submit(AskText(text="What is this?", aloud=False))
    closed = one.until(CameraClosed)[-1]
    assert isinstance(closed, CameraClosed)
    assert closed.why == "The fake camera was unplugged."
    one.until(TurnFinished)
    assert one.camera.closed == 1


def test_without_a_camera_one_sentence_says_so(table: Callable[..., Table]) -> None:
    one = table(camera=False)
    one.engine.submit(LookThroughCamera(on=True))
    closed = one.until(CameraClosed)[-1]
    assert isinstance(closed, CameraClosed)
    assert closed.why.startswith("There is no camera.")


def test_nothing_is_looked_at_after_the_camera_was_closed(table: Callable[..., Table]) -> None:
    one = table()
    one.camera.scene = grey(10, "cat")
    one.engine.submit(LookThroughCamera(on=True, once=False))
    one.until(SightSeen)
    one.eyesight.may_look.clear()
    one.show("cup")
    one.engine.submit(LookThroughCamera(on=False))
    one.camera.scene = grey(200, "dog")
    one.engine.submit(AskText(text="What is this?", aloud=False))
    one.eyesight.may_look.set()
    one.until(TurnFinished)
    assert "dog" not in one.eyesight.looked


def test_who_puts_the_thing_away_after_the_last_word_is_still_understood(table: Callable[..., Table]) -> None:
    one = table()
    now_s = one.engine._clock.now_s()
    one.camera.scene = grey(10, "cat", at_s=now_s)
    one.engine.submit(LookThroughCamera(on=True, once=False))
    one.until(SightSeen)
    eyes = one.engine._eyes
    assert eyes is not None
    turn = one.engine._ledger.open()
    one.camera.scene = grey(200, "wall", at_s=now_s + 0.8)
    one.engine._bus.publish(SpeechEnded(turn=turn, at_s=now_s + 0.8, last_voiced_at_s=now_s + 0.3))
    one.engine._bus.publish(TranscriptGrew(turn=turn, text="What is this"))
    focus = eyes.focus(turn, 0, "What is this?")
    assert focus is not None
    assert [percept.sight.picture.name for percept in focus.percepts] == ["cat"]
    assert one.eyesight.looked == ["cat"]


def test_a_small_thing_that_is_held_up_is_another_view(table: Callable[..., Table]) -> None:
    one = table()
    room = np.full((360, 640, 3), 90, dtype=np.uint8)
    held = room.copy()
    held[200:280, 300:380] = 200
    one.camera.scene = dataclasses.replace(grey(0, "room"), pixels=room)
    one.engine.submit(LookThroughCamera(on=True, once=False))
    one.until(SightSeen)
    one.camera.scene = dataclasses.replace(grey(0, "cup"), pixels=held)
    assert one.ask("What is this?") == ["cup"]
    assert one.eyesight.looked == ["room", "cup"]


def test_a_view_whose_picture_was_put_away_is_looked_at_anew(table: Callable[..., Table]) -> None:
    one = table()
    one.camera.scene = grey(10, "cat")
    one.engine.submit(LookThroughCamera(on=True, once=False))
    one.until(SightSeen)
    one.ask("What is this?")
    one.camera.scene = grey(200, "cup")
    one.ask("What is this?")
    one.engine.submit(PutAway(keys=("camera-1",)))
    assert one.ask("What is this?") == ["cup"]
    assert one.eyesight.looked == ["cat", "cup", "cup"]


class FakePictureTalker:
    """A language model that sees: says what it was given."""

    model = "fake-seer"

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.asked: list[str] = []

    def reply(self, messages: Sequence[Message], pictures: Sequence[Pixels], most_tokens: int) -> Iterator[str]:
        self.asked.append(messages[-1].text)
        if self.fails:
            raise ModelError("The fake seer cannot.")
        yield f"I see {len(pictures)}"
        yield " picture."


def test_a_language_model_that_sees_answers_about_pictures_and_nothing_else(table: Callable[..., Table]) -> None:
    talker = FakePictureTalker()
    one = table(talker=talker)
    one.show("cat")
    one.engine.submit(AskText(text="Is it asleep?", aloud=False))
    events = one.until(TurnFinished)
    assert [event.text for event in events if isinstance(event, ReplyWritten)] == ["I see 1 picture."]
    assert [event.model for event in events if isinstance(event, ReplyStarted)] == ["fake-seer"]
    assert talker.asked[0].endswith("\n\nIs it asleep?")
    assert "not the user's" in talker.asked[0]
    assert one.language.prompts == []
    one.ask("What is the capital of France?")
    assert len(talker.asked) == len(one.language.prompts) == 1


def test_when_the_model_that_sees_fails_the_description_answers(table: Callable[..., Table]) -> None:
    one = table(talker=FakePictureTalker(fails=True))
    one.show("cat")
    assert one.ask("Is it dangerous?") == ["cat"]
    assert "It shows a cat" in one.told()


def test_what_the_user_told_of_a_picture_is_not_denied(table: Callable[..., Table]) -> None:
    one = table()
    one.show("cat")
    one.engine.submit(AskText(text="How old is it?", aloud=False))
    said = [event.text for event in one.until(TurnFinished) if isinstance(event, ReplyWritten)]
    assert said == ["I cannot tell that from what I see. It shows a cat (90 % sure)."]
    assert one.ask("This is my cat Tom, who is five years old.") == ["cat"]
    assert one.ask("How old is it?") == ["cat"]
    assert one.told().endswith("How old is it?")


def test_speech_is_written_down_while_a_picture_is_looked_at() -> None:
    both = threading.Barrier(2, timeout=10)
    met = []

    class Hears(FakeEncoder):
        def transcribe(self, samples: Samples, language: str | None, *, quick: bool = False) -> Hearing:
            if not self.heard:
                met.append(both.wait())
            return super().transcribe(samples, language, quick=quick)

    class Sees(FakeEyesight):
        def look(self, picture: Picture) -> Sight:
            met.append(both.wait())
            return super().look(picture)

    microphone = ReplayInput()
    engine = build(
        Settings(),
        Makers(
            detector=FakeDetector,
            encoder=Hears,
            language=FakeLanguageModel,
            synthesizer=FakeSynthesizer,
            eyesight=Sees,
            opener=FakePictureOpener,
        ),
        microphone,
    )
    events: queue.Queue[Event] = queue.Queue()
    engine.subscribe(events.put)
    engine.start()
    try:
        while not isinstance(events.get(timeout=10), StateChanged):
            pass
        engine.submit(ShowPicture(key="cat", picture=PictureBytes(content=b"@", source="drop", name="cat")))
        engine.submit(StartListening())
        while not isinstance(events.get(timeout=10), SpeechStarted):
            pass
        microphone.play((0.5 * np.sin(np.arange(16_000) / 5)).astype(np.float32))
        assert microphone.wait_until_heard(10)
        engine.submit(StopListening())
        while not isinstance(events.get(timeout=10), ReplyWritten):
            pass
        assert len(met) == 2, "each was at work when the other was"
    finally:
        engine.stop()
