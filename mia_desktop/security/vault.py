"""The vault: unlocked, locked, its ways in changed. Its folder holds a key file, one database and sealed files."""

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.errors import (
    KeyringError,
    VaultBusyError,
    VaultDamagedError,
    VaultDiskError,
    VaultLockedError,
    VaultOlderError,
)
from mia_desktop.security import cipher, database, envelope, ways_in
from mia_desktop.security.attachments import Attachments
from mia_desktop.security.audit import Audit
from mia_desktop.security.database import LOCKED, SealedDatabase
from mia_desktop.security.envelope import Envelope
from mia_desktop.security.hardening import harden
from mia_desktop.security.keys import wipe
from mia_desktop.security.last_seen import LastSeen
from mia_desktop.security.status import Status
from mia_desktop.security.system_keyring import SecretStore
from mia_desktop.security.tries import Tries

KEY_FILE = "keys.json"
_INSTANCE_S = 0.3
"""How long to wait for another MIA that only looks whether the vault is open."""
_OLD_DATABASE = re.compile(r"vault-\d+\.db(-wal|-shm|-journal)?")
_OLDER = (
    "The vault is older than the one last seen here, or was exchanged: {}. It may only be read. Put the newer one "
    "back, or take this one for good: `mia vault unlock --accept-older`."
)


