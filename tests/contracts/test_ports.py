"""One suite per port, run on the fake and on the real part."""

import gc
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import DeviceError, ModelError
from mia_desktop.core.items import Message
from mia_desktop.core.paths import Paths
from mia_desktop.core.played import PlayedSound
from mia_desktop.core.ports import (
    AudioEncoder,
    EchoCanceller,
    LanguageModel,
    SoundInput,
    SoundOutput,
    Synthesizer,
    TurnDetector,
    VoiceDetector,
)
from mia_desktop.engine.assembly import Makers, real_parts
from mia_desktop.language.llama import LlamaModel
from mia_desktop.library.store import Store
from mia_desktop.monitor.resources import rss_bytes
from mia_desktop.perception.turn_detector import SmartTurnDetector
from mia_desktop.senses.echo import echo_canceller
from mia_desktop.senses.microphone import Microphone
from mia_desktop.senses.replay import ReplayInput
from mia_desktop.senses.sound_file import load
from mia_desktop.speech.recorder import Recorder
from mia_desktop.speech.speaker import DeviceSpeaker
from tests.conftest import SAMPLES
from tests.fakes import FakeDetector, FakeEncoder, FakeLanguageModel, FakeSynthesizer, FakeTurnDetector, SlowSpeaker

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
def test_a_turn_detector_tells_a_question_from_its_beginning(kind: str) -> None:
    located = Store(Paths.choose()).located("smart-turn-v3") if kind == "real" else None
    detector: TurnDetector = (
        SmartTurnDetector(located.main, "smart-turn-v3", threads=1) if located else FakeTurnDetector()
    )
    speech = load(SAMPLES / "capital-of-france.wav", 10)
    whole = np.concatenate((speech, SILENCE[:3_200]))
    assert 0 <= detector.probability(speech[:16_000]) < 0.5 < detector.probability(whole) <= 1
    assert detector.probability(whole) == detector.probability(whole), "it remembers nothing"
    long = np.concatenate((SILENCE, SILENCE, *[speech] * 6, SILENCE[:3_200]))
    assert detector.probability(long) == pytest.approx(detector.probability(long[-8 * 16_000 :])), "the last 8 s count"
    assert 0 <= detector.probability(SILENCE[:0]) <= 1
    assert detector.model


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
    model.read(messages)
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
def test_a_language_model_breaks_off_what_it_does(real: Makers, kind: str) -> None:
    model: LanguageModel = FakeLanguageModel("one two three") if kind == "fake" else real.language()
    reply = model.reply([Message(role="user", text="Count to a hundred, please.")], 200)
    next(reply)
    began_s = time.monotonic()
    model.stop()
    with pytest.raises(ModelError, match="closing"):
        list(reply)
    assert time.monotonic() - began_s < 1.0
    assert list(model.reply([Message(role="user", text="Hello.")], 3)), "what comes later is not broken off"


@pytest.mark.models
def test_reading_is_broken_off_in_the_middle_of_a_batch(real: Makers) -> None:
    model = real.language()
    threading.Timer(0.3, model.stop).start()
    began_s = time.monotonic()
    with pytest.raises(ModelError, match="closing"):
        model.read([Message(role="user", text="A long story. " * 400)])
    assert time.monotonic() - began_s < 1.0


@BOTH
def test_a_synthesizer_speaks_words_and_is_silent_about_nothing(
    parts: Callable[[str, str], Synthesizer], kind: str
) -> None:
    synthesizer = parts("synthesizer", kind)
    speech = list(synthesizer.synthesize("This is a test."))
    sound = np.concatenate([one.samples for one in speech])
    assert sound.dtype == np.float32
    assert 0.01 < np.abs(sound).max() <= 1.0
    assert len(sound) > 0.1 * synthesizer.sample_rate_hz
    assert list(synthesizer.synthesize("")) == []
    assert synthesizer.language == "en"
    for one in speech:
        assert [*one.words] == sorted(one.words), "in order"
        assert one.words[-1][0] == len(one.samples)
    assert speech[-1].words[-1][1] == 1.0


@BOTH
def test_a_synthesizer_takes_a_new_volume_without_being_made_again(
    parts: Callable[[str, str], Synthesizer], kind: str
) -> None:
    synthesizer = parts("synthesizer", kind)
    (loud,) = synthesizer.synthesize("Louder.")
    synthesizer.volume = 0.25
    (soft,) = synthesizer.synthesize("Louder.")
    synthesizer.volume = 1.0
    np.testing.assert_allclose(np.abs(soft.samples).max(), 0.25 * np.abs(loud.samples).max(), rtol=1e-5)


@pytest.fixture(params=["replay", pytest.param("device", marks=pytest.mark.devices)])
def sound_input(request: pytest.FixtureRequest) -> SoundInput:
    if request.param == "replay":
        replay = ReplayInput(real_time=True)
        replay.play(np.zeros(16_000 * 5, dtype=np.float32))
        return replay
    request.getfixturevalue("portaudio")
    return Microphone()


