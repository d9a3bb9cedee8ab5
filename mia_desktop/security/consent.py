"""Consents: what the user allows each sense to be used for, and since when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from mia_desktop.core.errors import UsageError
from mia_desktop.core.memories import Source
from mia_desktop.core.ports import Database
from mia_desktop.security.audit import Audit

Answer = Literal["allowed", "refused", "asks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One use of one sense.

    Attributes:
        first: the answer until the user gives one; "asks": each time.
        help: what it means, for the user.
    """

    first: Answer
    help: str


USES: Final[dict[str, Use]] = {
    "microphone.listen": Use(first="allowed", help="Hear you while you hold the talk key or talk hands-free."),
    "microphone.keep": Use(first="allowed", help="Remember the words that you said. The sound itself is never kept."),
    "keyboard.keep": Use(first="allowed", help="Remember what you typed."),
    "camera.look": Use(first="asks", help="Look through the camera."),
    "camera.keep": Use(first="refused", help="Remember what was seen through the camera."),
    "screen.look": Use(first="asks", help="Look at the screen."),
    "screen.keep": Use(first="refused", help="Remember what was seen on the screen."),
    "files.look": Use(first="allowed", help="Look at pictures and documents that you give."),
    "files.keep": Use(first="allowed", help="Remember what was found in them."),
    "remote.send": Use(first="refused", help="Send anything to another computer."),
}
"""Every use there is, by its name."""

KEEPING: Final[dict[Source, str]] = {
    "voice": "microphone.keep",
    "typed": "keyboard.keep",
    "image": "files.keep",
    "document": "files.keep",
    "screen": "screen.keep",
}
"""Under which consent a memory is kept, by the way it came in. What MIA said herself, and imports, need none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The answer that holds for one use.

    Attributes:
        use: its name, a key of `USES`.
        answer: what the user wants.
        since_s: since when, seconds since 1970 UTC; None: never asked.
    """

    use: str
    answer: Answer
    since_s: float | None


class Consents:
    """The consents of one vault. Each change is written into the audit."""

    def __init__(self, database: Database, audit: Audit, wall_s: Callable[[], float]) -> None:
        self._database = database
        self._audit = audit
        self._wall_s = wall_s
        if not database.read("SELECT 1 FROM sqlite_master WHERE name = 'privacy_consent'"):
            with database.write() as cursor:
                cursor.execute(
                    "CREATE TABLE privacy_consent (use TEXT PRIMARY KEY, answer TEXT NOT NULL, since_s REAL NOT NULL)"
                    " WITHOUT ROWID"
                )

    def all(self) -> list[Consent]:
        """Return the answer for every use."""
        rows = self._database.read("SELECT use, answer, since_s FROM privacy_consent")
        given = {use: (answer, since_s) for use, answer, since_s in rows}
        return [
            Consent(
                use=name, answer=given.get(name, (use.first,))[0], since_s=given[name][1] if name in given else None
            )
            for name, use in USES.items()
        ]

    def answer(self, use: str) -> Answer:
        """Return the answer for one use; raises UsageError for an unknown one."""
        _known(use)
        return next(one.answer for one in self.all() if one.use == use)

    def set(self, use: str, answer: Answer) -> None:
        """Write the user's answer down; it holds from now on."""
        _known(use)
        with self._database.write() as cursor:
            cursor.execute("INSERT OR REPLACE INTO privacy_consent VALUES (?, ?, ?)", (use, answer, self._wall_s()))
            self._audit.add(cursor, who="user", action=f"consent {answer}", object_class=use)

    def used_once(self, use: str) -> None:
        """Write down that the user allowed a use this one time."""
        _known(use)
        self._audit.record(who="user", action="consent once", object_class=use)

    def keeps(self, source: Source, consent: str = "") -> bool:
        """Tell whether what comes in this way, or under the consent that is named, may be remembered."""
        use = consent or KEEPING.get(source)
        return use is None or self.answer(use) == "allowed"


def _known(use: str) -> None:
    if use not in USES:
        raise UsageError(f"There is no use {use[:40]!r}. Known are: {', '.join(USES)}.")
