"""Where a sound is in a recording."""

import numpy as np
import numpy.typing as npt

from mia_desktop.core.ring import Samples


def likeness(recorded: Samples, sound: Samples) -> npt.NDArray[np.float64]:
    """Return the normalised cross-correlation (-1 to 1) for each place where all of `sound` may be in `recorded`.

    Both have shape (n,); the result is empty where the recording is shorter.
    """
    if len(recorded) < len(sound):
        return np.zeros(0)
    within, sought = recorded.astype(np.float64), sound.astype(np.float64)
    size = 1 << (len(within) + len(sought) - 1).bit_length()
    products = np.fft.irfft(np.fft.rfft(within, size) * np.conj(np.fft.rfft(sought, size)), size)
    squares = np.concatenate(([0.0], np.cumsum(np.square(within))))
    power = (squares[len(sought) :] - squares[: -len(sought)]).clip(0) * np.square(sought).sum()
    alike: npt.NDArray[np.float64] = products[: len(power)] / (np.sqrt(power) + 1e-6)
    return alike