class Vault:
    """One vault in one folder, locked at first. `database` stays the same object over locking and unlocking."""

    def __init__(
        self,
        folder: Path,
        store: SecretStore | None,
        clock: Clock | None = None,
        wall_s: Callable[[], float] = time.time,
    ) -> None:
        """Take the folder, the keyring (None: there is none), and where time comes from."""
        self.folder = folder
        self.store = store
        self.wall_s = wall_s
        self.doubt = ""
        """Why the vault is not what was last seen, and may only be read; empty: it is."""
        self.database = SealedDatabase(self._committed)
        self.audit = Audit(self.database, wall_s)
        self.attachments = Attachments(folder, self.database)
        self._clock = clock or SystemClock()
        # Not bound to a thread: what one unlocked, an idle timer on another may lock.
        self._instance = FileLock(folder.with_name(f"{folder.name}.lock"), mode=0o600, thread_local=False)
        self._tries = Tries(folder / "tries.json", wall_s)
        self._envelope: Envelope | None = None
        self._data_key: bytearray | None = None
        self._last_seen: LastSeen | None = None

    # --- seeing without opening ---

    def envelope(self) -> Envelope:
        """Return the key file's content, secret or not opened; raises VaultMissingError when there is no vault."""
        path = self.folder / KEY_FILE
        if not path.exists() and self.folder.is_dir() and any(self.folder.glob("vault-*.db")):
            raise VaultDamagedError(f"The vault's key file {path} is missing. Put it back: `mia vault restore`.")
        return envelope.read(path)

    def status(self) -> Status:
        """Return what can be said without opening it."""
        seen = self.envelope()
        assert seen.daily is not None
        return Status(
            vault=seen.vault,
            generation=seen.generation,
            made=seen.made,
            keyring=seen.daily.slot is not None,
            passphrase=seen.daily.stretching is not None,
            recovery=seen.recovery is not None,
            in_use=self._in_use(),
            wait_s=self._tries.wait_s(),
            bytes=sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file()),
        )

    @property
    def unlocked(self) -> bool:
        """Whether its key is in memory."""
        return self._data_key is not None

    def now(self) -> str:
        """Return the time, ISO 8601 UTC."""
        return datetime.fromtimestamp(self.wall_s(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    # --- opening and closing ---

    def unlock(self, passphrase: str | None = None) -> None:
        """Open it with keyring and passphrase, as it was closed.

        When it is not what was last seen, `doubt` says why, and it may only be read until `accept`.

        Raises:
            VaultMissingError, VaultDamagedError: there is none, or not all of it.
            VaultBusyError: another MIA has it open.
            VaultLockedError, KeyringError, VaultKeyError: what is needed was not given, cannot be reached, or is wrong.
            VaultThrottledError: too many wrong passphrases.
        """
        self._unlock(lambda sealed: self.open_daily(sealed, passphrase))

    def open_daily(self, sealed: Envelope, passphrase: str | None) -> bytearray:
        """Return the data key for keyring and passphrase, counting the tries; raises as `unlock`."""
        data_key = ways_in.open_daily(sealed, self.store, passphrase, self._tries.begin)
        self._tries.right()
        return data_key

    def recover(self, code: str, passphrase: str | None = None, *, accept_older: bool = False) -> None:
        """Open it with the recovery kit, and give it a new way in of every day: this keyring and `passphrase`."""
        self._unlock(lambda sealed: ways_in.open_recovery(sealed, code))
        try:
            if accept_older:
                self.accept()
            self.set_passphrase(passphrase)
            self.note("recovered")
        except BaseException:
            self.lock()
            raise

    def lock(self) -> None:
        """Close all, tell the keyring what was last seen, wipe the keys. Fine when it is locked."""
        try:
            self.database.close(self._leave)
        finally:
            wipe(self._data_key)
            self._data_key = None
            self._envelope = None
            self._instance.release()

    def accept(self) -> None:
        """Take what is there for what it should be: the user's answer to `doubt`."""
        if self.doubt:
            self.doubt = self.database.only_read = ""
            self.note("older vault accepted")
            with self.database.alone() as writer:
                self._seen().keep(*database.chain(writer))

    def opened(self) -> tuple[Envelope, bytearray]:
        """Return key file and data key of the unlocked vault."""
        if self._envelope is None or self._data_key is None:
            raise VaultLockedError(LOCKED)
        return self._envelope, self._data_key

    def adopt(self, new: Envelope, data_key: bytearray) -> None:
        """Go on with another key file and data key; the old key is wiped."""
        if data_key is not self._data_key:
            wipe(self._data_key)
        self._envelope, self._data_key = new, data_key
        self._last_seen = LastSeen(new, self.store, self._clock)

    def exchange(self, make: Callable[[Any], Envelope], data_key: bytearray) -> None:
        """Go on with the database and key file that `make` makes, under `data_key`; nobody writes meanwhile."""

        def made(writer: Any) -> tuple[Path, bytearray]:
            self.adopt(make(writer), data_key)
            with contextlib.suppress(KeyringError):  # a higher generation than the one last seen is no doubt
                self._seen().keep(*database.chain(writer))
            return self.folder / self.opened()[0].database, data_key

        self.database.exchange(made)

    def _unlock(self, key: Callable[[Envelope], bytearray]) -> None:
        if self.unlocked:
            return
        harden()
        sealed = self.envelope()
        self._take_instance()
        try:
            sealed = self.envelope()  # again, now that nobody else can change it
            data_key = key(sealed)
            self.adopt(sealed, data_key)
            try:
                self._open(sealed, data_key)
            except OSError:
                raise VaultDiskError(f"The vault in {self.folder} cannot be read. Check the disk.") from None
        except BaseException:
            self.database.close()
            wipe(self._data_key)
            self._data_key = self._envelope = None
            self._instance.release()
            raise

    def _open(self, sealed: Envelope, data_key: bytearray) -> None:
        path = self.folder / sealed.database
        if not path.exists():
            raise VaultDamagedError(f"The vault's database {path} is missing. Restore a backup: `mia vault restore`.")
        journal = path.with_name(f"{path.name}-wal").exists()
        pages = cipher.fingerprint(path)
        self.database.open(path, data_key)
        with self.database.alone() as writer:
            with cipher.told():
                row = writer.execute("SELECT value FROM vault_meta WHERE key = 'vault'").fetchone()
            if row is None or row[0] != sealed.vault:
                raise VaultDamagedError(cipher.DAMAGED)
            self.doubt = self._seen().doubt(writer, pages, journal)
            if self.doubt:
                self.database.only_read = _OLDER.format(self.doubt)
                return
            self._seen().keep(*database.chain(writer))
        self.tidy(sealed)
        self.attachments.sweep()

    def _seen(self) -> LastSeen:
        if self._last_seen is None:
            raise VaultLockedError(LOCKED)
        return self._last_seen

    def _committed(self, number: int, head: bytes) -> int | None:
        return None if self._last_seen is None else self._last_seen.committed(number, head)

    def _leave(self, writer: Any) -> None:
        if self._last_seen is not None and self._envelope is not None and not self.doubt:
            self._last_seen.leave(writer, self.folder / self._envelope.database)

    # --- changing the ways in ---

    def set_passphrase(self, passphrase: str | None) -> None:
        """Set, change or (None) remove the passphrase. The keyring's secret changes too: old key files are void."""
        sealed, data_key = self.opened()
        self.refuse_in_doubt()
        old = sealed.daily.slot if sealed.daily is not None else None
        new = ways_in.seal_daily(sealed, data_key, self.store, passphrase, sealed.other_slot)
        envelope.write(self.folder / KEY_FILE, new)
        self.adopt(new, data_key)
        if old is not None and self.store is not None:
            self.store.delete(ways_in.entry(sealed, old))
        self._tries.right()
        self.note("passphrase removed" if passphrase is None else "passphrase set")

    def new_recovery(self) -> str:
        """Make a new recovery kit and return its code; the old kit is void."""
        sealed, data_key = self.opened()
        self.refuse_in_doubt()
        new, code = ways_in.seal_recovery(sealed, data_key)
        envelope.write(self.folder / KEY_FILE, new)
        self.adopt(new, data_key)
        self.note("recovery kit made")
        return code

    def refuse_in_doubt(self) -> None:
        """Raise VaultOlderError when it may only be read."""
        if self.doubt:
            raise VaultOlderError(self.database.only_read)

    def note(self, action: str) -> None:
        """Write into the audit what the user did with the vault."""
        self.audit.record(who="user", action=action, object_class="vault")

    def tidy(self, sealed: Envelope) -> None:
        """Remove what an interrupted change left: databases and secrets that the key file does not name."""
        for file in self.folder.iterdir():
            old = _OLD_DATABASE.fullmatch(file.name) and not file.name.startswith(sealed.database)
            if old or file.name.startswith((f".{KEY_FILE}-", ".tries.json-", ".snapshot.db")):
                file.unlink()
        if self.store is not None:
            for slot in {"a", "b"} - {sealed.daily.slot if sealed.daily else None}:
                with contextlib.suppress(KeyringError):
                    self.store.delete(ways_in.entry(sealed, slot))

    # --- one MIA at a time ---

    def _take_instance(self) -> None:
        try:
            self._instance.acquire(timeout=_INSTANCE_S, poll_interval=0.02)
        except Timeout:
            raise VaultBusyError("Another MIA has the vault open. Close it, or lock the vault there.") from None
        except OSError:
            raise VaultDiskError(f"The vault's folder {self.folder.parent} cannot be written.") from None

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other MIA away from the locked vault's files."""
        self._take_instance()
        try:
            yield
        finally:
            self._instance.release()

    def _in_use(self) -> bool:
        if self.unlocked:
            return True
        try:
            self._instance.acquire(timeout=0)
        except Timeout:
            return True
        except OSError:
            return False
        self._instance.release()
        return False
