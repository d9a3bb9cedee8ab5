"""From growing utterances to words."""

from typing import Literal

import numpy as np

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import SystemClock
from mia_desktop.core.config import Settings
from mia_desktop.core.items import Overheard, UserText, Utterance
from mia_desktop.core.mailbox import Mailbox
from mia_desktop.core.ports import AudioEncoder
from mia_desktop.core.turn import TurnId
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.part import Part
from mia_desktop.engine.scribe import Scribe
from tests.fakes import FakeEncoder

SAID = np.full(16_000, 0.1, dtype=np.float32)


class Stage:
    """A scribe with a fake encoder, and what it gave to the mind."""

    def __init__(self) -> None:
        self.encoder = FakeEncoder()
        self.ledger = Ledger(Bus(), SystemClock())
        self.inbox = Mailbox[Utterance]()
        self.given: list[UserText | Overheard] = []
        part: Part[AudioEncoder] = Part(lambda: self.encoder)
        part.load()
        self.scribe = Scribe(
            self.inbox,
            part,
            Settings(),
            self.ledger,
            Floor(self.ledger),
            Bus(),
            SystemClock(),
            lambda item, _: self.given.append(item),
        )

    def hear(self, turn: TurnId, revision: int, progress: Literal["speaking", "paused", "ended"]) -> None:
        self.inbox.put(
            Utterance(turn=turn, revision=revision, samples=SAID, voiced_s=0.8, progress=progress, by_key=True)
        )
        self.scribe.step()


def test_a_pause_over_which_the_user_spoke_on_is_not_read() -> None:
    stage = Stage()
    turn = stage.ledger.open()
    stage.ledger.revise(turn, 20_000)
    stage.hear(turn, 10_000, "paused")
    assert not stage.encoder.heard
    stage.hear(turn, 20_000, "paused")
    assert len(stage.encoder.heard) == 1


def test_what_was_read_at_the_last_pause_is_not_read_again_at_the_end() -> None:
    stage = Stage()
    turn = stage.ledger.open()
    stage.ledger.revise(turn, 20_000)
    stage.hear(turn, 20_000, "paused")
    stage.hear(turn, 20_000, "ended")
    assert len(stage.encoder.heard) == 1
    assert [one.certain for one in stage.given if isinstance(one, UserText)] == [False, True]


def test_only_a_long_silence_sets_apart_what_need_not_be_read_again() -> None:
    for rested_at, read_s in ((112_000, 3.0 - 0.1), (0, 10.0)):
        stage = Stage()
        turn = stage.ledger.open()
        said = np.full(160_000, 0.1, dtype=np.float32)
        for revision, length, progress in ((224_000, 112_000, "paused"), (320_000, 160_000, "ended")):
            stage.ledger.revise(turn, revision)
            stage.inbox.put(
                Utterance(
                    turn=turn,
                    revision=revision,
                    samples=said[:length],
                    voiced_s=5.0,
                    progress=progress,  # type: ignore[arg-type]
                    by_key=True,
                    rested_at=rested_at if progress == "ended" else 0,
                )
            )
            stage.scribe.step()
        assert len(stage.encoder.heard[0]) == 112_000
        assert len(stage.encoder.heard[-1]) == read_s * 16_000
