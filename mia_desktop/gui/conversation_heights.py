"""Where each row of a long list lies, when only those that were seen have been measured."""

import numpy as np
import numpy.typing as npt


class Heights:
    """Heights of rows, pixels: estimated at first, measured once they are seen.

    Attributes:
        exact: for each row, whether its height was measured (bool, shape (rows,)).
    """

    def __init__(self) -> None:
        self._heights: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self._ends: npt.NDArray[np.int64] | None = None
        self.exact: npt.NDArray[np.bool_] = np.zeros(0, np.bool_)

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        """The height of all rows together, pixels."""
        ends = self._summed()
        return int(ends[-1]) if len(ends) else 0

    def estimate_all(self, estimates: npt.NDArray[np.int64]) -> None:
        """Begin with estimates (int64, shape (rows,), pixels)."""
        self._heights = estimates.copy()
        self.exact = np.zeros(len(estimates), np.bool_)
        self._ends = None

    def insert(self, row: int, estimates: npt.NDArray[np.int64]) -> None:
        """Put estimated rows (int64, shape (rows,), pixels) before `row`."""
        self._heights = np.insert(self._heights, row, estimates)
        self.exact = np.insert(self.exact, row, np.zeros(len(estimates), np.bool_))
        self._ends = None

    def remove(self, first: int, last: int) -> None:
        """Take away the rows from `first` to `last`."""
        self._heights = np.delete(self._heights, slice(first, last + 1))
        self.exact = np.delete(self.exact, slice(first, last + 1))
        self._ends = None

    def measure(self, row: int, height: int) -> None:
        """Note the true height of a row, pixels."""
        self.exact[row] = True
        if self._heights[row] != height:
            self._heights[row] = height
            self._ends = None

    def top(self, row: int) -> int:
        """Return where a row begins, pixels."""
        return int(self._summed()[row] - self._heights[row])

    def height(self, row: int) -> int:
        """Return the height of a row, pixels."""
        return int(self._heights[row])

    def row_at(self, y: int) -> int:
        """Return the row at `y` pixels, or the nearest one; -1 when there is none."""
        return min(int(np.searchsorted(self._summed(), y, side="right")), len(self._heights) - 1)

    def _summed(self) -> npt.NDArray[np.int64]:
        if self._ends is None:
            self._ends = np.cumsum(self._heights)
        return self._ends


def estimated(
    letters: npt.NDArray[np.int64],
    lines: npt.NDArray[np.int64],
    *,
    letters_a_line: float,
    line_px: float,
    around_px: float,
) -> npt.NDArray[np.int64]:
    """Guess how high texts will be.

    Args:
        letters: how long each is, int64, shape (texts,).
        lines: line ends in each, int64, shape (texts,).
        letters_a_line: how many letters fit into a line.
        line_px: height of a line, pixels.
        around_px: what is above and below the text, pixels.

    Returns:
        Heights, int64, shape (texts,), pixels.
    """
    needed: npt.NDArray[np.float64] = np.ceil(letters / max(1.0, letters_a_line)) + lines
    guessed: npt.NDArray[np.int64] = (np.maximum(1.0, needed) * line_px + around_px).astype(np.int64)
    return guessed
