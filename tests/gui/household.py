"""A household with a real vault, and an engine of which only the keeper is real."""

import threading
from datetime import UTC, datetime, timedelta

from mia_desktop.core.clock import ManualClock
from mia_desktop.core.commands import Unlock
from mia_desktop.core.items import MemoryRequest
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.memories import Experience
from mia_desktop.core.paths import Paths
from mia_desktop.engine.keeper import Keeper
from mia_desktop.engine.part import Part
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.gui.household import Household
from mia_desktop.memory.memory import Memory
from mia_desktop.security.making import create
from mia_desktop.security.vault import Vault
from tests.gui.fake_engine import FakeEngine
from tests.security.parts import MemoryKeyring


class KeepingEngine(FakeEngine):
    """Does what is asked of memory, in a thread of its own."""

    def __init__(self, memory):
        super().__init__()
        self.inbox = Mailbox()
        part = Part(lambda: memory)
        part.load()
        self.keeper = Keeper(self.inbox, part, self.bus, ManualClock(), "Anna")

    def submit(self, command):
        super().submit(command)
        self.inbox.put(MemoryRequest(command=command, at=datetime.now(UTC).astimezone()))
        thread = threading.Thread(target=self.keeper.step)
        thread.start()
        if isinstance(command, Unlock):
            return
        thread.join()


def household_in(home, passphrase=None):
    """Return a household with an open vault and nothing in it."""
    household = Household(Paths(home=home, models=home / "models"))
    vault = Vault(household.paths.vault, MemoryKeyring())
    create(vault, passphrase)
    vault.unlock(passphrase)
    household.vault = vault
    household.memory = RuledMemory(Memory(vault.database), vault, lambda: Memory(vault.database))
    return household


def told(text, *, kind="fact", minutes_ago=0.0, speaker="Anna", source="typed", trust="user"):
    """Return something to remember."""
    at = datetime.now(UTC).astimezone() - timedelta(minutes=minutes_ago)
    return Experience(text=text, at=at, speaker=speaker, kind=kind, source=source, trust=trust)
