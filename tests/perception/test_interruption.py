from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.perception.interruption import SILENCE_DB, Block, Interruption, InterruptionRule, Verdict, level_db

RULE = InterruptionRule()
ECHO = Block(probability=0.01, clean_db=-58.0, residue_db=-62.0, captured_db=-32.0, played_db=-24.0)
VOICE = Block(probability=0.15, clean_db=-35.0, residue_db=-45.0, captured_db=-28.0, played_db=-24.0)
LOUD_VOICE = replace(VOICE, captured_db=-18.0, clean_db=-25.0, residue_db=-30.0)
CLEAR = replace(VOICE, probability=0.9)
PAUSE = Block(probability=0.01, clean_db=-60.0, residue_db=-62.0, captured_db=-60.0, played_db=SILENCE_DB)


def _hear(blocks: list[Block], state: Interruption | None = None) -> tuple[Interruption, list[Verdict]]:
    state, verdicts = state or Interruption(), []
    for block in blocks:
        state, verdict = state.hear(RULE, block)
        verdicts.append(verdict)
    return state, verdicts


SETTLED = _hear([ECHO] * 300)[0]


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


def test_a_sure_voice_counts_though_it_is_suppressed_with_the_echo() -> None:
    suppressed = replace(CLEAR, residue_db=-63.0)
    assert _hear([suppressed] * 2, SETTLED)[1] == ["duck", "stop"]
    assert "stop" not in _hear([replace(suppressed, probability=0.15, clean_db=-39.0)] * 20, SETTLED)[1]


def test_what_cleaning_takes_away_is_no_faint_voice() -> None:
    assert set(_hear([replace(VOICE, clean_db=-50.0)] * 20, SETTLED)[1]) == {"nothing"}


def test_a_soft_beginning_counts_where_both_levels_are_beyond_doubt() -> None:
    soft = replace(VOICE, probability=0.06, residue_db=-30.0, clean_db=-30.0)
    assert _hear([soft] * 3, SETTLED)[1] == ["nothing", "duck", "stop"]
    assert set(_hear([replace(soft, residue_db=-48.0)] * 20, SETTLED)[1]) == {"nothing"}
    assert set(_hear([replace(soft, probability=0.04)] * 20, SETTLED)[1]) == {"nothing"}


def test_what_sounds_like_speech_but_is_not_louder_than_the_background_has_no_vote() -> None:
    background = replace(CLEAR, residue_db=-60.0, clean_db=-56.0, captured_db=-50.0)
    assert set(_hear([background] * 20, SETTLED)[1]) == {"nothing"}


def test_what_usually_comes_through_of_her_own_voice_has_no_vote() -> None:
    leaking = replace(ECHO, residue_db=-45.0)
    state, _ = _hear([leaking] * 300, SETTLED)
    assert state.suppressed_db == pytest.approx(13, abs=1)
    assert set(_hear([replace(leaking, probability=0.9)] * 20, state)[1]) == {"nothing"}
    assert "stop" in _hear([replace(CLEAR, residue_db=-30.0)] * 5, state)[1]


def test_just_after_she_begins_a_voice_counts_as_ever() -> None:
    silent, _ = _hear([PAUSE] * 20, SETTLED)
    assert _hear([CLEAR] * 2, silent)[1] == ["duck", "stop"]


def test_after_a_long_silence_of_hers_her_first_words_may_come_from_elsewhere() -> None:
    silent, _ = _hear([PAUSE] * 100, SETTLED)
    as_loud = replace(CLEAR, captured_db=-30.0, residue_db=-34.0, clean_db=-31.0)
    assert set(_hear([as_loud] * 18, silent)[1]) == {"nothing"}
    assert _hear([LOUD_VOICE] * 4, silent)[1][-1] == "stop"


def test_before_the_canceller_knows_the_room_only_a_louder_voice_counts() -> None:
    settling, _ = _hear([ECHO] * 15)
    assert set(_hear([CLEAR] * 20, settling)[1]) == {"nothing"}
    louder = replace(LOUD_VOICE, captured_db=-10.0, residue_db=-22.0, clean_db=-16.0)
    assert _hear([louder] * 5, settling)[1] == ["nothing", "duck", "duck", "duck", "stop"]


def test_after_the_speaker_ran_dry_only_a_louder_voice_counts_and_takes_one_vote_more() -> None:
    moved = SETTLED.unsettled(RULE)
    assert _hear([LOUD_VOICE] * 4, moved)[1] == ["nothing", "duck", "duck", "stop"]
    as_loud = replace(CLEAR, captured_db=-30.0, residue_db=-34.0, clean_db=-31.0)
    assert set(_hear([as_loud] * 18, moved)[1]) == {"nothing"}
    assert "stop" in _hear([as_loud] * 24, moved)[1], "until she has spoken for a while"
    assert set(_hear([PAUSE] * 50 + [as_loud] * 18, moved)[1]) == {"nothing"}, "a silence teaches the canceller nothing"


def test_whoever_took_herself_for_somebody_is_wary_for_a_while_and_twice_is_too_often() -> None:
    speaking, _ = _hear([ECHO] * 60, SETTLED)
    once = speaking.fooled(RULE, own_words=True)
    assert set(_hear([replace(CLEAR, captured_db=-30.0, clean_db=-31.0)] * 60, once)[1]) == {"nothing"}
    assert not once.half_duplex(RULE)
    assert once.fooled(RULE, own_words=True).half_duplex(RULE)
    assert not once.fooled(RULE, own_words=False).half_duplex(RULE), "a cough is no proof"


def test_who_is_louder_than_her_echo_is_somebody_and_keeps_nobody_from_listening() -> None:
    shouting, _ = _hear(([ECHO] * 20 + [replace(LOUD_VOICE, probability=0.9)] * 20) * 20, SETTLED)
    assert shouting.voted_share < 0.05


def test_she_does_not_change_her_mind_about_listening_with_every_sentence() -> None:
    deaf = _hear([ECHO] * 60, SETTLED)[0].fooled(RULE, own_words=True).fooled(RULE, own_words=True)
    better, _ = _hear([ECHO] * 250, deaf)
    assert not better.half_duplex(RULE)
    assert better.half_duplex(RULE, already=True)
    assert not _hear([ECHO] * 500, better)[0].half_duplex(RULE, already=True)


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
    clean_db=st.floats(-90, 0),
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
    assert set(_hear([replace(block, probability=0.04) for block in blocks])[1]) == {"nothing"}


def test_levels() -> None:
    assert level_db(np.zeros(10, dtype=np.float32)) == SILENCE_DB
    assert level_db(np.zeros(0, dtype=np.float32)) == SILENCE_DB
    assert level_db(np.full(10, 0.1, dtype=np.float32)) == pytest.approx(-20)
