"""How soon MIA answers, beside the plain way of doing the same and beside what is possible at all.

Three ways, one run, the same models and questions:

* MIA: the engine as it ships, fed in real time, by talk key and hands-free.
* sequential: the whole utterance through `transcribe`, then the whole reply, then the whole of its speech.
* floor: the final reading of the words, the first clause's tokens after a prompt that was read already, and the
  speech of that clause, each timed alone.

Clocks: A last voiced sample, B end of the turn decided, C text, D first token, E first speech samples ready.
"""

import dataclasses
import queue
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mia_desktop.bench.clips import Clip
from mia_desktop.bench.word_error import total_word_errors
from mia_desktop.core.commands import NewConversation, SetHandsFree, StartListening, StopListening
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError
from mia_desktop.core.events import (
    Event,
    ReplyWritten,
    SpeechEnded,
    SpeechReady,
    SpeechStarted,
    StateChanged,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.items import Message
from mia_desktop.core.ports import HEARING_RATE_HZ, VoiceDetector
from mia_desktop.core.ring import Samples
from mia_desktop.engine.assembly import Makers, build
from mia_desktop.language import prompts
from mia_desktop.language.llama import LlamaModel
from mia_desktop.language.output_format import SentenceCutter
from mia_desktop.monitor.latency import Timings, Waterfall
from mia_desktop.perception.audio_encoder import WhisperEncoder
from mia_desktop.senses.replay import ReplayInput
from mia_desktop.speech.recorder import Recorder
from mia_desktop.speech.spoken_text import spoken
from mia_desktop.speech.synthesizer import PiperSynthesizer

Tell = Callable[[str], None]

_GROUP = 6
"""Questions in one conversation."""
_TURN_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The models of one run, loaded once, so that all ways are measured on the same."""

    encoder: WhisperEncoder
    language: LlamaModel
    synthesizer: PiperSynthesizer
    makers: Makers


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One turn of MIA's.

    Attributes:
        clip: name of the question.
        text: what was understood.
        reply: what she answered.
        release_to_audio_s: from the end of the question's sound to the first speech samples, seconds.
        timings: clocks B to E, seconds from A.
        parts: how often the end of the question was seen; more than once is a false cut-off.
        early: how often she had something to say before the question was over, by what the user would hear.
    """

    clip: str
    text: str
    reply: str
    release_to_audio_s: float
    timings: Timings
    parts: int = 1
    early: int = 0


def load(makers: Makers) -> Models:
    """Load the models; raises ModelError when one is not the part that this bench knows how to time."""
    encoder, language, synthesizer = makers.encoder(), makers.language(), makers.synthesizer()
    if (
        not isinstance(encoder, WhisperEncoder)
        or not isinstance(language, LlamaModel)
        or not isinstance(synthesizer, PiperSynthesizer)
    ):
        raise ModelError("The voice bench measures Whisper, llama.cpp and Piper. Choose such models with `mia config`.")
    return Models(
        encoder=encoder,
        language=language,
        synthesizer=synthesizer,
        makers=dataclasses.replace(
            makers, encoder=lambda: encoder, language=lambda: language, synthesizer=lambda: synthesizer
        ),
    )


def with_tail(clip: Clip, detector: VoiceDetector, tail_s: float) -> Clip:
    """Return `clip` with silence of exactly `tail_s` after its last voiced sample."""
    end = last_voiced(clip.samples, detector)
    samples = np.concatenate((clip.samples[:end], np.zeros(int(tail_s * HEARING_RATE_HZ), dtype=np.float32)))
    return dataclasses.replace(clip, samples=samples)


def last_voiced(samples: Samples, detector: VoiceDetector) -> int:
    """Return the number of samples up to the end of the last voiced block."""
    detector.reset()
    size, end = detector.block_samples, len(samples)
    padded = np.pad(samples, (0, size))
    for start in range(0, len(samples), size):
        if detector.probability(padded[start : start + size]) >= 0.5:
            end = start + size
    return min(end, len(samples))


def first_voiced(samples: Samples, detector: VoiceDetector) -> int:
    """Return the number of samples before the first voiced block."""
    detector.reset()
    size = detector.block_samples
    for start in range(0, len(samples) - size, size):
        if detector.probability(samples[start : start + size]) >= 0.5:
            return start
    return 0


class Talk:
    """A conversation with the engine from recordings in real time."""

    def __init__(self, settings: Settings, models: Models) -> None:
        self._microphone, self._speaker = ReplayInput(real_time=True), Recorder()
        self._engine = build(settings, models.makers, self._microphone, self._speaker)
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._engine.subscribe(self._events.put)

    def __enter__(self) -> "Talk":
        self._engine.start()
        while True:
            event = self._next()
            if isinstance(event, StateChanged) and event.state == "trouble":
                raise ModelError(event.why)
            if isinstance(event, StateChanged) and event.state == "ready":
                return self

    def __exit__(self, *_error: object) -> None:
        self._engine.stop()

    @property
    def state(self) -> str:
        """The engine's visible state."""
        return self._engine.snapshot().state

    def begin(self, *, hands_free: bool) -> None:
        """Begin a new conversation."""
        self._engine.submit(NewConversation())
        self._engine.submit(SetHandsFree(on=hands_free))

    def by_key(self, clip: Clip) -> Spoken:
        """Hold the key for exactly as long as the clip lasts."""
        self._engine.submit(StartListening())
        while not isinstance(self._next(), SpeechStarted):
            pass
        self._microphone.play(clip.samples)
        self._microphone.wait_until_heard(_TURN_S)
        released_s = time.monotonic()
        self._engine.submit(StopListening())
        return self._follow(clip, released_s)

    def hands_free(self, clip: Clip) -> Spoken:
        """Say the clip into silence."""
        quiet = np.zeros(4 * HEARING_RATE_HZ, dtype=np.float32)
        self._microphone.play(np.concatenate((quiet[: HEARING_RATE_HZ // 2], clip.samples, quiet)))
        spoken_s = time.monotonic() + (HEARING_RATE_HZ // 2 + len(clip.samples)) / HEARING_RATE_HZ
        return self._follow(clip, spoken_s)

    def _follow(self, clip: Clip, spoken_s: float) -> Spoken:
        self._speaker.take()  # nobody listens to it; kept, it would look like a leak
        waterfall, text, reply, audio_s, parts, early = Waterfall(), "", "", 0.0, 0, 0
        while True:
            event = self._next()
            if isinstance(event, SpeechEnded):
                waterfall = Waterfall()
                parts += 1
            waterfall.see(event)
            if isinstance(event, TranscriptReady):
                text = event.text
            elif isinstance(event, SpeechReady):
                audio_s = event.at_s
                early += audio_s < spoken_s
            elif isinstance(event, ReplyWritten):
                reply = event.text
            elif isinstance(event, TurnFinished) and time.monotonic() >= spoken_s and event.outcome != "cancelled":
                return Spoken(
                    clip=clip.name,
                    text=text,
                    reply=reply,
                    release_to_audio_s=audio_s - spoken_s,
                    timings=waterfall.timings,
                    parts=parts,
                    early=early,
                )

    def _next(self) -> Event:
        try:
            return self._events.get(timeout=_TURN_S)
        except queue.Empty:
            raise ModelError("The engine did not answer for a minute; the measurement was stopped.") from None


def conversations(clips: Sequence[Clip]) -> list[Sequence[Clip]]:
    """Return the clips as several conversations."""
    return [clips[start : start + _GROUP] for start in range(0, len(clips), _GROUP)]


def talk(settings: Settings, models: Models, clips: Sequence[Clip], tell: Tell, *, hands_free: bool) -> list[Spoken]:
    """Let MIA answer all clips."""
    answered: list[Spoken] = []
    with Talk(settings, models) as one:
        for group in conversations(clips):
            one.begin(hands_free=hands_free)
            for clip in group:
                answered.append(one.hands_free(clip) if hands_free else one.by_key(clip))
                tell(f"{len(answered)}/{len(clips)} {clip.name}: {answered[-1].release_to_audio_s:.2f} s")
    return answered


def sequential(
    settings: Settings, models: Models, clips: Sequence[Clip], tell: Tell
) -> tuple[list[float], list[str], list[str]]:
    """Do the same one after the other; return seconds to the first audio, texts and replies."""
    seconds: list[float] = []
    texts: list[str] = []
    replies: list[str] = []
    models.encoder.transcribe_plainly(clips[0].samples, settings.hearing_language)  # loads its model
    for group in conversations(clips):
        messages = [Message(role="system", text=prompts.system())]
        models.language.read([*messages, Message(role="user", text="Hello.")])
        for clip in group:
            started_s = time.perf_counter()
            text = models.encoder.transcribe_plainly(clip.samples, settings.hearing_language).text
            messages.append(Message(role="user", text=text))
            reply = "".join(models.language.reply(messages, settings.reply_tokens))
            messages.append(Message(role="assistant", text=reply))
            models.synthesizer.forget_phrases()
            for _ in models.synthesizer.synthesize(spoken(reply)):
                pass
            seconds.append(time.perf_counter() - started_s)
            texts.append(text)
            replies.append(reply)
            tell(f"{len(seconds)}/{len(clips)} {clip.name}: {seconds[-1]:.2f} s")
    return seconds, texts, replies


def floor(settings: Settings, models: Models, clips: Sequence[Clip], tell: Tell) -> list[float]:
    """Return the least possible seconds to the first audio of each clip."""
    seconds: list[float] = []
    for group in conversations(clips):
        messages = [Message(role="system", text=prompts.system())]
        for clip in group:
            started_s = time.perf_counter()
            text = models.encoder.transcribe(clip.samples, settings.hearing_language).text
            heard_s = time.perf_counter() - started_s
            messages.append(Message(role="user", text=text))
            models.language.read(messages)
            cutter, reply, clause, clause_s = SentenceCutter(), "", "", 0.0
            started_s = time.perf_counter()
            for piece in models.language.reply(messages, settings.reply_tokens):
                reply += piece
                cut = cutter.feed(piece) or cutter.whole()
                if cut and not clause:
                    clause, clause_s = cut[0][0], time.perf_counter() - started_s
            clause_s = clause_s or time.perf_counter() - started_s
            messages.append(Message(role="assistant", text=reply))
            models.synthesizer.forget_phrases()
            started_s = time.perf_counter()
            next(models.synthesizer.synthesize(spoken(clause or reply), soon=True), None)
            seconds.append(heard_s + clause_s + time.perf_counter() - started_s)
            tell(f"{len(seconds)}/{len(clips)} {clip.name}: {seconds[-1]:.2f} s")
    return seconds


def word_error(clips: Sequence[Clip], texts: Sequence[str]) -> float | None:
    """Return the word error rate over the clips whose words are known, or None without any."""
    pairs = [(clip.words, text) for clip, text in zip(clips, texts, strict=True) if clip.words]
    return round(total_word_errors(pairs).rate, 4) if pairs else None


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Return median and 95th percentile."""
    return {"p50": round(float(np.percentile(values, 50)), 3), "p95": round(float(np.percentile(values, 95)), 3)}
