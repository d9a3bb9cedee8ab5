"""Listens: from samples to utterances."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import Clock
from mia_desktop.core.commands import SetAway, SetHandsFree, SetMuted, StartListening, StopListening
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.events import MuteChanged, Outcome, SpeechEnded, SpeechStarted
from mia_desktop.core.items import Judgement, Utterance
from mia_desktop.core.mailbox import Lane, Mailbox
from mia_desktop.core.ports import HEARING_RATE_HZ, EchoCanceller, SoundInput, TurnDetector, VoiceDetector
from mia_desktop.core.ring import SampleRing, Samples
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.held_microphone import HeldMicrophone
from mia_desktop.engine.interrupted import Interrupted
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.engine.take import Take
from mia_desktop.perception.completeness import completeness
from mia_desktop.perception.endpoint import Endpoint, EndpointRule, Verdict

_POLL_S = 0.01
_POLL_AT_REST_S = 0.05  # the same while nobody is expected to speak; a command wakes the ears at once
_SLEEP_S = 5.0
"""How long nobody must have needed the microphone before it is closed while the window is out of sight."""
_PRE_ROLL_S = 0.5
_TAIL_S = 0.4
_RINGS_S = 1.0
"""How long a room may ring, and a speaker be late, after MIA's last sound: longer than the canceller remembers."""
_GUESS_S = 0.03
"""A silence after which the words so far may be all: one block. People leave such a gap about once in two seconds, so
a guess costs as little as the readings while they speak, and takes their place."""
_PROGRESS_S = 1.0
"""How much is said between two readings of an unfinished utterance."""

EarsItem = StartListening | StopListening | SetHandsFree | SetMuted | SetAway | Judgement


