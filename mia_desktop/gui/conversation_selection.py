"""What of a conversation is selected: letters, from one message to another."""


class Selection:
    """From where the user began to where they are, each a row and a gap between letters."""

    def __init__(self) -> None:
        self._from = (0, 0)
        self._to = (0, 0)

    def begin(self, row: int, place: int) -> None:
        """Begin anew."""
        self._from = self._to = (row, place)

    def extend(self, row: int, place: int) -> None:
        """Go on to another place."""
        self._to = (row, place)

    def take(self, row: int, start: int, end: int) -> None:
        """Select within a message."""
        self._from, self._to = (row, start), (row, end)

    def clear(self) -> None:
        """Select nothing."""
        self._from = self._to = (0, 0)

    def rows(self) -> range:
        """Return the rows in which something is selected; empty when nothing is."""
        if self._from == self._to:
            return range(0)
        first, last = sorted((self._from, self._to))
        return range(first[0], last[0] + 1)

    def within(self, row: int, letters: int) -> tuple[int, int]:
        """Return the gaps between which a message of so many letters is selected; twice the same when it is not."""
        if row not in self.rows():
            return 0, 0
        first, last = sorted((self._from, self._to))
        start = first[1] if row == first[0] else 0
        end = last[1] if row == last[0] else letters
        return min(start, letters), min(end, letters)
