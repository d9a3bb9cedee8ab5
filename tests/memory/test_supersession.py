from datetime import timedelta

from mia_desktop.memory.memory import Memory
from tests.memory.conftest import NOW
from tests.memory.telling import told


def test_a_new_fact_takes_the_old_ones_place(memory: Memory) -> None:
    old = memory.remember(told("I live in Berlin.", kind="fact", days_ago=100))
    new = memory.remember(told("I moved to Lisbon.", kind="fact", days_ago=10))
    assert [hit.memory.id for hit in memory.recall("Where do I live? Berlin or Lisbon?", NOW)] == [new]
    was = memory.show(old or 0)
    assert was.superseded_by == new
    assert was.valid_to == NOW - timedelta(days=10)


def test_as_of_asks_what_held_then(memory: Memory) -> None:
    old = memory.remember(told("I live in Berlin.", kind="fact", days_ago=100))
    memory.remember(told("I live in Lisbon.", kind="fact", days_ago=10))
    then = memory.recall("Where do I live?", NOW, as_of=NOW - timedelta(days=50))
    assert [hit.memory.id for hit in then] == [old]
    assert memory.recall("Where do I live?", NOW, as_of=NOW - timedelta(days=500)) == []


def test_other_peoples_facts_and_other_subjects_stay(memory: Memory) -> None:
    memory.remember(told("I live in Berlin.", kind="fact", speaker="Ben"))
    memory.remember(told("My favourite colour is green.", kind="fact"))
    memory.remember(told("My favourite fruit is quince.", kind="fact"))
    memory.remember(told("I live in Lisbon.", kind="fact"))
    assert memory.stats().superseded == 0
    memory.remember(told("My favourite colour is blue.", kind="fact", days_ago=0.5))
    assert memory.stats().superseded == 1


def test_an_episode_never_takes_a_fact_s_place(memory: Memory) -> None:
    memory.remember(told("I live in Berlin.", kind="fact"))
    memory.remember(told("In the film she says: I live in Paris."))
    assert memory.stats().superseded == 0


def test_an_edited_memory_is_found_as_it_is_now(memory: Memory) -> None:
    one = memory.remember(told("We met in Rome.", conversation="a"))
    memory.remember(told("It rained.", conversation="a"))
    new = memory.edit(one or 0, "We met in Oslo.", NOW)
    assert memory.recall("Where did we meet, Rome?", NOW)[0].memory.text == "We met in Oslo."
    assert memory.show(new).place == 0
    assert memory.show(new).at == memory.show(one or 0).at
    assert all(hit.memory.id != one for hit in memory.recall("Rome", NOW))
