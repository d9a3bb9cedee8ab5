"""Decides when a spoken turn begins and ends. Pure: values and seconds in, decisions out."""

from dataclasses import dataclass, replace
from typing import Literal

Verdict = Literal["waiting", "started", "speaking", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointRule:
    """When speech counts.

    Attributes:
        voiced_probability: a block counts as voiced from here on, 0 to 1.
        start_s: voiced time that opens a turn, seconds.
        end_silence_s: unvoiced time that closes it, seconds.
    """

    voiced_probability: float
    start_s: float
    end_silence_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where in a turn we are.

    Attributes:
        speaking: whether a turn is open.
        voiced_s: voiced time since the last long silence, seconds.
        silent_s: unvoiced time since the last voiced block, seconds.
    """

    speaking: bool = False
    voiced_s: float = 0.0
    silent_s: float = 0.0

    def hear(self, rule: EndpointRule, probability: float, block_s: float) -> tuple["Endpoint", Verdict]:
        """Return the state after one more block and what it means."""
        if probability >= rule.voiced_probability:
            heard = replace(self, voiced_s=self.voiced_s + block_s, silent_s=0.0)
            if self.speaking:
                return heard, "speaking"
            if heard.voiced_s >= rule.start_s:
                return replace(heard, speaking=True), "started"
            return heard, "waiting"
        quiet = replace(self, silent_s=self.silent_s + block_s)
        if self.speaking:
            return (Endpoint(), "ended") if quiet.silent_s >= rule.end_silence_s else (quiet, "speaking")
        return (Endpoint() if quiet.silent_s >= rule.start_s else quiet), "waiting"
