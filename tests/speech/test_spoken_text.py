import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.speech.spoken_text import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**Paris** is *the* capital.", "Paris is the capital."),
        ("# Title\n- one\n- two", "Title one two"),
        ("See [the page](https://example.org/x) or https://example.org", "See the page or a link"),
        ("Run `ls -l` now 🎉", "Run ls -l now"),
        ("```python\nprint(1)\n```", "(code shown on screen)"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a, b 1, 2"),
        ("snake_case_name and *so* on", "snake_case_name and so on"),
        ("See https://example.org/a.", "See a link."),
        ("- [x] done\n- [ ] to do", "done to do"),
        ("Hello :) and <b>bold</b><br/>", "Hello and bold"),
        ("[[həlˈoʊ]] there", "həlˈoʊ there"),
        ("Wait... what", "Wait, what"),
        ("So it ends...", "So it ends..."),
        ("one - two – three", "one, two, three"),
        ("🎉", ""),
        ("---", ""),
    ],
)
def test_markdown_is_not_read_aloud(written: str, said: str) -> None:
    assert spoken(written) == said


@given(st.text(max_size=200))
def test_any_text_ends_in_something_sayable_or_nothing(text: str) -> None:
    said = spoken(text)
    assert said == "" or any(c.isalnum() for c in said)
