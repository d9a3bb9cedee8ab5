"""Decides whether somebody speaks over MIA. Pure: levels, probabilities and words in, verdicts out."""

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from mia_desktop.core.ring import Samples

Verdict = Literal["nothing", "duck", "stop"]

SILENCE_DB: Final = -90.0
"""Level that stands for silence, against full scale."""
_PLAYING_DB: Final = -55.0
_LOUD_DB: Final = -25.0
_ECHO_S: Final = 0.25
"""For so long the room may still sound after her."""
_QUIETEST_DB: Final = -62.0
"""No room is taken for more silent: what a canceller leaves would stand out of digital silence."""
_SUREST_DB: Final = 28.0
"""Nor is a canceller trusted to take away more: it does so on average, not in each block."""
_EDGE_DB: Final = 6.0
"""Where her voice has just begun the echo may come at another delay than before, and the canceller takes nothing away.
What is then not that much louder than her echo is taken for it."""
_EDGE_BLOCKS: Final = 4
"""Blocks of hers that may be what the microphone hears in one."""
_ECHO_HEARD_DB: Final = 12.0
_FALL: Final = 0.05
_RISE_DB: Final = 0.05
_SLOW: Final = 0.02
_SHARE_S: Final = 20.0
_ENOUGH_S: Final = 5.0
_RELEARNED_S: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class InterruptionRule:
    """When sound beside MIA's own counts as somebody who speaks.

    What an echo canceller leaves of a voice beside an echo is thin: the probabilities are far lower than for a voice
    alone, and the level of the sound with every echo suppressed must agree.

    Attributes:
        voiced_probability: a block that is at least this likely speech has one vote, 0 to 1.
        clear_probability: from here on it has two.
        above_noise_db: it has none unless the residue is this much louder than the background.
        above_echo_db: and this much louder than what usually comes through of MIA's own voice.
        window: blocks that vote.
        duck_votes: votes among them at which MIA speaks more softly.
        stop_votes: votes among them at which she stops.
        edge_s: for so long after she begins or ends, seconds, stopping takes one vote more, and each vote a sound
            louder than her echo.
        settle_s: until MIA has spoken for so long in all, seconds, it takes two more: the canceller knows nothing yet.
        half_duplex_share: share of the blocks of her speech that get votes, at which listening meanwhile is no use.
    """

    voiced_probability: float = 0.1
    clear_probability: float = 0.3
    above_noise_db: float = 4.0
    above_echo_db: float = 3.0
    window: int = 5
    duck_votes: int = 2
    stop_votes: int = 3
    edge_s: float = 0.6
    settle_s: float = 2.0
    half_duplex_share: float = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What is known of one block of sound. Levels are against full scale, at least `SILENCE_DB`.

    Attributes:
        probability: of speech in the cleaned sound, 0 to 1.
        residue_db: level with every echo suppressed.
        captured_db: level as the microphone gave it.
        played_db: level of what MIA played meanwhile.
        seconds: length.
    """

    probability: float
    residue_db: float
    captured_db: float
    played_db: float
    seconds: float = 0.032


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """What is known of the sound beside MIA's own.

    Attributes:
        votes: of the last blocks, oldest first.
        noise_db: level of the background in the residue.
        coupling_db: level at the microphone against what is played: how loud MIA hears herself.
        suppressed_db: how much of that the canceller takes away.
        voted_share: share of the blocks of her speech that got votes, over about 20 s.
        played_s: how long she has spoken in all, seconds.
        since_edge_s: time since she began or ended, seconds.
        played_db: what she played in the last blocks, oldest first.
        playing: whether she was to be heard in the last quarter of a second.
        since_played_s: time since the last block in which she was, seconds.
    """

    votes: tuple[int, ...] = ()
    noise_db: float = -60.0
    coupling_db: float = 0.0
    suppressed_db: float = 20.0
    voted_share: float = 0.0
    played_s: float = 0.0
    since_edge_s: float = 0.0
    played_db: tuple[float, ...] = (SILENCE_DB,)
    playing: bool = False
    since_played_s: float = 1.0

    def hear(self, rule: InterruptionRule, block: Block) -> tuple["Interruption", Verdict]:
        """Return the state after one more block and what it means. Call it for every block, also when MIA is silent."""
        loud = block.played_db > _PLAYING_DB
        since_played_s = 0.0 if loud else self.since_played_s + block.seconds
        playing = since_played_s < _ECHO_S
        since_edge_s = self.since_edge_s + block.seconds if playing == self.playing else 0.0
        played_db = (*self.played_db, block.played_db)[-_EDGE_BLOCKS:]
        echo_db = max(played_db) + self.coupling_db
        may_be_echo = since_edge_s < rule.edge_s and block.captured_db < echo_db + _EDGE_DB
        vote = 0 if may_be_echo else self._vote(rule, block, playing)
        votes = (*self.votes, vote)[-rule.window :]
        heard = replace(
            self._learned(block, loud, vote),
            votes=votes,
            played_db=played_db,
            playing=playing,
            since_edge_s=since_edge_s,
            since_played_s=since_played_s,
        )
        needed = rule.stop_votes + (since_edge_s < rule.edge_s) + 2 * (heard.played_s < rule.settle_s)
        if sum(votes) >= needed:
            return replace(heard, votes=()), "stop"  # said once; what follows is voted on anew
        return heard, "duck" if sum(votes) >= rule.duck_votes else "nothing"

    def unsettled(self) -> "Interruption":
        """Return the state after the speaker ran dry or was opened anew: the echo is not where it was."""
        return replace(self, votes=(), since_edge_s=0.0)

    def half_duplex(self, rule: InterruptionRule) -> bool:
        """Tell whether so much of her own voice comes through that she had better not listen while she speaks."""
        return self.played_s > _ENOUGH_S and self.voted_share > rule.half_duplex_share

    def _vote(self, rule: InterruptionRule, block: Block, playing: bool) -> int:
        expected_db = block.captured_db - min(self.suppressed_db, _SUREST_DB) if playing else SILENCE_DB
        if block.residue_db < max(self.noise_db + rule.above_noise_db, min(expected_db, _LOUD_DB) + rule.above_echo_db):
            return 0
        return (block.probability >= rule.voiced_probability) + (block.probability >= rule.clear_probability)

    def _learned(self, block: Block, loud: bool, vote: int) -> "Interruption":
        noise_db = self.noise_db
        if block.residue_db < noise_db:
            noise_db += _FALL * (max(block.residue_db, _QUIETEST_DB) - noise_db)
        elif not vote:
            noise_db += _RISE_DB
        if not loud:
            return replace(self, noise_db=noise_db)
        share = self.voted_share
        if self.since_edge_s > _RELEARNED_S:  # right after a start the canceller lets more through, which is no verdict
            share += (min(vote, 1) - share) * block.seconds / _SHARE_S
        learned = replace(self, noise_db=noise_db, voted_share=share, played_s=self.played_s + block.seconds)
        if vote or block.captured_db < self.noise_db + _ECHO_HEARD_DB:
            return learned
        return replace(
            learned,
            coupling_db=self.coupling_db + _SLOW * (block.captured_db - block.played_db - self.coupling_db),
            suppressed_db=self.suppressed_db + _SLOW * (block.captured_db - block.residue_db - self.suppressed_db),
        )


def level_db(samples: Samples) -> float:
    """Return the level of `samples` (float32 in [-1, 1]) against full scale, at least `SILENCE_DB`."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if len(samples) else 0.0
    return max(SILENCE_DB, 10 * float(np.log10(power + 1e-12)))
