from datetime import UTC, datetime, timedelta

import pytest

from mia_desktop.core.errors import InputError
from mia_desktop.core.memories import Experience
from mia_desktop.memory.memory import Memory
from tests.memory.conftest import NOW
from tests.memory.hashed_embedder import HashedEmbedder
from tests.memory.telling import told
from tests.plain_database import PlainDatabase

TALK = [
    told("My dog is called Rex.", conversation="a"),
    told("What does he like to eat?", speaker="MIA", trust="mia", source="mia", conversation="a"),
    told("Carrots, believe it or not!", conversation="a"),
    told("I flew to Lisbon with Ben.", days_ago=300, conversation="b"),
    told("The weather is fine.", days_ago=2, conversation="c"),
]


def test_what_was_told_is_found_by_another_process(database: PlainDatabase) -> None:
    Memory(database, HashedEmbedder()).remember_all(TALK)
    hits = Memory(database, HashedEmbedder()).recall("What is my dog's name?", NOW)
    assert hits[0].memory.text == "My dog is called Rex."
    assert "is tied to what you ask about" in hits[0].why


def test_a_hit_tells_where_its_score_comes_from(memory: Memory) -> None:
    memory.remember_all(TALK)
    hit = memory.recall("When did Anna fly to Lisbon?", NOW)[0]
    assert hit.memory.speaker == "Anna"
    assert hit.parts.words > 0
    assert hit.parts.speaker > 0
    parts = [getattr(hit.parts, name) for name in type(hit.parts).__slots__]
    assert hit.score == pytest.approx(sum(parts), abs=1e-4)


def test_the_answer_to_a_question_is_found_by_the_question(memory: Memory) -> None:
    memory.remember_all(TALK)
    hits = memory.recall("What does the dog like to eat?", NOW)
    assert "Carrots" in hits[0].memory.text + hits[1].memory.text


def test_the_time_asked_about_counts(memory: Memory) -> None:
    memory.remember_all(
        [told("We ate pizza.", days_ago=3, conversation="x"), told("We ate pizza.", days_ago=300, conversation="y")]
    )
    assert memory.recall("What did we eat last spring?", NOW)[0].memory.conversation == "y"
    assert memory.recall("What did we eat three days ago?", NOW)[0].memory.conversation == "x"


def test_nothing_is_given_when_nothing_fits(memory: Memory) -> None:
    memory.remember_all(TALK)
    assert memory.recall("Who won the chess olympiad?", NOW) == []
    assert Memory(PlainDatabase(), HashedEmbedder()).recall("anything?", NOW) == []


def test_what_is_remembered_is_found_at_once(memory: Memory) -> None:
    for number in range(1100):  # past the spare room of the columns
        memory.remember(told(f"Note {number} about item{number}.", conversation=f"c{number // 7}"))
    assert "item1099" in memory.recall("item1099?", NOW)[0].memory.text
    fresh = Memory(memory.store.database, HashedEmbedder())
    for question in ("item3?", "What about item1055?", "Note 1098?"):
        ours, theirs = (one.recall(question, NOW) for one in (memory, fresh))
        assert [(h.memory.id, round(h.score, 3)) for h in ours] == [(h.memory.id, round(h.score, 3)) for h in theirs]


def test_without_an_embedder_words_still_find(database: PlainDatabase) -> None:
    memory = Memory(database)
    memory.remember_all(TALK)
    assert memory.recall("Lisbon?", NOW)[0].memory.text == "I flew to Lisbon with Ben."


def test_a_phrase_is_found_exactly(memory: Memory) -> None:
    memory.remember_all(TALK)
    assert [one.text for one in memory.containing("flew to lisbon", 5)] == ["I flew to Lisbon with Ben."]
    assert memory.containing("lisbon to", 5) == []
    assert memory.containing('"', 5) == []


def test_the_same_fact_told_twice_is_one_memory_told_twice(memory: Memory) -> None:
    first = memory.remember(told("I am allergic to nuts.", kind="fact"))
    again = memory.remember(told("I am allergic to nuts", kind="fact", days_ago=0))
    assert first == again
    assert memory.show(first or 0).seen == 2
    assert memory.stats().memories == 1


def test_the_graph_knows_who_told_it(memory: Memory) -> None:
    one = memory.remember(TALK[0])
    (known,) = memory.about("Rex")
    assert (known.subject, known.relation, known.object, known.memory) == ("dog", "name", "Rex", one)
    memory.remember(told("Rex lives in Lisbon.", conversation="d"))
    hits = memory.recall("Where does my dog live?", NOW)
    assert any(hit.memory.text == "Rex lives in Lisbon." and hit.parts.graph > 0 for hit in hits)


def test_a_relation_asked_for_is_found_though_no_word_is_shared(memory: Memory) -> None:
    memory.remember_all([told("I moved to Lisbon."), told("I hate cilantro.")])
    assert memory.recall("Where do I live?", NOW)[0].memory.text == "I moved to Lisbon."
    assert memory.recall("Which food do I dislike?", NOW)[0].memory.text == "I hate cilantro."
    memory.remember(told("Ben works at Acme."))
    assert memory.recall("What is Ben's job?", NOW)[0].memory.text == "Ben works at Acme."
    assert memory.recall("What do I like?", NOW) == []


def test_images_and_conversations_are_listed_newest_first(memory: Memory) -> None:
    memory.remember_all(TALK)
    ages = [NOW - one.at for one in memory.newest(10)]
    assert ages == sorted(ages)
    assert memory.newest(1, "fact") == []
    assert memory.newest(1)[0].at > NOW - timedelta(days=2)


def test_what_is_too_long_for_one_memory_is_refused(memory: Memory) -> None:
    with pytest.raises(InputError, match="too long"):
        memory.remember(told("x" * 100_001))


def test_a_memory_that_is_not_there_is_told_in_a_sentence(memory: Memory) -> None:
    with pytest.raises(InputError, match="There is no memory 7"):
        memory.show(7)


def test_texts_known_by_the_vault_are_not_embedded_again(database: PlainDatabase) -> None:
    embedder = HashedEmbedder()
    memory = Memory(database, embedder)
    memory.remember(told("The same words.", conversation="a"))
    count = len(embedder.embedded)
    memory.remember(told("The same words.", conversation="b"))
    assert memory.stats().memories == 2
    assert len(embedder.embedded) == count


def test_the_newest_memories_are_turned_over_page_by_page(memory: Memory) -> None:
    at = datetime(2026, 3, 1, 12, 0, 0, 123457, tzinfo=UTC)
    kinds = ("fact", "episode")
    several = [
        Experience(text=f"Number {i}.", at=at + timedelta(hours=i // 3), speaker="Anna", kind=kinds[i % 2])
        for i in range(20)
    ]
    memory.remember_all(several)
    whole = [one.id for one in memory.newest(50)]
    pages, before = [], None
    while page := memory.newest(7, before=before):
        pages += [one.id for one in page]
        before = page[-1].id
    assert pages == whole
    facts = [one.id for one in memory.newest(50, "fact")]
    assert [one.id for one in memory.newest(50, "fact", before=facts[3])] == facts[4:]
    assert memory.newest(7, before=9999) == []
    assert memory.count_until("typed", at + timedelta(hours=1)) == 6
