"""Commands: what a face asks of the engine, through ``engine.submit``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StartListening:
    """The talk key went down. What MIA says is cut short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopListening:
    """The talk key went up: what was said is a whole utterance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHandsFree:
    """Let the voice detector decide when a turn begins and ends.

    Attributes:
        on: whether it does.
    """

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMuted:
    """Hear nothing at all, or hear again.

    Attributes:
        on: whether the microphone's sound is thrown away.
    """

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskText:
    """The user typed something.

    Attributes:
        text: what.
        aloud: whether the answer is to be spoken.
    """

    text: str
    aloud: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTurn:
    """Stop: listening, thinking and speaking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConversation:
    """Forget what was said so far."""


Command = StartListening | StopListening | SetHandsFree | SetMuted | AskText | CancelTurn | NewConversation
