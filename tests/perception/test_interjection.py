import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.perception.interjection import is_echo, kind

SAID = "The capital of France is Paris, and it lies on the river Seine. I have set a timer for ten minutes."
WORDS = st.lists(st.sampled_from(SAID.split()), min_size=3, max_size=8).map(" ".join)


@pytest.mark.parametrize(
    "text",
    [
        "Mhm.",
        "Mm-hmm.",
        "uh-huh",
        "Yeah",
        "Yeah, yeah.",
        "OK",
        "Okay.",
        "Right.",
        "I see.",
        "Got it!",
        "Oh, really?",
        "Ja.",
        "Ja, genau.",
        "Ach so!",
        "Verstehe",
        "Stimmt.",
        "Alles klar.",
        "Yeah, I see.",
    ],
)
def test_back_channels_want_her_to_go_on(text: str) -> None:
    assert kind(text, SAID) == "back-channel"


@pytest.mark.parametrize(
    "text",
    [
        "Stop",
        "Stop!",
        "stop it",
        "Mia, stop.",
        "Please stop now.",
        "Be quiet!",
        "Enough.",
        "That's enough.",
        "Shut up.",
        "Stopp!",
        "Hör auf.",
        "Sei still, bitte.",
        "Es reicht!",
        "Stop, stop, stop!",
        "Okay, stop.",
        "Halt!",
        "Ruhe.",
    ],
)
def test_an_order_to_be_silent_is_heard(text: str) -> None:
    assert kind(text, SAID) == "stop"


@pytest.mark.parametrize(
    "text",
    [
        "Yeah, but what about Italy?",
        "Right now I want something else.",
        "Stop the timer in the kitchen.",
        "No.",
        "I see a cat.",
        "How do I stop a running process?",
        "Okay, tell me about Rome.",
        "Ja, aber warum?",
        "Mia.",
    ],
)
def test_words_that_begin_so_are_words_all_the_same(text: str) -> None:
    assert kind(text, SAID) == "words"


@pytest.mark.parametrize("text", ["", "  ", "...", "?!", "-"])
def test_no_words_are_nothing(text: str) -> None:
    assert kind(text, SAID) == "nothing"


@pytest.mark.parametrize(
    "text",
    [
        "capital of France is Paris",
        "It lies on the River Sane.",
        "lies on a river Seine",
        "set a timer for ten minute",
        "France is Paris and it lies on the river. I have",
    ],
)
def test_her_own_words_are_an_echo(text: str) -> None:
    assert kind(text, SAID) == "echo"


@pytest.mark.parametrize(
    "text",
    [
        "of France",
        "Paris?",
        "What is the capital of Italy?",
        "Set a timer for twenty hours and call Anna.",
        "And where does the river end?",
        "The minutes on Paris of it",
    ],
)
def test_a_question_about_her_words_is_no_echo(text: str) -> None:
    assert kind(text, SAID) == "words"


def test_stop_passes_although_she_said_it_herself() -> None:
    assert kind("Stop!", "Stop the engine before you open the hood.") == "stop"


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_text_has_a_kind(text: str, said: str) -> None:
    assert kind(text, said) in {"nothing", "back-channel", "stop", "echo", "words"}


@given(st.integers(0, 15), st.integers(3, 8))
def test_every_stretch_of_three_words_is_an_echo(start: int, count: int) -> None:
    stretch = SAID.split()[start : start + count]
    assert is_echo(" ".join(stretch), SAID) == (len(stretch) >= 3)


@given(WORDS)
def test_nothing_is_an_echo_of_silence(text: str) -> None:
    assert not is_echo(text, "")
