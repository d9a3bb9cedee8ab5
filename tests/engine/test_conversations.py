"""Conversations are opened again, changed, read aloud and erased."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mia_desktop.core import worker
from mia_desktop.core.commands import (
    AskText,
    CancelTurn,
    Command,
    DropTurns,
    ForgetConversation,
    ImportConversations,
    Lock,
    NameConversation,
    NewConversation,
    OpenConversation,
    PinConversation,
    ReadAloud,
    UndoMemory,
)
from mia_desktop.core.conversations import PastTurn
from mia_desktop.core.errors import MiaError, ModelMissingError
from mia_desktop.core.events import (
    ConversationOpened,
    MemoryChanged,
    MemoryKept,
    MemoryUsed,
    ModelLoaded,
    ModelLoading,
    ReadingStarted,
    ReplyGrew,
    ReplyStarted,
    SentenceSpoken,
    SpeechReady,
    StateChanged,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.turn import TurnId
from mia_desktop.core.worker import explain
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.memory import conversation_files
from tests.engine.kept import kept_memory
from tests.engine.test_behaviours import MakeBench, kinds
from tests.engine.test_engine import Bench, bench
from tests.fakes import FakeLanguageModel, SlowSpeaker

__all__ = ["bench"]

DOG = "My dog is called Rex."


@pytest.fixture(autouse=True)
def no_stage_fails(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail where a stage met an error that nobody waited for."""
    failed: list[str] = []

    def explained(error: Exception) -> MiaError:
        failed.append(repr(error))
        return explain(error)

    monkeypatch.setattr(worker, "explain", explained)
    yield
    assert failed == []


@pytest.fixture
def memory(tmp_path: Path) -> RuledMemory:
    return kept_memory(tmp_path)


def said(one: Bench, text: str, *, kept: bool = False, model: str = "") -> TurnId:
    """Type something, wait for the answer (or until it is on disk), and return the turn."""
    one.engine.submit(AskText(text=text, aloud=False, model=model))
    event = one.until(MemoryKept if kept else TurnFinished)[-1]
    assert isinstance(event, MemoryKept | TurnFinished)
    return event.turn


def opened(one: Bench, command: Command) -> ConversationOpened:
    one.engine.submit(command)
    event = one.until(ConversationOpened)[-1]
    assert isinstance(event, ConversationOpened)
    return event


def changed(one: Bench, command: Command) -> MemoryChanged:
    one.engine.submit(command)
    event = one.until(MemoryChanged)[-1]
    assert isinstance(event, MemoryChanged)
    return event


def prompt(one: Bench) -> list[str]:
    """Return what the language model was given last, without the system's words."""
    return [message.text for message in one.language.prompts[-1]][1:]


def words(turns: tuple[PastTurn, ...]) -> list[tuple[str, str]]:
    return [(turn.said, turn.answered) for turn in turns]


# Opening


