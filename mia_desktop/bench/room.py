"""A room made of numbers: how a speaker sounds at the microphone beside it. Pure."""

from dataclasses import dataclass

import numpy as np

from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room with a speaker and a microphone.

    Attributes:
        echo_db: level of the echo at the microphone, against what is played.
        delay_s: from the speaker to the microphone, with the devices between, seconds.
        reverberation_s: time in which the echo's tail falls by 60 dB, seconds; 0 for none.
        noise_db: level of the background noise, against full scale.
        drift_ppm: how much faster the microphone's clock runs than the speaker's.
        clip: peak at which the small speaker distorts, against the loudest sample played; 1 for never.
        seed: chance of tail and noise.
    """

    echo_db: float = -12.0
    delay_s: float = 0.06
    reverberation_s: float = 0.2
    noise_db: float = -60.0
    drift_ppm: float = 0.0
    clip: float = 1.0
    seed: int = 7

    def echo(self, played: Samples) -> Samples:
        """Return what of `played` (float32, 16 kHz) reaches the microphone; as long as `played`."""
        sound = played.astype(np.float64)
        if self.clip < 1:
            edge = self.clip * float(np.abs(sound).max(initial=1e-9))
            sound = edge * np.tanh(sound / edge)
        if self.drift_ppm:
            at = np.arange(len(sound)) * (1 + self.drift_ppm * 1e-6)
            sound = np.interp(at, np.arange(len(sound)), sound)
        heard = _convolve(sound, self._response())[: len(played)]
        out: Samples = (heard * _loudness(played) / max(_loudness(heard), 1e-9) * 10 ** (self.echo_db / 20)).astype(
            np.float32
        )
        return out

    def noise(self, count: int) -> Samples:
        """Return `count` samples of background noise, softer at high frequencies (6 dB an octave from 500 Hz)."""
        white = np.random.default_rng(self.seed).standard_normal(count)
        share = np.exp(-2 * np.pi * 500 / HEARING_RATE_HZ)
        length = 256
        brown = _convolve(white, share ** np.arange(length))[:count]
        out: Samples = (brown / max(_loudness(brown), 1e-9) * 10 ** (self.noise_db / 20)).astype(np.float32)
        return out

    def _response(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """A direct sound and a tail of noise that decays exponentially (Polack 1988)."""
        delay = round(self.delay_s * HEARING_RATE_HZ)
        tail = round(self.reverberation_s * HEARING_RATE_HZ)
        response = np.zeros(delay + tail + 1)
        if tail:
            chance = np.random.default_rng(self.seed)
            decay = 10 ** (-3 * np.arange(tail) / tail)
            response[delay + 1 :] = 0.25 * chance.standard_normal(tail) * decay
        response[delay] = 1.0
        return response


def loudness_db(samples: Samples) -> float:
    """Return the level of the parts of `samples` that sound, against full scale."""
    return float(20 * np.log10(max(_loudness(samples), 1e-9)))


def _loudness(samples: np.ndarray[tuple[int, ...], np.dtype[np.floating]]) -> float:
    """Root mean square of the 20 ms pieces within 30 dB of the loudest one."""
    size = HEARING_RATE_HZ // 50
    whole = samples[: len(samples) // size * size].reshape(-1, size).astype(np.float64)
    if not len(whole):
        return 0.0
    power = np.mean(np.square(whole), axis=1)
    return float(np.sqrt(np.mean(power[power >= power.max() * 1e-3])))


def _convolve(
    sound: np.ndarray[tuple[int], np.dtype[np.float64]], response: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    size = 1 << int(len(sound) + len(response) - 1).bit_length()
    return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)[: len(sound) + len(response) - 1]
