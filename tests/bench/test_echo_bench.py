import numpy as np
import pytest

from mia_desktop.bench.echo import monologue, simulate
from mia_desktop.bench.room import Room, loudness_db
from mia_desktop.core.ring import Samples
from mia_desktop.perception.interruption import InterruptionRule
from mia_desktop.perception.voice_detector import SileroDetector
from mia_desktop.senses.sound_file import load
from tests.conftest import SAMPLES


def _clips() -> list[Samples]:
    return [load(file, 20) for file in sorted(SAMPLES.glob("*.wav"))]


def _begun(clip: Samples) -> Samples:
    return clip[int(np.argmax(np.abs(clip) > 0.05)) :]


@pytest.mark.parametrize("user_db", [None, 6.0])
def test_she_is_not_stopped_by_herself_but_by_others(user_db: float | None) -> None:
    clips = _clips()
    report = simulate(
        voice=clips[:2],
        users=[_begun(clip) for clip in clips[2:]],
        room=Room(echo_db=-12),
        user_db=user_db,
        minutes=0.5,
        detector=SileroDetector(),
        rule=InterruptionRule(),
    )
    if user_db is None:
        assert report.stops == 0
    else:
        assert report.detected / report.interruptions > 0.7
        assert np.median(report.onset_to_stop_s) < 0.35


def test_without_a_canceller_she_would_stop_herself() -> None:
    report = simulate(
        voice=_clips(),
        users=[],
        room=Room(echo_db=-6),
        user_db=None,
        minutes=1.0,
        detector=SileroDetector(),
        rule=InterruptionRule(),
        canceller=False,
    )
    assert report.half_duplex or report.stops > 0


def test_an_echo_is_as_loud_and_as_late_as_the_room_says() -> None:
    voice = monologue(_clips(), 0.2, np.random.default_rng(1))
    echo = Room(echo_db=-12, delay_s=0.1, reverberation_s=0.0).echo(voice)
    assert loudness_db(echo) - loudness_db(voice) == pytest.approx(-12, abs=0.3)
    size = 1 << 19
    likeness = np.fft.irfft(np.fft.rfft(echo, size) * np.conj(np.fft.rfft(voice, size)))
    assert int(np.argmax(likeness)) == 1600


def test_noise_is_as_loud_as_the_room_says() -> None:
    assert loudness_db(Room(noise_db=-50).noise(16_000)) == pytest.approx(-50, abs=1)
