"""Parts that are quick and predictable. The contract suites run on them and on the real parts."""

from collections.abc import Iterator, Sequence

import numpy as np

from mia_desktop.core.items import Hearing, Message, Segment
from mia_desktop.core.ring import Samples


class FakeDetector:
    """Takes loud blocks for speech."""

    block_samples = 512

    def probability(self, block: Samples) -> float:
        return 1.0 if float(np.abs(block).max()) > 0.1 else 0.0

    def reset(self) -> None:
        pass


class FakeEncoder:
    """Hears the same words in everything but silence."""

    model = "fake-encoder"

    def __init__(self, text: str = "What is this?") -> None:
        self.text = text
        self.heard: list[Samples] = []

    def transcribe(self, samples: Samples, language: str | None) -> Hearing:
        self.heard.append(samples)
        segments: tuple[Segment, ...] = ()
        if np.abs(samples).max(initial=0.0) > 0.01:
            segments = (
                Segment(
                    start_s=0.0,
                    end_s=len(samples) / 16_000,
                    text=self.text,
                    no_speech_probability=0.0,
                    mean_log_probability=-0.1,
                    compression_ratio=1.0,
                ),
            )
        return Hearing(
            text=" ".join(one.text for one in segments),
            language=language or "en",
            segments=segments,
            audio_s=len(samples) / 16_000,
            compute_s=0.0,
        )


class FakeLanguageModel:
    """Answers with given texts, word by word; a token is a word."""

    model = "fake-language"
    context_tokens = 2048

    def __init__(self, *replies: str) -> None:
        self.replies = list(replies) or ["It is a test. It works."]
        self.prompts: list[list[Message]] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def warm_up(self, messages: Sequence[Message]) -> None:
        pass

    def reply(self, messages: Sequence[Message], most_tokens: int) -> Iterator[str]:
        self.prompts.append(list(messages))
        text = self.replies[(len(self.prompts) - 1) % len(self.replies)]
        for number, word in enumerate(text.split(" ")[:most_tokens]):
            yield f" {word}" if number else word


class FakeSynthesizer:
    """Gives 10 ms of sound per letter."""

    model = "fake-voice"
    sample_rate_hz = 16_000

    def __init__(self) -> None:
        self.said: list[str] = []

    def synthesize(self, text: str) -> Iterator[Samples]:
        if any(c.isalnum() for c in text):
            self.said.append(text)
            yield np.full(160 * len(text), 0.2, dtype=np.float32)


class SlowSpeaker:
    """Plays only when told to."""

    name = "slow speaker"

    def __init__(self) -> None:
        self.queued_s = 0.0
        self.played_s = 0.0
        self.flushed = 0

    def open(self) -> None:
        pass

    def write(self, samples: Samples, sample_rate_hz: int) -> int:
        self.queued_s += len(samples) / sample_rate_hz
        return len(samples)

    def pending_s(self) -> float:
        return self.queued_s - self.played_s

    def flush(self) -> None:
        self.flushed += 1
        self.queued_s = self.played_s = 0.0

    def close(self) -> None:
        pass
