"""Puts the real parts in. The only place that knows them all."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import SystemClock
from mia_desktop.core.config import Settings
from mia_desktop.core.errors import ModelError, ModelMissingError
from mia_desktop.core.frames import SpeechFrame
from mia_desktop.core.items import Sentence, Utterance
from mia_desktop.core.libraries import share_memory, share_processor, stay_offline
from mia_desktop.core.mailbox import Mailbox, Overflow
from mia_desktop.core.paths import Paths
from mia_desktop.core.played import PlayedSound
from mia_desktop.core.ports import (
    AudioEncoder,
    Camera,
    Eyesight,
    LanguageModel,
    LongTermMemory,
    PictureOpener,
    PictureTalker,
    SoundInput,
    SoundOutput,
    Synthesizer,
    TurnDetector,
    VoiceDetector,
)
from mia_desktop.engine.ears import Ears, EarsItem
from mia_desktop.engine.engine import Engine, Loading
from mia_desktop.engine.eyes import Eyes, EyesItem
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.keeper import Keeper, KeeperItem
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.locking import Locking
from mia_desktop.engine.mind import Mind, MindItem
from mia_desktop.engine.part import Part
from mia_desktop.engine.playback import Playback
from mia_desktop.engine.scribe import Scribe
from mia_desktop.engine.seeing import open_eyes, open_picture_talker
from mia_desktop.engine.seer import Seer
from mia_desktop.engine.substitute import Substitute
from mia_desktop.engine.voice import Voice
from mia_desktop.engine.watch import Watch
from mia_desktop.language import prompts
from mia_desktop.language.llama import LlamaModel
from mia_desktop.library.store import Located, Store
from mia_desktop.memory.instructions import looks_like_instruction
from mia_desktop.monitor.resources import physical_cores, rss_bytes
from mia_desktop.monitor.sleep import SleepSignal
from mia_desktop.perception.audio_encoder import WhisperEncoder
from mia_desktop.perception.turn_detector import SmartTurnDetector
from mia_desktop.perception.voice_detector import SileroDetector
from mia_desktop.senses.echo import echo_canceller
from mia_desktop.senses.microphone import Microphone
from mia_desktop.senses.pictures import PictureReader
from mia_desktop.senses.replay_camera import PlayedCamera
from mia_desktop.senses.webcam import ChosenWebcam
from mia_desktop.speech.speaker import DeviceSpeaker
from mia_desktop.speech.synthesizer import PiperSynthesizer


def _no_other(name: str) -> LanguageModel:
    raise ModelMissingError(f"The model {name} cannot be used here.")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Makers:
    """How each part is made; tests put fakes in.

    Attributes:
        detector: makes the voice detector.
        encoder: makes the audio encoder.
        language: makes the language model.
        another_language: makes the language model of a name, to answer once in the place of the usual one.
        synthesizer: makes the synthesizer.
        turn_detector: makes the turn detector, if there is one.
        memory: opens the long-term memory; None for a guest, of whom nothing is kept.
        eyesight: makes what sees; it is loaded with the first picture. None: MIA sees nothing.
        opener: makes what opens pictures.
        picture_talker: opens the language model that sees pictures itself, if there is one; with the first picture.
    """

    detector: Callable[[], VoiceDetector]
    encoder: Callable[[], AudioEncoder]
    language: Callable[[], LanguageModel]
    synthesizer: Callable[[], Synthesizer]
    another_language: Callable[[str], LanguageModel] = _no_other
    turn_detector: Callable[[], TurnDetector] | None = None
    memory: Callable[[], LongTermMemory] | None = None
    eyesight: Callable[[], Eyesight] | None = None
    opener: Callable[[], PictureOpener] = PictureReader
    picture_talker: Callable[[], PictureTalker | None] = lambda: None


def real_parts(paths: Paths, settings: Settings) -> Makers:
    """Return the makers of the real parts that the settings name."""
    stay_offline()
    share_processor()
    share_memory()
    threads = settings.threads or physical_cores()

    def encoder() -> AudioEncoder:
        located = _located(paths, settings.hearing_model, "speech_to_text")
        return WhisperEncoder(located.folder, located.model.name, threads)

    def language(name: str) -> LanguageModel:
        located = _located(paths, name, "language")
        return LlamaModel(
            located.main,
            located.model.name,
            context_tokens=min(settings.context_tokens, located.model.context_tokens or settings.context_tokens),
            threads=threads,
            gpu_layers=settings.gpu_layers,
            temperature=settings.temperature,
            seed=settings.seed,
        )

    def synthesizer() -> Synthesizer:
        located = _located(paths, settings.voice, "text_to_speech")
        return PiperSynthesizer(located.main, located.model.name, speed=settings.speed, volume=settings.volume)

    def turn_detector() -> TurnDetector:
        located = _located(paths, settings.turn_model, "end_of_turn")
        return SmartTurnDetector(located.main, located.model.name, max(1, threads - 1))

    return Makers(
        detector=SileroDetector,
        encoder=encoder,
        language=lambda: language(settings.language_model),
        another_language=language,
        synthesizer=synthesizer,
        turn_detector=turn_detector if settings.turn_model else None,
        eyesight=lambda: open_eyes(paths, settings),
        picture_talker=lambda: open_picture_talker(paths, settings),
    )


def devices(settings: Settings) -> tuple[Microphone, DeviceSpeaker]:
    """Return the microphone and the speaker that the settings name."""
    return Microphone(settings.microphone), DeviceSpeaker(settings.speaker)


def camera(settings: Settings) -> Camera:
    """Return the camera that the settings name; closed, and perhaps not plugged in."""
    recording = Path(settings.camera).expanduser()
    if settings.camera and recording.exists():
        return PlayedCamera(recording)
    return ChosenWebcam(settings.camera)


def build(
    settings: Settings,
    makers: Makers,
    microphone: SoundInput | None = None,
    speaker: SoundOutput | None = None,
    camera: Camera | None = None,
) -> Engine:
    """Return an engine that has not been started.

    Without a microphone it reads typed text only; without a speaker it answers in writing only. Models that are not
    needed then are not loaded.
    """
    bus, clock = Bus(), SystemClock()
    ledger = Ledger(bus, clock)
    floor = Floor(ledger)
    ears_inbox = Mailbox[EarsItem]()
    scribe_inbox = Mailbox[Utterance](capacity=1, overflow=Overflow.DROP_OLDEST)  # only the newest state counts
    mind_inbox = Mailbox[MindItem](capacity=1, overflow=Overflow.DROP_OLDEST)
    voice_inbox = Mailbox[Sentence]()
    playback_inbox = Mailbox[SpeechFrame]()
    loading: list[Loading] = []
    workers: dict[str, Callable[[], None]] = {}
    ears = playback = None

    if microphone is not None:
        detector, encoder = Part(makers.detector), Part(makers.encoder)
        loading += [
            Loading(role="voice_activity", model="silero", part=detector),
            Loading(role="speech_to_text", model=settings.hearing_model, part=encoder),
        ]
        turn_detector = Part(makers.turn_detector) if makers.turn_detector else None
        if turn_detector is not None:
            loading.append(Loading(role="end_of_turn", model=settings.turn_model, part=turn_detector))
        played = PlayedSound() if speaker is None else speaker.played
        canceller = echo_canceller(on=settings.echo_canceller and speaker is not None, played=played)
        ears = Ears(
            ears_inbox,
            microphone,
            detector,
            turn_detector,
            canceller,
            settings,
            ledger,
            floor,
            bus,
            clock,
            scribe_inbox.put,
        )
        scribe = Scribe(scribe_inbox, encoder, settings, ledger, floor, bus, clock, mind_inbox.put)
        workers |= {"ears": ears.step, "scribe": scribe.step}

    eyes, seer = None, Seer(makers.picture_talker)
    eyes_inbox = Mailbox[EyesItem]()
    if makers.eyesight is not None:
        eyes = Eyes(eyes_inbox, Part(makers.eyesight), makers.opener(), camera, ledger, bus, clock, seer.load)
        bus.subscribe(eyes.note)
        workers["eyes"] = eyes.step

    language = Part(lambda: _warm(makers.language(), mind))
    memory = Part(makers.memory) if makers.memory else None
    keeper_inbox = Mailbox[KeeperItem](capacity=1024)
    substitute = Substitute(makers.another_language, bus, clock, rss_bytes)
    mind = Mind(
        mind_inbox,
        language,
        prompts.system(),
        settings,
        ledger,
        floor,
        bus,
        clock,
        voice_inbox.put,
        ears_inbox.put,
        memory,
        keeper_inbox.put if memory else None,
        eyes=eyes,
        is_order=looks_like_instruction,
        seer=seer,
        substitute=substitute,
    )
    bus.subscribe(mind.note)
    workers["mind"] = mind.step
    finishing = [mind.finish, eyes.finish] if eyes is not None else [mind.finish]
    unsaved: Callable[[], int] = int
    if memory is not None:  # it comes before the language model, which reads the user's rules first
        keeper = Keeper(keeper_inbox, memory, bus, clock, settings.user_name)
        loading.append(Loading(role="memory", model="vault", part=memory))
        bus.subscribe(keeper.note)
        unsaved = keeper.unsaved
        locking = Locking(memory, keeper_inbox.put, settings, clock)
        asleep = SleepSignal(locking.before_sleep, locking.after_sleep, clock)
        bus.subscribe(locking.note)
        workers |= {"keeper": keeper.step, "locking": locking.step, "asleep": asleep.step}
        finishing += [keeper.finish, asleep.close]
    loading.append(Loading(role="language", model=settings.language_model, part=language))

    if speaker is not None:
        synthesizer = Part(makers.synthesizer)
        loading.append(Loading(role="text_to_speech", model=settings.voice, part=synthesizer))
        playback = Playback(playback_inbox, speaker, ledger, floor, bus, clock)
        voice = Voice(voice_inbox, synthesizer, ledger, floor, playback_inbox.put)
        workers |= {"voice": voice.step, "speaker": playback.step}

    watch = Watch(settings, ledger, clock)
    bus.subscribe(watch.see)
    workers["watch"] = watch.step
    return Engine(
        bus=bus,
        clock=clock,
        ledger=ledger,
        loading=loading,
        workers=workers,
        ears_inbox=ears_inbox,
        mind_inbox=mind_inbox,
        keeper_inbox=keeper_inbox if memory is not None else None,
        locked=lambda: memory is None or not memory.loaded or memory.get().locked,
        queues={
            "hearing": ears_inbox,
            "seeing": eyes_inbox,
            "writing down": scribe_inbox,
            "thinking": mind_inbox,
            "speaking": voice_inbox,
            "playing": playback_inbox,
            "remembering": keeper_inbox,
        },
        inboxes=[ears_inbox, eyes_inbox, scribe_inbox, mind_inbox, voice_inbox, playback_inbox],
        ears=ears,
        playback=playback,
        breaking_off=[lambda: language.get().stop() if language.loaded else None, substitute.stop],
        finishing=finishing,
        rss_bytes=rss_bytes,
        eyes=eyes,
        conversation=lambda: mind.conversation,
        unsaved=unsaved,
    )


def _warm(model: LanguageModel, mind: Mind) -> LanguageModel:
    mind.warm_up(model)
    return model


def _located(paths: Paths, name: str, role: str) -> Located:
    located = Store(paths).located(name)
    if located.model.role != role:
        raise ModelError(
            f"The model {name} is for {located.model.role}, not {role}. `mia models list` shows the roles."
        )
    return located
