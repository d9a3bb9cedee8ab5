"""The way between the engine's threads and Qt's."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mia_desktop.core.commands import Command
from mia_desktop.core.events import Event
from mia_desktop.core.sights import Picture
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.gui.engine_face import EngineFace

_DRAIN_MS = 16
_UNSEEN_DRAIN_MS = 100  # with nobody looking, waking up less often saves power
_POLL_MS = 33
_NO_ENGINE_YET = EngineStatus(state="warming up", why="", level=0.0, samples_heard=0, samples_lost=0, hands_free=False)


class Bridge(QObject):
    """Brings the engine's events into the main thread, and commands to the engine.

    It works before there is an engine: commands wait, and the snapshot says "warming up".

    Attributes:
        happened: an `Event`, in the order of publishing.
        polled: an `EngineStatus`, 30 times a second while watched.
        engine_wanted: somebody wants the engine to be made anew, because of changed settings or a new vault.
    """

    happened = Signal(object)
    polled = Signal(object)
    engine_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: EngineFace | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._waiting: list[Command] = []
        self._events: deque[Event] = deque()  # append and popleft are atomic
        self._drain = QTimer(self, interval=_DRAIN_MS, timerType=Qt.TimerType.PreciseTimer)
        self._drain.timeout.connect(self._emit_events)
        self._drain.start()
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._emit_status)

    def attach(self, engine: EngineFace) -> None:
        """Listen to `engine` and give it the commands that waited for it."""
        self._engine = engine
        self._unsubscribe = engine.subscribe(self._events.append)
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
        self._drain.stop()
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
        """Begin or cease to poll the status; unwatched, events come a little later."""
        self._drain.setInterval(_DRAIN_MS if on else _UNSEEN_DRAIN_MS)
        if on:
            self._poll.start()
        else:
            self._poll.stop()

    @Slot()
    def _emit_events(self) -> None:
        for _ in range(len(self._events)):  # those there now: a flood must not freeze the window
            if not self._events:  # a listener detached us
                return
            self.happened.emit(self._events.popleft())

    @Slot()
    def _emit_status(self) -> None:
        self.polled.emit(self.snapshot())
