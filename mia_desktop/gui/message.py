"""One message of a conversation, as the window knows it."""

from dataclasses import dataclass, field
from datetime import datetime

from mia_desktop.core.memories import Hit
from mia_desktop.core.turn import TurnId
from mia_desktop.gui.attachments import Attached
from mia_desktop.monitor.latency import Timings


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """What the user or MIA said.

    Attributes:
        of_mia: whether MIA said it.
        text: what, as it was written.
        turn: its turn; None until the engine has given one to what was typed.
        unsure: whether the user is still saying it, and words may change.
        aloud: whether it is being spoken, so that what was heard is told from what was not.
        heard_chars: characters of it that were spoken.
        stopped: whether it was cut short.
        pictures: what the user showed with it.
        memories: what was remembered for it, with the reasons.
        timings: what took how long, once it is over.
        model: the language model that wrote it, by its name in the catalogue; may be empty.
        at: when it was said, with a time zone.
        revision: grows with whatever changes how it looks.
    """

    of_mia: bool
    text: str = ""
    turn: TurnId | None = None
    unsure: bool = False
    aloud: bool = False
    heard_chars: int = 0
    stopped: bool = False
    pictures: list[Attached] = field(default_factory=list)
    memories: tuple[Hit, ...] = ()
    timings: Timings | None = None
    model: str = ""
    at: datetime | None = None
    revision: int = 0
