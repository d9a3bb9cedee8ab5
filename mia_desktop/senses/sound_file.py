"""Sound files: WAV, FLAC, OGG and MP3, any rate, any number of channels."""

from pathlib import Path

import numpy as np

from mia_desktop.core.errors import InputError
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples

_BLOCK_FRAMES = 65_536


def load(untrusted_path: Path, most_s: float) -> Samples:
    """Return a file's sound as float32, shape (n,), 16 kHz, mono, in [-1, 1].

    Memory is bounded by `most_s` seconds of sound at 16 kHz. Raises InputError saying what is wrong with the file.
    """
    import soundfile
    import soxr

    if not untrusted_path.exists():
        raise InputError(f"There is no file {untrusted_path}. Check the name.")
    if untrusted_path.is_dir():
        raise InputError(f"{untrusted_path} is a folder. Name a sound file in it.")
    if untrusted_path.stat().st_size == 0:
        raise InputError(f"{untrusted_path} is empty. Record it again.")
    pieces: list[Samples] = []
    count = 0
    try:
        with soundfile.SoundFile(untrusted_path) as file:
            stream = soxr.ResampleStream(file.samplerate, HEARING_RATE_HZ, 1, dtype="float32", quality="HQ")
            while True:
                block = file.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)
                mono = block.mean(axis=1)
                if not np.isfinite(mono).all():
                    raise InputError(f"{untrusted_path} holds values that are not numbers. Export it again.")
                done = len(block) < _BLOCK_FRAMES
                pieces.append(stream.resample_chunk(np.clip(mono, -1.0, 1.0), last=done))
                count += len(pieces[-1])
                if count > most_s * HEARING_RATE_HZ:
                    raise InputError(f"{untrusted_path} is longer than {most_s / 60:.0f} minutes. Cut it into pieces.")
                if done:
                    break
    except soundfile.LibsndfileError:
        raise InputError(
            f"{untrusted_path} is not a sound file that MIA can read. Use WAV, FLAC, OGG or MP3."
        ) from None
    except (OSError, ValueError):
        raise InputError(f"{untrusted_path} cannot be read. Check the file and its permissions.") from None
    samples: Samples = np.concatenate(pieces)
    if not len(samples):
        raise InputError(f"{untrusted_path} has no sound in it. Record it again.")
    return samples
