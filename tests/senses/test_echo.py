import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from mia_desktop.bench.room import Room
from mia_desktop.core.played import PlayedSound
from mia_desktop.core.ports import HEARING_RATE_HZ, EchoCanceller
from mia_desktop.core.ring import Samples
from mia_desktop.senses.adaptive import AdaptiveFilter
from mia_desktop.senses.echo import BLOCK, PassThrough, WebRtcCanceller, echo_canceller
from mia_desktop.senses.sound_file import load
from tests.conftest import SAMPLES

STEP = 512
CLIPS = ("and-of-italy", "capital-of-france", "my-name-is-anna", "two-plus-three")


def _speech(seconds: float) -> Samples:
    clip = np.concatenate([load(SAMPLES / f"{name}.wav", 20) for name in CLIPS])
    return np.tile(clip, 8)[: int(seconds * HEARING_RATE_HZ)]


def _power_db(samples: Samples) -> float:
    return 10 * float(np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))


def _cleaned(captured: Samples, voice: Samples, played_late_s: float = 0.0) -> tuple[Samples, Samples]:
    played = PlayedSound()
    played.begin(HEARING_RATE_HZ)
    canceller = WebRtcCanceller(played)
    frames, ahead = [], HEARING_RATE_HZ // 10
    for start in range(0, len(captured) - STEP, STEP):
        begin = 0 if not start else start + ahead
        played.write(voice[begin : start + STEP + ahead], 5.0 + begin / HEARING_RATE_HZ + played_late_s)
        frames.append(canceller.clean(captured[start : start + STEP], 5.0 + (start + STEP) / HEARING_RATE_HZ))
    return np.concatenate([f.samples for f in frames]), np.concatenate([f.residue for f in frames])


@pytest.mark.parametrize(
    "room",
    [
        Room(echo_db=-6, delay_s=0.02),
        Room(echo_db=-12, delay_s=0.1),
        Room(echo_db=-20, delay_s=0.06),
        Room(echo_db=-12, delay_s=0.3),
        Room(echo_db=-12, drift_ppm=100),
        Room(echo_db=-12, clip=0.4),
    ],
    ids=str,
)
def test_an_echo_is_taken_out_in_many_rooms(room: Room) -> None:
    voice = _speech(8)
    captured = room.echo(voice) + Room(noise_db=-75).noise(len(voice))
    samples, residue = _cleaned(captured, voice)
    late = slice(4 * HEARING_RATE_HZ, len(samples))
    assert _power_db(captured[late]) - _power_db(residue[late]) > 18
    assert _power_db(captured[late]) - _power_db(samples[late]) > 12


@pytest.mark.parametrize("wrong_s", [-0.02, 0.015])
def test_the_device_may_be_wrong_about_its_times(wrong_s: float) -> None:
    voice = _speech(8)
    captured = Room(delay_s=0.003).echo(voice)
    _, residue = _cleaned(captured, voice, wrong_s)
    late = slice(4 * HEARING_RATE_HZ, len(residue))
    assert _power_db(captured[late]) - _power_db(residue[late]) > 18


def test_a_voice_alone_passes_8_ms_late() -> None:
    voice = _speech(4)
    samples, _ = _cleaned(voice, np.zeros_like(voice))
    size = 1 << 18
    likeness = np.fft.irfft(np.fft.rfft(samples, size) * np.conj(np.fft.rfft(voice[: len(samples)], size)))
    assert 100 <= int(np.argmax(likeness)) <= 150
    assert _power_db(samples) == pytest.approx(_power_db(voice), abs=1.0)


def test_a_voice_beside_the_echo_is_kept_better_than_by_webrtc_alone() -> None:
    voice, user = _speech(10), np.roll(_speech(10), 5 * HEARING_RATE_HZ)
    user[: 6 * HEARING_RATE_HZ] = 0
    echo = Room(echo_db=-6).echo(voice)
    samples, residue = _cleaned(echo + 0.4 * user, voice)
    late = slice(6 * HEARING_RATE_HZ + 1000, len(samples))
    assert _power_db(samples[late]) > _power_db(residue[late]) + 3


