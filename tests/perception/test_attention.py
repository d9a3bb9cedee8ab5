"""What the user's words are about: fusion, reference, attention."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.sights import Modality
from mia_desktop.perception.attention import Talk, attend
from mia_desktop.perception.fusion import fuse, unit
from mia_desktop.perception.reference import pointed_at, reference
from tests.perception.sights import percept

CAT = percept("cat", 0, "cat", "tabby", group=1, at_s=0.0)
CUP = percept("cup", 1, "cup", "espresso", group=2, at_s=20.0)
RECEIPT = percept("receipt", 2, lines=("CORNER CAFE", "RECEIPT", "TOTAL 13.60"), group=3, at_s=40.0)
ALL = (CAT, CUP, RECEIPT)


def keys(text: str, talk: Talk) -> list[str]:
    focus = attend(text, None, ALL, talk)
    return [one.key for one in focus.percepts] if focus else []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("What is this?", ["receipt"]),
        ("And what does it cost?", ["receipt"]),
        ("What was in the first picture?", ["cat"]),
        ("Describe the second one.", ["cup"]),
        ("What about picture 2?", ["cup"]),
        ("And the last photo?", ["receipt"]),
        ("What colour is the cat?", ["cat"]),
        ("How full was the cup from before?", ["cup"]),
        ("What was the picture before?", ["cup"]),
        ("No, I mean the other one.", ["cup"]),
        ("What is the total on the receipt?", ["receipt"]),
        ("What is the capital of France?", []),
        ("Tell me a joke.", []),
    ],
)
def test_words_point_at_the_picture_that_a_person_would_mean(text: str, meant: list[str]) -> None:
    assert keys(text, Talk(current={"receipt"}, now_s=45.0)) == meant


def test_a_picture_just_shown_is_meant_until_the_words_point_elsewhere() -> None:
    talk = Talk(current={"cat"}, fresh={"receipt"}, now_s=45.0)
    assert keys("Tell me about it.", talk) == ["receipt"]
    assert keys("Is there anything to drink?", talk) == ["receipt"]
    assert keys("What was in the first picture?", talk) == ["cat"]


def test_pictures_shown_together_are_all_meant_unless_a_side_is_named() -> None:
    left, right = percept("l", 0, "dog", group=1), percept("r", 1, "car", group=1)
    talk = Talk(fresh={"l", "r"}, now_s=1.0)

    def meant(text: str) -> list[str]:
        focus = attend(text, None, (left, right), talk)
        assert focus
        return [one.key for one in focus.percepts]

    assert meant("Compare these.") == ["l", "r"]
    assert meant("What do they show?") == ["l", "r"]
    assert meant("What is the left one?") == ["l"]
    assert meant("And the thing on the right?") == ["r"]


def test_a_camera_that_stays_open_is_looked_through_only_when_the_words_ask_for_it() -> None:
    talk = Talk(fresh={"cat"}, ambient={"cat"}, now_s=1.0)
    assert attend("What is the capital of France?", None, (CAT,), talk) is None
    assert attend("What am I holding?", None, (CAT,), talk) is not None


def test_when_the_talk_has_moved_on_small_words_bring_no_picture_back() -> None:
    assert keys("Is it far away?", Talk(now_s=60.0)) == []
    assert keys("What was in the picture?", Talk(now_s=60.0)) == ["receipt"]


def test_meaning_brings_back_a_picture_that_no_word_names() -> None:
    drink, animal = unit(np.array([1.0, 0.1, 0, 0])), unit(np.array([0, 0, 1.0, 0.1]))
    seen = (percept("cup", 0, "cup", image=drink), percept("cat", 1, "cat", image=animal))
    focus = attend("Does a pet need much food?", unit(np.array([0, 0.1, 1.0, 0])), seen, Talk(now_s=9.0))
    assert focus
    assert focus.percepts[0].key == "cat"
    assert focus.why == "meaning"


def test_a_question_draws_the_fused_vector_to_the_sense_that_answers_it() -> None:
    image, reading = unit(np.eye(8)[0]), unit(np.eye(8)[1])
    both = (
        Modality(kind="image", vector=image, at_s=0.0, confidence=0.8),
        Modality(kind="reading", vector=reading, at_s=0.0, confidence=0.8),
    )
    assert fuse(both, 0.0)[1] == pytest.approx([0.5, 0.5])
    vector, weights = fuse(both, 0.0, reading)
    assert weights[1] > 0.9
    assert vector @ reading > 0.9


def test_a_sense_of_another_moment_or_unsure_counts_for_less() -> None:
    one = unit(np.array([1.0, 0.2]))
    sure = Modality(kind="image", vector=one, at_s=0.0, confidence=0.9)
    late = Modality(kind="words", vector=one, at_s=6.0, confidence=0.9)
    unsure = Modality(kind="reading", vector=one, at_s=0.0, confidence=0.1)
    weights = fuse((sure, late, unsure), 0.0)[1]
    assert weights[0] > 3 * weights[1]
    assert weights[0] > 3 * weights[2]


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(-60, 60)), min_size=1, max_size=5),
    st.integers(2, 16),
)
def test_a_fused_vector_has_length_1_and_its_weights_are_shares(senses: list[tuple[float, float]], size: int) -> None:
    chance = np.random.default_rng(len(senses))
    modalities = [
        Modality(kind="image", vector=unit(chance.standard_normal(size)), at_s=at_s, confidence=confidence)
        for confidence, at_s in senses
    ]
    vector, weights = fuse(modalities, 0.0)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4) or not vector.any()
    assert weights.sum() == pytest.approx(1.0, abs=1e-4)
    assert (weights >= 0).all()


@given(st.text(max_size=200))
def test_any_words_at_all_point_somewhere_or_nowhere(text: str) -> None:
    scores = pointed_at(reference(text), ALL, {"cat"})
    assert scores.shape == (3,)
    assert ((scores >= 0) & (scores <= 1)).all()
    attend(text, None, ALL, Talk(fresh={"cup"}, now_s=50.0))


def test_64_percepts_take_under_5_ms() -> None:
    chance = np.random.default_rng(1)
    seen = [
        percept(
            str(at),
            at,
            "cat",
            "cup",
            lines=("TOTAL 13.60", "THANK YOU"),
            at_s=float(at),
            image=chance.standard_normal(384),
            reading=chance.standard_normal(384),
            words=chance.standard_normal(384),
        )
        for at in range(64)
    ]
    query = unit(chance.standard_normal(384))
    talk = Talk(current={"9"}, now_s=70.0)
    attend("What was the total on the receipt?", query, seen, talk)
    taken_s = []
    for _ in range(20):
        begun_s = time.thread_time()
        attend("What was the total on the receipt?", query, seen, talk)
        taken_s.append(time.thread_time() - begun_s)
    assert sorted(taken_s)[10] < 0.005
