"""Does MIA hear herself, and does she hear you over her own voice? A simulation on real speech and the real parts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mia_desktop.bench.room import Room, loudness_db
from mia_desktop.core.played import PlayedSound
from mia_desktop.core.ports import HEARING_RATE_HZ, VoiceDetector
from mia_desktop.core.ring import Samples
from mia_desktop.perception.interruption import Block, Interruption, InterruptionRule, Verdict, level_db
from mia_desktop.senses.echo import echo_canceller

_AHEAD = HEARING_RATE_HZ // 10
_HEARD_WITHIN_S = 1.0
_VOICE_DB = -24.0
"""Level of MIA's voice as it is played, against full scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoReport:
    """What happened while MIA spoke.

    Attributes:
        echo_db: level of her echo at the microphone against what was played.
        user_db: level of the user against that echo; None when nobody else spoke.
        minutes: simulated time.
        stops: times she stopped though nobody else spoke.
        ducks: times she lowered her voice though nobody else spoke.
        interruptions: times somebody spoke over her.
        detected: how many of them stopped her within a second.
        onset_to_stop_s: time from onset to the verdict in each of these, seconds, in order.
        coupling_db: what the vote itself learned of the echo's level.
        suppressed_db: what it learned of how much the canceller takes away.
        half_duplex: whether it would recommend not to listen while she speaks.
    """

    echo_db: float
    user_db: float | None
    minutes: float
    stops: int
    ducks: int
    interruptions: int
    detected: int
    onset_to_stop_s: tuple[float, ...]
    coupling_db: float
    suppressed_db: float
    half_duplex: bool


def simulate(
    *,
    voice: Sequence[Samples],
    users: Sequence[Samples],
    room: Room,
    user_db: float | None,
    minutes: float,
    detector: VoiceDetector,
    rule: InterruptionRule,
    canceller: bool = True,
    seed: int = 7,
) -> EchoReport:
    """Let MIA talk in a room, with or without somebody who speaks over her, and count what the vote makes of it.

    Args:
        voice: her sentences, float32, 16 kHz.
        users: what others say, each beginning with its first voiced sample, float32, 16 kHz.
        room: how she sounds at the microphone.
        user_db: level of the others against her echo; None: nobody else speaks.
        minutes: how long, simulated.
        detector: the voice detector.
        rule: the vote's parameters.
        canceller: whether the echo canceller is on.
        seed: chance of order and pauses.
    """
    chance = np.random.default_rng(seed)
    played = monologue(voice, minutes, chance)
    echo = room.echo(played)
    said = np.zeros_like(played)
    onsets: list[int] = []
    if user_db is not None:
        said, onsets = _interruptions(played, users, loudness_db(echo) + user_db, chance)
    captured = echo + said + room.noise(len(played))
    verdicts, end = _verdicts(captured, played, detector, rule, canceller)
    block_s = detector.block_samples / HEARING_RATE_HZ
    stops = _begins(verdicts, "stop")
    delays = []
    for onset in onsets:
        after = [number for number in stops if onset <= (number + 1) * detector.block_samples]
        delay_s = (after[0] + 1) * block_s - onset / HEARING_RATE_HZ if after else np.inf
        if delay_s <= _HEARD_WITHIN_S:
            delays.append(float(delay_s))
    alone = user_db is None
    return EchoReport(
        echo_db=room.echo_db,
        user_db=user_db,
        minutes=minutes,
        stops=len(stops) if alone else 0,
        ducks=len(_begins(verdicts, "duck")) if alone else 0,
        interruptions=len(onsets),
        detected=len(delays),
        onset_to_stop_s=tuple(sorted(delays)),
        coupling_db=end.coupling_db,
        suppressed_db=end.suppressed_db,
        half_duplex=end.half_duplex(rule),
    )


def monologue(voice: Sequence[Samples], minutes: float, chance: np.random.Generator) -> Samples:
    """Return MIA's sentences in any order with pauses of 0.1 to 2.5 s, as loud as she plays them."""
    wanted = int(minutes * 60 * HEARING_RATE_HZ)
    pieces: list[Samples] = [np.zeros(HEARING_RATE_HZ // 2, dtype=np.float32)]
    while sum(len(piece) for piece in pieces[-2:]) and sum(map(len, pieces)) < wanted:
        pieces.append(voice[int(chance.integers(len(voice)))])
        pieces.append(np.zeros(int(chance.uniform(0.1, 2.5) * HEARING_RATE_HZ), dtype=np.float32))
    sound = np.concatenate(pieces)[:wanted]
    out: Samples = np.clip(sound * 10 ** ((_VOICE_DB - loudness_db(sound)) / 20), -1, 1).astype(np.float32)
    return out


def _interruptions(
    played: Samples, users: Sequence[Samples], to_db: float, chance: np.random.Generator
) -> tuple[Samples, list[int]]:
    said = np.zeros_like(played)
    onsets = []
    at, step = 8 * HEARING_RATE_HZ, HEARING_RATE_HZ // 10
    while at < len(played) - 3 * HEARING_RATE_HZ:
        if level_db(played[at : at + 2 * step]) < _VOICE_DB - 10:  # only while she speaks
            at += step
            continue
        user = users[int(chance.integers(len(users)))][: int(1.6 * HEARING_RATE_HZ)]
        said[at : at + len(user)] = user * 10 ** ((to_db - loudness_db(user)) / 20)
        onsets.append(at)
        at += len(user) + int(chance.uniform(1.5, 2.5) * HEARING_RATE_HZ)
    return said, onsets


def _verdicts(
    captured: Samples, played: Samples, detector: VoiceDetector, rule: InterruptionRule, canceller: bool
) -> tuple[list[Verdict], Interruption]:
    """Run the parts as the ears do, on simulated time; a verdict per block of the detector."""
    record = PlayedSound()
    record.begin(HEARING_RATE_HZ)
    echo = echo_canceller(on=canceller, played=record)
    detector.reset()
    state, verdicts = Interruption(), list[Verdict]()
    size, written = detector.block_samples, 0
    waiting = np.zeros((4, 0), dtype=np.float32)
    for start in range(0, len(captured) - size, size):
        ahead = min(len(played), start + size + _AHEAD)
        record.write(played[written:ahead], 1.0 + written / HEARING_RATE_HZ)
        written = ahead
        clean = echo.clean(captured[start : start + size], 1.0 + (start + size) / HEARING_RATE_HZ)
        looks = np.stack((clean.samples, clean.residue, clean.captured, clean.played))
        waiting = np.concatenate((waiting, looks), axis=1)
        verdict: Verdict = verdicts[-1] if verdicts else "nothing"
        while waiting.shape[1] >= size:
            block, waiting = waiting[:, :size], waiting[:, size:]
            state, verdict = state.hear(
                rule,
                Block(
                    probability=detector.probability(np.ascontiguousarray(block[0])),
                    clean_db=level_db(block[0]),
                    residue_db=level_db(block[1]),
                    captured_db=level_db(block[2]),
                    played_db=level_db(block[3]),
                    seconds=size / HEARING_RATE_HZ,
                ),
            )
        verdicts.append(verdict)
    return verdicts, state


def _begins(verdicts: Sequence[Verdict], wanted: Verdict) -> list[int]:
    return [n for n, verdict in enumerate(verdicts) if verdict == wanted and (not n or verdicts[n - 1] != wanted)]
