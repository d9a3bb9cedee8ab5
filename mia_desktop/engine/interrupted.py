"""Whether somebody speaks over MIA."""

from typing import Final

from mia_desktop.core.bus import Bus
from mia_desktop.core.events import EchoChanged
from mia_desktop.core.ports import HEARING_RATE_HZ
from mia_desktop.core.ring import Samples
from mia_desktop.engine.floor import Floor
from mia_desktop.perception.interruption import Block, Interruption, InterruptionRule, level_db

_ECHO: Final = "MIA hears herself, so she cannot listen while she speaks. A headset, or less volume, helps."
_NO_ECHO: Final = "MIA no longer hears herself: she listens while she speaks."


class Interrupted:
    """Listens for a second voice while MIA speaks, and gives up where her own cannot be told from it.

    Attributes:
        half_duplex: whether she cannot listen while she speaks.
    """

    def __init__(self, floor: Floor, bus: Bus) -> None:
        self._floor = floor
        self._bus = bus
        self._state = Interruption()
        self._rule = InterruptionRule()
        self.half_duplex = False

    def hear(
        self,
        probability: float,
        clean: Samples,
        residue: Samples,
        captured: Samples,
        played: Samples,
        *,
        heard_already: bool,
    ) -> bool:
        """Tell whether somebody speaks over MIA; let her speak low while that is open.

        Args:
            probability: that `clean` has a voice in it.
            clean: a block of what the microphone heard, less of what the speaker played.
            residue: the same with none of that left, nor all of the voice.
            captured: the same as it came.
            played: what the speaker played meanwhile.
            heard_already: whether somebody is being listened to, so that she need not speak low.
        """
        block = Block(
            probability=probability,
            clean_db=level_db(clean),
            residue_db=level_db(residue),
            captured_db=level_db(captured),
            played_db=level_db(played),
            seconds=len(residue) / HEARING_RATE_HZ,
        )
        if self._floor.speaker_moved:
            self._floor.speaker_moved = False
            self._state = self._state.unsettled(self._rule)
        if self._floor.fooled_by:
            own_words, self._floor.fooled_by = self._floor.fooled_by == "echo", ""
            self._state = self._state.fooled(self._rule, own_words=own_words)
        self._state, verdict = self._state.hear(self._rule, block)
        half_duplex = self._state.half_duplex(self._rule, already=self.half_duplex)
        if half_duplex != self.half_duplex:
            self.half_duplex = half_duplex
            self._bus.publish(EchoChanged(half_duplex=half_duplex, why=_ECHO if half_duplex else _NO_ECHO))
        self._floor.ducked = verdict != "nothing" and not heard_already and not self.half_duplex
        return verdict == "stop" and not self.half_duplex

    @property
    def hears_her_last_words(self) -> bool:
        """Whether the room, or the device, still sounds of a voice that she would take for somebody's."""
        return self.half_duplex and self._state.playing
