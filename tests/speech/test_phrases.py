import numpy as np

from mia_desktop.core.frames import Speech
from mia_desktop.speech.phrases import PhraseCache


def speech(samples: int) -> tuple[Speech, ...]:
    return (Speech(samples=np.zeros(samples, dtype=np.float32), words=((samples, 1.0),)),)


def test_a_phrase_is_kept_for_its_text_and_speed() -> None:
    cache = PhraseCache(100)
    said = speech(10)
    cache.put(("Yes.", 1.0), said)
    assert cache.get(("Yes.", 1.0)) == said
    assert cache.get(("Yes.", 1.5)) is None
    assert cache.get(("No.", 1.0)) is None


def test_the_least_recently_used_goes_when_there_is_no_room() -> None:
    cache = PhraseCache(30)
    for text in ("a", "b", "c"):
        cache.put((text, 1.0), speech(10))
    cache.get(("a", 1.0))
    cache.put(("d", 1.0), speech(15))
    assert [text for text in "abcd" if cache.get((text, 1.0))] == ["a", "d"]


def test_long_texts_and_what_is_larger_than_the_cache_are_not_kept() -> None:
    cache = PhraseCache(30)
    cache.put(("x" * 41, 1.0), speech(1))
    cache.put(("x", 1.0), speech(31))
    assert cache.get(("x" * 41, 1.0)) is None
    assert cache.get(("x", 1.0)) is None