class Ears:
    """Reads the microphone and cuts utterances out of it, by talk key or by voice activity."""

    def __init__(
        self,
        inbox: Mailbox[EarsItem],
        microphone: SoundInput,
        detector: Part[VoiceDetector],
        turn_detector: Part[TurnDetector] | None,
        canceller: EchoCanceller,
        settings: Settings,
        ledger: Ledger,
        floor: Floor,
        bus: Bus,
        clock: Clock,
        deliver: Callable[[Utterance, Lane], object],
    ) -> None:
        self._inbox = inbox
        self._microphone = HeldMicrophone(microphone, bus, clock)
        self._detector = detector
        self._turn_detector = turn_detector
        self._settings = settings
        self._ledger = ledger
        self._floor = floor
        self._bus = bus
        self._clock = clock
        self._deliver = deliver
        self._rule = EndpointRule(
            voiced_probability=settings.voiced_probability,
            start_s=settings.start_s,
            end_silence_s=settings.end_silence_s,
            pause_s=settings.pause_s,
            patience_s=settings.patience_s,
        )
        self._pre_roll = SampleRing(int(_PRE_ROLL_S * HEARING_RATE_HZ))
        self._canceller = canceller
        self._unread = np.zeros((4, 0), dtype=np.float32)
        self._interrupted = Interrupted(floor, bus)
        self._endpoint = Endpoint()
        self._take: Take | None = None
        self._last_take: Take | None = None
        self._silent_from_s = 0.0
        self._away = False
        self._needed_at_s = 0.0
        self.hands_free = settings.hands_free
        self.muted = False
        self.level = 0.0
        self.samples_heard = 0

    def step(self) -> None:
        """Take what the microphone has, and at most one command."""
        asleep = self._may_sleep()
        self._floor.asleep = asleep and self._away
        if asleep:
            self._sleep()
            self._obey(self._inbox.get())  # only a command wakes her
            return
        if not self._microphone.open():
            command = self._inbox.get(timeout_s=0.1)
            if command is not None:
                self._microphone.look_again()
                self._obey(command)
            return
        came = self._hear()
        self._obey(self._inbox.get(timeout_s=0.0 if came else self._pause_s()))

    def _obey(self, command: EarsItem | None) -> None:
        if isinstance(command, StartListening):
            if not self.muted and self._microphone.open():
                self._begin(by_key=True)
        elif isinstance(command, SetMuted):
            self._mute(on=command.on)
        elif isinstance(command, SetAway):
            self._away, self._needed_at_s = command.on, self._clock.now_s()
        elif isinstance(command, StopListening):
            if self._take is not None and self._take.by_key:
                self._hear()
            if self._take is not None and self._take.by_key:
                self._end(self._take)
        elif isinstance(command, Judgement):
            self._hear_judgement(command)
        elif isinstance(command, SetHandsFree):
            self.hands_free = command.on
            self._endpoint = Endpoint()
            if not command.on and self._take is not None and not self._take.by_key:
                self._give_up("cancelled")

    def _may_sleep(self) -> bool:
        """Tell whether the microphone may be closed: nobody may be heard, or will speak before a key goes down."""
        now_s = self._clock.now_s()
        if not self._at_rest:
            self._needed_at_s = now_s
        return self.muted or (self._away and now_s - self._needed_at_s >= _SLEEP_S)

    def _sleep(self) -> None:
        """Close the microphone; what it heard last is no pre-roll of anything."""
        self._microphone.rest()
        self._pre_roll.clear()
        self._unread = self._unread[:, :0]
        self.level = 0.0

    def _pause_s(self) -> float:
        """Return how long nothing needs to be read from the microphone, seconds."""
        return _POLL_AT_REST_S if self._at_rest else _POLL_S

    @property
    def _at_rest(self) -> bool:
        """Whether nobody speaks, nor is expected to before a key goes down."""
        return self._take is None and not self.hands_free and self._floor.sounding is None

    def _mute(self, *, on: bool) -> None:
        self.muted = on
        self.level = 0.0
        self._give_up("cancelled")
        self._pre_roll.clear()
        self._endpoint = Endpoint()
        self._bus.publish(MuteChanged(on=on))

    def _give_up(self, outcome: Outcome, why: str = "") -> None:
        """End the open turn unheard."""
        if self._take is not None:
            self._ledger.finish(self._take.turn, outcome, why)
            self._take = None

    def samples_lost(self) -> int:
        """Return how many samples are missing because they were not read in time."""
        return self._microphone.lost()

    @property
    def half_duplex(self) -> bool:
        """Whether MIA hears herself and cannot listen while she speaks."""
        return self._interrupted.half_duplex

    @property
    def device(self) -> str:
        """Name of the microphone."""
        return self._microphone.name

    def close(self) -> None:
        """Let the microphone go."""
        self._microphone.close()

    def _hear(self) -> bool:
        """Listen to what the microphone has; tell whether that was anything."""
        try:
            samples = self._microphone.read()
        except DeviceError as error:
            self._give_up("failed", str(error))
            self._microphone.lose(error)
            return False
        if len(samples):
            self._listen(samples)
        return len(samples) > 0

    def _listen(self, samples: Samples) -> None:
        self.samples_heard += len(samples)
        if self.muted:
            return
        self.level = float(min(1.0, np.sqrt(np.mean(np.square(samples))) * 4))
        now_s = self._clock.now_s()
        if self._floor.sounding is not None:
            self._silent_from_s = now_s + _RINGS_S
        if self._at_rest and now_s >= self._silent_from_s:
            self._remember(samples)
            return
        detector = self._detector.get()
        size = detector.block_samples
        clean = self._canceller.clean(samples, self._microphone.heard_until_s())
        sides = np.stack((clean.samples, clean.residue, clean.captured, clean.played))
        self._unread = np.concatenate((self._unread, sides), axis=1)
        while self._unread.shape[1] >= size:
            (block, *rest), self._unread = self._unread[:, :size], self._unread[:, size:]
            self._hear_block(detector, block, *rest)

    def _remember(self, samples: Samples) -> None:
        """Hold the sound as it is for the key that may go down: there is no echo to take out, nobody to detect."""
        self._pre_roll.write(self._unread[0])
        self._unread = self._unread[:, :0]
        self._pre_roll.write(self._canceller.let_pass(samples, self._microphone.heard_until_s()))

    def _hear_block(
        self, detector: VoiceDetector, block: Samples, residue: Samples, captured: Samples, played: Samples
    ) -> None:
        if self._take is not None and self._ledger.is_void(self._take.turn):
            self._take = None
        take = self._take
        if take is None and not self.hands_free:
            self._pre_roll.write(block)
            return
        probability = detector.probability(block)
        speaks_over = self._interrupted.hear(
            probability, block, residue, captured, played, heard_already=take is not None
        )
        if take is None:
            self._pre_roll.write(block)
        else:
            take.keep(block, voiced=probability >= self._rule.voiced_probability)
            self._progress(take)
        if take is None and (self._floor.sounding is not None or self._interrupted.hears_her_last_words):
            if speaks_over:
                self._endpoint = Endpoint(speaking=True)
                self._begin(by_key=False, over=self._floor.sounding)
        elif take is None or not take.by_key:
            self._endpoint, verdict = self._endpoint.hear(self._rule, probability, len(block) / HEARING_RATE_HZ)
            if verdict == "started":
                self._begin(by_key=False)
            elif verdict == "pause" and take is not None and self._turn_detector is not None:
                take.sound = self._turn_detector.get().probability(np.concatenate(take.blocks))
                verdict = self._judge(take)
            if verdict == "ended" and take is not None:
                self._end(take)
        if self._take is not None and self._take.length >= self._settings.longest_turn_s * HEARING_RATE_HZ:
            self._end(self._take)

    def _hear_judgement(self, judgement: Judgement) -> None:
        take = self._take
        if take is None or take.by_key or take.turn != judgement.turn:
            return
        take.judgement = judgement
        if self._endpoint.paused and self._judge(take) == "ended":
            self._end(take)

    def _judge(self, take: Take) -> Verdict:
        """Tell what the pause means, by the sound and, where they are known already, by the words."""
        words = take.judgement
        if words is not None and words.revision // 2 == take.end:
            complete = completeness(take.sound, words.text, words.sentence_end)
        else:
            complete = completeness(take.sound)
        self._endpoint, verdict = self._endpoint.judge(self._rule, complete)
        return verdict

    def _begin(self, *, by_key: bool, over: TurnId | None = None) -> None:
        detector = self._detector.get()
        before = self._last_take
        goes_on = (
            not by_key
            and over is None
            and before is not None
            and not self._ledger.is_void(before.turn)
            and self._floor.sounding is None
        )
        turn = self._ledger.open() if over is None else self._ledger.open_over()
        if over is not None:
            self._floor.take(turn)
        take = self._take = Take(turn=turn, by_key=by_key, over=over)
        if goes_on and before is not None:
            take.go_on_from(before)
        if by_key:
            detector.reset()
        else:
            take.voiced += int(self._rule.start_s * HEARING_RATE_HZ)
        take.keep(self._pre_roll.read(self._pre_roll.capacity), voiced=False)
        if not by_key:
            take.last_voiced = take.length
        self._bus.publish(SpeechStarted(turn=take.turn, at_s=self._clock.now_s(), over=take.over))

    def _progress(self, take: Take) -> None:
        """Let the words so far be read: now and then while the user speaks, and at each pause."""
        silent = take.length - take.end
        if not silent:
            if take.guessed:
                take.guessed = False
                self._ledger.revise(take.turn, take.revision)
            if take.length - take.sent_at >= _PROGRESS_S * HEARING_RATE_HZ:
                self._send(take, "speaking")
        elif not take.guessed and silent >= _GUESS_S * HEARING_RATE_HZ and self._is_speech(take):
            take.guessed = True
            self._ledger.revise(take.turn, take.revision)
            self._send(take, "paused")

    def _send(self, take: Take, progress: Literal["speaking", "paused", "ended"]) -> None:
        take.sent_at = take.length
        utterance = Utterance(
            turn=take.turn,
            revision=take.revision,
            samples=np.concatenate(take.blocks)[: take.end + int(_TAIL_S * HEARING_RATE_HZ)],
            voiced_s=take.voiced / HEARING_RATE_HZ,
            progress=progress,
            by_key=take.by_key,
            over=take.over,
            rested_at=take.rested_at,
        )
        self._deliver(utterance, Lane.CONTROL if progress == "ended" else Lane.DATA)

    def _is_speech(self, take: Take) -> bool:
        return take.voiced >= self._rule.start_s * HEARING_RATE_HZ

    def _end(self, take: Take) -> None:
        self._take, self._last_take = None, take
        if take.by_key:
            take.keep(np.concatenate((self._unread[0], self._canceller.held_back())), voiced=False)
            self._unread = self._unread[:, :0]
        self._endpoint = Endpoint()
        if self._ledger.is_void(take.turn):
            return
        now_s = self._clock.now_s()
        silent_s = (take.length - take.last_voiced + self._unread.shape[1]) / HEARING_RATE_HZ
        self._bus.publish(SpeechEnded(turn=take.turn, at_s=now_s, last_voiced_at_s=now_s - silent_s))
        if not self._is_speech(take):
            self._ledger.finish(take.turn, "nothing heard", "I heard no speech. Hold the key while you talk.")
            return
        self._ledger.revise(take.turn, take.revision)
        self._send(take, "ended")
