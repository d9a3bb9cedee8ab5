"""Spoken and typed conversation from the command line."""

import dataclasses
import sys
import threading
from pathlib import Path

import numpy as np
import typer

from mia_desktop.cli.camera import ask_for_look
from mia_desktop.cli.output import JsonOption, context, give, note, quiet_libraries, say
from mia_desktop.cli.session import Session, Turn
from mia_desktop.cli.vault_door import remembering
from mia_desktop.core.commands import (
    AskText,
    CancelTurn,
    SetHandsFree,
    StartListening,
    StopListening,
)
from mia_desktop.core.errors import DeviceError, InputError, UsageError
from mia_desktop.core.events import (
    EchoChanged,
    ReplyGrew,
    SpeechStarted,
    StateChanged,
    TranscriptReady,
    TurnFinished,
)
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples
from mia_desktop.core.sights import PictureBytes, Pixels
from mia_desktop.engine import assembly
from mia_desktop.monitor.latency import drawn
from mia_desktop.senses.pictures import PictureReader
from mia_desktop.senses.replay import ReplayInput
from mia_desktop.senses.replay_camera import ReplayCamera
from mia_desktop.senses.sound_file import load
from mia_desktop.senses.still_camera import StillCamera
from mia_desktop.speech.recorder import Recorder, save_wav

_LONGEST_ASK_CHARS = 100_000
_LARGEST_PICTURE_BYTES = 100_000_000
_VIDEOS = (".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm")


