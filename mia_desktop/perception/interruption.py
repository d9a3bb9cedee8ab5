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
_LOUDER_DB: Final = 6.0
"""While the canceller is not to be trusted, what is not that much louder than her echo is taken for it."""
_MOVES_S: Final = 0.8
"""In a longer silence of hers the echo may come to be elsewhere: the clocks of two devices part."""
_BESIDE_BLOCKS: Final = 4
"""Blocks of hers that may be what the microphone hears in one."""
_HEARD_DB: Final = 10.0
_ECHO_HEARD_DB: Final = 12.0
_FALL: Final = 0.05
_RISE_DB: Final = 0.05
_SLOW: Final = 0.02
_SHARE_S: Final = 20.0
_FOOLED_SHARE: Final = 0.08
"""Twice within half a minute of her speech is too often; without any words, which may be a cough, four times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterruptionRule:
    """When sound beside MIA's own counts as somebody who speaks.

    What an echo canceller leaves of a voice beside an echo is thin: the probabilities are far lower than for a voice
    alone, and levels must agree. There are two that tell: of the sound with every echo suppressed, which stands out
    when somebody is there, though now and then a voice is suppressed with the echo; and how much cleaning took away,
    which is 14 dB and more of her own voice and next to nothing of another.

    Attributes:
        hint_probability: a block that is at least this likely speech has one vote where both levels are beyond doubt.
        voiced_probability: from here on it has one vote where the levels agree.
        clear_probability: from here on it has two, by the suppressed sound.
        sure_probability: from here on it has two, by what cleaning took.
        above_noise_db: the suppressed sound stands out where it is this much louder than the background,
        above_echo_db: and this much louder than what usually comes through of MIA's own voice.
        doubtless_db: beyond doubt is this much more.
        spared_db: most that cleaning takes of a voice where the suppressed sound says nothing.
        touched_db: most that it takes of one where that stands out, or where the voice is sure.
        window: blocks that vote.
        duck_votes: votes among them at which MIA speaks more softly.
        stop_votes: votes among them at which she stops.
        settle_s: until MIA has spoken for so long in all, seconds, it takes two more, and each vote a sound louder than
            her echo: the canceller does not know the room yet, nor the clocks of the devices each other.
        unsure_s: for so long of her speech after her echo moved, seconds, it takes one more, and each vote a sound
            louder than her echo.
        fooled_s: the same once she was fooled by her own words.
        half_duplex_share: share of the blocks of her speech that get votes, at which listening meanwhile is no use.
    """

    hint_probability: float = 0.05
    voiced_probability: float = 0.1
    clear_probability: float = 0.3
    sure_probability: float = 0.4
    above_noise_db: float = 4.0
    above_echo_db: float = 3.0
    doubtless_db: float = 9.0
    spared_db: float = 8.0
    touched_db: float = 12.0
    window: int = 5
    duck_votes: int = 2
    stop_votes: int = 3
    settle_s: float = 8.0
    fooled_s: float = 3.0
    unsure_s: float = 0.6
    half_duplex_share: float = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What is known of one block of sound. Levels are against full scale, at least `SILENCE_DB`.

    Attributes:
        probability: of speech in the cleaned sound, 0 to 1.
        clean_db: level of the cleaned sound.
        residue_db: level with every echo suppressed.
        captured_db: level as the microphone gave it.
        played_db: level of what MIA played meanwhile.
        seconds: length.
    """

    probability: float
    clean_db: float
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
        unsure_s: how much more she has to speak until the canceller has found her echo again, seconds.
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
    unsure_s: float = 0.0
    played_db: tuple[float, ...] = (SILENCE_DB,)
    playing: bool = False
    since_played_s: float = 1.0

    def hear(self, rule: InterruptionRule, block: Block) -> tuple["Interruption", Verdict]:
        """Return the state after one more block and what it means. Call it for every block, also when MIA is silent."""
        loud = block.played_db > _PLAYING_DB
        since_played_s = 0.0 if loud else self.since_played_s + block.seconds
        after_long = loud and self.since_played_s > _MOVES_S
        heard = replace(
            self.unsettled(rule) if after_long else self,
            playing=since_played_s < _ECHO_S,
            since_played_s=since_played_s,
            played_db=(*self.played_db, block.played_db)[-_BESIDE_BLOCKS:],
        )
        trusted = self.played_s >= rule.settle_s and not heard.unsure_s
        vote = heard._vote(rule, block) if trusted or heard._louder(block) else 0
        votes = (*self.votes, vote)[-rule.window :]
        needed = rule.stop_votes + 2 * (self.played_s < rule.settle_s) + (heard.unsure_s > 0)
        heard = replace(heard._learned(block, loud, vote), votes=votes)
        if sum(votes) >= needed:
            return replace(heard, votes=()), "stop"  # said once; what follows is voted on anew
        return heard, "duck" if sum(votes) >= rule.duck_votes else "nothing"

    def unsettled(self, rule: InterruptionRule) -> "Interruption":
        """Return the state after the speaker ran dry or was opened anew: the echo is not where it was."""
        return replace(self, votes=(), unsure_s=max(self.unsure_s, rule.unsure_s))

    def fooled(self, rule: InterruptionRule, *, own_words: bool) -> "Interruption":
        """Return the state after she stopped for what turned out to be her `own_words`, or no words at all."""
        share = min(1.0, self.voted_share + (_FOOLED_SHARE if own_words else _FOOLED_SHARE / 2))
        return replace(self, voted_share=share, votes=(), unsure_s=rule.fooled_s if own_words else rule.unsure_s)

    def half_duplex(self, rule: InterruptionRule, *, already: bool = False) -> bool:
        """Tell whether so much of her own voice comes through that she had better not listen while she speaks.

        Where she does not do so `already`, it takes half as much: she would change her mind with every sentence.
        """
        share = rule.half_duplex_share / 2 if already else rule.half_duplex_share
        return self.voted_share > share

    def _louder(self, block: Block) -> bool:
        """Tell whether this is too loud for her echo, wherever that is."""
        return block.captured_db >= max(self.played_db) + self.coupling_db + _LOUDER_DB

    def _vote(self, rule: InterruptionRule, block: Block) -> int:
        taken_db = self._taken_db(block)
        is_heard = block.clean_db >= self.noise_db + _HEARD_DB
        above_db = self._above_db(rule, block)
        if block.probability >= rule.clear_probability and above_db >= 0:
            return 2
        if block.probability >= rule.sure_probability and is_heard and taken_db <= rule.touched_db:
            return 2
        most_db = rule.touched_db if above_db >= 0 else rule.spared_db
        if block.probability >= rule.voiced_probability and is_heard and taken_db <= most_db:
            return 1
        doubtless = above_db >= rule.doubtless_db and taken_db <= rule.spared_db
        return int(block.probability >= rule.hint_probability and is_heard and doubtless)

    def _above_db(self, rule: InterruptionRule, block: Block) -> float:
        """Return how far the suppressed sound stands out, of background and of what usually comes through of hers."""
        above_noise_db = block.residue_db - self.noise_db - rule.above_noise_db
        if not self.playing:
            return above_noise_db
        expected_db = block.captured_db - min(self.suppressed_db, _SUREST_DB)
        return min(above_noise_db, block.residue_db - min(expected_db, _LOUD_DB) - rule.above_echo_db)

    def _taken_db(self, block: Block) -> float:
        """Return how much of the sound was taken for her echo."""
        return block.captured_db - block.clean_db if self.playing else 0.0

    def _learned(self, block: Block, loud: bool, vote: int) -> "Interruption":
        noise_db = self.noise_db
        if block.residue_db < noise_db:
            noise_db += _FALL * (max(block.residue_db, _QUIETEST_DB) - noise_db)
        elif not vote:
            noise_db += _RISE_DB
        if not loud:
            return replace(self, noise_db=noise_db)
        share = self.voted_share
        if not self.unsure_s:  # while the canceller finds her echo it lets more through, which is no verdict
            share += ((vote > 0 and not self._louder(block)) - share) * block.seconds / _SHARE_S
        learned = replace(
            self,
            noise_db=noise_db,
            voted_share=share,
            played_s=self.played_s + block.seconds,
            unsure_s=max(0.0, self.unsure_s - block.seconds),
        )
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
