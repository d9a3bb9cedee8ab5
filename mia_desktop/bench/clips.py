"""Clips to measure hearing on: spoken questions made on demand, anybody's recordings, and sound without any speech."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mia_desktop.core.ports import HEARING_RATE_HZ, Synthesizer
from mia_desktop.core.ring import Samples
from mia_desktop.senses import sound_file

_LONGEST_CLIP_S = 60.0

QUESTIONS = (
    "What time is it?",
    "Who wrote Hamlet?",
    "What is the capital of France?",
    "And what is the capital of Italy?",
    "How much is seventeen plus twenty five?",
    "Can you tell me a short joke?",
    "What is the weather usually like in Lisbon in November?",
    "My name is Anna, and I have a cat called Biscuit.",
    "What is the name of my cat?",
    "How many grams are there in two and a half pounds?",
    "Please explain in one sentence why the sky is blue.",
    "Is Mount Everest higher than eight thousand eight hundred metres?",
    "What is the difference between a violin and a viola?",
    "Remind me, which planet is the closest one to the sun?",
    "If a train leaves at nine fifteen and needs three hours, when does it arrive?",
    "Give me three words that rhyme with light.",
    "What did Marie Curie get her first Nobel Prize for?",
    "How do you say good evening in Spanish?",
    "I would like to cook something with rice, tomatoes and chicken. What do you suggest?",
    "Which is larger, one third or three eighths?",
    "Thank you. And who was the first person to walk on the moon?",
    "My brother Thomas lives in Copenhagen, and I want to visit him in spring. What should I pack?",
    "What are the first five prime numbers?",
    "Does water boil at a lower temperature high up in the mountains?",
    "How long does it take for light to travel from the sun to the earth, and how far is that in kilometres?",
    "Who painted the Mona Lisa?",
    "How far away is the moon?",
    "Stop.",
    "Yes.",
    "No, thank you.",
    "Can you repeat the last sentence a little more slowly?",
    "What would be a good title for a story about a lighthouse keeper who finds a letter in a bottle?",
)
"""Things that people ask, from one word to about eight seconds."""

ANSWERED = tuple(question for question in QUESTIONS if question != "Stop.")
"""Those of them that get an answer."""

ANSWERS = (
    "The capital of France is Paris.",
    "Seventeen plus twenty five is forty two.",
    "The sky is blue because air scatters short waves of light more than long ones.",
    "Pack a warm coat, an umbrella, and good shoes. Spring in Copenhagen is fresh and windy.",
    "A violin is smaller than a viola and sounds higher.",
    "Mercury is the planet that is closest to the sun.",
    "Your cat is called Biscuit.",
    "I am not sure about that, but I can tell you what I know.",
    "Neil Armstrong was the first person to walk on the moon, in July of nineteen sixty nine.",
    "Fry the chicken first, then add the rice and the tomatoes, and let it simmer for twenty minutes.",
    "Light needs a little more than eight minutes from the sun to the earth.",
    "Yes, it does. The higher you climb, the lower is the pressure, and water boils sooner.",
)
"""Things that MIA says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A sound and the words in it.

    Attributes:
        name: what to call it.
        samples: float32, shape (n,), 16 kHz, mono, in [-1, 1].
        words: what is said, or empty when nobody speaks; None when it is not known.
    """

    name: str
    samples: Samples
    words: str | None


def spoken(texts: Iterable[str], synthesizer: Synthesizer) -> list[Clip]:
    """Return each text as the synthesizer says it."""
    import soxr

    clips: list[Clip] = []
    for number, text in enumerate(texts, 1):
        sound = np.concatenate([part.samples for part in synthesizer.synthesize(text)])
        samples = soxr.resample(sound, synthesizer.sample_rate_hz, HEARING_RATE_HZ).astype(np.float32)
        clips.append(Clip(name=f"question-{number:02d}", samples=np.clip(samples, -1.0, 1.0), words=text))
    return clips


def in_folder(folder: Path) -> list[Clip]:
    """Return the WAV and FLAC files of a folder, in order; a `.txt` of the same name holds the words.

    Raises InputError when a file cannot be read.
    """
    clips: list[Clip] = []
    for file in sorted((*folder.glob("*.wav"), *folder.glob("*.flac"))):
        beside = file.with_suffix(".txt")
        words = beside.read_text("utf-8").strip() if beside.exists() else None
        clips.append(Clip(name=file.stem, samples=sound_file.load(file, _LONGEST_CLIP_S), words=words))
    return clips


def without_speech(seed: int, length_s: float, babble_of: Iterable[Samples] = ()) -> list[Clip]:
    """Return sounds in which nobody says anything: silence, noises, hum, clicks, music-like tones.

    With recordings of speech, also babble: six of them at once, played backwards.
    """
    chance = np.random.default_rng(seed)
    size = int(length_s * HEARING_RATE_HZ)
    makers: dict[str, Callable[[np.random.Generator, int], Samples]] = {
        "silence": lambda _chance, size: np.zeros(size, dtype=np.float32),
        "hiss": lambda chance, size: _level(chance.standard_normal(size), -60),
        "white": lambda chance, size: _level(chance.standard_normal(size), -30),
        "pink": lambda chance, size: _level(_coloured(chance, size, 0.5), -30),
        "brown": lambda chance, size: _level(_coloured(chance, size, 1.0), -30),
        "hum": _hum,
        "clicks": _clicks,
        "tones": _tones,
    }
    clips = [Clip(name=name, samples=make(chance, size), words="") for name, make in makers.items()]
    speech = [one for one in babble_of if len(one)]
    if speech:
        picked = [speech[i][::-1] for i in chance.integers(len(speech), size=6)]
        babble = np.sum([np.roll(np.resize(one, size), chance.integers(size)) for one in picked], axis=0)
        clips.append(Clip(name="babble", samples=_level(babble, -30), words=""))
    return clips


def _level(sound: np.ndarray, decibels: float) -> Samples:
    """Return `sound` at that root mean square below full scale."""
    loud = float(np.sqrt(np.mean(np.square(sound)))) or 1.0
    return np.clip(sound / loud * 10 ** (decibels / 20), -1.0, 1.0).astype(np.float32)


def _coloured(chance: np.random.Generator, size: int, power: float) -> np.ndarray:
    """Return noise whose amplitude falls with frequency to `power`."""
    spectrum = np.fft.rfft(chance.standard_normal(size))
    frequency = np.arange(len(spectrum), dtype=np.float64)
    frequency[0] = np.inf
    return np.fft.irfft(spectrum / frequency**power, size)


def _hum(chance: np.random.Generator, size: int) -> Samples:
    """Return mains hum with its overtones, over a little noise."""
    time_s = np.arange(size) / HEARING_RATE_HZ
    hum = np.sum([np.sin(2 * np.pi * 50 * n * time_s) / n for n in (1, 2, 3, 4, 6)], axis=0)
    return _level(hum + 0.1 * chance.standard_normal(size), -30)


def _clicks(chance: np.random.Generator, size: int) -> Samples:
    """Return keystrokes: short decaying bursts, about four a second."""
    sound = np.zeros(size)
    burst = np.exp(-np.arange(480) / 80)
    for start in chance.integers(0, size - len(burst), size=4 * size // HEARING_RATE_HZ):
        sound[start : start + len(burst)] += burst * chance.standard_normal(len(burst)) * chance.uniform(0.05, 0.3)
    return np.clip(sound, -1.0, 1.0).astype(np.float32)


def _tones(chance: np.random.Generator, size: int) -> Samples:
    """Return chords with overtones and an attack, two a second, like music from a neighbour's room."""
    sound = np.zeros(size)
    note = np.arange(HEARING_RATE_HZ // 2) / HEARING_RATE_HZ
    for start in range(0, size - len(note) + 1, len(note)):
        root_hz = 220 * 2 ** (int(chance.integers(12)) / 12)
        for step in (0, 4, 7):
            pitch_hz = root_hz * 2 ** (step / 12)
            for overtone in (1, 2, 3):
                wave = np.sin(2 * np.pi * pitch_hz * overtone * note) / overtone
                sound[start : start + len(note)] += wave * np.exp(-3 * note)
    return _level(sound, -25)
