"""What the user was typing and has not sent, kept in the vault and nowhere else."""

from typing import Final

from mia_desktop.core.ports import Database

_KEY: Final = "draft "


class Drafts:
    """One text for each conversation; it goes when it was sent.

    Args:
        database: the vault's; it has the tables of memory.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, conversation: str) -> str:
        """Return what was being typed in a conversation (empty: in the new one); empty when there is nothing."""
        rows = self._database.read("SELECT value FROM memory_meta WHERE key = ?", (_KEY + conversation,))
        return str(rows[0][0]) if rows else ""

    def keep(self, conversation: str, text: str) -> None:
        """Keep what is being typed in a conversation; with an empty text, nothing any more."""
        with self._database.write() as cursor:
            if text:
                cursor.execute("INSERT OR REPLACE INTO memory_meta VALUES (?, ?)", (_KEY + conversation, text))
            else:
                cursor.execute("DELETE FROM memory_meta WHERE key = ?", (_KEY + conversation,))

    def forget_all(self) -> None:
        """Keep nothing of any conversation."""
        with self._database.write() as cursor:
            cursor.execute("DELETE FROM memory_meta WHERE substr(key, 1, ?) = ?", (len(_KEY), _KEY))
