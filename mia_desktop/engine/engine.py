"""The facade that both faces use."""

import threading
from collections.abc import Callable, Mapping, Sequence, Sized
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from mia_desktop.core.bus import Bus, Listener
from mia_desktop.core.clock import Clock
from mia_desktop.core.commands import (
    AskText,
    CancelTurn,
    Command,
    ConfirmMemory,
    DropTurns,
    EditMemory,
    Forget,
    ForgetConversation,
    ImportConversations,
    Lock,
    LookThroughCamera,
    MemoryCommand,
    NameConversation,
    NewConversation,
    OpenConversation,
    PinConversation,
    PutAway,
    ReadAloud,
    Remember,
    SetAway,
    SetHandsFree,
    SetMuted,
    ShowPicture,
    StartListening,
    StopListening,
    UndoMemory,
    Unlock,
)
from mia_desktop.core.errors import MiaError, ModelError
from mia_desktop.core.events import (
    CameraClosed,
    Event,
    HealthChanged,
    MemoryChanged,
    ModelLoaded,
    ReadingStarted,
    SightFailed,
    StateChanged,
    TranscriptReady,
)
from mia_desktop.core.items import MemoryRequest, Reading, UserText
from mia_desktop.core.mailbox import Lane, Mailbox
from mia_desktop.core.sights import Picture
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.core.turn import TurnId
from mia_desktop.core.worker import Worker
from mia_desktop.engine.ears import Ears, EarsItem
from mia_desktop.engine.eyes import Eyes
from mia_desktop.engine.keeper import KeeperItem
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.mind import MindItem
from mia_desktop.engine.playback import Playback
from mia_desktop.engine.turns import Conversation

_STAGE_DEADLINE_S = 2.0
_GUEST = "You are a guest: there is no vault that could remember. `mia vault init` makes one."
_VOICELESS = "MIA has no voice here: it runs without a speaker."
_BLIND = "MIA cannot see here. Open the window, or name pictures with --image."


class Loadable(Protocol):
    """A part that can be loaded or given up."""

    def load(self) -> object:
        """Load now."""
        ...

    def give_up(self) -> None:
        """Free whoever waits."""
        ...


