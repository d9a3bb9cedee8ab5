"""What is erased is erased wherever MIA reaches: free pages, journal, indexes, sealed files, backups (T25, T26)."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from mia_desktop.core.errors import InputError, VaultDamagedError, VaultMissingError
from mia_desktop.core.memories import AboutPerson, Between, ById, Everything, Experience, FromSource, Selector
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.memory.memory import Memory
from mia_desktop.security import backup, erasure, making
from mia_desktop.security.vault import Vault
from tests.memory.hashed_embedder import HashedEmbedder
from tests.security.parts import MemoryKeyring, decrypted_pages

CANARY = "xqzvcanaryjkwpt"
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
OTHER = Experience(text="The plum tree blossoms.", at=NOW - timedelta(days=9), speaker="Ben", source="typed")


class Home:
    """A vault, the time in it, and what is in its memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NOW
        self.keyring = MemoryKeyring()
        vault = self._vault()
        self.kit = making.create(vault)
        self.open()

    def _vault(self) -> Vault:
        return Vault(self.folder / "vault", self.keyring, wall_s=lambda: self.now.timestamp())

    def open(self) -> RuledMemory:
        self.vault = self._vault()
        self.vault.unlock()

        def opened() -> Memory:
            return Memory(self.vault.database, HashedEmbedder())

        self.ruled = RuledMemory(opened(), self.vault, opened)
        return self.ruled

    def crash(self) -> None:
        """Leave everything as a killed process does, and start again."""
        before = self.vault
        left = self.folder / "left"
        shutil.copytree(self.folder / "vault", left)
        before.lock()
        shutil.rmtree(self.folder / "vault")
        left.rename(self.folder / "vault")
        for name in [one for one in self.keyring.entries if "seen" in one]:
            del self.keyring.entries[name]  # what the killed one has not told the keyring

    def spread(self) -> int:
        """Let a canary get everywhere; return the id of the memory that it came with."""
        ruled, when = self.ruled, NOW - timedelta(hours=3)
        ruled.remember_all([OTHER])
        text = f"My cat is called {CANARY.capitalize()}. {CANARY}"
        (one,) = ruled.remember_all(
            [Experience(text=text, at=when, speaker="Anna", source="voice", conversation="today")]
        )
        assert one is not None
        answer = f"Your cat {CANARY.capitalize()} is asleep in the kitchen."
        ruled.remember_all(
            [
                Experience(
                    text=answer,
                    at=when,
                    speaker="MIA",
                    source="mia",
                    trust="mia",
                    conversation="today",
                    recalled=(one,),
                )
            ]
        )
        ruled.consents.set("files.keep", "allowed")
        shown = Experience(text=f"A picture of {CANARY}", at=when, speaker="Anna", source="image", conversation="today")
        picture = ruled.keep_picture(shown, np.ones(4, np.float32), "labels", CANARY.encode() * 100)
        with self.vault.database.write() as cursor:  # a summary of both
            cursor.execute("INSERT INTO derivation VALUES (?, ?)", (one, picture))
        return ruled.edit(one, f"{text} She is black.", NOW - timedelta(hours=2))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    yield home
    home.vault.lock()


def traces(data: bytes) -> list[str]:
    raw = CANARY.encode()
    forms = {"plain": raw, "capital": raw.capitalize(), "reversed": raw[::-1], "utf-16": CANARY.encode("utf-16-le")}
    return [name for name, form in forms.items() if form in data]


def content_of(saved: Path, home: Home) -> bytes:
    """Return every page in a backup, and what its sealed files hold."""
    elsewhere = Vault(home.folder / "elsewhere" / "vault", home.keyring)
    elsewhere.folder.parent.mkdir()
    try:
        backup.restore(elsewhere, saved, lambda sealed: elsewhere.open_daily(sealed, None))
        elsewhere.unlock()
        files = elsewhere.database.read("SELECT id FROM vault_attachment")
        return decrypted_pages(elsewhere) + b"".join(
            piece for (one,) in files for piece in elsewhere.attachments.read(one)
        )
    finally:
        elsewhere.lock()
        shutil.rmtree(elsewhere.folder.parent)


