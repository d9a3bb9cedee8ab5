"""Reading a TOML table strictly: each complaint names the place and the field."""

from collections.abc import Iterable, Sequence

from mia_desktop.core.errors import ModelError


class Table:
    """One table of a file that anybody may have edited.

    Args:
        untrusted: what the parser gave.
        place: where the table stands, for messages.
    """

    def __init__(self, untrusted: object, place: str) -> None:
        self._place = place
        self._seen: set[str] = set()
        if not isinstance(untrusted, dict):
            raise ModelError(f"{place}: a table was expected. Mend or delete that entry.")
        self._untrusted: dict[str, object] = untrusted

    def within(self, place: str) -> "Table":
        """Return the same table under a better name."""
        table = Table(self._untrusted, f"{self._place}, {place}")
        table._seen = self._seen
        return table

    def wrong(self, field: str, why: str) -> ModelError:
        """Return the error that says what is wrong with `field`."""
        return ModelError(f"{self._place}: '{field}' {why}. Mend or delete that entry.")

    def keys(self) -> Iterable[str]:
        """Return the names of the fields."""
        return self._untrusted.keys()

    def text(self, field: str, default: str | None = None) -> str:
        """Return a field that must be text."""
        value = self._take(field, default)
        if not isinstance(value, str):
            raise self.wrong(field, "must be text")
        return value

    def number(self, field: str, default: int | None = None) -> int:
        """Return a field that must be a whole number from 0."""
        value = self._take(field, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.wrong(field, "must be a whole number, 0 or more")
        return value

    def flag(self, field: str) -> bool:
        """Return a field that is true, false or absent."""
        value = self._take(field, False)
        if not isinstance(value, bool):
            raise self.wrong(field, "must be true or false")
        return value

    def choice(self, field: str, choices: Sequence[str]) -> str:
        """Return a field that must be one of `choices`."""
        value = self.text(field)
        if value not in choices:
            raise self.wrong(field, f"must be one of {', '.join(choices)}")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a field that is a list of texts or absent."""
        return self._texts(field, self._take(field, []))

    def tables(self, field: str) -> list["Table"]:
        """Return a field that is a list of tables or absent."""
        value = self._take(field, [])
        if not isinstance(value, list):
            raise self.wrong(field, "must be a list of tables")
        return [Table(one, f"{self._place}, {field} {number}") for number, one in enumerate(value, 1)]

    def table(self, field: str) -> "Table":
        """Return a field that must be a table."""
        return Table(self._take(field, None), f"{self._place}, {field}")

    def string_map(self) -> dict[str, str]:
        """Return the whole table, all of whose fields must be text."""
        return {key: self.text(key) for key in self._untrusted}

    def list_map(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Yield the whole table, all of whose fields must be lists of texts, none empty."""
        for key, value in self._untrusted.items():
            lines = self._texts(key, value)
            if not lines:
                raise self.wrong(key, "must not be empty")
            yield key, lines

    def nothing_else(self) -> None:
        """Raise ModelError when the table has fields that nobody asked for."""
        for key in self._untrusted:
            if key not in self._seen:
                raise self.wrong(key, "is not known here")

    def _texts(self, field: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong(field, "must be a list of texts")
        return tuple(value)

    def _take(self, field: str, default: object) -> object:
        self._seen.add(field)
        value = self._untrusted.get(field, default)
        if value is None:
            raise self.wrong(field, "is missing")
        return value
