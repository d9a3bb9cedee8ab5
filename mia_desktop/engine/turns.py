"""The visible state of the conversation. Pure: a state and an event give the next state."""

from dataclasses import dataclass, replace
from typing import Literal

from mia_desktop.core.events import (
    DeviceLost,
    DeviceReturned,
    Event,
    HealthChanged,
    MuteChanged,
    ReadingStarted,
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
        held: the turn that fell silent for the live one, or None.
        resting: the state to return to when no turn is under way.
        muted: whether nothing is heard.
        lost: a sentence for each device that is missing.
    """

    state: State = "warming up"
    why: str = ""
    live: TurnId | None = None
    held: TurnId | None = None
    resting: State = "warming up"
    muted: bool = False
    lost: tuple[tuple[Literal["microphone", "speaker"], str], ...] = ()

    def after(self, event: Event) -> "Conversation":
        """Return the conversation after `event`; events of turns that are over change nothing."""
        match event:
            case HealthChanged(ok=ok, why=why):
                resting: State = "ready" if ok else "trouble"
                rested = replace(self, resting=resting, why=why)
                return rested if self.live is not None else rested._at_rest()
            case SpeechStarted(turn=turn, over=over):
                return replace(self, live=turn, held=over, state="listening")
            case TranscriptReady(turn=turn) if self.live is None or turn >= self.live:
                return replace(self, live=turn, state="thinking")
            case ReadingStarted(turn=turn):
                return replace(self, live=turn, state="thinking")
            case SpeechEnded(turn=turn) if turn == self.live:
                return replace(self, state="thinking")
            case SpeechReady(turn=turn) if turn == self.live:
                return replace(self, state="speaking")
            case TurnFinished(turn=turn) if turn == self.held:
                return replace(self, held=None)
            case TurnFinished(turn=turn) if turn == self.live and self.held is not None:
                return replace(self, live=self.held, held=None, state="speaking")
            case TurnFinished(turn=turn) if turn == self.live:
                return replace(self, live=None)._at_rest()
            case DeviceLost(kind=kind, why=why):
                return replace(self, lost=(*self.lost, (kind, why)), why=why, state="trouble")
            case DeviceReturned(kind=kind):
                back = replace(self, why="", lost=tuple(one for one in self.lost if one[0] != kind))
                return back._at_rest() if self.live is None or back.lost else replace(back, state="thinking")
            case MuteChanged(on=on):
                changed = replace(self, muted=on)
                return changed._at_rest() if self.live is None else changed
            case WorkerFailed(gave_up=True, error=error):
                return replace(self, resting="trouble", why=str(error), state="trouble", live=None)
        return self

    def _at_rest(self) -> "Conversation":
        if self.lost:
            return replace(self, state="trouble", why=self.lost[-1][1])
        return replace(self, state="muted" if self.muted and self.resting == "ready" else self.resting)
