import pytest

from mia_desktop.perception.wake_word import addressed


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Mia, what time is it?", "What time is it?"),
        ("Hey Mia. What time is it?", "What time is it?"),
        ("Mya, stop.", "Stop."),
        ("mia", "mia"),
        ("What time is it?", None),
        ("My cat is black.", None),
        ("Maria, what time is it?", None),
        ("Tell Mia that I am late.", None),
        ("", None),
    ],
)
def test_the_name_must_come_first(text: str, rest: str | None) -> None:
    assert addressed(text, "Mia") == rest


def test_a_name_of_two_words() -> None:
    assert addressed("Hello computer one, go on.", "Computer One") == "Go on."