def test_a_sound_input_gives_16_khz_in_real_time(sound_input: SoundInput) -> None:
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
    assert sound_input.xruns() >= 0
    assert -0.2 < time.monotonic() - sound_input.heard_until_s() < 0.5
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
    assert 0 <= sound_output.flush() <= taken / rate_hz
    assert sound_output.pending_s() == 0
    assert sound_output.flush() == 0
    assert sound_output.xruns() >= 0
    assert len(sound_output.played.read(0.0, 10)) == 10
    sound_output.close()
    sound_output.close()


def test_a_sound_output_can_be_paused_softened_and_flushed_while_paused(sound_output: SoundOutput) -> None:
    sound_output.open()
    sound_output.write(np.zeros(8_000, dtype=np.float32), 16_000, last=True)
    sound_output.set_gain(0.3)
    sound_output.pause()
    left_s = sound_output.pending_s()
    assert left_s == sound_output.pending_s()
    sound_output.resume()
    sound_output.pause()
    sound_output.flush()
    assert sound_output.pending_s() == 0
    sound_output.set_gain(1.0)
    assert sound_output.write(np.zeros(800, dtype=np.float32), 16_000) == 800, "a flush ends a pause"
    sound_output.close()


@pytest.fixture(params=["off", "on"])
def canceller(request: pytest.FixtureRequest) -> EchoCanceller:
    return echo_canceller(on=request.param == "on", played=PlayedSound())


def test_an_echo_canceller_gives_whole_blocks_of_one_length(canceller: EchoCanceller) -> None:
    sound = (0.1 * np.sin(np.arange(4_000) / 5)).astype(np.float32)
    got = 0
    for end in range(250, 4_001, 250):
        frame = canceller.clean(sound[end - 250 : end], end / 16_000)
        arrays = (frame.samples, frame.residue, frame.captured, frame.played)
        assert len({len(one) for one in arrays}) == 1
        assert all(one.dtype == np.float32 for one in arrays)
        got += len(frame.samples)
        assert frame.until_s == pytest.approx(got / 16_000)
    assert got == 4_000
    canceller.reset()
    assert len(canceller.clean(sound[:100], 1.0).samples) == 0


def test_an_echo_canceller_lets_sound_pass_as_it_is(canceller: EchoCanceller) -> None:
    sound = (0.1 * np.sin(np.arange(4_000) / 5)).astype(np.float32)
    passed = [canceller.let_pass(sound[end - 250 : end], end / 16_000) for end in range(250, 4_001, 250)]
    assert all(len(one) % 160 == 0 for one in passed)
    assert (np.concatenate(passed) == sound).all()


@pytest.mark.parametrize("device", [Microphone(), DeviceSpeaker(), Microphone("headset"), DeviceSpeaker("headset")])
def test_where_there_are_no_devices_that_is_told_in_a_sentence(
    device: Microphone | DeviceSpeaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sounddevice

    for name, value in (("XDG_RUNTIME_DIR", tmp_path), ("PULSE_SERVER", tmp_path / "none"), ("ALSA_CONFIG_PATH", "")):
        monkeypatch.setenv(name, str(value))
    monkeypatch.delenv("PULSE_RUNTIME_PATH", raising=False)
    sounddevice._terminate()
    sounddevice._initialize()
    try:
        with pytest.raises(DeviceError, match="cannot be used"):
            device.open()
    finally:
        device.close()
        sounddevice._terminate()
        sounddevice._initialize()


def test_models_of_the_wrong_role_are_refused(tmp_path: Path) -> None:
    settings = Settings(language_model="whisper-base")
    from mia_desktop.core.errors import ModelError

    with pytest.raises(ModelError, match="is for speech_to_text"):
        real_parts(Paths.choose(tmp_path, Paths.choose().models), settings).language()


def test_a_language_model_that_nobody_has_any_more_is_gone_at_once(real: Makers) -> None:
    gc.collect()
    gc.disable()  # gigabytes should not wait for a search for garbage
    try:
        before = rss_bytes()
        model: LanguageModel | None = real.language()
        grown = rss_bytes() - before
        model = None
        assert model is None
        assert rss_bytes() - before < grown / 2
    finally:
        gc.enable()


def test_up_to_where_the_users_words_will_begin_all_is_read_before_there_are_any(real: Makers) -> None:
    model = real.language()
    assert isinstance(model, LlamaModel)
    system, words = Message(role="system", text="You are kind."), Message(role="user", text="Hello there")
    model.read([system, Message(role="user", text="")])
    read = list(model._llama.input_ids[: model._llama.n_tokens])
    prompt = model._prompt([system, words])
    assert read == model._tokens(prompt[: prompt.index("Hello")])
    assert model._tokens(prompt)[: len(read)] == read