CHOICES: dict[str, Callable[[int], Selector]] = {
    "item": lambda one: ById(ids=(one,)),
    "time": lambda _: Between(start=NOW - timedelta(hours=4), end=NOW),
    "person": lambda _: AboutPerson(name=CANARY),
    "source": lambda _: FromSource(source="voice"),
    "all": lambda _: Everything(),
}


@pytest.mark.parametrize("choose", CHOICES.values(), ids=CHOICES)
def test_what_is_erased_is_nowhere_in_the_decrypted_vault_its_files_and_its_backups(
    home: Home, tmp_path: Path, choose: Callable[[int], Selector]
) -> None:
    one = home.spread()
    near, far = tmp_path / "near.backup", tmp_path / "disk" / "far.backup"
    far.parent.mkdir()
    erasure.save(home.vault, near)
    erasure.save(home.vault, far)
    assert traces(decrypted_pages(home.vault))
    assert traces(content_of(near, home))
    far.parent.rename(tmp_path / "unplugged")

    gone = home.ruled.forget(choose(one))
    assert len(gone.ids) >= 4, "what was made of it went with it"
    assert traces(decrypted_pages(home.vault)) == []
    assert home.vault.database.read("SELECT * FROM vault_attachment") == []
    assert not list((home.vault.folder / "attachments").iterdir())
    orphans = "SELECT 1 FROM vec WHERE memory NOT IN (SELECT id FROM memory)"
    assert home.vault.database.read(orphans) == []
    assert CANARY not in str([hit.memory.text for hit in home.ruled.recall("What is my cat called?", NOW)]).lower()
    left = home.ruled.memory.recall_parts().index
    assert left.count == len(left.matrix) == home.ruled.memory.stats().memories

    renewed = home.ruled.renew_backups()
    assert (renewed.done, renewed.missed) == ((near,), (far,))
    assert traces(content_of(near, home)) == []
    assert home.ruled.renew_backups().missed == (), "it is not looked for again and again"
    (tmp_path / "unplugged").rename(far.parent)
    home.vault.lock()
    home.open().tidy()
    assert traces(content_of(far, home)) == [], "plugged in again, it is renewed"
    assert home.ruled.renew_backups() == type(renewed)(done=(), missed=())


def test_what_nothing_was_forgotten_of_is_left_as_it_is(home: Home, tmp_path: Path) -> None:
    home.spread()
    erasure.save(home.vault, tmp_path / "a.backup")
    before = (tmp_path / "a.backup").read_bytes()
    home.ruled.tidy()
    assert (tmp_path / "a.backup").read_bytes() == before


def test_a_picture_stays_when_only_the_older_words_for_it_are_erased(home: Home) -> None:
    home.spread()
    ((old, name),) = home.vault.database.read("SELECT id, attachment FROM memory WHERE attachment <> ''")
    home.ruled.edit(old, "A picture of a black cat", NOW)
    assert home.ruled.forget(ById(ids=(old,))).attachments == ()
    assert home.ruled.attachment(name)


def test_after_a_crash_between_forgetting_and_destroying_the_next_start_destroys(home: Home, tmp_path: Path) -> None:
    home.spread()
    erasure.save(home.vault, tmp_path / "a.backup")
    home.ruled.memory.forget(Everything())  # and then the power fails
    assert list((home.vault.folder / "attachments").iterdir())
    home.crash()
    home.open()
    assert home.vault.database.read("SELECT * FROM vault_attachment") == []
    assert not list((home.vault.folder / "attachments").iterdir())
    home.ruled.tidy()
    assert traces(content_of(tmp_path / "a.backup", home)) == []


