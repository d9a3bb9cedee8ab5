"""One suite per port, run on the fake and on the real part."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import DeviceError
from mia_desktop.core.items import Message
from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import (
    AudioEncoder,
    LanguageModel,
    SoundInput,
    SoundOutput,
    Synthesizer,
    VoiceDetector,
)
from mia_desktop.engine.assembly import Makers, real_parts
from mia_desktop.senses.microphone import Microphone
from mia_desktop.senses.replay import ReplayInput
from mia_desktop.senses.sound_file import load
from mia_desktop.speech.recorder import Recorder
from mia_desktop.speech.speaker import DeviceSpeaker
from tests.conftest import SAMPLES
from tests.fakes import FakeDetector, FakeEncoder, FakeLanguageModel, FakeSynthesizer, SlowSpeaker

BOTH = pytest.mark.parametrize("kind", ["fake", pytest.param("real", marks=pytest.mark.models)])
SILENCE = np.zeros(16_000, dtype=np.float32)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Makers:
    return real_parts(Paths.choose(tmp_path_factory.mktemp("home"), Paths.choose().models), Settings())


@pytest.fixture(scope="module")
def parts(real: Makers) -> Callable[[str, str], object]:
    made: dict[tuple[str, str], object] = {}
    fakes = {
        "detector": FakeDetector,
        "encoder": FakeEncoder,
        "language": FakeLanguageModel,
        "synthesizer": FakeSynthesizer,
    }

    def part(name: str, kind: str) -> object:
        if (name, kind) not in made:
            made[name, kind] = fakes[name]() if kind == "fake" else getattr(real, name)()
        return made[name, kind]

    return part


@BOTH
def test_a_voice_detector_tells_speech_from_silence(parts: Callable[[str, str], VoiceDetector], kind: str) -> None:
    detector = parts("detector", kind)
    size = detector.block_samples
    speech = load(SAMPLES / "capital-of-france.wav", 10)

    def heard(samples: np.ndarray) -> list[float]:
        detector.reset()
        return [detector.probability(samples[i : i + size]) for i in range(0, len(samples) - size, size)]

    assert all(0 <= p <= 1 for p in heard(speech))
    assert max(heard(speech)) > 0.5
    assert max(heard(SILENCE)) < 0.5
    assert heard(speech) == heard(speech), "reset forgets everything"


@BOTH
def test_an_audio_encoder_writes_down_speech(parts: Callable[[str, str], AudioEncoder], kind: str) -> None:
    encoder = parts("encoder", kind)
    samples = load(SAMPLES / "capital-of-france.wav", 10)
    hearing = encoder.transcribe(samples, None)
    assert hearing.text == " ".join(one.text for one in hearing.segments)
    assert hearing.text == ("What is this?" if kind == "fake" else "What is the capital of France?")
    assert hearing.language == "en"
    assert hearing.audio_s == pytest.approx(len(samples) / 16_000)
    assert all(0 <= one.start_s <= one.end_s <= hearing.audio_s + 0.5 for one in hearing.segments)
    assert encoder.model


@BOTH
def test_a_language_model_answers_piece_by_piece_and_can_be_stopped(
    parts: Callable[[str, str], LanguageModel], kind: str
) -> None:
    model = parts("language", kind)
    messages = [Message(role="user", text="Name three colours, please.")]
    model.warm_up(messages)
    pieces = list(model.reply(messages, 12))
    assert len(pieces) > 1
    assert model.count_tokens("".join(pieces)) <= 14
    assert model.count_tokens("") == 0
    assert model.count_tokens("one two three") >= 3
    reply = model.reply(messages, 100)
    next(reply)
    reply.close()
    assert list(model.reply(messages, 3)), "it still answers after it was stopped"


@BOTH
def test_a_synthesizer_speaks_words_and_is_silent_about_nothing(
    parts: Callable[[str, str], Synthesizer], kind: str
) -> None:
    synthesizer = parts("synthesizer", kind)
    sound = np.concatenate(list(synthesizer.synthesize("This is a test.")))
    assert sound.dtype == np.float32
    assert 0.01 < np.abs(sound).max() <= 1.0
    assert len(sound) > 0.1 * synthesizer.sample_rate_hz
    assert list(synthesizer.synthesize("")) == []


@pytest.fixture(params=["replay", pytest.param("device", marks=pytest.mark.devices)])
def sound_input(request: pytest.FixtureRequest) -> SoundInput:
    if request.param == "replay":
        replay = ReplayInput(real_time=True)
        replay.play(np.zeros(16_000 * 5, dtype=np.float32))
        return replay
    request.getfixturevalue("portaudio")
    return Microphone()


def test_a_sound_input_gives_16_khz_in_real_time(sound_input: SoundInput) -> None:
    import threading

    sound_input.open()
    pause, got = threading.Event(), 0
    for _ in range(300):  # a sound server may need seconds to wake its first stream
        pause.wait(0.02)
        if len(sound_input.read()):
            break
    for _ in range(50):
        pause.wait(0.02)
        samples = sound_input.read()
        assert samples.dtype == np.float32
        assert samples.ndim == 1
        got += len(samples)
    assert 16_000 * 0.7 < got < 16_000 * 2.0
    assert sound_input.lost() == 0
    sound_input.close()
    sound_input.close()


@pytest.fixture(params=["recorder", "slow", pytest.param("device", marks=pytest.mark.devices)])
def sound_output(request: pytest.FixtureRequest) -> SoundOutput:
    if request.param == "device":
        request.getfixturevalue("portaudio")
        return DeviceSpeaker()
    return Recorder() if request.param == "recorder" else SlowSpeaker()


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100])
def test_a_sound_output_takes_what_fits_and_forgets_on_flush(sound_output: SoundOutput, rate_hz: int) -> None:
    sound_output.open()
    taken = sound_output.write(np.zeros(rate_hz, dtype=np.float32), rate_hz)
    assert 0 < taken <= rate_hz
    assert 0 <= sound_output.pending_s() <= 1.25
    sound_output.flush()
    assert sound_output.pending_s() == 0
    sound_output.close()
    sound_output.close()


@pytest.mark.devices
def test_a_device_that_is_not_there_is_told_in_a_sentence(portaudio: object) -> None:
    with pytest.raises(DeviceError, match="no such thing cannot be used"):
        Microphone("no such thing").open()
    with pytest.raises(DeviceError, match="no such thing cannot be used"):
        DeviceSpeaker("no such thing").open()


def test_models_of_the_wrong_role_are_refused(tmp_path: Path) -> None:
    settings = Settings(language_model="whisper-base")
    from mia_desktop.core.errors import ModelError

    with pytest.raises(ModelError, match="is for speech_to_text"):
        real_parts(Paths.choose(tmp_path, Paths.choose().models), settings).language()
