"""What the user was typing and has not sent."""

from mia_desktop.core.memories import Everything
from mia_desktop.memory.memory import Memory
from tests.plain_database import PlainDatabase


def test_a_draft_is_kept_for_each_conversation_until_it_was_sent(tmp_path):
    memory = Memory(PlainDatabase(tmp_path / "m.db"))
    memory.drafts.keep("", "half a sen")
    memory.drafts.keep("a", "of another")
    memory.drafts.keep("", "half a sentence")
    assert (memory.drafts.of(""), memory.drafts.of("a"), memory.drafts.of("b")) == ("half a sentence", "of another", "")
    memory.drafts.keep("a", "")
    assert memory.drafts.of("a") == ""
    memory.forget(Everything())
    assert memory.drafts.of("") == ""
    memory.close()
