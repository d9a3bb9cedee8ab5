import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.perception.endpoint import Endpoint, EndpointRule, Verdict, silence_needed_s

RULE = EndpointRule(voiced_probability=0.5, start_s=0.1, end_silence_s=0.7)
BLOCK_S = 0.032


def verdicts(pattern: str) -> list[Verdict]:
    """Hear `pattern`: v is a voiced block, anything else is not."""
    endpoint, said = Endpoint(), []
    for block in pattern:
        endpoint, verdict = endpoint.hear(RULE, 0.9 if block == "v" else 0.1, BLOCK_S)
        said.append(verdict)
    return said


def test_a_click_opens_no_turn() -> None:
    assert set(verdicts("..v...." * 10)) == {"waiting"}


def test_speech_opens_a_turn_and_long_silence_closes_it() -> None:
    said = verdicts("v" * 20 + "." * 40)
    assert said.count("started") == said.count("ended") == 1
    assert said.index("started") == 3
    assert said.index("ended") == 20 + 21


def test_a_short_pause_does_not_close_a_turn() -> None:
    assert "ended" not in verdicts("v" * 20 + "." * 20 + "v" * 5)


def paused() -> Endpoint:
    """An endpoint that has just told of a pause."""
    endpoint, verdict = Endpoint(), "waiting"
    for block in "v" * 20 + "." * 40:
        endpoint, verdict = endpoint.hear(RULE, 0.9 if block == "v" else 0.1, BLOCK_S)
        if verdict == "pause":
            return endpoint
    raise AssertionError("no pause was told")


def until_end_s(endpoint: Endpoint) -> float:
    """Hear nothing more; return the length of the whole silence."""
    while True:
        silent_s = endpoint.silent_s + BLOCK_S
        endpoint, verdict = endpoint.hear(RULE, 0.1, BLOCK_S)
        if verdict == "ended":
            return silent_s


def test_each_pause_is_told_once() -> None:
    said = verdicts("v" * 20 + "." * 15 + "v" * 5 + "." * 15)
    assert said.count("pause") == 2
    assert said.index("pause") == 20 + 6


def test_a_complete_turn_ends_as_soon_as_the_pause_has_settled() -> None:
    endpoint, verdict = paused().judge(RULE, 0.95)
    assert verdict == "speaking"
    assert until_end_s(endpoint) == pytest.approx(RULE.pause_s + 0.1, abs=BLOCK_S)


def test_a_judgement_that_took_long_ends_a_complete_turn_at_once() -> None:
    endpoint = paused()
    for _ in range(5):
        endpoint, _ = endpoint.hear(RULE, 0.1, BLOCK_S)
    assert endpoint.judge(RULE, 0.95) == (Endpoint(), "ended")


def test_an_incomplete_turn_is_held_and_answered_at_last() -> None:
    endpoint, verdict = paused().judge(RULE, 0.0)
    assert verdict == "speaking"
    assert until_end_s(endpoint) == pytest.approx(RULE.patience_s, abs=BLOCK_S)


def test_speech_after_a_pause_belongs_to_the_same_turn_and_forgets_the_judgement() -> None:
    endpoint, _ = paused().judge(RULE, 0.0)
    endpoint, verdict = endpoint.hear(RULE, 0.9, BLOCK_S)
    assert verdict == "speaking"
    assert endpoint.needed_s is None
    assert until_end_s(endpoint) == pytest.approx(RULE.end_silence_s, abs=BLOCK_S)


def test_a_judgement_that_comes_too_late_changes_nothing() -> None:
    endpoint, _ = paused().hear(RULE, 0.9, BLOCK_S)
    assert endpoint.judge(RULE, 1.0) == (endpoint, "speaking")
    assert Endpoint().judge(RULE, 1.0) == (Endpoint(), "waiting")


def test_words_correct_what_the_sound_alone_said() -> None:
    endpoint, _ = paused().judge(RULE, 0.0)
    endpoint, _ = endpoint.judge(RULE, 1.0)
    assert until_end_s(endpoint) == pytest.approx(RULE.pause_s + 0.1, abs=BLOCK_S)


def test_silence_without_a_judge_ends_a_turn() -> None:
    assert until_end_s(paused()) == pytest.approx(RULE.end_silence_s, abs=BLOCK_S)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_surer_the_sooner(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert RULE.pause_s <= silence_needed_s(RULE, high) <= silence_needed_s(RULE, low) <= RULE.patience_s


@given(st.text(alphabet="v.", max_size=400))
def test_starts_and_ends_alternate_and_an_end_needs_its_silence(pattern: str) -> None:
    said = verdicts(pattern)
    edges = [verdict for verdict in said if verdict in ("started", "ended")]
    assert edges == ["started", "ended"] * (len(edges) // 2) + ["started"] * (len(edges) % 2)
    needed = int(RULE.end_silence_s / BLOCK_S)
    for place, verdict in enumerate(said):
        if verdict == "ended":
            assert "v" not in pattern[place - needed + 1 : place + 1]
