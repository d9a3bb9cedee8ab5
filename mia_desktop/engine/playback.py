"""Plays: from sound to what was heard."""

from collections import deque

import numpy as np

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import DeviceLost, DeviceReturned, SentenceSpoken, SpeechReady
from mia_desktop.core.frames import SpeechFrame
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.ports import SoundOutput
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.ledger import Ledger

_POLL_S = 0.005
_REOPEN_S = 1.0
_SLEEP_S = 5.0
"""How long she must have been silent before the speaker is closed while nobody is there."""
_AWAKE_POLL_S = 0.1
_ASLEEP_POLL_S = 0.25
_MISSING_S = 5.0
"""A speaker that comes back sooner goes on where it stopped."""
_WAITING_FRAMES = 64
_LEVEL_S = 0.05
_DUCKED = 0.25


class Playback:
    """Feeds the speaker and reports how far it really got.

    A frame waits until it is certain that the user has finished. While the user has the floor the speaker is silent;
    what was not heard stays and goes on where it stopped, unless the turn is cancelled.
    """

    def __init__(
        self, inbox: Mailbox[SpeechFrame], speaker: SoundOutput, ledger: Ledger, floor: Floor, bus: Bus, clock: Clock
    ) -> None:
        self._inbox = inbox
        self._speaker = speaker
        self._ledger = ledger
        self._floor = floor
        self._bus = bus
        self._clock = clock
        self._opened = False
        self._trouble: DeviceError | None = None
        self._retry_at_s = 0.0
        self._missing_since_s = 0.0
        self._turn: TurnId | None = None
        self._waiting: deque[SpeechFrame] = deque()
        self._rest = 0  # samples of the first waiting frame that the speaker took already
        self._queued: deque[tuple[float, SpeechFrame]] = deque()  # with the second at which each ends
        self._queued_s = 0.0
        self._held = False
        self._ducked = False
        self._xruns = 0
        self._busy_at_s = 0.0

    def step(self) -> None:
        """Queue what is due and report what was played."""
        asleep = self._may_sleep()
        if asleep:
            self._sleep()
        else:
            self._open_speaker()
        if len(self._waiting) < _WAITING_FRAMES:
            idle_s = _ASLEEP_POLL_S if asleep else _AWAKE_POLL_S
            frame = self._inbox.get(timeout_s=_POLL_S if self._waiting or self._queued else idle_s)
            if frame is not None:
                self._waiting.append(frame)
        else:
            self._clock.wait(_POLL_S)
        try:
            self._advance()
        except DeviceError as error:
            self._lose(error)

    @property
    def device(self) -> str:
        """Name of the speaker."""
        return self._speaker.name

    def level(self) -> float:
        """Return how loud the speaker is now, 0 to 1."""
        played = self._speaker.played
        if self._floor.sounding is None or not played.rate_hz:
            return 0.0
        now = played.read(self._clock.now_s() - _LEVEL_S, int(_LEVEL_S * played.rate_hz))
        return float(min(1.0, np.sqrt(np.mean(np.square(now))) * 4))

    def close(self) -> None:
        """Let the speaker go."""
        self._speaker.close()

    def _advance(self) -> None:
        if self._opened:
            self._speaker.pending_s()  # whatever she does, the device is kept supplied, and its loss is seen
        if self._turn is not None and self._ledger.is_void(self._turn):
            self._drop()
        while self._waiting and self._ledger.is_void(self._waiting[0].turn, self._waiting[0].revision):
            self._waiting.popleft()
            self._rest = 0
        first = self._waiting[0] if self._waiting else None
        if self._trouble is not None:
            if first is not None and self._clock.now_s() - self._missing_since_s > _MISSING_S:
                self._ledger.finish(first.turn, "failed", str(self._trouble))
        elif self._turn is not None and self._floor.is_taken_from(self._turn):
            if not self._held:
                self._held = True
                self._speaker.pause()
                self._report()
                self._floor.sounding = None
        elif self._opened:
            if self._held:
                self._held = False
                self._speaker.resume()
                if self._queued or self._rest:
                    self._floor.sounding = self._turn
            if self._speaker.xruns() != self._xruns:
                self._xruns = self._speaker.xruns()
                self._floor.speaker_moved = True
            self._duck(on=self._floor.ducked)
            self._feed()
            self._report()

    def _feed(self) -> None:
        """Give the speaker as much as it takes of the frames of one turn."""
        while self._waiting:
            frame = self._waiting[0]
            if not self._ledger.is_certain(frame.turn, frame.revision) or self._turn not in (None, frame.turn):
                return
            self._turn = frame.turn
            if len(frame.samples) and self._floor.sounding != frame.turn:
                self._floor.sounding = frame.turn
                self._bus.publish(SpeechReady(turn=frame.turn, at_s=self._clock.now_s()))
            taken = self._speaker.write(frame.samples[self._rest :], frame.sample_rate_hz, last=frame.last)
            self._queued_s += taken / frame.sample_rate_hz
            self._rest += taken
            if self._rest < len(frame.samples):
                return
            self._queued.append((self._queued_s, frame))
            self._waiting.popleft()
            self._rest = 0

    def _report(self) -> None:
        played_s = self._queued_s - self._speaker.pending_s()
        while self._queued and self._queued[0][0] <= played_s + 1e-6:
            _, frame = self._queued.popleft()
            if frame.up_to_char:
                at_s = self._clock.now_s()
                turn = self._ledger.reply_of(frame.turn)
                self._bus.publish(SentenceSpoken(turn=turn, at_s=at_s, up_to_char=frame.up_to_char))
            if frame.last:
                self._floor.silent_since_s = self._clock.now_s()
                self._ledger.finish(frame.turn, "answered")
                self._drop()

    def _duck(self, *, on: bool) -> None:
        if on != self._ducked:
            self._ducked = on
            self._speaker.set_gain(_DUCKED if on else 1.0)

    def _drop(self) -> None:
        """Be silent and done with the turn."""
        if self._opened and (self._queued or self._rest or self._held):
            self._speaker.flush()
        self._forget_queued()
        self._turn = None

    def _forget_queued(self) -> None:
        """Begin to count anew: the speaker holds nothing."""
        self._queued.clear()
        self._queued_s, self._rest = 0.0, 0
        self._held = False
        self._floor.sounding = None

    def _may_sleep(self) -> bool:
        """Tell whether the speaker may be closed: nobody is there, and there has been nothing to say for a while."""
        now_s = self._clock.now_s()
        if not self._floor.asleep or self._waiting or self._turn is not None:
            self._busy_at_s = now_s
        return now_s - self._busy_at_s >= _SLEEP_S

    def _sleep(self) -> None:
        if self._opened:
            self._opened = self._ducked = False
            self._speaker.close()

    def _open_speaker(self) -> None:
        if self._opened or self._clock.now_s() < self._retry_at_s:
            return
        before = self._speaker.name
        try:
            self._speaker.open()
        except DeviceError as error:
            self._lose(error)
            return
        self._opened = self._floor.speaker_moved = True
        if self._trouble is not None or self._speaker.name != before:
            self._trouble = None
            self._bus.publish(DeviceReturned(kind="speaker", name=self._speaker.name))

    def _lose(self, error: DeviceError) -> None:
        self._waiting.extendleft(frame for _, frame in reversed(self._queued))
        self._forget_queued()
        self._ducked = False
        self._speaker.close()
        self._opened = False
        self._retry_at_s = self._clock.now_s() + _REOPEN_S
        if self._trouble is None:
            self._missing_since_s = self._clock.now_s()
            self._bus.publish(DeviceLost(kind="speaker", why=str(error)))
        self._trouble = error
