"""What forgetting leaves to be done outside of the database. It stands in the vault until it is done."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mia_desktop.security.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What became of backups that held what was forgotten.

    Attributes:
        done: those that hold now what the vault holds.
        missed: those that could not be reached, and hold it still.
    """

    done: tuple[Path, ...]
    missed: tuple[Path, ...]


class Outbox:
    """The sealed files to destroy and the backups to renew; over crashes and restarts nothing of it is lost."""

    def __init__(self, vault: "Vault") -> None:
        self._vault = vault
        self._missed: set[Path] = set()

    def empty(self) -> None:
        """Destroy the sealed files of what was forgotten, and note which backups still hold it."""
        from mia_desktop.security import erasure

        if not self._vault.database.read("SELECT 1 FROM outbox WHERE task <> 'backup' LIMIT 1"):
            return
        with self._vault.database.write() as cursor:
            tasks = cursor.execute("SELECT id, task, item FROM outbox WHERE task <> 'backup'").fetchall()
            files = [item for _, task, item in tasks if task == "destroy"]
            for name in files:
                self._vault.attachments.erase(cursor, name)
            if any(task == "renew" for _, task, _ in tasks):
                cursor.execute("DELETE FROM outbox WHERE task = 'backup'")
                cursor.executemany(
                    "INSERT INTO outbox (task, item) VALUES ('backup', ?)",
                    [(str(path),) for path in erasure.known_backups(self._vault)],
                )
            cursor.executemany("DELETE FROM outbox WHERE id = ?", [(number,) for number, _, _ in tasks])
        if files:
            self._vault.attachments.sweep()

    def renew_backups(self, *, every: bool = False) -> Renewed:
        """Renew the backups that hold what was forgotten since they were made (or every one), as far as that goes.

        One that cannot be reached (an unplugged disk) is tried again when the vault is unlocked the next time.
        """
        from mia_desktop.security import erasure

        self.empty()
        outbox = self._vault.database.read("SELECT item FROM outbox WHERE task = 'backup' ORDER BY item")
        stale = [Path(row[0]) for row in outbox if Path(row[0]) not in self._missed]
        done, missed = erasure.renew_backups(self._vault, erasure.known_backups(self._vault) if every else stale)
        if done:
            with self._vault.database.write() as cursor:
                cursor.executemany("DELETE FROM outbox WHERE task = 'backup' AND item = ?", [(str(p),) for p in done])
        self._missed.update(missed)
        return Renewed(done=tuple(done), missed=tuple(missed))
