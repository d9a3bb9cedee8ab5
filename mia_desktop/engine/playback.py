"""Plays: from sound to what was heard."""

from collections import deque

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import DeviceLost, HealthChanged, SentenceSpoken, SpeechReady
from mia_desktop.core.frames import SpeechFrame
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.ports import SoundOutput
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.ledger import Ledger

_POLL_S = 0.005
_REOPEN_S = 1.0


class Playback:
    """Feeds the speaker and reports how far it really got."""

    def __init__(
        self, inbox: Mailbox[SpeechFrame], speaker: SoundOutput, ledger: Ledger, bus: Bus, clock: Clock
    ) -> None:
        self._inbox = inbox
        self._speaker = speaker
        self._ledger = ledger
        self._bus = bus
        self._clock = clock
        self._opened = False
        self._trouble: DeviceError | None = None
        self._retry_at_s = 0.0
        self._turn: TurnId | None = None
        self._sounding: TurnId | None = None
        self._queued_s = 0.0
        self._marks: deque[tuple[float, SpeechFrame]] = deque()

    def step(self) -> None:
        """Queue the next frame and report what was played."""
        self._open_speaker()
        frame = self._inbox.get(timeout_s=_POLL_S if self._marks or self._sounding else 0.1)
        if frame is not None and self._trouble is not None:
            self._ledger.finish(frame.turn, "failed", str(self._trouble))
            return
        try:
            if frame is not None and not self._ledger.is_void(frame.turn):
                self._play(frame)
            self._report()
        except DeviceError as error:
            self._lose(error)

    def close(self) -> None:
        """Let the speaker go."""
        self._speaker.close()

    def _open_speaker(self) -> None:
        if self._opened or self._clock.now_s() < self._retry_at_s:
            return
        try:
            self._speaker.open()
        except DeviceError as error:
            self._lose(error)
            return
        self._opened = True
        if self._trouble is not None:
            self._trouble = None
            self._bus.publish(HealthChanged(ok=True))

    def _lose(self, error: DeviceError) -> None:
        turn = self._turn
        self._drop()
        self._speaker.close()
        self._opened = False
        self._retry_at_s = self._clock.now_s() + _REOPEN_S
        if turn is not None:
            self._ledger.finish(turn, "failed", str(error))
        if self._trouble is None:
            self._bus.publish(DeviceLost(kind="speaker", why=str(error)))
        self._trouble = error

    def _play(self, frame: SpeechFrame) -> None:
        if frame.turn != self._turn:
            self._drop()
            self._turn = frame.turn
        if len(frame.samples) and self._sounding != frame.turn:
            self._sounding = frame.turn
            self._bus.publish(SpeechReady(turn=frame.turn, at_s=self._clock.now_s()))
        rest = frame.samples
        while len(rest):
            taken = self._speaker.write(rest, frame.sample_rate_hz)
            self._queued_s += taken / frame.sample_rate_hz
            rest = rest[taken:]
            if self._ledger.is_void(frame.turn):
                self._drop()
                return
            self._report()
            if len(rest):
                self._clock.wait(_POLL_S)
        if frame.up_to_char or frame.last:
            self._marks.append((self._queued_s, frame))

    def _report(self) -> None:
        if self._turn is None or not self._opened:
            return
        if self._ledger.is_void(self._turn):
            self._drop()
            return
        played_s = self._queued_s - self._speaker.pending_s()
        while self._marks and self._marks[0][0] <= played_s + 1e-6:
            _, frame = self._marks.popleft()
            self._bus.publish(SentenceSpoken(turn=frame.turn, at_s=self._clock.now_s(), up_to_char=frame.up_to_char))
            if frame.last:
                self._ledger.finish(frame.turn, "answered")
                self._turn = self._sounding = None

    def _drop(self) -> None:
        if self._opened:
            self._speaker.flush()
        self._marks.clear()
        self._queued_s = 0.0
        self._turn = self._sounding = None
