"""Decides when a spoken turn begins and ends. Pure: values and seconds in, decisions out."""

from dataclasses import dataclass, replace
from typing import Literal

Verdict = Literal["waiting", "started", "speaking", "pause", "ended"]


_SURE = 0.75
"""A turn this likely to be complete ends as soon as the pause has settled."""
_STEEPNESS = 0.3
"""How soon doubt makes the wait long. Both were chosen on one half of the human clips: docs/decisions/0005."""
_SETTLE_S = 0.1
"""A third of the breaths that people take between two words last no longer than a pause and this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointRule:
    """When speech counts, and how long silence has to be.

    Attributes:
        voiced_probability: a block counts as voiced from here on, 0 to 1.
        start_s: voiced time that opens a turn, seconds.
        end_silence_s: unvoiced time that closes it when nobody judges the pause, seconds.
        pause_s: unvoiced time after which the pause is to be judged, seconds; a turn judged complete ends 0.1 s later.
        patience_s: unvoiced time that closes even a turn judged incomplete, seconds.
    """

    voiced_probability: float
    start_s: float
    end_silence_s: float
    pause_s: float = 0.2
    patience_s: float = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where in a turn we are.

    Attributes:
        speaking: whether a turn is open.
        voiced_s: voiced time since the last long silence, seconds.
        silent_s: unvoiced time since the last voiced block, seconds.
        paused: whether this silence was told as a pause.
        needed_s: the silence that this pause was judged to need before the turn ends, seconds; None: not judged.
    """

    speaking: bool = False
    voiced_s: float = 0.0
    silent_s: float = 0.0
    paused: bool = False
    needed_s: float | None = None

    def hear(self, rule: EndpointRule, probability: float, block_s: float) -> tuple["Endpoint", Verdict]:
        """Return the state after one more block and what it means.

        "pause" comes once in each silence inside a turn: judge it and call `judge`, or leave it to `end_silence_s`.
        """
        if probability >= rule.voiced_probability:
            heard = Endpoint(speaking=self.speaking, voiced_s=self.voiced_s + block_s)
            if self.speaking:
                return heard, "speaking"
            if heard.voiced_s >= rule.start_s:
                return replace(heard, speaking=True), "started"
            return heard, "waiting"
        quiet = replace(self, silent_s=self.silent_s + block_s)
        if not self.speaking:
            return (Endpoint() if quiet.silent_s >= rule.start_s else quiet), "waiting"
        if quiet._over(rule):
            return Endpoint(), "ended"
        if not self.paused and quiet.silent_s >= rule.pause_s:
            return replace(quiet, paused=True), "pause"
        return quiet, "speaking"

    def judge(self, rule: EndpointRule, completeness: float) -> tuple["Endpoint", Verdict]:
        """Return the state once the present pause was judged, and "ended" when it has lasted long enough already.

        A judgement that comes after the speaker went on changes nothing; a later one for the same pause replaces the
        earlier, so that words may correct what the sound alone said.
        """
        if not self.speaking or not self.paused:
            return self, "speaking" if self.speaking else "waiting"
        judged = replace(self, needed_s=silence_needed_s(rule, completeness))
        return (Endpoint(), "ended") if judged._over(rule) else (judged, "speaking")

    def _over(self, rule: EndpointRule) -> bool:
        return self.silent_s >= (rule.end_silence_s if self.needed_s is None else self.needed_s)


def silence_needed_s(rule: EndpointRule, completeness: float) -> float:
    """Return the silence after which a turn ends that is complete with this probability, seconds."""
    doubt = min(1.0, max(0.0, (_SURE - completeness) / _SURE))
    shortest_s = rule.pause_s + _SETTLE_S
    return shortest_s + max(0.0, rule.patience_s - shortest_s) * float(doubt**_STEEPNESS)
