"""How many cores a language model takes for its next step."""

import contextlib
import math
import time
from collections.abc import Callable, Iterator

from mia_desktop.core import workload

_CROWDED = 2.0
"""A step that takes so many times as long as the quickest one met other work on the cores."""
_CROWDED_STEPS = 3
_LEAST_S = 0.002
"""What takes less was no step: text that was there already, or the end."""
_FORGET = 1.01
"""The quickest step is forgotten slowly: conversations grow, and processors heat up."""


class Pace:
    """Gives a step all cores while nobody else needs one, else one less.

    The threads of a step wait for the slowest of them some hundred times. Alone on two cores two of them are half again
    as fast as one; beside a voice that is being synthesised they are half as fast. What this program does is known;
    what others do shows in the time that steps take.
    """

    def __init__(self, threads: int, clock_s: Callable[[], float] = time.perf_counter) -> None:
        self._most = threads
        self._clock_s = clock_s
        self._quickest_s = math.inf
        self._steps = self._crowded = 0

    def begin(self) -> None:
        """Begin a reply: whoever was there may have gone."""
        self._steps = self._crowded = 0

    @contextlib.contextmanager
    def step(self, use: Callable[[int], None]) -> Iterator[None]:
        """Tell `use` how many threads the step inside gets, and see how long it takes."""
        alone = not workload.others() and self._crowded < _CROWDED_STEPS
        use(self._most if alone else max(1, self._most - 1))
        begun_s = self._clock_s()
        yield
        took_s = self._clock_s() - begun_s
        self._steps += 1
        if alone and self._steps > 1 and took_s > _LEAST_S:  # the first one reads the prompt
            self._quickest_s = min(took_s, self._quickest_s * _FORGET)
            self._crowded += took_s > _CROWDED * self._quickest_s
