"""Keeps out words that nobody said. Pure."""

import re
from dataclasses import replace

from mia_desktop.core.items import Hearing, Segment

# Thresholds of Radford et al. 2022, "Robust Speech Recognition via Large-Scale Weak Supervision", section 4.5.
_NO_SPEECH = 0.6
_LOG_PROBABILITY = -1.0
_COMPRESSION = 2.4

_LEAST_VOICED_S = 0.1
_WORDS_PER_VOICED_S = 10.0
"""The quickest human clip has 8 words in a second of voice, most have 3 to 5; inventions on noise have over 50."""
_SPARE_WORDS = 3

_PHRASE_VOICED_S = 0.3
_PHRASE_NO_SPEECH = 0.4
_PHRASE_LOG_PROBABILITY = -0.8
# What Whisper's training on subtitles makes it write over silence and noise. People say some of it too: it is refused
# only when the sound speaks against it.
_PHRASES = frozenset(
    (
        "you",
        "i",
        "thank you",
        "thank you very much",
        "thank you so much",
        "thanks",
        "thanks for watching",
        "thank you for watching",
        "please subscribe",
        "subscribe",
        "like and subscribe",
        "see you next time",
        "see you in the next video",
        "bye",
        "bye bye",
        "okay",
        "ok",
        "oh",
        "ah",
        "uh",
        "hmm",
        "so",
        "yeah",
        "the end",
        "music",
        "applause",
        "silence",
        "subtitles by the amaraorg community",
    )
)
_SOUND_NAME = re.compile(r"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♪♫]+[^♪♫]*[♪♫]+|[♪♫]")

_LOOP_WORDS = 9
_LOOP_TURNS = 3


def admits(segment: Segment, voiced_s: float | None = None) -> bool:
    """Tell whether a segment is to be believed; `voiced_s` is how much voice the whole sound has, if known."""
    words = _words(_SOUND_NAME.sub(" ", segment.text))
    unsure = segment.mean_log_probability < _LOG_PROBABILITY
    return (
        bool(words)
        and not (unsure and (voiced_s is not None or segment.no_speech_probability > _NO_SPEECH))
        and segment.compression_ratio <= _COMPRESSION
        and not loops(segment.text)
        and not (" ".join(words) in _PHRASES and _weak(segment, voiced_s))
    )


def gated(hearing: Hearing, voiced_s: float | None = None) -> Hearing:
    """Return `hearing` with only what is to be believed.

    Args:
        hearing: what the audio encoder wrote.
        voiced_s: how long the voice detector heard a voice in the same sound, seconds; None when it was not asked.
    """
    kept = tuple(segment for segment in hearing.segments if admits(segment, voiced_s))
    text = " ".join(segment.text for segment in kept)
    if loops(text) or (voiced_s is not None and _too_much(text, voiced_s)):
        kept, text = (), ""
    return replace(hearing, segments=kept, text=text)


def loops(text: str) -> bool:
    """Tell whether the recogniser ran in a circle: the same words three times in a row, nine words or more in all."""
    words = _words(text)
    for length in range(1, len(words) // _LOOP_TURNS + 1):
        same = 0
        for place in range(length, len(words)):
            same = same + 1 if words[place] == words[place - length] else 0
            if same >= max(_LOOP_WORDS, _LOOP_TURNS * length) - length:
                return True
    return False


def _too_much(text: str, voiced_s: float) -> bool:
    return voiced_s < _LEAST_VOICED_S or len(_words(text)) > _SPARE_WORDS + _WORDS_PER_VOICED_S * voiced_s


def _weak(segment: Segment, voiced_s: float | None) -> bool:
    """Tell whether the sound speaks against a phrase that is often invented."""
    hardly_voiced = voiced_s is not None and voiced_s < _PHRASE_VOICED_S
    return hardly_voiced or (
        segment.no_speech_probability > _PHRASE_NO_SPEECH and segment.mean_log_probability < _PHRASE_LOG_PROBABILITY
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.lower().replace("’", "'").replace(".org", "org"))
