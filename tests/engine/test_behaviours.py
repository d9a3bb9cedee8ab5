"""Scripted talks with fake parts: how a conversation must feel."""

import itertools
import queue
import threading
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import ManualClock
from mia_desktop.core.commands import AskText, CancelTurn, SetMuted, StartListening, StopListening
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import (
    DeviceLost,
    DeviceReturned,
    EchoChanged,
    Event,
    ReplyGrew,
    ReplyStarted,
    ReplyWritten,
    SentenceSpoken,
    SpeechEnded,
    SpeechReady,
    SpeechStarted,
    StateChanged,
    TranscriptGrew,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.frames import CleanFrame
from mia_desktop.core.items import Message
from mia_desktop.core.ring import Samples
from mia_desktop.engine.assembly import Makers, build
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.watch import Watch
from mia_desktop.senses.echo import PassThrough
from mia_desktop.senses.replay import ReplayInput
from mia_desktop.speech.recorder import Recorder
from tests.engine.test_engine import Bench, bench
from tests.fakes import (
    Air,
    FakeDetector,
    FakeEncoder,
    FakeLanguageModel,
    FakeSynthesizer,
    FakeTurnDetector,
    SlowSpeaker,
)

__all__ = ["bench"]

MakeBench = Callable[..., Bench]


def voice(seconds: float) -> Samples:
    return (0.5 * np.sin(np.arange(int(16_000 * seconds)) / 5)).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(int(16_000 * seconds), dtype=np.float32)


def said(*pieces: Samples) -> Samples:
    return np.concatenate(pieces)


class Unsure:
    """Takes no turn for complete."""

    model = "unsure"

    def probability(self, samples: Samples) -> float:
        return 0.01


HANDS_FREE = Settings(hands_free=True)


def kinds(events: list[Event]) -> list[type[Event]]:
    return [type(event) for event in events]


# 1. Endpointing in two steps


def test_a_pause_for_thought_is_held_and_merged(bench: MakeBench) -> None:
    one = bench(settings=HANDS_FREE, turn_detector=Unsure, sentence_end=0.0)
    one.microphone.play(said(voice(1), silence(1.0), voice(1), silence(3)))
    events = one.until(TurnFinished)
    assert kinds(events).count(SpeechStarted) == 1, "one turn, not two"
    assert len(one.encoder.heard[-1]) > 3.0 * 16_000, "both halves and the pause between"


def test_even_an_unfinished_turn_is_answered_after_a_while(bench: MakeBench) -> None:
    one = bench(settings=HANDS_FREE, turn_detector=Unsure, sentence_end=0.0)
    one.microphone.play(said(voice(1), silence(3)))
    ended = next(event for event in one.until(TurnFinished) if isinstance(event, SpeechEnded))
    assert ended.at_s - ended.last_voiced_at_s == pytest.approx(2.5, abs=0.1)


def test_a_turn_that_sounds_complete_ends_with_the_pause(bench: MakeBench) -> None:
    one = bench(settings=HANDS_FREE, turn_detector=FakeTurnDetector, sentence_end=0.99)
    one.microphone.play(said(voice(1), silence(3)))
    ended = next(event for event in one.until(TurnFinished) if isinstance(event, SpeechEnded))
    assert ended.at_s - ended.last_voiced_at_s < 1.0


# 2. Work before the turn is confirmed


def test_thinking_begins_in_a_pause_and_nobody_hears_of_it(bench: MakeBench) -> None:
    one = bench("It is red. Yes.")
    one.engine.submit(StartListening())
    one.until(SpeechStarted)
    one.microphone.play(said(silence(0.2), voice(1), silence(0.5)))
    one.until(TranscriptGrew, lambda event: event.text != "")  # type: ignore[union-attr]
    one.wait_for(lambda: one.synthesizer.said, "the answer is spoken into the drawer")
    assert isinstance(one.speaker, Recorder)
    assert not len(one.speaker.take()), "and nobody has heard it"
    assert ReplyStarted not in kinds(one.waiting())
    one.engine.submit(StopListening())
    events = one.until(TurnFinished)
    assert kinds(events).index(TranscriptReady) < kinds(events).index(ReplyStarted) < kinds(events).index(SpeechReady)
    assert len(one.language.prompts) == 1, "the work was not done twice"
    assert len(one.speaker.take())


def test_who_speaks_on_gets_an_answer_to_all_of_it(bench: MakeBench) -> None:
    one = bench("It is red.")
    one.engine.submit(StartListening())
    one.until(SpeechStarted)
    one.microphone.play(said(voice(1), silence(0.3)))
    one.wait_for(lambda: one.synthesizer.said, "a first answer is ready")
    one.encoder.text = "What is this, and that?"
    one.microphone.play(said(voice(1), silence(0.3)))
    one.wait_for(lambda: len(one.language.prompts) == 2, "the words were thought about again")
    one.engine.submit(StopListening())
    events = one.until(TurnFinished)
    assert [event.text for event in events if isinstance(event, TranscriptReady)] == ["What is this, and that?"]
    assert kinds(events).count(ReplyStarted) == 1
    assert one.language.prompts[-1][-1].text == "What is this, and that?"


# 3. A byte-stable prefix


def test_each_prompt_begins_with_the_one_before(bench: MakeBench) -> None:
    one = bench("One.", "Two.", "Three.")
    for text in ("a", "b", "c"):
        one.engine.submit(AskText(text=text, aloud=False))
        one.until(TurnFinished)
    for before, after in itertools.pairwise(one.language.prompts):
        assert after[: len(before)] == before


# 4. Speaking from the first clause


def test_the_first_clause_is_heard_before_the_rest_is_written(
    bench: MakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_on = threading.Event()

    def reply(*_: object) -> Iterator[str]:
        yield from ("Here is the first clause,", " and")
        assert write_on.wait(10)
        yield " the rest of it."

    monkeypatch.setattr(FakeLanguageModel, "reply", reply)
    one = bench()
    one.engine.submit(AskText(text="Tell me."))
    assert ReplyWritten not in kinds(one.until(SpeechReady))
    write_on.set()
    one.until(TurnFinished)
    assert one.synthesizer.said == ["Here is the first clause,", "and the rest of it."]


# 5. Warming up


def test_models_are_used_once_before_they_count_as_ready(bench: MakeBench) -> None:
    one = bench()
    assert one.language.readings, "the prefix has been read"


def test_warming_up_is_shown_until_the_models_have_been_used() -> None:
    read_on = threading.Event()

    class Slow(FakeLanguageModel):
        def read(self, messages: Sequence[Message]) -> float:
            assert read_on.wait(10)
            return super().read(messages)

    makers = Makers(detector=FakeDetector, encoder=FakeEncoder, language=Slow, synthesizer=FakeSynthesizer)
    engine = build(Settings(), makers, ReplayInput(), Recorder())
    shown: queue.Queue[Event] = queue.Queue()
    engine.subscribe(lambda event: shown.put(event) if isinstance(event, StateChanged) else None)
    engine.start()
    try:
        assert engine.snapshot().state == "warming up"
        assert shown.empty()
        read_on.set()
        assert shown.get(timeout=10).state == "ready"  # type: ignore[union-attr]
    finally:
        engine.stop()


# 6 to 10. Speaking over MIA


def begun(one: Bench, speaker: SlowSpeaker) -> None:
    one.engine.submit(AskText(text="Tell me."))
    one.until(SpeechReady)
    speaker.played_s = 0.05


LONG = "First part of it. Second part of it. Third part of it."


def test_whoever_speaks_over_her_silences_her_and_is_answered(bench: MakeBench) -> None:
    speaker = SlowSpeaker()
    one = bench(LONG, "All right.", speaker=speaker, settings=HANDS_FREE)
    begun(one, speaker)
    one.encoder.text = "No, tell me about cats."
    one.microphone.play(said(voice(1), silence(3)))
    started = one.until(SpeechStarted)[-1]
    assert started.over is not None  # type: ignore[union-attr]
    events = one.until(TranscriptReady)
    assert [event.outcome for event in events if isinstance(event, TurnFinished)] == ["cancelled"]
    assert speaker.flushed_once.wait(5)
    one.until(ReplyStarted)


def test_a_sound_that_is_soon_over_only_lowers_her_voice(bench: MakeBench) -> None:
    speaker = SlowSpeaker()
    one = bench(LONG, speaker=speaker, settings=HANDS_FREE)
    begun(one, speaker)
    one.microphone.play(said(voice(0.03), silence(0.05)))
    one.wait_for(lambda: speaker.gain < 1.0, "she speaks low")
    one.microphone.play(silence(0.5))
    one.wait_for(lambda: speaker.gain == 1.0, "and as before")
    assert SpeechStarted not in kinds(one.waiting())
    assert not speaker.paused


@pytest.mark.parametrize("text", ["Mhm.", "Yeah.", "Okay."])
def test_a_back_channel_lets_her_go_on(bench: MakeBench, text: str) -> None:
    speaker = SlowSpeaker()
    one = bench(LONG, speaker=speaker, settings=HANDS_FREE)
    begun(one, speaker)
    one.encoder.text = text
    one.microphone.play(said(voice(0.4), silence(1)))
    events = one.until(TurnFinished)
    assert events[-1].outcome == "not for MIA"  # type: ignore[union-attr]
    assert TranscriptReady not in kinds(events)
    assert one.engine.snapshot().state == "speaking"
    one.wait_for(lambda: not speaker.paused, "she goes on")
    assert not speaker.flushed_once.is_set(), "nothing of it is lost"
    speaker.played_s = 100.0
    assert one.until(TurnFinished)[-1].outcome == "answered"  # type: ignore[union-attr]


def test_her_own_words_from_the_loudspeaker_are_no_interruption(bench: MakeBench) -> None:
    speaker = SlowSpeaker()
    one = bench(LONG, speaker=speaker, settings=HANDS_FREE)
    begun(one, speaker)
    one.wait_for(lambda: len(one.synthesizer.said) == 3, "all is said")
    one.encoder.text = "Second part of it."
    one.microphone.play(said(voice(0.6), silence(1)))
    assert one.until(TurnFinished)[-1].outcome == "not for MIA"  # type: ignore[union-attr]


def test_after_a_false_alarm_her_last_words_are_still_hers(bench: MakeBench) -> None:
    speaker = SlowSpeaker()
    one = bench(LONG, "All right.", speaker=speaker, settings=HANDS_FREE)
    begun(one, speaker)
    one.wait_for(lambda: speaker.queued_s > 0.01 * len(LONG), "the speaker has all of it")
    one.encoder.text = "Mhm."
    one.microphone.play(said(voice(0.4), silence(1)))
    one.until(TurnFinished)
    one.wait_for(lambda: not speaker.paused, "she goes on")
    one.encoder.text = "No, tell me about cats."
    one.microphone.play(said(voice(1), silence(3)))
    started = one.until(SpeechStarted)[-1]
    assert started.over is not None, "what is said now is said over her"  # type: ignore[union-attr]


HERS = "The lighthouse keeper found a letter in a bottle and read it aloud."


def test_where_she_hears_herself_she_listens_only_while_she_is_silent_and_says_so(bench: MakeBench) -> None:
    air = Air(echo=0.6)
    settings = Settings(hands_free=True, echo_canceller=False, reply_tokens=1000)
    one = bench(" ".join([HERS] * 40), "It is red.", speaker=air, microphone=air, settings=settings)
    one.encoder.text = HERS
    one.engine.submit(AskText(text="Tell me a story."))
    told = one.until(EchoChanged)
    assert told[-1].half_duplex  # type: ignore[union-attr]
    assert "cannot listen while she speaks" in told[-1].why  # type: ignore[union-attr]
    assert one.engine.snapshot().half_duplex
    fooled = [event.outcome for event in told if isinstance(event, TurnFinished)]
    assert set(fooled) <= {"not for MIA"}
    assert len(fooled) <= 5, "she does not stutter for long"
    air.say(voice(1))
    story = one.until(TurnFinished)
    if story[-1].outcome == "not for MIA":  # type: ignore[union-attr]
        story += one.until(TurnFinished)  # her own words, by which she was fooled last, were still being read
    assert SpeechStarted not in kinds(story), "nobody gets through while she speaks"
    assert story[-1].outcome == "answered"  # type: ignore[union-attr]
    one.encoder.text = "What colour is it?"
    air.say(said(silence(1), voice(1), silence(3)))
    after = one.until(TurnFinished)
    assert [event.text for event in after if isinstance(event, TranscriptReady)] == ["What colour is it?"]
    assert kinds(after).count(SpeechStarted) == 1, "the sound of her last words is nobody's turn"


def test_with_a_headset_on_she_listens_while_she_speaks_again(bench: MakeBench) -> None:
    air = Air(echo=0.6)
    settings = Settings(hands_free=True, echo_canceller=False, reply_tokens=1000)
    one = bench(" ".join([HERS] * 60), "All right.", speaker=air, microphone=air, settings=settings)
    one.encoder.text = HERS
    one.engine.submit(AskText(text="Tell me a long story."))
    one.until(EchoChanged)
    air.echo = 0.0
    back = one.until(EchoChanged)[-1]
    assert not back.half_duplex  # type: ignore[union-attr]
    assert back.why  # type: ignore[union-attr]
    assert one.engine.snapshot().state == "speaking"
    one.encoder.text = "No, tell me about cats."
    air.say(said(voice(1), silence(3)))
    started = one.until(SpeechStarted)[-1]
    assert started.over is not None  # type: ignore[union-attr]
    assert [e.text for e in one.until(TranscriptReady) if isinstance(e, TranscriptReady)] == ["No, tell me about cats."]


@pytest.mark.parametrize("text", ["Stop.", "Stop it!", "Be quiet."])
def test_the_word_stop_stops_and_gets_no_answer(bench: MakeBench, text: str) -> None:
    speaker = SlowSpeaker()
    one = bench(LONG, speaker=speaker, settings=HANDS_FREE)
    begun(one, speaker)
    one.encoder.text = text
    one.microphone.play(said(voice(0.5), silence(3)))
    outcomes = [one.until(TurnFinished)[-1].outcome for _ in range(2)]  # type: ignore[union-attr]
    assert outcomes == ["cancelled", "cancelled"]
    assert speaker.flushed_once.wait(5)
    assert one.engine.snapshot().state == "ready"
    assert len(one.language.prompts) == 1


@pytest.mark.parametrize("command", [CancelTurn(), StartListening()])
def test_a_button_or_the_talk_key_stops_her(bench: MakeBench, command: CancelTurn | StartListening) -> None:
    speaker = SlowSpeaker()
    one = bench(LONG, speaker=speaker)
    begun(one, speaker)
    one.engine.submit(command)
    assert one.until(TurnFinished)[-1].outcome == "cancelled"  # type: ignore[union-attr]
    assert speaker.flushed_once.wait(5)


def test_history_keeps_the_words_that_were_heard(bench: MakeBench) -> None:
    speaker = SlowSpeaker()
    one = bench(LONG, speaker=speaker)
    one.engine.submit(AskText(text="Tell me."))
    one.until(SpeechReady)
    speaker.played_s = 0.6
    heard = one.until(SentenceSpoken)[-1]
    one.engine.submit(CancelTurn())
    one.until(TurnFinished)
    one.engine.submit(AskText(text="Go on.", aloud=False))
    one.until(TurnFinished)
    answered = one.language.prompts[-1][-2].text
    assert answered.endswith(" …")
    assert answered.count("…") == 1
    assert LONG.startswith(answered.removesuffix(" …"))
    assert len(answered) >= heard.up_to_char - 1  # type: ignore[union-attr]


# 11. No first syllable is lost


def test_what_was_said_just_before_the_key_is_heard(bench: MakeBench) -> None:
    one = bench()
    early = voice(0.4)
    one.microphone.play(early)
    assert one.microphone.wait_until_heard(10)
    one.engine.submit(StartListening())
    one.until(SpeechStarted)
    one.microphone.play(said(voice(1.0), silence(0.2)))
    assert one.microphone.wait_until_heard(10)
    one.engine.submit(StopListening())
    one.until(TurnFinished)
    assert len(one.encoder.heard[-1]) > 1.35 * 16_000


def test_while_no_key_is_down_the_sound_is_only_held(bench: MakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    cleaned: list[int] = []
    clean = PassThrough.clean

    def counted(canceller: PassThrough, captured: Samples, until_s: float) -> CleanFrame:
        cleaned.append(len(captured))
        return clean(canceller, captured, until_s)

    monkeypatch.setattr(PassThrough, "clean", counted)
    one = bench()
    one.microphone.play(voice(1.0))
    assert one.microphone.wait_until_heard(10)
    assert not cleaned
    one.engine.submit(StartListening())
    one.until(SpeechStarted)
    assert one.engine.snapshot().level > 0.1, "the meter moves"
    one.microphone.play(voice(0.5))
    assert one.microphone.wait_until_heard(10)
    one.engine.submit(StopListening())
    one.until(TurnFinished)
    assert sum(cleaned) >= 8_000
    assert len(one.encoder.heard[-1]) > 0.9 * 16_000, "what was held comes before what the key let in"


# 12. Words that nobody said


def test_words_over_silence_are_not_answered(bench: MakeBench) -> None:
    one = bench()
    one.encoder.text = "Thank you."
    one.encoder.no_speech = 0.7
    one.encoder.log_probability = -1.2
    one.speak()
    events = one.until(TurnFinished)
    assert events[-1].outcome == "nothing heard"  # type: ignore[union-attr]
    assert not one.language.prompts


# 13. Devices come and go


class Pulled(SlowSpeaker):
    """A speaker whose cable is pulled out once, and put back."""

    def __init__(self) -> None:
        super().__init__()
        self.pulled = False
        self.opened = 0

    def open(self) -> None:
        if self.pulled:
            raise DeviceError("The speaker is gone.")
        self.opened += 1

    def pending_s(self) -> float:
        if self.pulled:
            raise DeviceError("The speaker is gone.")
        return super().pending_s()

    def close(self) -> None:
        self.queued_s = self.played_s = 0.0


def test_an_answer_goes_on_when_the_speaker_comes_back(bench: MakeBench) -> None:
    speaker = Pulled()
    one = bench(LONG, speaker=speaker)
    one.engine.submit(AskText(text="Tell me."))
    one.until(SpeechReady)
    speaker.pulled = True
    one.until(DeviceLost)
    assert one.engine.snapshot().state == "trouble"
    speaker.pulled = False
    one.until(DeviceReturned)
    one.wait_for(lambda: speaker.queued_s > 0.5, "what was not heard is played")
    speaker.played_s = 100.0
    assert one.until(TurnFinished)[-1].outcome == "answered"  # type: ignore[union-attr]
    assert one.engine.snapshot().state == "ready"


class Unplugged(ReplayInput):
    """A microphone whose cable can be pulled out."""

    broken = False

    def open(self) -> None:
        if self.broken:
            raise DeviceError("The microphone is gone.")

    def read(self) -> Samples:
        if self.broken:
            raise DeviceError("The microphone is gone.")
        return super().read()


def test_listening_is_shown_only_while_sound_comes_and_the_next_question_is_answered(bench: MakeBench) -> None:
    microphone = Unplugged()
    one = bench(microphone=microphone)
    one.engine.submit(StartListening())
    one.until(StateChanged, lambda event: event.state == "listening")  # type: ignore[union-attr]
    microphone.play(voice(0.5))
    assert microphone.wait_until_heard(10)
    microphone.broken = True
    events = one.until(StateChanged, lambda event: event.state == "trouble")  # type: ignore[union-attr]
    assert [event.outcome for event in events if isinstance(event, TurnFinished)] == ["failed"]
    assert events[-1].why == "The microphone is gone."  # type: ignore[union-attr]
    microphone.broken = False
    one.until(StateChanged, lambda event: event.state == "ready")  # type: ignore[union-attr]
    one.engine.submit(StartListening())
    one.until(SpeechStarted)
    microphone.play(said(voice(1), silence(0.3)))
    assert microphone.wait_until_heard(10)
    one.engine.submit(StopListening())
    assert one.until(TurnFinished)[-1].outcome == "answered"  # type: ignore[union-attr]


# 14. A watchdog for every state


def test_a_turn_of_which_nothing_comes_is_ended() -> None:
    clock, bus = ManualClock(), Bus()
    ledger = Ledger(bus, clock)
    watch = Watch(Settings(), ledger, clock)
    events: list[Event] = []
    bus.subscribe(watch.see)
    bus.subscribe(events.append)
    turn = ledger.open()
    bus.publish(TranscriptReady(turn=turn, at_s=0.0, text="x", language="en", spoken=True))
    for _ in range(100):
        watch.step()
        bus.publish(ReplyGrew(turn=turn, text="word "))
    assert not [event for event in events if isinstance(event, TurnFinished)], "signs of life are seen"
    for _ in range(200):
        watch.step()
    (ended,) = [event for event in events if isinstance(event, TurnFinished)]
    assert ended.outcome == "failed"
    assert ledger.is_void(turn)


def test_holding_the_key_for_long_is_not_being_stuck() -> None:
    clock, bus = ManualClock(), Bus()
    ledger = Ledger(bus, clock)
    watch = Watch(Settings(), ledger, clock)
    bus.subscribe(watch.see)
    turn = ledger.open()
    bus.publish(SpeechStarted(turn=turn, at_s=0.0))
    for _ in range(200):
        watch.step()
    assert not ledger.is_void(turn)


# 15. Talk key, hands-free, wake word, mute


def test_hands_free_waits_for_her_name_if_she_has_one(bench: MakeBench) -> None:
    one = bench(settings=Settings(hands_free=True, wake_word="Mia"))
    one.encoder.text = "What is this?"
    one.microphone.play(said(voice(1), silence(3)))
    assert one.until(TurnFinished)[-1].outcome == "not for MIA"  # type: ignore[union-attr]
    one.encoder.text = "Mia, what is this?"
    one.microphone.play(said(voice(1), silence(3)))
    events = one.until(TurnFinished)
    assert [event.text for event in events if isinstance(event, TranscriptReady)] == ["What is this?"]
    one.encoder.text = "And that?"
    one.microphone.play(said(voice(1), silence(3)))
    assert one.until(TurnFinished)[-1].outcome == "answered", "what follows at once needs no name"  # type: ignore[union-attr]


def test_muted_she_hears_nothing(bench: MakeBench) -> None:
    one = bench(settings=HANDS_FREE)
    one.engine.submit(SetMuted(on=True))
    one.until(StateChanged, lambda event: event.state == "muted")  # type: ignore[union-attr]
    one.microphone.play(said(voice(1), silence(3)))
    assert not one.microphone.wait_until_heard(0.3), "the microphone is closed"
    assert one.engine.snapshot().level == 0.0
    assert not one.encoder.heard
    one.engine.submit(SetMuted(on=False))
    one.until(StateChanged, lambda event: event.state == "ready")  # type: ignore[union-attr]
    one.microphone.play(said(voice(1), silence(3)))
    assert one.until(TurnFinished)[-1].outcome == "answered"  # type: ignore[union-attr]
