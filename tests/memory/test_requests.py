"""What the user asks of memory itself is told from all other talk."""

from datetime import timedelta

import pytest

from mia_desktop.memory.procedural import in_force, proposed_procedure, topic
from mia_desktop.memory.requests import (
    Answer,
    AskWhy,
    ForgetAbout,
    ForgetAll,
    ForgetFact,
    ForgetLast,
    ForgetRules,
    ForgetTime,
    ListRules,
    LockUp,
    RememberThis,
    Request,
    Undo,
    request,
)
from tests.memory.conftest import NOW


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Remember that my code is 1234.", RememberThis(what="my code is 1234")),
        ("Mia, please remember that I parked on level three.", RememberThis(what="I parked on level three")),
        ("Can you remember that my aunt is called Ida?", RememberThis(what="my aunt is called Ida")),
        ("Remember: the bin goes out on Tuesday", RememberThis(what="the bin goes out on Tuesday")),
        ("Don't forget that the car is red.", RememberThis(what="the car is red")),
        ("Remember my locker is number nine.", RememberThis(what="my locker is number nine")),
        ("Remember that.", RememberThis(what="")),
        ("Don't forget that!", RememberThis(what="")),
        ("Forget that.", ForgetLast()),
        ("Please forget what I just said.", ForgetLast()),
        ("Don't remember that, please.", ForgetLast()),
        ("Forget everything about Anna.", ForgetAbout(name="Anna")),
        ("Forget what I told you about Anna Smith", ForgetAbout(name="Anna Smith")),
        ("Forget that my dog is called Rex.", ForgetFact(what="my dog is called Rex")),
        ("Forget everything.", ForgetAll()),
        ("Delete your memory.", ForgetAll()),
        ("Forget my rules.", ForgetRules()),
        ("What rules do you have?", ListRules()),
        ("Lock yourself.", LockUp()),
        ("Could you lock the vault, please?", LockUp()),
        ("How do you know that?", AskWhy(bare=False)),
        ("Where did you get that from?", AskWhy(bare=False)),
        ("When did I tell you that?", AskWhy(bare=False)),
        ("Why?", AskWhy(bare=True)),
        ("Undo that.", Undo()),
        ("Yes.", Answer(yes=True)),
        ("Yes, please.", Answer(yes=True)),
        ("OK", Answer(yes=True)),
        ("No, thanks.", Answer(yes=False)),
    ],
)
def test_a_request_is_understood(said: str, asked: Request) -> None:
    assert request(said, NOW) == asked


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("Forget the last ten minutes.", timedelta(minutes=10)),
        ("Please forget the last 10 minutes.", timedelta(minutes=10)),
        ("Forget everything from the last hour", timedelta(hours=1)),
        ("Forget what I said in the past two hours.", timedelta(hours=2)),
        ("Erase the last half an hour.", timedelta(minutes=30)),
        ("Forget the last minute.", timedelta(minutes=1)),
        ("Forget today.", timedelta(hours=12)),
        ("Forget everything from yesterday.", timedelta(hours=36)),
    ],
)
def test_a_time_to_forget_is_understood(said: str, since: timedelta) -> None:
    asked = request(said, NOW)
    assert isinstance(asked, ForgetTime)
    assert asked.start == NOW - since
    assert asked.end > asked.start


@pytest.mark.parametrize(
    "said",
    [
        "Do you remember that film?",
        "Remember when we went to Porto?",
        "I can't remember that.",
        "I keep forgetting the last ten minutes of every film.",
        "Forget about it.",
        "Forget it, the film was bad.",
        "What happens if you forget that?",
        "Why did Rome fall?",
        "Why is the sky blue?",
        "How do you lock a door?",
        "Lock the door.",
        "He told me to forget everything about Anna, can you believe it?",
        "Forget the salt.",
        "How do you know when pasta is done?",
        "No idea, what do you think?",
        "Yes, but what is it made of?",
        "Undo the last git commit, how does that work?",
        "Tell me everything about Anna.",
        "Remember the Alamo?",
        "",
    ],
)
def test_other_talk_is_no_request(said: str) -> None:
    assert request(said, NOW) is None


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("Keep it short.", "Keep it short"),
        ("No, that's too long. Keep your answers short, please.", "Keep your answers short"),
        ("Call me Sam.", "Call me Sam"),
        ("Always answer in German.", "Always answer in German"),
        ("From now on, use Celsius.", "use Celsius"),
        ("Never mention the weather.", "Never mention the weather"),
        ("Don't ask me that again.", "Don't ask me that again"),
        ("Please be more concise.", "Please be more concise"),
        ("I'd prefer you to always use metric units.", "you to always use metric units"),
    ],
)
def test_a_wish_is_proposed_as_a_rule(said: str, how: str) -> None:
    assert proposed_procedure(said) == how


@pytest.mark.parametrize(
    "said",
    [
        "I never eat meat.",
        "Call me back later.",
        "Call me a taxi.",
        "Make it shorter.",
        "Answer in one word: what is the capital of France?",
        "Keep it short. What is a quark?",
        "From now on I am a vegetarian.",
        "Never mind that.",
        "Use the metric system to convert this.",
        "We always go to Porto.",
        "The dog never barks.",
    ],
)
def test_what_is_no_wish_proposes_nothing(said: str) -> None:
    assert proposed_procedure(said) is None


def test_wishes_about_the_same_have_the_same_topic() -> None:
    assert topic("Always answer in German") == topic("speak English") == "language"
    assert topic("Keep it short") == topic("give long answers")
    assert topic("Never mention the weather") is None


def test_the_prompt_takes_the_newest_wishes_once() -> None:
    assert in_force(["a", "b", "a"]) == ("a", "b")
    assert len(in_force([f"rule {n}" for n in range(99)])) == 12
    assert in_force([f"rule {n}" for n in range(99)])[-1] == "rule 98"
