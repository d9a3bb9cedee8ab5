"""Scripted conversations with fake parts."""

import queue
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from mia_desktop.core.commands import (
    AskText,
    CancelTurn,
    NewConversation,
    SetHandsFree,
    StartListening,
    StopListening,
)
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import DeviceError, ModelDamagedError
from mia_desktop.core.events import (
    DeviceLost,
    Event,
    ReplyStarted,
    SentenceSpoken,
    SpeechEnded,
    SpeechReady,
    SpeechStarted,
    StateChanged,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.ports import LanguageModel, LongTermMemory, SoundInput, SoundOutput, TurnDetector
from mia_desktop.engine.assembly import Makers, build
from mia_desktop.engine.engine import Engine
from mia_desktop.senses.replay import ReplayInput
from mia_desktop.speech.recorder import Recorder
from tests.fakes import FakeDetector, FakeEncoder, FakeLanguageModel, FakeSynthesizer, SlowSpeaker

SPEECH = np.concatenate(
    [np.zeros(4_000), 0.5 * np.sin(np.arange(16_000) / 5), np.zeros(8_000)],
).astype(np.float32)


class Bench:
    """An engine with fakes, and its events."""

    def __init__(
        self,
        *replies: str,
        speaker: SoundOutput | None = None,
        microphone: SoundInput | None = None,
        settings: Settings | None = None,
        turn_detector: Callable[[], TurnDetector] | None = None,
        sentence_end: float = 0.9,
        memory: Callable[[], LongTermMemory] | None = None,
        another: Callable[[str], LanguageModel] | None = None,
    ) -> None:
        self.encoder, self.language, self.synthesizer = FakeEncoder(), FakeLanguageModel(*replies), FakeSynthesizer()
        self.language.sentence_end = sentence_end
        self.microphone, self.speaker = ReplayInput(), speaker or Recorder()
        self.engine: Engine = build(
            settings or Settings(),
            Makers(
                detector=FakeDetector,
                encoder=lambda: self.encoder,
                language=lambda: self.language,
                synthesizer=lambda: self.synthesizer,
                turn_detector=turn_detector,
                memory=memory,
                **({"another_language": another} if another else {}),
            ),
            microphone or self.microphone,
            self.speaker,
        )
        self.events: queue.Queue[Event] = queue.Queue()
        self.engine.subscribe(self.events.put)
        self.engine.start()
        self.until(StateChanged)

    def until(self, kind: type[Event], test: Callable[[Event], bool] = lambda _: True) -> list[Event]:
        """Return the events up to the first of `kind` that passes `test`."""
        seen: list[Event] = []
        while not (seen and isinstance(seen[-1], kind) and test(seen[-1])):
            seen.append(self.events.get(timeout=10))
        return seen

    def waiting(self) -> list[Event]:
        """Return the events that have come since, without waiting for more."""
        seen = []
        while not self.events.empty():
            seen.append(self.events.get())
        return seen

    def wait_for(self, test: Callable[[], object], what: str) -> None:
        """Wait until `test` holds."""
        give_up_s = time.monotonic() + 10
        while not test():
            assert time.monotonic() < give_up_s, what
            time.sleep(0.005)

    def speak(self) -> None:
        self.engine.submit(StartListening())
        self.until(SpeechStarted)
        self.microphone.play(SPEECH)
        assert self.microphone.wait_until_heard(10)
        self.engine.submit(StopListening())


@pytest.fixture
def bench() -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []
    before = set(threading.enumerate())

    def make(*replies: str, **more: object) -> Bench:
        made.append(Bench(*replies, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.engine.stop()
    assert set(threading.enumerate()) <= before, "no thread is left after stop"


def test_a_spoken_question_gets_a_spoken_answer(bench: Callable[..., Bench]) -> None:
    one = bench("It is **red**. Yes.")
    one.speak()
    events = one.until(TurnFinished)
    kinds = [type(event) for event in events]
    for earlier, later in zip(
        (SpeechEnded, TranscriptReady, ReplyStarted, SpeechReady),
        (TranscriptReady, ReplyStarted, SpeechReady, TurnFinished),
        strict=True,
    ):
        assert kinds.index(earlier) < kinds.index(later)
    assert events[-1].outcome == "answered"  # type: ignore[union-attr]
    shown = [event.state for event in events if isinstance(event, StateChanged)]
    assert shown == ["thinking", "speaking", "ready"]
    assert one.engine.snapshot().state == "ready"
    assert one.synthesizer.said == ["It is red. Yes."]
    assert isinstance(one.speaker, Recorder)
    assert len(one.speaker.take()) == 160 + 160 * len("It is red. Yes."), "10 ms of silence, then the speech"
    ended = next(event for event in events if isinstance(event, SpeechEnded))
    assert ended.at_s - ended.last_voiced_at_s == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(("level", "read"), [(0.08, True), (0.004, False)])
def test_the_end_of_a_last_word_that_has_no_voice_is_read_too(
    bench: Callable[..., Bench], level: float, read: bool
) -> None:
    one = bench("Yes.")
    burst = level * np.sin(np.arange(512) / 2)
    clip = np.concatenate((SPEECH[:20_000], np.zeros(2_560), burst, np.zeros(4_000))).astype(np.float32)
    one.engine.submit(StartListening())
    one.until(SpeechStarted)
    one.microphone.play(clip)
    assert one.microphone.wait_until_heard(10)
    one.engine.submit(StopListening())
    one.until(TurnFinished)
    assert (len(one.encoder.heard[-1]) >= 20_000 + 2_560 + 512) == read


def test_silence_is_not_sent_to_the_recogniser(bench: Callable[..., Bench]) -> None:
    one = bench()
    one.engine.submit(StartListening())
    one.until(SpeechStarted)
    one.microphone.play(np.zeros(16_000, dtype=np.float32))
    assert one.microphone.wait_until_heard(10)
    one.engine.submit(StopListening())
    finished = one.until(TurnFinished)[-1]
    assert finished.outcome == "nothing heard"  # type: ignore[union-attr]
    assert one.encoder.heard == []


def test_hands_free_turns_begin_and_end_by_voice(bench: Callable[..., Bench]) -> None:
    one = bench(settings=Settings(hands_free=True))
    one.microphone.play(np.concatenate([SPEECH, np.zeros(16_000, dtype=np.float32)]))
    finished = one.until(TurnFinished)[-1]
    assert finished.outcome == "answered"  # type: ignore[union-attr]
    assert len(one.encoder.heard[-1]) > 16_000, "the pre-roll and the whole speech are there"
    one.engine.submit(SetHandsFree(on=False))


def test_the_conversation_is_in_the_next_prompt_and_can_be_forgotten(bench: Callable[..., Bench]) -> None:
    one = bench("Hello Anna.")
    for text in ("I am Anna.", "Who am I?"):
        one.engine.submit(AskText(text=text, aloud=False))
        one.until(TurnFinished)
    assert [m.text for m in one.language.prompts[1]][1:] == ["I am Anna.", "Hello Anna.", "Who am I?"]
    one.engine.submit(NewConversation())
    one.engine.submit(AskText(text="And now?", aloud=False))
    one.until(TurnFinished)
    assert [m.text for m in one.language.prompts[2]][1:] == ["And now?"]


def test_stop_silences_at_once_and_history_keeps_what_was_heard(bench: Callable[..., Bench]) -> None:
    speaker = SlowSpeaker()
    one = bench("First part. Second part. Third part.", speaker=speaker)
    one.engine.submit(AskText(text="Tell me."))
    one.until(SpeechReady)
    speaker.played_s = 0.125  # 10 ms of silence and the first sentence, 11 letters of 10 ms
    one.until(SentenceSpoken)
    one.engine.submit(CancelTurn())
    finished = one.until(TurnFinished)[-1]
    assert finished.outcome == "cancelled"  # type: ignore[union-attr]
    one.engine.submit(AskText(text="Go on.", aloud=False))
    one.until(TurnFinished)
    assert speaker.flushed_once.wait(5)
    assert [m.text for m in one.language.prompts[1]][1:3] == ["Tell me.", "First part. …"]


def test_a_new_turn_ends_the_one_before(bench: Callable[..., Bench]) -> None:
    one = bench(speaker=SlowSpeaker())
    one.engine.submit(AskText(text="One?"))
    one.until(SpeechReady)
    one.engine.submit(AskText(text="Two?", aloud=False))
    outcomes = [one.until(TurnFinished)[-1].outcome for _ in range(2)]  # type: ignore[union-attr]
    assert outcomes == ["cancelled", "answered"]


def test_a_model_that_cannot_be_loaded_is_trouble_with_a_reason(bench: Callable[..., Bench]) -> None:
    def broken() -> FakeEncoder:
        raise ModelDamagedError("The model is damaged. Fetch it again.")

    engine = build(
        Settings(),
        Makers(detector=FakeDetector, encoder=broken, language=FakeLanguageModel, synthesizer=FakeSynthesizer),
        ReplayInput(),
        Recorder(),
    )
    events: queue.Queue[Event] = queue.Queue()
    engine.subscribe(events.put)
    engine.start()
    try:
        while not isinstance(event := events.get(timeout=10), StateChanged):
            pass
        assert (event.state, event.why) == ("trouble", "The model is damaged. Fetch it again.")
        assert engine.snapshot().state == "trouble"
        engine.submit(AskText(text="Can you still read?", aloud=False))
        while not isinstance(event := events.get(timeout=10), TurnFinished):
            pass
        assert event.outcome == "answered"
    finally:
        engine.stop()


def test_a_microphone_that_dies_is_told_and_comes_back(bench: Callable[..., Bench]) -> None:
    class Flaky(ReplayInput):
        broken = False

        def read(self) -> np.ndarray:
            if self.broken:
                raise DeviceError("The microphone is gone.")
            return super().read()

    microphone = Flaky()
    engine = build(
        Settings(),
        Makers(detector=FakeDetector, encoder=FakeEncoder, language=FakeLanguageModel, synthesizer=FakeSynthesizer),
        microphone,
        Recorder(),
    )
    events: queue.Queue[Event] = queue.Queue()
    engine.subscribe(events.put)
    engine.start()
    try:
        while not isinstance(events.get(timeout=10), StateChanged):
            pass
        microphone.broken = True
        while not isinstance(event := events.get(timeout=10), DeviceLost):
            pass
        assert event.why == "The microphone is gone."
        microphone.broken = False
        while not isinstance(event := events.get(timeout=10), StateChanged):
            pass
        assert event.state == "ready"
    finally:
        engine.stop()


def test_text_longer_than_the_context_is_refused_in_a_sentence(bench: Callable[..., Bench]) -> None:
    one = bench()
    one.engine.submit(AskText(text="word " * 3000, aloud=False))
    finished = one.until(TurnFinished)[-1]
    assert finished.outcome == "failed"  # type: ignore[union-attr]
    assert "Shorten" in finished.why  # type: ignore[union-attr]