class Closable(Protocol):
    """An inbox that can be closed."""

    def close(self) -> None:
        """Refuse new items."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """A model to load at start.

    Attributes:
        role: its role in the catalogue.
        model: its name there.
        part: where it goes.
    """

    role: str
    model: str
    part: Loadable


class Engine:
    """Runs the stages, takes commands, tells events."""

    def __init__(
        self,
        *,
        bus: Bus,
        clock: Clock,
        ledger: Ledger,
        loading: list[Loading],
        workers: Mapping[str, Callable[[], None]],
        ears_inbox: Mailbox[EarsItem],
        mind_inbox: Mailbox[MindItem],
        keeper_inbox: Mailbox[KeeperItem] | None,
        locked: Callable[[], bool],
        inboxes: Sequence[Closable],
        ears: Ears | None,
        playback: Playback | None,
        breaking_off: Sequence[Callable[[], None]],
        finishing: Sequence[Callable[[], None]],
        rss_bytes: Callable[[], int],
        eyes: Eyes | None = None,
        conversation: Callable[[], str] = str,
        unsaved: Callable[[], int] = int,
        queues: Mapping[str, Sized] = MappingProxyType({}),
    ) -> None:
        self._bus = bus
        self._queues = queues
        self._clock = clock
        self._ledger = ledger
        self._loading = loading
        self._ears_inbox = ears_inbox
        self._mind_inbox = mind_inbox
        self._keeper_inbox = keeper_inbox
        self._locked = locked
        self._inboxes = inboxes
        self._ears = ears
        self._playback = playback
        self._breaking_off = breaking_off
        self._finishing = finishing
        self._rss_bytes = rss_bytes
        self._eyes = eyes
        self._present = conversation
        self._unsaved = unsaved
        self._lock = threading.RLock()
        self._conversation = Conversation()
        self._stopping = threading.Event()
        self._loader = threading.Thread(target=self._load, name="mia-loader", daemon=True)
        self._workers = [Worker(name, step, bus.publish) for name, step in workers.items()]
        bus.subscribe(self._follow)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Let `listener` hear every event, in the thread where it happens; return the call that ends it."""
        return self._bus.subscribe(listener)

    def start(self) -> None:
        """Start the stages and load the models in the background; returns at once."""
        self._loader.start()
        for worker in self._workers:
            worker.start()

    def submit(self, command: Command) -> None:
        """Take a command; never waits."""
        match command:
            case StartListening() | StopListening() | SetHandsFree() | SetMuted() | SetAway():
                self._ears_inbox.put(command, Lane.URGENT)
            case AskText(text=text, aloud=aloud, model=model):
                turn = self._ledger.open()
                now_s = self._clock.now_s()
                self._bus.publish(TranscriptReady(turn=turn, at_s=now_s, text=text, language="", spoken=False))
                self._ledger.settle(turn)
                aloud = aloud and self._playback is not None
                said = UserText(turn=turn, revision=0, text=text, aloud=aloud, certain=True, model=model)
                self._mind_inbox.put(said, Lane.CONTROL)
            case CancelTurn():
                self._ledger.cancel()
            case NewConversation() | OpenConversation():
                self._leave(command)
            case ForgetConversation(name=name) if self._keeper_inbox is not None and name == self._present():
                self._leave(command)
            case DropTurns(turns=turns):
                if not all(map(self._ledger.is_void, turns)):
                    self._ledger.cancel()
                self._mind_inbox.put(command, Lane.CONTROL)
            case ReadAloud(turn=turn, text=text):
                self._read_aloud(turn, text)
            case Remember() | EditMemory() | Forget() | UndoMemory() | ConfirmMemory() | Lock() | Unlock():
                self._ask_keeper(command)
            case NameConversation() | PinConversation() | ForgetConversation() | ImportConversations():
                self._ask_keeper(command)
            case ShowPicture() | PutAway() | LookThroughCamera() if self._eyes is not None:
                self._eyes.submit(command)
            case ShowPicture(key=key):
                self._bus.publish(SightFailed(key=key, error=ModelError(_BLIND)))
            case LookThroughCamera(on=True):
                self._bus.publish(CameraClosed(name="camera", why=_BLIND))

    def _leave(self, command: NewConversation | OpenConversation | ForgetConversation) -> None:
        """Be done with what is under way and in view, and turn to another conversation."""
        self._ledger.cancel()
        self._mind_inbox.put(command, Lane.CONTROL)
        if self._eyes is not None:
            self._eyes.submit(NewConversation())

    def _read_aloud(self, of: TurnId, text: str) -> None:
        turn = self._ledger.open_reading(of)
        self._bus.publish(ReadingStarted(turn=turn, at_s=self._clock.now_s(), of=of))
        self._ledger.settle(turn)
        if self._playback is None:
            self._ledger.finish(turn, "failed", _VOICELESS)
        else:
            self._mind_inbox.put(Reading(turn=turn, text=text), Lane.CONTROL)

    def _ask_keeper(self, command: MemoryCommand) -> None:
        if self._keeper_inbox is None:
            self._bus.publish(MemoryChanged(turn=None, did="refused", why=_GUEST))
        else:
            self._keeper_inbox.put(MemoryRequest(command=command, at=datetime.now().astimezone()))

    def snapshot(self) -> EngineStatus:
        """Return the state now."""
        with self._lock:
            conversation = self._conversation
        ears = self._ears
        return EngineStatus(
            state=conversation.state,
            why=conversation.why,
            level=ears.level if ears else 0.0,
            samples_heard=ears.samples_heard if ears else 0,
            samples_lost=ears.samples_lost() if ears else 0,
            hands_free=ears.hands_free if ears else False,
            muted=ears.muted if ears else False,
            half_duplex=ears.half_duplex if ears else False,
            guest=self._locked(),
            voice_level=self._playback.level() if self._playback else 0.0,
            microphone=ears.device if ears else "",
            speaker=self._playback.device if self._playback else "",
            unsaved=self._unsaved(),
            queues=tuple((name, len(queue)) for name, queue in self._queues.items()),
        )

    def view(self) -> Picture | None:
        """Return what the camera sees now; None while it is closed."""
        return self._eyes.view() if self._eyes is not None else None

    def stop(self) -> None:
        """Stop input, processing and output, in that order, and let the devices go."""
        self._stopping.set()
        self._ledger.cancel()
        for loading in self._loading:
            loading.part.give_up()
        for worker in self._workers:
            worker.stop()
        for break_off in self._breaking_off:
            break_off()
        for inbox in self._inboxes:
            inbox.close()
        for worker in self._workers:
            worker.join(_STAGE_DEADLINE_S)
        if self._loader.ident is not None:
            self._loader.join(_STAGE_DEADLINE_S)
        for finish in self._finishing:
            finish()
        if self._ears is not None:
            self._ears.close()
        if self._playback is not None:
            self._playback.close()

    def _follow(self, event: Event) -> None:
        with self._lock:
            before, after = self._conversation, self._conversation.after(event)
            self._conversation = after
            if (before.state, before.why) != (after.state, after.why):
                self._bus.publish(StateChanged(state=after.state, why=after.why))

    def _load(self) -> None:
        whys = []
        for loading in self._loading:
            if self._stopping.is_set():
                return
            before_s, before_bytes = self._clock.now_s(), self._rss_bytes()
            try:
                loading.part.load()
            except MiaError as error:
                whys.append(str(error))
                continue
            self._bus.publish(
                ModelLoaded(
                    role=loading.role,
                    model=loading.model,
                    load_s=self._clock.now_s() - before_s,
                    rss_bytes=self._rss_bytes() - before_bytes,
                )
            )
        self._bus.publish(HealthChanged(ok=not whys, why=" ".join(whys)))
