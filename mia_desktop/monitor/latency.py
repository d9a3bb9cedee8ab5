"""The waterfall of a turn: what took how long. Pure."""

from dataclasses import dataclass, replace

from mia_desktop.core.events import (
    Event,
    ReplyStarted,
    SpeechEnded,
    SpeechReady,
    TranscriptReady,
    TurnFinished,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Seconds from the last voiced sample, or for typed text from its arrival; None for what did not happen.

    Attributes:
        endpoint_s: until the end of the utterance was decided, seconds.
        text_s: until its text was known, seconds.
        first_token_s: until the language model's first token, seconds.
        first_audio_s: until the first sound went to the speaker, seconds.
        reply_done_s: until the whole reply was given, seconds.
    """

    endpoint_s: float | None = None
    text_s: float | None = None
    first_token_s: float | None = None
    first_audio_s: float | None = None
    reply_done_s: float | None = None


class Waterfall:
    """Collects the times of one turn from its events."""

    def __init__(self) -> None:
        self.timings = Timings()
        self._zero_s = 0.0

    def see(self, event: Event) -> None:
        """Take note of an event of the turn; others do no harm."""
        if isinstance(event, SpeechEnded):
            self._zero_s = event.last_voiced_at_s
            self._note(endpoint_s=event.at_s)
        elif isinstance(event, TranscriptReady):
            if not event.spoken:
                self._zero_s = event.at_s
            self._note(text_s=event.at_s)
        elif isinstance(event, ReplyStarted):
            self._note(first_token_s=event.at_s)
        elif isinstance(event, SpeechReady):
            self._note(first_audio_s=event.at_s)
        elif isinstance(event, TurnFinished):
            self._note(reply_done_s=event.at_s)

    def _note(self, **at_s: float) -> None:
        """Set a time, once: an answer that was held sounds twice."""
        for name, value in at_s.items():
            if getattr(self.timings, name) is None:
                self.timings = replace(self.timings, **{name: round(max(0.0, value - self._zero_s), 4)})


def drawn(timings: Timings, width: int = 40) -> str:
    """Return the waterfall as text, a line per stage."""
    steps = [
        ("endpoint", timings.endpoint_s),
        ("text", timings.text_s),
        ("first token", timings.first_token_s),
        ("first audio", timings.first_audio_s),
        ("reply done", timings.reply_done_s),
    ]
    known = [(name, at_s) for name, at_s in steps if at_s is not None]
    longest_s = max((at_s for _, at_s in known), default=0.0) or 1.0
    lines, before = [], 0
    for name, at_s in known:
        end = max(before + 1, round(at_s / longest_s * width))
        lines.append(f"  {name:<12}{' ' * before}{'█' * (end - before):<{width + 2 - before}}{at_s:7.2f} s")
        before = min(end, width)
    return "\n".join(lines)
