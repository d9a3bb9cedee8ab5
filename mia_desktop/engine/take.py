"""What is being said in one turn, block by block, and where its sound ends."""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from mia_desktop.core.items import Judgement
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples
from mia_desktop.core.turn import TurnId

_RESTED_S: Final = 0.3
"""A silence that parts what was said from what follows; shorter ones are within phrases and words."""
_FAINT_S: Final = 0.25
"""How long after a voice the end of its last word may come: a stop, a breath and a consonant without voice."""
_FAINT: Final = 0.02
"""34 dB below the loudest block such an end is still heard. Of 89 human clips three have one after the guess."""
_OVER_NOISE: Final = 3.0
"""And it is that much louder than the quietest block of the turn."""


@dataclass(slots=True, kw_only=True)
class Take:
    """What the user has said so far in an open turn. All places and lengths are numbers of samples.

    Attributes:
        turn: whose sound it is.
        by_key: whether a key is held meanwhile.
        over: the turn that it interrupts.
        blocks: the sound, pre-roll included.
        length: of the sound.
        last_voiced: where the last block with a voice ends.
        faint_end: where a sound ends that came after the guess and is still of the last word.
        rested_at: where the words before the last long silence end.
        voiced: length of the blocks with a voice.
        loudest: highest level of a block, root mean square.
        quietest: lowest level of a block.
        sound: probability that the turn is complete, by its sound.
        judgement: what the words so far say about that.
        sent_at: the length at which it was last read.
        guessed: whether the words so far are read as if they were all.
    """

    turn: TurnId
    by_key: bool
    over: TurnId | None = None
    blocks: list[Samples] = field(default_factory=list)
    length: int = 0
    last_voiced: int = 0
    faint_end: int = 0
    rested_at: int = 0
    voiced: int = 0
    loudest: float = 0.0
    quietest: float = math.inf
    sound: float = 0.5
    judgement: Judgement | None = None
    sent_at: int = 0
    guessed: bool = False

    @property
    def revision(self) -> int:
        """Of the utterance so far."""
        return 2 * self.end

    @property
    def end(self) -> int:
        """Where the last sound of the speaker's ends, as far as it matters to what was read."""
        return max(self.last_voiced, self.faint_end)

    def keep(self, block: Samples, *, voiced: bool) -> None:
        """Add a block."""
        self.blocks.append(block)
        self.length += len(block)
        level = float(np.sqrt(np.mean(np.square(block)))) if len(block) else 0.0
        self.loudest, self.quietest = max(self.loudest, level), min(self.quietest, level)
        if voiced:
            if self.length - len(block) - self.end >= _RESTED_S * HEARING_RATE_HZ:
                self.rested_at = self.end
            self.voiced += len(block)
            self.last_voiced = self.length
        elif (
            self.guessed
            and self.length - self.last_voiced <= _FAINT_S * HEARING_RATE_HZ
            and level > max(_FAINT * self.loudest, _OVER_NOISE * self.quietest)
        ):
            self.faint_end = self.length

    def go_on_from(self, before: "Take") -> None:
        """Begin with what was said in a turn whose end was seen too early: what follows belongs to it."""
        for block in before.blocks:
            self.keep(block, voiced=False)
        self.voiced, self.sent_at = before.voiced, self.length
