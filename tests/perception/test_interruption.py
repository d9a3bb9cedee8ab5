from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.perception.interruption import SILENCE_DB, Block, Interruption, InterruptionRule, Verdict, level_db

RULE = InterruptionRule()
ECHO = Block(probability=0.01, residue_db=-62.0, captured_db=-32.0, played_db=-24.0)
VOICE = Block(probability=0.15, residue_db=-45.0, captured_db=-28.0, played_db=-24.0)
LOUD_VOICE = replace(VOICE, captured_db=-18.0, residue_db=-30.0)
CLEAR = replace(VOICE, probability=0.9)
PAUSE = Block(probability=0.01, residue_db=-62.0, captured_db=-60.0, played_db=SILENCE_DB)


def _hear(blocks: list[Block], state: Interruption | None = None) -> tuple[Interruption, list[Verdict]]:
    state, verdicts = state or Interruption(), []
    for block in blocks:
        state, verdict = state.hear(RULE, block)
        verdicts.append(verdict)
    return state, verdicts


SETTLED = _hear([ECHO] * 200)[0]


def test_her_own_echo_is_nothing() -> None:
    assert set(_hear([ECHO] * 2000)[1]) == {"nothing"}


def test_a_faint_voice_ducks_her_after_two_blocks_and_stops_her_after_three() -> None:
    assert _hear([VOICE] * 3, SETTLED)[1] == ["nothing", "duck", "stop"]


def test_a_clear_voice_stops_her_after_two() -> None:
    assert _hear([CLEAR] * 2, SETTLED)[1] == ["duck", "stop"]


def test_votes_need_not_follow_each_other() -> None:
    assert _hear([VOICE, ECHO, VOICE, ECHO, VOICE], SETTLED)[1][-1] == "stop"
    assert "stop" not in _hear([VOICE, ECHO, ECHO, VOICE, ECHO, ECHO, VOICE], SETTLED)[1]


def test_a_stop_is_said_once_and_then_voted_on_anew() -> None:
    assert _hear([CLEAR] * 4, SETTLED)[1] == ["duck", "stop", "duck", "stop"]
    assert _hear([CLEAR, CLEAR, *[ECHO] * 5], SETTLED)[1].count("stop") == 1


def test_one_block_is_never_enough() -> None:
    assert "stop" not in _hear([CLEAR] + [ECHO] * 20, SETTLED)[1]


def test_what_sounds_like_speech_but_is_not_louder_than_the_background_has_no_vote() -> None:
    assert set(_hear([replace(CLEAR, residue_db=-60.0)] * 20, SETTLED)[1]) == {"nothing"}


def test_what_usually_comes_through_of_her_own_voice_has_no_vote() -> None:
    leaking = replace(ECHO, residue_db=-45.0)
    state, _ = _hear([leaking] * 300, SETTLED)
    assert state.suppressed_db == pytest.approx(13, abs=1)
    assert set(_hear([replace(leaking, probability=0.9)] * 20, state)[1]) == {"nothing"}
    assert "stop" in _hear([replace(CLEAR, residue_db=-30.0)] * 5, state)[1]


def test_just_after_she_begins_it_takes_one_vote_more() -> None:
    silent, _ = _hear([PAUSE] * 50, SETTLED)
    assert _hear([LOUD_VOICE] * 4, silent)[1] == ["nothing", "duck", "duck", "stop"]


def test_just_after_she_begins_what_may_be_her_echo_at_another_delay_has_no_vote() -> None:
    silent, _ = _hear([PAUSE] * 50, SETTLED)
    leaking = replace(CLEAR, captured_db=-30.0, residue_db=-34.0)
    assert set(_hear([leaking] * 10, silent)[1]) == {"nothing"}
    assert "stop" in _hear([leaking] * 24, silent)[1]


def test_in_her_first_two_seconds_it_takes_two_more() -> None:
    settling, _ = _hear([ECHO] * 15)
    assert _hear([replace(LOUD_VOICE, captured_db=-10.0, residue_db=-22.0)] * 5, settling)[1] == [
        "nothing",
        "duck",
        "duck",
        "duck",
        "stop",
    ]


def test_after_the_speaker_ran_dry_it_takes_one_vote_more() -> None:
    assert _hear([LOUD_VOICE] * 4, SETTLED.unsettled())[1] == ["nothing", "duck", "duck", "stop"]


def test_the_room_is_learned() -> None:
    state, _ = _hear([ECHO] * 500)
    assert state.coupling_db == pytest.approx(-8, abs=0.5)
    assert state.suppressed_db == pytest.approx(30, abs=1)
    assert state.noise_db == pytest.approx(-61.8, abs=1)


def test_listening_meanwhile_is_given_up_only_when_echo_keeps_coming_through() -> None:
    assert not SETTLED.half_duplex(RULE)
    now_and_then = _hear(([ECHO] * 200 + [CLEAR] * 4 + [PAUSE] * 50) * 10, SETTLED)[0]
    assert not now_and_then.half_duplex(RULE)
    bursts = _hear(([ECHO] * 20 + [replace(CLEAR, residue_db=-20.0)] * 6) * 50, SETTLED)[0]
    assert bursts.half_duplex(RULE)


BLOCKS = st.builds(
    Block,
    probability=st.floats(0, 1),
    residue_db=st.floats(-90, 0),
    captured_db=st.floats(-90, 0),
    played_db=st.floats(-90, 0),
)


@given(st.lists(BLOCKS, max_size=60))
def test_any_sound_keeps_the_numbers_in_bounds(blocks: list[Block]) -> None:
    state, _ = _hear(blocks)
    assert len(state.votes) <= RULE.window
    assert -91 <= state.noise_db <= 5
    assert -91 <= state.coupling_db <= 91
    assert 0 <= state.voted_share <= 1


@given(st.lists(BLOCKS, min_size=1, max_size=40))
def test_without_speech_there_is_no_verdict(blocks: list[Block]) -> None:
    assert set(_hear([replace(block, probability=0.05) for block in blocks])[1]) == {"nothing"}


def test_levels() -> None:
    assert level_db(np.zeros(10, dtype=np.float32)) == SILENCE_DB
    assert level_db(np.zeros(0, dtype=np.float32)) == SILENCE_DB
    assert level_db(np.full(10, 0.1, dtype=np.float32)) == pytest.approx(-20)