def test_a_conversation_goes_on_where_it_was_left_in_another_run(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice.", "Since when?", memory=lambda: memory)
    said(one, DOG, kept=True)
    said(one, "He is old.", kept=True)
    two = bench("Rex.", "Nine.", memory=lambda: memory)
    (info,) = memory.conversations()
    again = opened(two, OpenConversation(name=info.name))
    assert (again.name, again.title, again.why) == (info.name, DOG, "")
    assert words(again.turns) == [(DOG, "Nice."), ("He is old.", "Since when?")]
    ahead = [DOG, "Nice.", "He is old.", "Since when?"]
    two.wait_for(
        lambda: two.language.readings and [message.text for message in two.language.readings[-1]][1:] == [*ahead, ""],
        "the language model has read it before anything is asked",
    )
    said(two, "Since nine years.", kept=True)
    assert prompt(two) == [*ahead, "Since nine years."]
    (info,) = memory.conversations()
    assert info.turns == 3, "what is said now belongs to it"


def test_what_is_asked_right_after_opening_is_asked_in_that_conversation(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice.", "Hm.", memory=lambda: memory)
    said(one, DOG, kept=True)
    (info,) = memory.conversations()
    opened(one, NewConversation())
    one.engine.submit(OpenConversation(name=info.name))
    one.engine.submit(AskText(text="And?", aloud=False))
    one.until(MemoryKept)
    assert prompt(one) == [DOG, "Nice.", "And?"]


def test_a_turn_that_is_not_written_yet_is_there_when_its_conversation_is_opened(
    bench: MakeBench, memory: RuledMemory
) -> None:
    one = bench("Nice.", memory=lambda: memory)
    said(one, DOG, kept=True)
    (info,) = memory.conversations()
    with memory.memory._writing:  # the keeper waits
        said(one, "He is old.")
        again = opened(one, OpenConversation(name=info.name))
    assert words(again.turns) == [(DOG, "Nice."), ("He is old.", "Nice.")]
    one.until(MemoryKept)
    assert words(opened(one, OpenConversation(name=info.name)).turns) == words(again.turns), "and it is there once"


def test_what_cannot_be_opened_leaves_the_present_conversation(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice.", memory=lambda: memory)
    said(one, DOG, kept=True)
    assert "not there any more" in opened(one, OpenConversation(name="nonsense")).why
    said(one, "And?", kept=True)
    assert prompt(one) == [DOG, "Nice.", "And?"]
    assert opened(one, Lock()) == ConversationOpened()  # what was said is not on the screen any more either
    assert "guest" in opened(one, OpenConversation(name="nonsense")).why


def test_a_guest_opens_nothing_but_can_begin_anew(bench: MakeBench) -> None:
    one = bench("Nice.")
    said(one, DOG)
    assert "guest" in opened(one, OpenConversation(name="x")).why
    assert opened(one, NewConversation()) == ConversationOpened()
    said(one, "And?")
    assert prompt(one) == ["And?"]


def test_only_the_end_of_a_long_conversation_is_given_to_the_language_model(
    bench: MakeBench, memory: RuledMemory
) -> None:
    from tests.memory.test_conversations import held

    held(memory.memory, "long", *[(f"Question {number}?", "word " * 50) for number in range(200)])
    one = bench("Hm.", memory=lambda: memory)
    assert len(opened(one, OpenConversation(name="long")).turns) == 200
    one.wait_for(lambda: one.language.readings and len(one.language.readings[-1]) > 20, "it is read ahead")
    ahead = [message.text for message in one.language.readings[-1]][1:-1]
    said(one, "And?", kept=True)
    assert prompt(one) == [*ahead, "And?"], "its beginning does not move with the next words"
    assert prompt(one)[-3].startswith("Question 199?")


def test_what_repeats_a_memory_is_there_again_and_comes_back_with_an_undo(
    bench: MakeBench, memory: RuledMemory
) -> None:
    one = bench("Nice.", "Your dog is called Rex.", memory=lambda: memory)
    said(one, DOG, kept=True)
    opened(one, NewConversation())
    turn = said(one, "What is my dog called?", kept=True)
    info = next(kept for kept in memory.conversations() if kept.title == "What is my dog called?")
    there = ("What is my dog called?", "Your dog is called Rex.")
    assert words(opened(one, OpenConversation(name=info.name)).turns) == [there]
    assert len(changed(one, DropTurns(turns=(turn,))).ids) == 2
    assert changed(one, UndoMemory()).did == "taken back"
    assert words(opened(one, OpenConversation(name=info.name)).turns) == [there]


# Changing


def test_regenerating_answers_again_as_if_the_first_answer_had_never_been(
    bench: MakeBench, memory: RuledMemory
) -> None:
    one = bench("Nice.", "One.", "Two.", memory=lambda: memory)
    said(one, DOG, kept=True)
    turn = said(one, "Count.", kept=True)
    one.engine.submit(DropTurns(turns=(turn,)))
    one.engine.submit(AskText(text="Count.", aloud=False))
    events = one.until(MemoryKept)
    (gone,) = [event for event in events if isinstance(event, MemoryChanged)]
    assert (gone.did, gone.turns, gone.turn, gone.undoable) == ("forgotten", (turn,), None, True)
    assert prompt(one) == [DOG, "Nice.", "Count."]
    (info,) = memory.conversations()
    assert [(kept.said, kept.answered) for kept in memory.conversation(info.name)] == [
        (DOG, "Nice."),
        ("Count.", "Two."),
    ]


def test_editing_drops_all_that_followed_and_nothing_of_it_comes_to_mind(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice.", "Hm.", memory=lambda: memory)
    first = said(one, "My dog is called Rax.", kept=True)
    second = said(one, "He is old.", kept=True)
    with memory.memory._writing:  # the keeper comes to it later
        one.engine.submit(DropTurns(turns=(first, second)))
        one.engine.submit(AskText(text="What is my dog called?", aloud=False))
        events = one.until(TurnFinished)
    assert MemoryUsed not in kinds(events)
    assert prompt(one) == ["What is my dog called?"]
    one.until(MemoryKept)
    texts = [kept.text for kept in memory.memory.newest(10)]
    assert sorted(texts) == ["Nice.", "What is my dog called?"]


def test_dropping_the_turn_under_way_cancels_it(bench: MakeBench, memory: RuledMemory) -> None:
    speaker = SlowSpeaker()
    one = bench("First part. Second part.", "Yes.", speaker=speaker, memory=lambda: memory)
    one.engine.submit(AskText(text="Tell me."))
    turn = next(event.turn for event in one.until(SpeechReady) if isinstance(event, TranscriptReady))
    speaker.played_s = 0.125  # the first sentence
    one.until(SentenceSpoken)
    one.engine.submit(DropTurns(turns=(turn,)))
    events = one.until(MemoryChanged)
    assert [event.outcome for event in events if isinstance(event, TurnFinished)] == ["cancelled"]
    said(one, "Are you there?", kept=True)
    assert prompt(one) == ["Are you there?"]
    assert sorted(kept.text for kept in memory.memory.newest(10)) == ["Are you there?", "Yes."]


def test_dropping_an_older_turn_lets_the_answer_go_on(bench: MakeBench) -> None:
    speaker = SlowSpeaker()
    one = bench("Nice.", "First part.", speaker=speaker)
    turn = said(one, DOG)
    one.engine.submit(AskText(text="Tell me."))
    one.until(SpeechReady)
    gone = changed(one, DropTurns(turns=(turn,)))
    assert (gone.did, gone.turns) == ("forgotten", (turn,)), "a guest's too"
    speaker.played_s = 9.0
    assert one.until(TurnFinished)[-1].outcome == "answered"  # type: ignore[union-attr]
    said(one, "And?")
    assert prompt(one) == ["Tell me.", "First part.", "And?"]


def test_turns_of_an_opened_conversation_are_dropped_from_the_vault(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice.", memory=lambda: memory)
    said(one, DOG, kept=True)
    said(one, "He is old.", kept=True)
    (info,) = memory.conversations()
    two = bench("Hm.", memory=lambda: memory)
    again = opened(two, OpenConversation(name=info.name))
    gone = changed(two, DropTurns(turns=(again.turns[0].turn,)))
    assert len(gone.ids) == 2
    assert [kept.said for kept in memory.conversation(info.name)] == ["He is old."]
    assert changed(two, UndoMemory()).did == "taken back"
    assert words(opened(two, OpenConversation(name=info.name)).turns) == words(again.turns), "in its old place"


def test_what_was_dropped_while_she_was_being_closed_is_forgotten(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice.", memory=lambda: memory)
    turn = said(one, DOG, kept=True)
    with memory.memory._writing:  # the keeper is busy
        said(one, "He is old.")
        one.engine.submit(DropTurns(turns=(turn,)))
    one.engine.stop()
    assert DOG not in [kept.text for kept in memory.memory.newest(10)]


# Titles, pins, erasing, files


def test_a_conversation_is_named_pinned_and_erased_by_commands(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice.", memory=lambda: memory)
    said(one, DOG, kept=True)
    (info,) = memory.conversations()
    assert changed(one, NameConversation(name=info.name, title="Rex")).did == "named"
    assert changed(one, PinConversation(name=info.name, on=True)) == MemoryChanged(
        turn=None, did="pinned", conversation=info.name
    )
    assert opened(one, OpenConversation(name=info.name)).title == "Rex"
    assert changed(one, PinConversation(name="nonsense", on=True)).did == "refused"
    one.engine.submit(ForgetConversation(name=info.name))
    events = one.until(MemoryChanged)
    assert ConversationOpened() in events, "a new one begins"
    gone = events[-1]
    assert isinstance(gone, MemoryChanged)
    assert (gone.did, gone.conversation, len(gone.ids), gone.undoable) == ("forgotten", info.name, 2, True)
    assert memory.conversations() == []
    said(one, "And?", kept=True)
    assert prompt(one) == ["And?"]
    assert changed(one, UndoMemory()).did == "taken back"
    back = next(kept for kept in memory.conversations() if kept.name == info.name)
    assert (back.title, back.pinned, back.turns) == ("Rex", True, 1)


def test_erasing_another_conversation_does_not_disturb_the_answer(bench: MakeBench, memory: RuledMemory) -> None:
    speaker = SlowSpeaker()
    one = bench("Nice.", "First part.", speaker=speaker, memory=lambda: memory)
    said(one, DOG, kept=True)
    (info,) = memory.conversations()
    opened(one, NewConversation())
    one.engine.submit(AskText(text="Tell me."))
    one.until(SpeechReady)
    changed(one, ForgetConversation(name=info.name))
    speaker.played_s = 9.0
    assert one.until(TurnFinished)[-1].outcome == "answered"  # type: ignore[union-attr]
    one.until(MemoryKept)
    assert [kept.title for kept in memory.conversations()] == ["Tell me."]


def test_erasing_the_present_conversation_takes_the_answer_under_way_with_it(
    bench: MakeBench, memory: RuledMemory
) -> None:
    speaker = SlowSpeaker()
    one = bench("Nice.", "First part. Second part.", speaker=speaker, memory=lambda: memory)
    said(one, DOG, kept=True)
    (info,) = memory.conversations()
    one.engine.submit(AskText(text="Tell me."))
    one.until(SpeechReady)
    speaker.played_s = 0.125
    one.until(SentenceSpoken)
    assert changed(one, ForgetConversation(name=info.name)).conversation == info.name
    assert memory.memory.newest(10) == []


def test_a_conversation_in_a_file_is_taken_in_once(bench: MakeBench, memory: RuledMemory, tmp_path: Path) -> None:
    one = bench("Nice.", memory=lambda: memory)
    said(one, DOG, kept=True)
    (info,) = memory.conversations()
    file = conversation_files.as_json(info, memory.conversation(info.name))
    assert changed(one, ImportConversations(untrusted_text=file)).ids == ()
    other = kept_memory(tmp_path / "other")
    two = bench(memory=lambda: other)
    assert len(changed(two, ImportConversations(untrusted_text=file)).ids) == 2
    assert words(opened(two, OpenConversation(name=info.name)).turns) == [(DOG, "Nice.")]
    refused = changed(two, ImportConversations(untrusted_text="[1]"))
    assert (refused.did, "neither" in refused.why) == ("refused", True)
    assert DOG not in repr(ImportConversations(untrusted_text=file))


# Reading aloud


def test_a_reply_is_read_aloud_again_and_nobody_remembers_it(bench: MakeBench, memory: RuledMemory) -> None:
    one = bench("Nice dog. Very nice.", "Hm.", memory=lambda: memory)
    turn = said(one, DOG, kept=True)
    one.engine.submit(ReadAloud(turn=turn, text="**Nice** dog. Very nice."))
    events = one.until(TurnFinished)
    (started,) = [event for event in events if isinstance(event, ReadingStarted)]
    spoken = [event for event in events if isinstance(event, SentenceSpoken)]
    assert (started.of, started.turn > turn) == (turn, True)
    assert {event.turn for event in spoken} == {turn}
    assert spoken[-1].up_to_char == len("**Nice** dog. Very nice.")
    assert (events[-1].turn, events[-1].outcome) == (started.turn, "answered")  # type: ignore[union-attr]
    assert [event.state for event in events if isinstance(event, StateChanged)] == ["thinking", "speaking", "ready"]
    assert " ".join(one.synthesizer.said) == "Nice dog. Very nice."
    said(one, "And?", kept=True)
    assert prompt(one) == [DOG, "Nice dog. Very nice.", "And?"]
    assert [kept.turns for kept in memory.conversations()] == [2]


def test_a_reading_can_be_stopped(bench: MakeBench) -> None:
    speaker = SlowSpeaker()
    one = bench("Nice.", speaker=speaker)
    turn = said(one, DOG)
    one.engine.submit(ReadAloud(turn=turn, text="Nice. " * 100))
    one.until(SpeechReady)
    one.engine.submit(CancelTurn())
    assert one.until(TurnFinished)[-1].outcome == "cancelled"  # type: ignore[union-attr]
    assert speaker.flushed_once.wait(5)
    said(one, "And?")
    assert prompt(one) == [DOG, "Nice.", "And?"]


# Another model


def test_one_question_is_answered_by_another_model(bench: MakeBench) -> None:
    other = FakeLanguageModel("By the other one.")
    made: list[str] = []

    def another(name: str) -> FakeLanguageModel:
        made.append(name)
        other.model = name
        return other

    one = bench("By the usual one.", another=another)
    said(one, "Who?")
    one.engine.submit(AskText(text="Who now?", aloud=False, model="big"))
    events = one.until(TurnFinished)
    assert [event.model for event in events if isinstance(event, ModelLoading)] == ["big"]
    loaded = next(event for event in events if isinstance(event, ModelLoaded))
    assert (loaded.role, loaded.model) == ("language", "big")
    assert [event.model for event in events if isinstance(event, ReplyStarted)] == ["big"]
    assert "".join(event.text for event in events if isinstance(event, ReplyGrew)) == "By the other one."
    assert [message.text for message in other.prompts[0]][1:] == ["Who?", "By the usual one.", "Who now?"]
    said(one, "And now?")
    assert prompt(one) == ["Who?", "By the usual one.", "Who now?", "By the other one.", "And now?"]
    assert made == ["big"]


def test_a_model_that_is_not_there_is_a_failure_with_a_reason(bench: MakeBench) -> None:
    def another(name: str) -> FakeLanguageModel:
        raise ModelMissingError(f"The model {name} is not on this machine.")

    one = bench("By the usual one.", another=another)
    one.engine.submit(AskText(text="Who?", aloud=False, model="big"))
    finished = one.until(TurnFinished)[-1]
    assert isinstance(finished, TurnFinished)
    assert (finished.outcome, finished.why) == ("failed", "The model big is not on this machine.")
    said(one, "Who?")
    assert prompt(one) == ["Who?"]


def test_a_model_that_takes_long_is_called_off_and_the_usual_one_goes_on(bench: MakeBench) -> None:
    goes_on, made = threading.Event(), list[str]()

    def another(name: str) -> FakeLanguageModel:
        made.append(name)
        assert goes_on.wait(10)
        return FakeLanguageModel("Too late.")

    one = bench("By the usual one.", another=another)
    one.engine.submit(AskText(text="Who?", aloud=False, model="big"))
    one.until(ModelLoading)
    one.engine.submit(CancelTurn())
    finished = one.until(TurnFinished)[-1]
    assert isinstance(finished, TurnFinished)
    assert finished.outcome == "cancelled"
    said(one, "Who now?")
    assert prompt(one) == ["Who now?"]
    one.engine.submit(AskText(text="And who?", aloud=False, model="big"))
    one.until(ModelLoading)
    assert made == ["big"], "beside the usual one there is one at most"
    goes_on.set()
    finished = one.until(TurnFinished)[-1]
    assert isinstance(finished, TurnFinished)
    assert finished.outcome == "answered"
    assert made == ["big", "big"]


def test_nobody_waits_for_a_model_that_is_loaded_when_mia_ends(bench: MakeBench) -> None:
    goes_on = threading.Event()

    def another(_: str) -> FakeLanguageModel:
        assert goes_on.wait(10)
        return FakeLanguageModel("Too late.")

    one = bench("By the usual one.", another=another)
    one.engine.submit(AskText(text="Who?", aloud=False, model="big"))
    one.until(ModelLoading)
    before_s = time.monotonic()
    one.engine.stop()
    assert time.monotonic() - before_s < 1.5
    goes_on.set()
    (loading,) = (thread for thread in threading.enumerate() if thread.name == "mia-substitute")
    loading.join(10)