def talk(
    ctx: typer.Context,
    wav: list[Path] = typer.Option([], "--wav", help="A sound file with a question; again for the next turn."),
    image: list[Path] = typer.Option(
        [], "--image", help="A picture to show before the first question; again for more."
    ),
    camera_replay: list[Path] = typer.Option(
        [],
        "--camera-replay",
        help="A picture held before the camera during a question, again for the next one; or a video or folder of "
        "pictures, which the camera plays in real time.",
    ),
    out: Path | None = typer.Option(None, "--out", help="Where the spoken answers go, as one WAV."),
    real_time: bool = typer.Option(False, "--real-time", help="Play the files at the speed of speech."),
    json_: bool = JsonOption,
) -> None:
    """Hold a conversation from sound files and answer in a voice."""
    if not wav:
        raise UsageError("Name at least one sound file: mia talk --wav question.wav")
    here = context(ctx)
    settings = here.settings()
    questions = [load(path, settings.longest_turn_s) for path in wav]
    pictures = [_picture(path) for path in image]
    recording = camera_replay[0] if camera_replay and _is_recording(camera_replay[0]) else None
    if recording is not None and len(camera_replay) > 1:
        raise UsageError("Name one video or folder with --camera-replay, or a picture for each question.")
    held, scenes = StillCamera(), [] if recording is not None else _scenes(camera_replay)
    camera = ReplayCamera(recording, real_time=True) if recording is not None else held if scenes else None
    if out is not None and not out.absolute().parent.is_dir():
        raise InputError(f"There is no folder {out.absolute().parent}. Choose another place with --out.")
    microphone, speaker = ReplayInput(real_time=real_time or recording is not None), Recorder()
    turns: list[Turn] = []
    spoken: list[Samples] = []
    with remembering(here) as memory:
        makers = dataclasses.replace(assembly.real_parts(here.paths, settings), memory=memory)
        engine = assembly.build(settings, makers, microphone, speaker, camera)
        session = Session(engine)
        if not json_:
            note("Warming up ...")
        engine.start()
        try:
            session.wait_until_ready()
            session.show(pictures)
            if scenes:
                held.hold(scenes[0])
            if camera is not None:
                session.look_through_camera(once=False)
            for number, (path, samples) in enumerate(zip(wav, questions, strict=True)):
                if number < len(scenes):
                    held.hold(scenes[number])
                turns.append(_one_turn(session, microphone, samples, path))
                spoken.append(speaker.take())
                if not json_:
                    _show(turns[-1])
        finally:
            engine.stop()
    if out is not None:
        pause: Samples = np.zeros(speaker.sample_rate_hz // 2, dtype=np.float32)
        pieces = [piece for answer in spoken for piece in (answer, pause)][:-1]
        save_wav(out, np.concatenate(pieces), speaker.sample_rate_hz)
    if json_:
        give(
            {
                "turns": [dataclasses.asdict(turn) for turn in turns],
                "out": str(out) if out else None,
                "guest": memory is None,
            }
        )
    elif out is not None:
        say(f"The spoken answer is in {out}")


def _is_recording(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in _VIDEOS


def _scenes(files: list[Path]) -> list[Pixels]:
    """Return the pictures in `files`; raises InputError for what is none."""
    if not files:
        return []
    reader = PictureReader()
    try:
        return [reader.read(file).pixels for file in files]
    finally:
        reader.close()


def _one_turn(session: Session, microphone: ReplayInput, samples: Samples, path: Path) -> Turn:
    session.engine.submit(StartListening())
    while not isinstance(session.next(), SpeechStarted):
        pass
    microphone.play(samples)
    microphone.wait_until_heard(len(samples) / HEARING_RATE_HZ * 2 + 60)
    session.engine.submit(StopListening())
    try:
        return session.wait_for_turn()
    except InputError as error:
        raise type(error)(f"In {path}: {error}") from None


def _show(turn: Turn) -> None:
    say(f"Heard:    {turn.transcript}")
    for sight in turn.sights:
        say(f"Seen:     {sight['description']} ({sight['age_s']} s before)")
    for memory in turn.memories:
        say(f"Recalled: {memory['text']} ({memory['speaker']}, {str(memory['time'])[:10]})")
    say(f"Answered: {turn.reply}")
    say(drawn(turn.timings))


def ask(
    ctx: typer.Context,
    text: str = typer.Argument(help="The question."),
    image: list[Path] = typer.Option([], "--image", help="A picture that the question is about; again for more."),
    camera: bool = typer.Option(False, "--camera", help="Look through the camera for it, once, when you allow it."),
    allow_once: bool = typer.Option(False, "--allow-once", help="Allow this one look without being asked."),
    json_: bool = JsonOption,
) -> None:
    """Answer a written question in writing."""
    if not text.strip():
        raise InputError("The question is empty. Write something to answer.")
    if len(text) > _LONGEST_ASK_CHARS:
        raise InputError(f"The question is longer than {_LONGEST_ASK_CHARS} characters. Shorten it.")
    here = context(ctx)
    settings = here.settings()
    pictures = [_picture(path) for path in image]
    if camera:
        ask_for_look(here, "camera.look", allow_once)
    with remembering(here) as memory:
        engine = assembly.build(
            settings,
            dataclasses.replace(assembly.real_parts(here.paths, settings), memory=memory),
            camera=assembly.camera(settings) if camera else None,
        )
        session = Session(engine)
        engine.start()
        try:
            session.wait_until_ready()
            session.show(pictures)
            if camera:
                session.look_through_camera(once=True)
            engine.submit(AskText(text=text, aloud=False))
            turn = session.wait_for_turn()
        finally:
            engine.stop()
    if json_:
        give(
            {
                "reply": turn.reply,
                "model": turn.model,
                "timings": dataclasses.asdict(turn.timings),
                "memories": turn.memories,
                "sights": turn.sights,
                "guest": memory is None,
            }
        )
    else:
        say(turn.reply)


def _picture(path: Path) -> PictureBytes:
    """Return a picture file as it is; raises InputError when it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST_PICTURE_BYTES:
            raise InputError(f"{path.name} is larger than {_LARGEST_PICTURE_BYTES // 1_000_000} MB. Save it smaller.")
        return PictureBytes(content=path.read_bytes(), source="file", name=path.name)
    except FileNotFoundError:
        raise InputError(f"There is no file {path}. Check the name.") from None
    except OSError as error:
        raise InputError(f"{path.name} cannot be read ({error.strerror}). Give one picture.") from None


def listen(
    ctx: typer.Context,
    hands_free: bool = typer.Option(False, "--hands-free", help="Begin and end turns by voice instead of by Enter."),
) -> None:
    """Talk with MIA on the real microphone and speaker."""
    here = context(ctx)
    settings = dataclasses.replace(here.settings(), hands_free=hands_free or here.settings().hands_free)
    with quiet_libraries():
        _check_devices()
        microphone, speaker = assembly.devices(settings)
        microphone.open()
        microphone.close()
        speaker.open()
        speaker.close()
    with remembering(here) as memory:
        makers = dataclasses.replace(assembly.real_parts(here.paths, settings), memory=memory)
        engine = assembly.build(settings, makers, microphone, speaker)
        session = Session(engine)
        note("Warming up ...")
        engine.start()
        try:
            session.wait_until_ready()
            if settings.hands_free:
                engine.submit(SetHandsFree(on=True))
                note("Ready. Just talk; Ctrl-C ends.")
            else:
                note("Ready. Enter begins your turn, Enter again ends it; while I speak it cuts me short. Ctrl-C ends.")
                threading.Thread(target=_talk_key, args=(session,), name="mia-key", daemon=True).start()
            _converse(session)
        finally:
            engine.stop()


def _check_devices() -> None:
    from mia_desktop.senses.devices import found

    kinds = {device.kind for device in found()}
    for kind in ("microphone", "speaker"):
        if kind not in kinds:
            raise DeviceError(f"There is no {kind}. Plug one in; `mia devices` shows what is there.")


def _talk_key(session: Session) -> None:
    down = False
    for _ in sys.stdin:
        down = not down
        session.engine.submit(StartListening() if down else StopListening())
    session.engine.submit(CancelTurn())


def _converse(session: Session) -> None:
    while True:
        match session.next(timeout_s=0.5):
            case SpeechStarted():
                note("Listening ...")
            case TranscriptReady(text=text):
                say(f"You: {text}")
                print("MIA: ", end="", flush=True)
            case ReplyGrew(text=text):
                print(text, end="", flush=True)
            case EchoChanged(why=why):
                note(why)
            case TurnFinished(outcome="answered" | "cancelled"):
                say()
            case TurnFinished(why=why) | StateChanged(state="trouble", why=why):
                note(why)
