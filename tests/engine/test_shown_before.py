"""Pictures that were shown before, in this conversation and in others."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mia_desktop.core.commands import AskText, NewConversation
from mia_desktop.core.events import MemoryKept, ReplyWritten
from mia_desktop.engine.ruled_memory import RuledMemory
from tests.engine.kept import kept_memory
from tests.engine.test_eyes import Table, table

__all__ = ["table"]

QUESTION = "Have I shown you this before?"
PLACES = dict(zip(("cat", "cat again", "cup"), np.eye(3, dtype=np.float32), strict=True))
PLACES["cat again"] = PLACES["cat"]


@pytest.fixture
def memory(tmp_path: Path) -> RuledMemory:
    return kept_memory(tmp_path)


def shown(one: Table, name: str, asked: str) -> str:
    """Show a picture, ask something, and return the answer once it is kept."""
    one.eyesight.vectors = PLACES
    one.show(name)
    one.engine.submit(AskText(text=asked, aloud=False))
    return next(event.text for event in one.until(MemoryKept) if isinstance(event, ReplyWritten))


def test_a_picture_of_another_conversation_is_known_again(table: Callable[..., Table], memory: RuledMemory) -> None:
    one = table(memory=lambda: memory)
    assert shown(one, "cat", "What is this?") == "It is a test. It works."
    assert shown(one, "cup", QUESTION) == "Not that I remember."
    one.engine.submit(NewConversation())
    assert shown(one, "cat again", QUESTION) == "I think so: just now you showed me one that looks the same."


def test_a_picture_of_this_conversation_is_known_again_by_its_place_in_it(
    table: Callable[..., Table], memory: RuledMemory
) -> None:
    one = table(memory=lambda: memory)
    shown(one, "cat", "What is this?")
    shown(one, "cup", "And this?")
    again = shown(one, "cat again", QUESTION)
    assert again == "Yes, I think it is the first picture of this conversation again (cat)."


def test_nothing_of_a_picture_is_kept_when_the_user_refuses(table: Callable[..., Table], memory: RuledMemory) -> None:
    memory.consents.set("files.keep", "refused")
    one = table(memory=lambda: memory)
    shown(one, "cat", "What is this?")
    one.engine.submit(NewConversation())
    assert shown(one, "cat again", QUESTION) == "Not that I remember."


def test_a_guest_is_told_that_nothing_is_remembered(table: Callable[..., Table]) -> None:
    one = table()
    one.eyesight.vectors = PLACES
    one.show("cat")
    one.engine.submit(AskText(text=QUESTION, aloud=False))
    said = next(event.text for event in one.until(ReplyWritten) if isinstance(event, ReplyWritten))
    assert said == "Not in this conversation. I remember nothing beyond it: you are a guest."
