from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.memory.time_words import find_time
from tests.memory.conftest import NOW  # Friday, 20 March 2026


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("What did I say yesterday?", "2026-03-19", "2026-03-20"),
        ("the day before yesterday", "2026-03-18", "2026-03-19"),
        ("two weeks ago", "2026-03-02", "2026-03-09"),
        ("3 days ago", "2026-03-17", "2026-03-18"),
        ("a month ago", "2026-02-01", "2026-03-01"),
        ("two years ago", "2024-01-01", "2025-01-01"),
        ("last week", "2026-03-09", "2026-03-16"),
        ("this week", "2026-03-16", "2026-03-23"),
        ("last weekend", "2026-03-14", "2026-03-16"),
        ("last month", "2026-02-01", "2026-03-01"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("last spring", "2025-03-01", "2025-06-01"),
        ("in the summer", "2025-06-01", "2025-09-01"),
        ("last winter", "2025-12-01", "2026-03-01"),
        ("in summer 2024", "2024-06-01", "2024-09-01"),
        ("in March", "2026-03-01", "2026-04-01"),
        ("in November", "2025-11-01", "2025-12-01"),
        ("in March 2023", "2023-03-01", "2023-04-01"),
        ("July, 2023", "2023-07-01", "2023-08-01"),
        ("on 8 May 2023", "2023-05-08", "2023-05-09"),
        ("on May 8th", "2025-05-08", "2025-05-09"),
        ("on Monday", "2026-03-16", "2026-03-17"),
        ("last Friday", "2026-03-13", "2026-03-14"),
        ("in 2022", "2022-01-01", "2023-01-01"),
    ],
)
def test_a_time_in_words_is_a_span_of_the_calendar(text: str, start: str, end: str) -> None:
    span = find_time(f"Well, {text}?", NOW)
    assert span is not None
    assert (span.start.date().isoformat(), span.end.date().isoformat()) == (start, end)


@pytest.mark.parametrize(
    "text", ["May I ask you something?", "The march was long.", "on 30 February", "spring on it", "I have 3 dogs"]
)
def test_what_only_sounds_like_a_time_is_none(text: str) -> None:
    assert find_time(text, NOW) is None


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from(["last week", "last month", "two months ago", "yesterday", "last winter", "in May"]),
)
def test_the_past_lies_in_the_past(now: datetime, text: str) -> None:
    span = find_time(text, now)
    assert span is not None
    assert span.start < span.end
    assert span.start <= now
