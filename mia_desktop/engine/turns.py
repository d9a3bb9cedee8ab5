"""The visible state of the conversation. Pure: a state and an event give the next state."""

from dataclasses import dataclass, replace

from mia_desktop.core.events import (
    DeviceLost,
    Event,
    HealthChanged,
    SpeechEnded,
    SpeechReady,
    SpeechStarted,
    State,
    TranscriptReady,
    TurnFinished,
    WorkerFailed,
)
from mia_desktop.core.turn import TurnId


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Where the conversation stands.

    Attributes:
        state: the visible state.
        why: a sentence in "trouble", else empty.
        live: the turn under way, or None.
        resting: the state to return to when no turn is under way.
    """

    state: State = "warming up"
    why: str = ""
    live: TurnId | None = None
    resting: State = "warming up"

    def after(self, event: Event) -> "Conversation":
        """Return the conversation after `event`; events of turns that are over change nothing."""
        match event:
            case HealthChanged(ok=ok, why=why):
                resting: State = "ready" if ok else "trouble"
                return replace(self, resting=resting, why=why, state=resting if self.live is None else self.state)
            case SpeechStarted(turn=turn):
                return replace(self, live=turn, state="listening")
            case TranscriptReady(turn=turn) if self.live is None or turn >= self.live:
                return replace(self, live=turn, state="thinking")
            case SpeechEnded(turn=turn) if turn == self.live:
                return replace(self, state="thinking")
            case SpeechReady(turn=turn) if turn == self.live:
                return replace(self, state="speaking")
            case TurnFinished(turn=turn) if turn == self.live:
                return replace(self, live=None, state=self.resting)
            case DeviceLost(why=why):
                return replace(self, resting="trouble", why=why, state="trouble", live=None)
            case WorkerFailed(gave_up=True, error=error):
                return replace(self, resting="trouble", why=str(error), state="trouble", live=None)
        return self
