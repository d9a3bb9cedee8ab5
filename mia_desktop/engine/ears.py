"""Listens: from samples to utterances."""

from collections.abc import Callable

import numpy as np

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.commands import SetHandsFree, StartListening, StopListening
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import DeviceLost, HealthChanged, SpeechEnded, SpeechStarted
from mia_desktop.core.items import Utterance
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.ports import HEARING_RATE_HZ, SoundInput, VoiceDetector
from mia_desktop.core.ring import SampleRing, Samples
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.perception.endpoint import Endpoint, EndpointRule

_POLL_S = 0.01
_REOPEN_S = 1.0
_PRE_ROLL_S = 0.5
_TAIL_S = 0.4

EarsCommand = StartListening | StopListening | SetHandsFree


class Ears:
    """Reads the microphone and cuts utterances out of it, by talk key or by voice activity."""

    def __init__(
        self,
        inbox: Mailbox[EarsCommand],
        microphone: SoundInput,
        detector: Part[VoiceDetector],
        settings: Settings,
        ledger: Ledger,
        bus: Bus,
        clock: Clock,
        deliver: Callable[[Utterance], object],
    ) -> None:
        self._inbox = inbox
        self._microphone = microphone
        self._detector = detector
        self._settings = settings
        self._ledger = ledger
        self._bus = bus
        self._clock = clock
        self._deliver = deliver
        self._rule = EndpointRule(
            voiced_probability=settings.voiced_probability,
            start_s=settings.start_s,
            end_silence_s=settings.end_silence_s,
        )
        self._pre_roll = SampleRing(int(_PRE_ROLL_S * HEARING_RATE_HZ))
        self._unread: Samples = np.zeros(0, dtype=np.float32)
        self._endpoint = Endpoint()
        self._turn: TurnId | None = None
        self._by_key = False
        self._heard: list[Samples] = []
        self._heard_samples = 0
        self._last_voiced = 0
        self._voiced_blocks = 0
        self._opened = False
        self._retry_at_s = 0.0
        self.hands_free = settings.hands_free
        self.level = 0.0
        self.samples_heard = 0

    def step(self) -> None:
        """Take what the microphone has, and at most one command."""
        if not self._open_microphone():
            if self._inbox.get(timeout_s=0.1) is not None:
                self._retry_at_s = 0.0
            return
        try:
            samples = self._microphone.read()
        except DeviceError as error:
            self._lose(error)
            return
        if len(samples):
            self._listen(samples)
        command = self._inbox.get(timeout_s=0.0 if len(samples) else _POLL_S)
        if isinstance(command, StartListening):
            self._begin(by_key=True)
        elif isinstance(command, StopListening):
            self._drain()
            if self._turn is not None and self._by_key:
                self._end()
        elif isinstance(command, SetHandsFree):
            self.hands_free = command.on
            self._endpoint = Endpoint()
            if not command.on and self._turn is not None and not self._by_key:
                self._ledger.finish(self._turn, "cancelled")
                self._turn = None

    def samples_lost(self) -> int:
        """Return how many samples were overwritten before they could be read."""
        return self._microphone.lost()

    def close(self) -> None:
        """Let the microphone go."""
        self._microphone.close()

    def _open_microphone(self) -> bool:
        if self._opened:
            return True
        if self._clock.now_s() < self._retry_at_s:
            return False
        try:
            self._microphone.open()
        except DeviceError as error:
            self._lose(error)
            return False
        if self._retry_at_s:
            self._bus.publish(HealthChanged(ok=True))
        self._opened = True
        return True

    def _lose(self, error: DeviceError) -> None:
        first = self._opened or not self._retry_at_s
        self._opened = False
        self._retry_at_s = self._clock.now_s() + _REOPEN_S
        if self._turn is not None:
            self._ledger.finish(self._turn, "failed", str(error))
            self._turn = None
        if first:
            self._bus.publish(DeviceLost(kind="microphone", why=str(error)))

    def _drain(self) -> None:
        samples = self._microphone.read()
        if len(samples):
            self._listen(samples)

    def _listen(self, samples: Samples) -> None:
        self.samples_heard += len(samples)
        self.level = float(min(1.0, np.sqrt(np.mean(np.square(samples))) * 4))
        detector = self._detector.get()
        size = detector.block_samples
        self._unread = np.concatenate((self._unread, samples))
        while len(self._unread) >= size:
            block, self._unread = self._unread[:size], self._unread[size:]
            self._hear_block(detector, block)

    def _hear_block(self, detector: VoiceDetector, block: Samples) -> None:
        if self._turn is not None and self._ledger.is_void(self._turn):
            self._turn = None
        if self._turn is None and not self.hands_free:
            self._pre_roll.write(block)
            return
        probability = detector.probability(block)
        if self._turn is None:
            self._pre_roll.write(block)
        else:
            self._keep(block, voiced=probability >= self._rule.voiced_probability)
        if self._turn is None or not self._by_key:
            self._endpoint, verdict = self._endpoint.hear(self._rule, probability, len(block) / HEARING_RATE_HZ)
            if verdict == "started":
                self._begin(by_key=False)
            elif verdict == "ended" and self._turn is not None:
                self._end()
        if self._turn is not None and self._heard_samples >= self._settings.longest_turn_s * HEARING_RATE_HZ:
            self._end()

    def _begin(self, *, by_key: bool) -> None:
        self._turn = self._ledger.open()
        self._by_key = by_key
        self._heard, self._heard_samples, self._last_voiced, self._voiced_blocks = [], 0, 0, 0
        detector = self._detector.get()
        if by_key:
            detector.reset()
        pre_roll = self._pre_roll.read(self._pre_roll.capacity)
        self._keep(pre_roll, voiced=not by_key)
        if not by_key:
            self._voiced_blocks = int(self._rule.start_s * HEARING_RATE_HZ / detector.block_samples) + 1
        self._bus.publish(SpeechStarted(turn=self._turn, at_s=self._clock.now_s()))

    def _keep(self, block: Samples, *, voiced: bool) -> None:
        self._heard.append(block)
        self._heard_samples += len(block)
        if voiced:
            self._voiced_blocks += 1
            self._last_voiced = self._heard_samples

    def _end(self) -> None:
        assert self._turn is not None
        turn, self._turn = self._turn, None
        if self._by_key and len(self._unread):
            self._heard.append(self._unread)
        self._endpoint = Endpoint()
        if self._ledger.is_void(turn):
            return
        now_s = self._clock.now_s()
        silent_samples = self._heard_samples - self._last_voiced + len(self._unread)
        last_voiced_at_s = now_s - silent_samples / HEARING_RATE_HZ
        self._bus.publish(SpeechEnded(turn=turn, at_s=now_s, last_voiced_at_s=last_voiced_at_s))
        if self._voiced_blocks * self._detector.get().block_samples < self._rule.start_s * HEARING_RATE_HZ:
            self._ledger.finish(turn, "nothing heard", "I heard no speech. Hold the key while you talk.")
            return
        samples = np.concatenate(self._heard)[: self._last_voiced + int(_TAIL_S * HEARING_RATE_HZ)]
        self._heard = []
        self._deliver(Utterance(turn=turn, samples=samples, last_voiced_at_s=last_voiced_at_s))