def test_a_file_that_took_a_backups_place_is_not_touched(home: Home, tmp_path: Path) -> None:
    home.spread()
    place = tmp_path / "a.backup"
    erasure.save(home.vault, place)
    place.write_text("My thesis.")
    with pytest.raises(InputError, match="there already"):
        erasure.save(home.vault, place)
    home.ruled.forget(Everything())
    assert home.ruled.renew_backups(every=True).missed == (place,)
    assert erasure.destroy(home.vault) == ([], [place])
    assert place.read_text() == "My thesis."


def test_a_backup_that_could_not_be_made_is_not_known(home: Home, tmp_path: Path) -> None:
    taken = tmp_path / "folder"
    taken.mkdir()
    with pytest.raises(InputError):
        erasure.save(home.vault, taken)
    assert erasure.known_backups(home.vault) == []


def test_all_that_is_erased_cannot_be_opened_with_the_old_kit(home: Home, tmp_path: Path) -> None:
    home.spread()
    shutil.copytree(home.folder / "vault", home.folder / "vault-until-2026-03-20T120000Z")  # as a restore leaves it
    erasure.destroy(home.vault)
    with pytest.raises(VaultMissingError):
        home._vault().recover(home.kit)
    assert [one.name for one in home.folder.iterdir()] == ["vault.lock"]


def test_not_even_from_files_that_a_disk_gives_back(home: Home, tmp_path: Path) -> None:
    home.spread()
    home.vault.lock()
    shutil.copytree(home.folder / "vault", tmp_path / "undeleted")
    home.open()
    erasure.destroy(home.vault)
    (tmp_path / "undeleted" / "keys.json").unlink()  # it was overwritten before it was deleted
    found = Vault(tmp_path / "undeleted", home.keyring)
    with pytest.raises(VaultDamagedError):
        found.recover(home.kit)
    with pytest.raises(VaultDamagedError):
        found.unlock()
    assert home.keyring.entries == {}


def short_lived(text: str) -> Experience:
    return Experience(text=text, at=NOW, speaker="Anna", source="typed")


def test_what_is_over_its_time_goes_while_nobody_talks(home: Home) -> None:
    home.ruled.retain("typed", "a day")
    home.ruled.remember_all([short_lived(CANARY)])
    home.now += timedelta(hours=20)
    home.ruled.tidy()
    assert home.ruled.memory.stats().memories == 1
    home.now += timedelta(hours=7)
    home.ruled.tidy()
    assert home.ruled.memory.stats().memories == 0
    assert traces(decrypted_pages(home.vault)) == []
    assert home.vault.audit.entries(1)[0].action == "retention over"


def test_what_is_over_its_time_goes_when_the_vault_is_opened_after_a_crash_too(home: Home) -> None:
    home.ruled.retain("typed", "a day")
    home.ruled.remember_all([short_lived(CANARY), short_lived("Something else.")])
    home.crash()
    home.now += timedelta(days=2)
    home.open()
    assert home.ruled.memory.newest(5) == []
    assert home.ruled.recall(CANARY, home.now) == []
    assert traces(decrypted_pages(home.vault)) == []


def test_a_memory_from_the_future_makes_nothing_old(home: Home) -> None:
    home.ruled.retain("typed", "a year")
    home.ruled.remember_all([short_lived("Of today.")])
    far = Experience(text="Of the year 3000.", at=NOW.replace(year=3000), speaker="Anna", source="import")
    home.ruled.remember_all([far])
    assert len(home.ruled.memory.newest(5)) == 2


def test_a_clock_that_is_put_back_forgets_nothing_early_and_nothing_late(home: Home) -> None:
    home.ruled.retain("typed", "a day")
    home.ruled.remember_all([short_lived(CANARY)])
    home.now -= timedelta(hours=10)
    home.ruled.tidy()
    assert len(home.ruled.memory.newest(5)) == 1
    home.now += timedelta(hours=36)
    home.ruled.tidy()
    assert home.ruled.memory.newest(5) == []