def test_only_whole_blocks_come_back_and_nothing_is_lost() -> None:
    canceller = PassThrough(PlayedSound())
    sound = np.random.default_rng(1).standard_normal(5000).astype(np.float32)
    out, at = [], 0
    for count in (100, 200, 1, 0, 159, 160, 777, 3603):
        frame = canceller.clean(sound[at : at + count], (at + count) / HEARING_RATE_HZ)
        at += count
        assert len(frame.samples) % BLOCK == 0
        assert frame.until_s == pytest.approx((sum(map(len, out)) + len(frame.samples)) / HEARING_RATE_HZ)
        out.append(frame.samples)
    whole = np.concatenate(out)
    assert (whole == sound[: len(whole)]).all()
    assert at - len(whole) < BLOCK
    assert not canceller.active


@pytest.mark.parametrize("make", [PassThrough, WebRtcCanceller])
def test_what_is_held_back_is_the_end_of_what_came(make: Callable[[PlayedSound], EchoCanceller]) -> None:
    canceller, sound = make(PlayedSound()), _speech(1)[: HEARING_RATE_HZ // 2 + 77]
    out = canceller.clean(sound[:5000], 5000 / HEARING_RATE_HZ).samples
    out = np.concatenate((out, canceller.clean(sound[5000:], len(sound) / HEARING_RATE_HZ).samples))
    held = canceller.held_back()
    assert len(held) < HEARING_RATE_HZ // 50
    assert (held == sound[len(sound) - len(held) :]).all()
    late = len(out) + len(held) - len(sound)
    assert late == (0 if make is PassThrough else HEARING_RATE_HZ // 125)
    canceller.reset()
    assert not len(canceller.held_back())


def test_the_reference_is_what_sounds_at_that_time_whatever_the_devices_rate() -> None:
    played = PlayedSound()
    played.begin(44_100)
    tone = np.sin(2 * np.pi * 300 * np.arange(44_100) / 44_100).astype(np.float32)
    played.write(tone, 3.0)
    canceller = PassThrough(played)
    frames = [canceller.clean(np.zeros(320, dtype=np.float32), 3.2 + 0.02 * n) for n in range(20)]
    got = np.concatenate([frame.played for frame in frames])
    from_s = 3.2 - 0.02 + 0.02  # told of 20 ms early
    wanted = np.sin(2 * np.pi * 300 * (from_s - 3.0 + np.arange(len(got)) / HEARING_RATE_HZ))
    assert np.abs(got - wanted)[200:].max() < 0.02


def test_where_clocks_part_the_reference_drifts_along_and_never_jumps() -> None:
    played = PlayedSound()
    played.begin(HEARING_RATE_HZ)
    canceller = PassThrough(played)
    size, drift, got = 512, 1.0003, []
    turn = 2 * np.pi * 200 / HEARING_RATE_HZ
    for number in range(6000):  # three minutes: without following it would be 58 ms by then
        tone = np.sin(turn * np.arange(number * size, (number + 1) * size)).astype(np.float32)
        played.write(tone, 1.0 + 0.032 * number)
        if number > 10:
            captured = np.zeros(size, dtype=np.float32)
            got.append(canceller.clean(captured, 1.0 + 0.032 * (number - 5) * drift).played)
    heard = np.concatenate(got)
    assert np.abs(np.diff(heard))[2000:].max() < 1.01 * turn, "not even by a sample"
    steady = heard[-20 * HEARING_RATE_HZ :]
    assert np.abs(steady[2:] + steady[:-2] - 2 * np.cos(turn * drift) * steady[1:-1]).max() < 1e-3, "at that pace"
    at_s = 0.032 * 5994 * drift + 0.02  # where the last block ends
    assert abs(heard[-1] - np.sin(turn * (at_s * HEARING_RATE_HZ - 1))) < 16 * turn, "within a millisecond"


def test_the_reference_keeps_its_place_while_sound_passes() -> None:
    played = PlayedSound()
    played.begin(44_100)
    tone = np.sin(2 * np.pi * 300 * np.arange(44_100) / 44_100).astype(np.float32)
    played.write(np.zeros(44_100, dtype=np.float32), 2.0)
    played.write(tone, 3.0)
    canceller, size, jitter = PassThrough(played), 330, (0.0, 0.01, -0.01)
    got = []
    for number in range(90):
        until_s = 2.0 + size * (number + 1) / HEARING_RATE_HZ + jitter[number % 3]
        nothing = np.zeros(size, dtype=np.float32)
        if number < 20:
            canceller.clean(nothing, until_s)
        elif number < 45:
            canceller.let_pass(nothing, until_s)
        else:
            got.append(canceller.clean(nothing, until_s).played)
    heard = np.concatenate(got)
    start = 45 * size // BLOCK * BLOCK
    at_s = (start + np.arange(len(heard))) / HEARING_RATE_HZ + 0.02 - 1.0
    wanted = np.where(at_s < 0, 0, np.sin(2 * np.pi * 300 * at_s))
    late = slice(HEARING_RATE_HZ // 5, None)
    assert np.abs(heard - wanted)[late].max() < 0.15, "as if each had been read, jitter or not"


def test_what_was_learned_of_the_room_is_there_after_a_rest() -> None:
    voice = _speech(10)
    captured = Room(echo_db=-12, delay_s=0.06).echo(voice)
    played = PlayedSound()
    played.begin(HEARING_RATE_HZ)
    canceller, ahead = WebRtcCanceller(played), HEARING_RATE_HZ // 10
    rest = np.zeros(3 * HEARING_RATE_HZ, dtype=np.float32)
    played_all, captured_all = np.concatenate((voice, rest, voice)), np.concatenate((captured, rest, captured))
    after: list[Samples] = []
    for start in range(0, len(captured_all) - STEP, STEP):
        begin = 0 if not start else start + ahead
        played.write(played_all[begin : start + STEP + ahead], 5.0 + begin / HEARING_RATE_HZ)
        block, until_s = captured_all[start : start + STEP], 5.0 + (start + STEP) / HEARING_RATE_HZ
        if len(voice) + HEARING_RATE_HZ < start < len(voice) + len(rest) - HEARING_RATE_HZ:
            canceller.let_pass(block, until_s)
        else:
            frame = canceller.clean(block, until_s)
            if start >= len(voice) + len(rest):
                after.append(frame.residue)
    residue = np.concatenate(after)[:HEARING_RATE_HZ]
    assert _power_db(captured[:HEARING_RATE_HZ]) - _power_db(residue) > 18, "in the first second already"


def test_switched_off_or_not_installed_sound_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not echo_canceller(on=False, played=PlayedSound()).active
    assert echo_canceller(on=True, played=PlayedSound()).active
    monkeypatch.setitem(sys.modules, "livekit.rtc.apm", None)
    assert not echo_canceller(on=True, played=PlayedSound()).active


def test_the_filter_leaves_the_sound_alone_while_nothing_plays() -> None:
    one = AdaptiveFilter(BLOCK)
    sound = np.random.default_rng(1).standard_normal(BLOCK).astype(np.float32)
    assert one.subtract(sound, np.zeros(BLOCK, dtype=np.float32)) is sound


ALONE = """
import sys, threading
seen = []
sys.addaudithook(lambda name, _: seen.append(name) if name.startswith(("socket.", "subprocess.", "os.exec")) else None)
from mia_desktop.core.played import PlayedSound
import mia_desktop.senses.echo as echo
assert "livekit" not in sys.modules
canceller = echo.echo_canceller(on=True, played=PlayedSound())
import numpy as np
for number in range(50):
    canceller.clean(np.zeros(160, dtype=np.float32), number / 100)
import asyncio
assert canceller.active
assert threading.active_count() == 1, threading.enumerate()
assert asyncio._get_running_loop() is None
print(seen)
"""


def test_it_opens_no_socket_and_leaves_no_python_thread() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
