"""What the window needs of the engine."""

from collections.abc import Callable
from typing import Protocol

from mia_desktop.core.bus import Listener
from mia_desktop.core.commands import Command
from mia_desktop.core.sights import Picture
from mia_desktop.core.snapshots import EngineStatus


class EngineFace(Protocol):
    """The engine, as the window sees it."""

    def start(self) -> None:
        """Begin to load; returns at once, `StateChanged` events tell the rest."""
        ...

    def submit(self, command: Command) -> None:
        """Hand over a command; never blocks."""
        ...

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` for every event, in any thread; return the call that takes it off again."""
        ...

    def snapshot(self) -> EngineStatus:
        """Return the present status; never blocks."""
        ...

    def view(self) -> Picture | None:
        """Return what the camera sees now; None while it is closed. Never blocks."""
        ...

    def stop(self) -> None:
        """End all threads; may take up to 2 s."""
        ...
