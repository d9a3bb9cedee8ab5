"""Tells a reply while it is written: every piece of it to the faces, every clause of it to the voice."""

from collections.abc import Callable

from mia_desktop.core.clock import Clock
from mia_desktop.core.events import Event, ReplyGrew, ReplyStarted, ReplyWritten
from mia_desktop.core.items import Reading, Sentence, UserText
from mia_desktop.engine.floor import Floor
from mia_desktop.engine.ledger import Ledger
from mia_desktop.engine.thought import Thought
from mia_desktop.language.output_format import SentenceCutter

_VOICE_FIRST_S = 0.5
_POLL_S = 0.005


class Telling:
    """Tells replies; nobody hears of one before it is certain that the user has finished.

    Args:
        deliver: hands to the voice what is to be spoken.
        ledger: holds back what may not be told yet.
        floor: knows when the voice has begun.
        clock: for how long the voice is waited for.
    """

    def __init__(self, deliver: Callable[[Sentence], object], ledger: Ledger, floor: Floor, clock: Clock) -> None:
        self._deliver = deliver
        self._ledger = ledger
        self._floor = floor
        self._clock = clock

    def tell(self, thought: Thought, event: Event) -> None:
        """Tell what happens to a reply."""
        self._ledger.tell(thought.said.turn, thought.said.revision, event)

    def begin(self, thought: Thought, by: str) -> None:
        """Tell that a reply begins, and by which model; empty: by none."""
        self.tell(thought, ReplyStarted(turn=thought.said.turn, at_s=self._clock.now_s(), model=by))

    def grow(self, thought: Thought, piece: str) -> None:
        """Tell what a model that is at work has written; what sounds whole is spoken before it goes on."""
        self._add(thought, piece)
        if thought.said.aloud:
            for text, end in thought.cutter.feed(piece) or thought.cutter.whole():
                self._say(thought.said, text, end)
                self._let_voice_begin(thought.said)

    def add(self, thought: Thought, text: str) -> None:
        """Tell what is known to the end."""
        self._add(thought, text)
        if thought.said.aloud:
            for piece, end in thought.cutter.feed(text):
                self._say(thought.said, piece, end)

    def end(self, thought: Thought) -> None:
        """Tell that a reply is whole."""
        said, thought.written = thought.said, True
        self.tell(thought, ReplyWritten(turn=said.turn, at_s=self._clock.now_s(), text=thought.reply))
        if said.aloud:
            self._say(said, *thought.cutter.rest(), last=True)
            self._let_voice_begin(said)

    def read_out(self, reading: Reading) -> None:
        """Say what was written before."""
        said = UserText(turn=reading.turn, revision=0, text="", aloud=True, certain=True)
        cutter = SentenceCutter()
        for piece, end in cutter.feed(reading.text):
            if self._ledger.is_void(reading.turn):
                return
            self._say(said, piece, end)
        self._say(said, *cutter.rest(), last=True)

    def _add(self, thought: Thought, text: str) -> None:
        thought.reply += text
        self.tell(thought, ReplyGrew(turn=thought.said.turn, text=text))

    def _say(self, said: UserText, text: str, end: int, *, last: bool = False) -> None:
        self._deliver(Sentence(turn=said.turn, revision=said.revision, text=text, up_to_char=end, last=last))

    def _let_voice_begin(self, said: UserText) -> None:
        """Wait until the first clause has become sound, which takes twice as long beside a model that is at work."""
        give_up_s = self._clock.now_s() + _VOICE_FIRST_S
        answered = (said.turn, said.revision)
        while self._floor.spoken_for != answered and not self._ledger.is_void(*answered):
            if self._clock.now_s() > give_up_s:
                return
            self._clock.wait(_POLL_S)
