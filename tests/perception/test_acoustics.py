"""Sounds are told apart by how they sound; the clips are of people."""

import itertools

import numpy as np

from mia_desktop.perception.acoustics import acoustic_vector
from mia_desktop.senses.sound_file import load
from tests.conftest import SAMPLES

SPEAKERS = {
    "reader": (
        "leisure-to-consider",
        "not-ill-disposed",
        "unless-cold-hearted",
        "more-amiable-woman",
        "amiable-himself",
    ),
    "cards": ("ten-of-clubs", "queen-of-clubs", "seven-of-clubs", "five-five", "three-cards"),
    "president": ("ask-not",),
    "first of arctic": ("superlative-degree",),
    "second of arctic": ("faced-gregson",),
    "woman": ("north-wind",),
}


def test_clips_of_one_speaker_sound_more_alike_than_those_of_two() -> None:
    vectors = {
        (speaker, clip): acoustic_vector(load(SAMPLES / "human" / f"{clip}.flac", 60.0))
        for speaker, clips in SPEAKERS.items()
        for clip in clips
    }
    same, others = [], []
    for (one, first), (other, second) in itertools.combinations(vectors.items(), 2):
        (same if one[0] == other[0] else others).append(float(first @ second))
    auc = np.mean([alike > different for alike in same for different in others])
    assert auc > 0.9, auc


def test_the_vector_has_length_one_even_of_silence() -> None:
    for samples in (np.zeros(16_000, dtype=np.float32), np.zeros(1_600, dtype=np.float32)):
        vector = acoustic_vector(samples)
        assert vector.shape == (160,)
        assert np.linalg.norm(vector) < 1.01
