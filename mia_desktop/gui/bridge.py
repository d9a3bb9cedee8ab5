"""The way between the engine's threads and Qt's."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mia_desktop.core.commands import Command
from mia_desktop.core.events import Event, State
from mia_desktop.core.sights import Picture
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.gui.engine_face import EngineFace

_POLL_MS = 33
_REST_POLL_MS = 250  # while no level moves
_AT_REST: tuple[State, ...] = ("ready", "muted", "trouble")
_NO_ENGINE_YET = EngineStatus(state="warming up", why="", level=0.0, samples_heard=0, samples_lost=0, hands_free=False)


class Bridge(QObject):
    """Brings the engine's events into the main thread, and commands to the engine.

    It works before there is an engine: commands wait, and the snapshot says "warming up".

    Attributes:
        happened: an `Event`, in the order of publishing.
        polled: an `EngineStatus`; while watched, 30 times a second, and less often while nothing moves.
        engine_wanted: somebody wants the engine to be made anew, because of changed settings or a new vault.
    """

    happened = Signal(object)
    polled = Signal(object)
    engine_wanted = Signal()
    _came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: EngineFace | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._waiting: list[Command] = []
        self._events: deque[Event] = deque()  # append and popleft are atomic
        self._called = False
        self._came.connect(self._emit_events, Qt.ConnectionType.QueuedConnection)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._emit_status)

    def attach(self, engine: EngineFace) -> None:
        """Listen to `engine` and give it the commands that waited for it."""
        self._engine = engine
        self._unsubscribe = engine.subscribe(self._take)
        for command in self._waiting:
            engine.submit(command)
        self._waiting.clear()

    def let_go(self) -> None:
        """Let go of the engine; commands wait for the next one."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._unsubscribe = self._engine = None
        self._events.clear()

    def detach(self) -> None:
        """Let go of the engine for good; what it published and was not emitted yet is dropped."""
        self.let_go()
        self._poll.stop()

    def submit(self, command: Command) -> None:
        """Send `command` to the engine, or keep it until there is one."""
        if self._engine is None:
            self._waiting.append(command)
        else:
            self._engine.submit(command)

    def snapshot(self) -> EngineStatus:
        """Return the engine's status."""
        return _NO_ENGINE_YET if self._engine is None else self._engine.snapshot()

    def view(self) -> Picture | None:
        """Return what the camera sees now; None while it is closed."""
        return None if self._engine is None else self._engine.view()

    def watch(self, on: bool) -> None:
        """Begin or cease to poll the status."""
        if on:
            self._poll.start(_POLL_MS)
        else:
            self._poll.stop()

    def _take(self, event: Event) -> None:
        """Take an event in the thread where it happens, and call the main thread unless it was called already."""
        self._events.append(event)
        if not self._called:
            self._called = True
            self._came.emit()

    @Slot()
    def _emit_events(self) -> None:
        self._called = False  # before looking what is there: what comes from now on calls again
        if self._poll.isActive():
            self._poll.start(_POLL_MS)
        for _ in range(len(self._events)):  # those there now: a flood must not freeze the window
            if not self._events:  # a listener detached us
                return
            self.happened.emit(self._events.popleft())

    @Slot()
    def _emit_status(self) -> None:
        status = self.snapshot()
        moving = status.state not in _AT_REST or status.hands_free or status.level or status.voice_level
        self._poll.setInterval(_POLL_MS if moving else _REST_POLL_MS)
        self.polled.emit(status)
