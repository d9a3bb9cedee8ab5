"""What MIA says of her memories."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mia_desktop.core.memories import Hit, Recollection, ScoreParts
from mia_desktop.language.human_time import exactly, when
from mia_desktop.language.recollection import because, told_when, with_memories

NOW = datetime(2026, 11, 26, 20, 30, tzinfo=UTC)
"""A Thursday."""


def memory(text: str, at: datetime) -> Recollection:
    return Recollection(
        id=7, uid="u", kind="episode", text=text, at=at, speaker="Anna", source="voice", trust="user", conversation="",
        place=0, reference="", valid_from=at, valid_to=None, superseded_by=None, quarantined=False, seen=1, consent="",
        expires_at=None, attachment="",
    )  # fmt: skip


def hit(text: str, at: datetime) -> Hit:
    parts = ScoreParts(
        words=2.5, neighbours=0.0, answer=0.0, meaning=1.25, speaker=0.0, graph=3.0, time=0.0, form=-0.004
    )
    return Hit(memory=memory(text, at), score=6.75, parts=parts, why="is tied to what you ask about, has your words")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW - timedelta(seconds=30), "just now"),
        (NOW - timedelta(minutes=12), "12 minutes ago"),
        (NOW.replace(hour=8), "this morning"),
        (NOW.replace(hour=14), "this afternoon"),
        (NOW.replace(hour=18), "this evening"),
        (NOW - timedelta(days=1, hours=6), "yesterday"),
        (NOW - timedelta(days=1), "yesterday evening"),
        (NOW - timedelta(days=3), "on Monday"),
        (NOW - timedelta(days=8), "last week"),
        (NOW - timedelta(days=20), "on 6 November"),
        (datetime(2026, 3, 3, tzinfo=UTC), "in March"),
        (datetime(2025, 12, 3, tzinfo=UTC), "in December"),
        (datetime(2024, 3, 3, tzinfo=UTC), "in March 2024"),
        (NOW + timedelta(days=3), "on 29 November 2026"),
    ],
)
def test_a_time_is_said_as_people_say_it(at: datetime, words: str) -> None:
    assert when(at, NOW) == words


def test_a_time_is_told_in_the_zone_of_whoever_asks() -> None:
    late = datetime(2026, 11, 26, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    assert exactly(late, NOW) == "27 November 2026 at 07:30"


def test_memories_come_after_the_words_with_their_time() -> None:
    text = with_memories("What is my dog called?", [memory('My dog is "Rex".', datetime(2026, 3, 3, tzinfo=UTC))], NOW)
    assert text.startswith("What is my dog called?\n")
    assert "In March (3 March 2026) Anna told you: \"My dog is 'Rex'.\"" in text
    assert with_memories("Hello", [], NOW) == "Hello"


def test_a_reply_says_when_it_was_told() -> None:
    assert told_when(memory("x", datetime(2026, 3, 3, tzinfo=UTC)), NOW) == "You told me that in March."


def test_the_reason_is_the_memory_itself() -> None:
    one = hit("My dog is called Rex.", datetime(2026, 3, 3, 14, 3, tzinfo=UTC))
    said = because([one], NOW, aloud=True)
    assert said == "You told me in March, on 3 March 2026 at 14:03: “My dog is called Rex.”"
    written = because([one], NOW, aloud=False)
    assert written.startswith(said)
    assert "(memory 7, score 6.75: words 2.50, meaning 1.25, graph 3.00)" in written
    assert "used no memory" in because([], NOW, aloud=True)
