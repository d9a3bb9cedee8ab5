from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.perception.endpoint import Endpoint, EndpointRule, Verdict

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


@given(st.text(alphabet="v.", max_size=400))
def test_starts_and_ends_alternate_and_an_end_needs_its_silence(pattern: str) -> None:
    said = verdicts(pattern)
    edges = [verdict for verdict in said if verdict in ("started", "ended")]
    assert edges == ["started", "ended"] * (len(edges) // 2) + ["started"] * (len(edges) % 2)
    needed = int(RULE.end_silence_s / BLOCK_S)
    for place, verdict in enumerate(said):
        if verdict == "ended":
            assert "v" not in pattern[place - needed + 1 : place + 1]
