from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.language.context import Exchange, heard_part, prompt

WORDS = st.lists(st.sampled_from(["a", "bb", "ccc"]), max_size=30).map(" ".join)


def words(text: str) -> int:
    return len(text.split())


@given(past=st.lists(st.builds(Exchange, said=WORDS, answered=WORDS), max_size=20), budget=st.integers(60, 800))
def test_a_prompt_fits_and_keeps_its_ends(past: list[Exchange], budget: int) -> None:
    messages, dropped = prompt("be kind", past, "why so", budget_tokens=budget, count_tokens=words)
    assert messages[0].text == "be kind"
    assert messages[-1].text == "why so"
    assert [m.text for m in messages[1:-1:2]] == [one.said for one in past[dropped:]]
    if dropped < len(past):
        assert sum(words(m.text) + 8 for m in messages) <= budget


def test_when_the_budget_is_passed_a_quarter_is_freed_at_once() -> None:
    past = [Exchange(said="a " * 20, answered="b " * 20) for _ in range(10)]
    _, dropped = prompt("s", past, "q", budget_tokens=560, count_tokens=words)
    assert dropped > 1
    _, dropped_again = prompt("s", past[dropped:], "q", budget_tokens=560, count_tokens=words)
    assert dropped_again == 0


def test_only_what_was_heard_is_kept_of_an_interrupted_reply() -> None:
    assert heard_part("One. Two.", 9) == "One. Two."
    assert heard_part("One. Two.", 5) == "One. …"
